import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { defaultPolicy } from '../domain/policy.ts';
import { defaultCalendar } from '../platform/calendarSource.ts';
import { newId } from '../platform/id.ts';
import { hashPassword } from '../platform/passwordHash.ts';
import { validToday } from './actor.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { LOCAL, randomWords, refuseWeak } from './localAccounts.ts';
import { inTransaction } from './transaction.ts';

const CODE_HOURS = 24;
const SETUP_LOCK = 7_310_212;
const DOCUMENT = '首次启动';
const hashOf = (code: string): string =>
  createHash('sha256')
    .update(
      code
        .trim()
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, ''),
    )
    .digest('base64url');

/** Whether there is an administrator who can sign in; where there is none, the first ones are made by the code of a start. */
export async function hasAdministrator(database: Pool | PoolClient): Promise<boolean> {
  const { rows } = await database.query(
    `SELECT 1 FROM role_assignments r JOIN persons p ON p.id = r.person_id
     WHERE p.active AND r.role IN ('systemAdmin', 'securityAdmin') AND ${validToday('r')}
       AND EXISTS (SELECT 1 FROM identities i WHERE i.person_id = p.id) LIMIT 1`,
  );
  return rows.length > 0;
}

/** A code for `/setup`, in place of any earlier one; only its hash is kept. @returns null where there is an administrator already */
export async function issueSetupCode(pool: Pool): Promise<string | null> {
  if (await hasAdministrator(pool)) return null;
  const code = randomWords(4);
  await pool.query('DELETE FROM setup_codes WHERE used_at IS NULL');
  await pool.query('INSERT INTO setup_codes (code_hash, expires_at) VALUES ($1, now() + make_interval(hours => $2))', [
    hashOf(code),
    CODE_HOURS,
  ]);
  return code;
}

export type FirstPerson = {
  readonly name: string;
  readonly nameEn: string;
  readonly login: string;
  readonly password: string;
};

export type Setup = {
  readonly code: string;
  readonly company: { readonly name: string; readonly nameEn: string };
  readonly systemAdmin: FirstPerson;
  readonly securityAdmin: FirstPerson;
};

/**
 * Makes the first system administrator and the first security administrator, two different people, with local accounts; and what
 * must be there before anything else: headquarters, a policy in force, a calendar.
 * @throws DomainError `notFound` once there is an administrator, `setupCodeWrong`, `separation`, `loginTaken`, or what speaks against a password
 */
export async function setUp(deps: CaseDeps, { code, company, systemAdmin, securityAdmin }: Setup): Promise<void> {
  if (await hasAdministrator(deps.pool)) throw new DomainError('notFound');
  if (systemAdmin.login.toLowerCase() === securityAdmin.login.toLowerCase())
    throw new DomainError('separation', { why: 'twoAdministrators' });
  refuseWeak(systemAdmin.password, systemAdmin.login, 'systemAdmin.password');
  refuseWeak(securityAdmin.password, securityAdmin.login, 'securityAdmin.password');
  const hashes = [await hashPassword(systemAdmin.password), await hashPassword(securityAdmin.password)] as const;
  await inTransaction(deps, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [SETUP_LOCK]);
    if (await hasAdministrator(client)) throw new DomainError('notFound');
    const { rowCount } = await client.query(
      'UPDATE setup_codes SET used_at = now() WHERE code_hash = $1 AND used_at IS NULL AND expires_at > now()',
      [hashOf(code)],
    );
    if (rowCount === 0) throw new DomainError('setupCodeWrong', {}, 'code');
    const unitId = await groundwork(client, company);
    const ids = [
      await firstPerson(client, systemAdmin, { role: 'systemAdmin', unitId, hash: hashes[0] }),
      await firstPerson(client, securityAdmin, { role: 'securityAdmin', unitId, hash: hashes[1] }),
    ];
    await appendAudit(client, { act: 'setup.done', codes: { systemAdmin: ids[0], securityAdmin: ids[1] } });
    return { result: undefined, doorbell: null };
  });
}

/** @returns the id of headquarters */
async function groundwork(client: PoolClient, company: Setup['company']): Promise<string> {
  await client.query(
    `INSERT INTO policy_versions (version, effective_from, values, note)
     SELECT 1, now(), $1, '初始策略' WHERE NOT EXISTS (SELECT 1 FROM policy_versions)`,
    [JSON.stringify(defaultPolicy)],
  );
  const { version, years } = defaultCalendar();
  await client.query(
    `INSERT INTO calendars (version, years, source) SELECT $1, $2, '国务院办公厅放假通知（随程序提供）'
     WHERE NOT EXISTS (SELECT 1 FROM calendars)`,
    [version, JSON.stringify(years)],
  );
  const there = await client.query<{ id: string }>(
    `SELECT id FROM units WHERE kind = 'headquarters' AND dissolved_on IS NULL LIMIT 1`,
  );
  if (there.rows[0]) return there.rows[0].id;
  const id = newId();
  await client.query(
    `INSERT INTO units (id, code, kind, name, name_en) VALUES ($1, 'HEADQUARTERS', 'headquarters', $2, $3)`,
    [id, company.name, company.nameEn],
  );
  return id;
}

async function firstPerson(
  client: PoolClient,
  person: FirstPerson,
  { role, unitId, hash }: { readonly role: string; readonly unitId: string; readonly hash: string },
): Promise<string> {
  const id = newId();
  const { rowCount } = await client.query(
    `INSERT INTO persons (id, login, name, name_en, unit_id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [id, person.login, person.name, person.nameEn, unitId],
  );
  if (rowCount === 0) throw new DomainError('loginTaken', { login: person.login }, `${role}.login`);
  await client.query(
    `INSERT INTO role_assignments (id, person_id, role, valid_from, document)
     VALUES ($1, $2, $3, (now() AT TIME ZONE 'Asia/Shanghai')::date, $4)`,
    [newId(), id, role, DOCUMENT],
  );
  await client.query('INSERT INTO local_credentials (person_id, password_hash, must_change) VALUES ($1, $2, false)', [
    id,
    hash,
  ]);
  await client.query('INSERT INTO password_history (person_id, password_hash) VALUES ($1, $2)', [id, hash]);
  await client.query('INSERT INTO identities (method, subject, person_id) VALUES ($1, $2, $2)', [LOCAL, id]);
  return id;
}
