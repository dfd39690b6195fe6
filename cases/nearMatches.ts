import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { aad, openJson, sealJson } from '../platform/cipher.ts';
import { newId } from '../platform/id.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { type Actor, actorNow, holdersOf, personKey, roleKey } from './actor.ts';
import { appendAudit } from './audit.ts';
import type { NearName } from './clients.ts';
import type { CaseDeps } from './deps.ts';
import { EXCLUSIVITY, keyHash, nameKey } from './entityKeys.ts';
import type { Keep } from './idempotency.ts';
import { notify } from './notices.ts';
import { inTransaction } from './transaction.ts';

/**
 * Two names that may be one company's go to a person of the office (7.3). He judges, or asks the unit that came with the name for its word;
 * what is judged is remembered, and nothing is merged by it.
 */
export type NearSecret = {
  readonly asked: string;
  readonly name: string;
  readonly question?: string;
  readonly word?: string;
  readonly reason?: string;
};

export type NearState = 'open' | 'asked' | 'judged';
export type Verdict = 'same' | 'different';

/** Puts names before the office that no one has judged; a pair that is there already is not asked again. */
export async function openNearMatches(
  client: PoolClient,
  keys: KeyStore,
  { checkId, at }: { readonly checkId: string; readonly at: Date },
  near: readonly NearName[],
): Promise<void> {
  if (near.length === 0) return;
  const hash = await keyHash(keys);
  const key = await keys.getOrCreate(EXCLUSIVITY);
  const rows = near.map(({ asked, name, why, clientId, caseId }) => {
    const id = newId();
    const secret: NearSecret = { asked, name };
    const hashes = [hash(nameKey(asked)), hash(nameKey(name))] as const;
    return [id, ...hashes, clientId, caseId, why, sealJson(key, secret, sealPlace(id))] as const;
  });
  const { rowCount } = await client.query(
    `INSERT INTO near_matches (id, asked_hash, near_hash, client_id, near_case_id, why, secret, check_id, state, opened_at)
     SELECT *, $8, 'open', $9::timestamptz FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])
     ON CONFLICT (asked_hash, near_hash) DO NOTHING`,
    [...([0, 1, 2, 3, 4, 5, 6] as const).map((at) => rows.map((row) => row[at])), checkId, at],
  );
  if (rowCount) await tellOffice(client, 'nearMatchOpened');
}

type Judgement = { readonly verdict: Verdict; readonly reason: string };

/** The office says whether two names are one company's. @throws DomainError `notFound`, `separation`, `taskClosed` */
export const judgeNearMatch = (
  deps: CaseDeps,
  actor: Actor,
  id: string,
  { verdict, reason }: Judgement,
  keep?: Keep<void>,
) =>
  change(deps, actor, id, ['open', 'asked'], keep, async (client, row, secret) => {
    // Nobody judges of what he himself asked about.
    if (row.askerId === actor.personId) throw new DomainError('separation', { why: 'ownSubmission' });
    await client.query(
      `UPDATE near_matches SET verdict = $2, judged_by = $3, judged_at = clock_timestamp() WHERE id = $1`,
      [id, verdict, actor.personId],
    );
    await notify(client, [row.askerId], 'nearMatchJudged');
    return { state: 'judged', secret: { ...secret(), reason }, codes: { verdict }, told: [row.askerId] };
  });

/** The office asks whoever came with the name for his word. @throws DomainError `notFound`, `taskClosed` */
export const askAboutNearMatch = (deps: CaseDeps, actor: Actor, id: string, question: string, keep?: Keep<void>) =>
  change(deps, actor, id, ['open'], keep, async (client, row, secret) => {
    await notify(client, [row.askerId], 'nearMatchAsked');
    return { state: 'asked', secret: { ...secret(), question }, codes: {}, told: [row.askerId] };
  });

/** The word of the person, or of another of his unit, who came with the name. @throws DomainError `notFound`, `taskClosed` */
export const answerNearMatch = (deps: CaseDeps, actor: Actor, id: string, word: string, keep?: Keep<void>) =>
  change(deps, actor, id, ['asked'], keep, async (client, row, secret) => {
    if (row.unitId !== actor.unitId) throw new DomainError('notFound');
    const told = await tellOffice(client, 'nearMatchOpened');
    return { state: 'open', secret: { ...secret(), word }, codes: {}, told };
  });

type Row = { readonly state: NearState; readonly secret: Buffer; readonly askerId: string; readonly unitId: string };

/** One change of a near match under its lock, with its audit entry. */
async function change(
  deps: CaseDeps,
  actor: Actor,
  id: string,
  from: readonly NearState[],
  keep: Keep<void> | undefined,
  work: (
    client: PoolClient,
    row: Row,
    secret: () => NearSecret,
  ) => Promise<{ state: NearState; secret: NearSecret; codes: object; told: readonly string[] }>,
): Promise<void> {
  const key = await deps.keys.getOrCreate(EXCLUSIVITY);
  await inTransaction(deps, async (client) => {
    const { rows } = await client.query<Row>(
      `SELECT n.state, n.secret, c.person_id AS "askerId", c.unit_id AS "unitId" FROM near_matches n JOIN exclusivity_checks c ON c.id = n.check_id
       WHERE n.id = $1 FOR UPDATE OF n`,
      [id],
    );
    const [row] = rows;
    if (!row) throw new DomainError('notFound');
    await actorNow(client, actor.personId);
    if (!from.includes(row.state)) throw new DomainError('taskClosed', { outcome: row.state });
    const now = await work(client, row, () => openJson(key, row.secret, sealPlace(id)) as NearSecret);
    await client.query('UPDATE near_matches SET state = $2, secret = $3 WHERE id = $1', [
      id,
      now.state,
      sealJson(key, now.secret, sealPlace(id)),
    ]);
    await appendAudit(client, {
      act: `near.${now.state}`,
      actorId: actor.personId,
      codes: { nearMatchId: id, ...now.codes },
    });
    await keep?.(client);
    return { result: undefined, doorbell: null, change: { cases: [], keys: now.told.map(personKey) } };
  });
}

/** Tells the persons of the office who have not yet read that something of the kind waits. @returns whom */
async function tellOffice(client: PoolClient, kind: 'nearMatchOpened'): Promise<readonly string[]> {
  const office = await holdersOf(client, [roleKey('office')]);
  const { rows } = await client.query<{ id: string }>(
    'SELECT DISTINCT person_id AS id FROM notifications WHERE kind = $1 AND read_at IS NULL AND person_id = ANY ($2)',
    [kind, office],
  );
  const told = office.filter((id) => !rows.some((row) => row.id === id));
  await notify(client, told, kind);
  return told;
}

const sealPlace = (id: string): string => aad('near_matches', 'secret', id);

/** What a near match keeps sealed. @throws DecryptionError */
export async function openNearMatch(keys: KeyStore, id: string, secret: Uint8Array): Promise<NearSecret> {
  return openJson(await keys.get(EXCLUSIVITY), Buffer.from(secret), sealPlace(id)) as NearSecret;
}
