import type { Pool, PoolClient } from 'pg';
import { headedUnits, keepsFile, readsFile, type Standings, standings } from '../domain/accountStanding.ts';
import { DomainError } from '../domain/errors.ts';
import type { Actor } from './actor.ts';

/** A key account as its rules look at it. */
export type AccountRow = {
  readonly id: string;
  readonly clientId: string;
  readonly grade: 'company' | 'branch';
  readonly managedBy: 'company' | 'branch';
  readonly state: 'active' | 'intensified' | 'vacant' | 'terminated';
  readonly onList: boolean;
  /** The holdings that have not ended, the lead first. */
  readonly holdings: readonly {
    readonly id: string;
    readonly kind: 'lead' | 'co';
    readonly unitId: string;
    readonly managerId: string | null;
    readonly validFrom: string;
  }[];
};

const ACCOUNT = `SELECT to_json(found) AS account FROM (
  SELECT a.id, a.client_id AS "clientId", a.grade, a.managed_by AS "managedBy", a.state, a.on_list AS "onList",
    (SELECT coalesce(json_agg(json_build_object('id', h.id, 'kind', h.kind, 'unitId', h.unit_id, 'managerId', h.manager_id, 'validFrom', h.valid_from)
       ORDER BY h.kind DESC, h.valid_from, h.id), '[]') FROM holdings h WHERE h.account_id = a.id AND h.valid_to IS NULL) AS holdings
  FROM accounts a WHERE a.id = $1) found`;

/** An account, for what asks on nobody's behalf. @throws DomainError `notFound` */
export async function accountRow(database: Pool | PoolClient, accountId: string): Promise<AccountRow> {
  const { rows } = await database.query<{ account: AccountRow }>(ACCOUNT, [accountId]);
  const [row] = rows;
  if (!row) throw new DomainError('notFound');
  return row.account;
}

/** Takes the account's row for the rest of the transaction, so that what changes its holders or ends it waits. @throws DomainError `notFound` */
export async function lockAccount(client: PoolClient, accountId: string): Promise<AccountRow> {
  await client.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [accountId]);
  return accountRow(client, accountId);
}

/**
 * An account as a person stands to it. What is on the list all know (Article 8); what is not, whoever has to do with it.
 * @throws DomainError `notFound` for one he may not know of
 */
export async function accountFor(
  database: Pool | PoolClient,
  actor: Actor,
  accountId: string,
): Promise<AccountRow & { readonly standing: Standings }> {
  const account = await accountRow(database, accountId);
  const standing = standings(actor, account.holdings);
  if (!account.onList && standing.size === 0) throw new DomainError('notFound');
  return { ...account, standing };
}

/** The same for who only looks: also whoever held it once, as its manager, as the head of a unit or as one of it. @throws DomainError `notFound` */
export async function accountSeen(
  database: Pool | PoolClient,
  actor: Actor,
  accountId: string,
): Promise<AccountRow & { readonly standing: Standings }> {
  const account = await accountRow(database, accountId);
  const standing = standings(actor, account.holdings);
  if (!account.onList && standing.size === 0 && !(await heldOnce(database, actor, accountId)))
    throw new DomainError('notFound');
  return { ...account, standing };
}

async function heldOnce(database: Pool | PoolClient, actor: Actor, accountId: string): Promise<boolean> {
  const { rows } = await database.query(
    'SELECT 1 FROM holdings WHERE account_id = $1 AND (manager_id = $2 OR unit_id = ANY ($3)) LIMIT 1',
    [accountId, actor.personId, unitsOf(actor)],
  );
  return rows.length > 0;
}

/** The units whose accounts are a person's matter: his own, and those he is the head of, or the deputy manager for marketing. */
export const unitsOf = (actor: Actor): string[] => [actor.unitId, ...headedUnits(actor)];

/**
 * Whether account `a` was intensified and the plan of that is not closed yet (Article 10.3), by another case than `besides`: so it is while it
 * has a manager.
 */
export const isIntensified = (besides: string): string =>
  `EXISTS (SELECT 1 FROM reviews r JOIN cases c ON c.id = r.case_id
    WHERE r.account_id = a.id AND r.outcome = 'intensify' AND c.closed_at IS NULL AND c.id IS DISTINCT FROM ${besides})`;

/** The same for who reads its confidential file. @throws DomainError `notFound`, `forbidden` */
export async function accountToRead(database: Pool | PoolClient, actor: Actor, accountId: string) {
  const account = await accountSeen(database, actor, accountId);
  if (!readsFile(account.standing, account.managedBy)) throw new DomainError('forbidden', { needed: 'worksOnAccount' });
  return account;
}

/** The same for who keeps it, while there is something to keep. @throws DomainError `notFound`, `forbidden`, `accountTerminated` */
export async function accountToKeep(database: Pool | PoolClient, actor: Actor, accountId: string) {
  const account = await accountFor(database, actor, accountId);
  if (!keepsFile(account.standing)) throw new DomainError('forbidden', { needed: 'keepsAccount' });
  if (account.state === 'terminated') throw new DomainError('accountTerminated');
  return account;
}
