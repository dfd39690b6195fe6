import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { type Asking, hashedReceipt, type ReceiptContent, startsFishing } from '../domain/exclusivity.ts';
import { checkUscc } from '../domain/uscc.ts';
import { aad, openJson, sealJson } from '../platform/cipher.ts';
import { newId } from '../platform/id.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { type Actor, loadActor } from './actor.ts';
import { nobodyTold, tellSecurityAdministrators } from './administratorNotices.ts';
import { type AuditPlace, appendAudit, recordAudit } from './audit.ts';
import { caseStream } from './caseAudit.ts';
import { type AskedClient, type NearName, type Standing, standingOf } from './clients.ts';
import type { CaseDeps } from './deps.ts';
import { type Entity, groupOf, takeEntities } from './entities.ts';
import { codeKey, EXCLUSIVITY, keyHash, lockKeys, nameKey } from './entityKeys.ts';
import type { Keep } from './idempotency.ts';
import { openNearMatches } from './nearMatches.ts';
import { currentPolicy } from './policies.ts';
import { type CaseTransaction, inTransaction } from './transaction.ts';

/** How many near names of a whole group are put before a person. */
const MOST_NEAR = 10;

/** What somebody asks about: a code, a name, or both. */
export type Question = { readonly code?: string | undefined; readonly name?: string | undefined };

/** What a check keeps sealed: what was asked or submitted, as it was written. */
export type CheckSecret = { readonly code: string | null; readonly names: readonly string[] };

export type CheckAnswer = Standing & {
  readonly checkId: string;
  /** How many different things the person may still ask about today. */
  readonly left: number;
};

/**
 * Whether a client may be developed. What is in progress is told as no more than that (7.1); who holds a published key account the list
 * tells anyway (7.3). All asking is on record, and counted in the database: a person asks about so many different things a day. With
 * `receipt` it is numbered, and names that are near go to a person.
 * @throws DomainError `badUscc`, `checkLimit`
 */
export async function checkClient(
  deps: CaseDeps,
  actor: Actor,
  question: Question,
  wanted: Wanted = {},
): Promise<CheckAnswer> {
  return checkAsked(deps, actor, askedBy(question), wanted);
}

/**
 * Whoever tries to take a group learns from a refusal what a check would have told him: it is counted and put on record like one, a whole
 * group as one thing asked. @returns what `taking` does
 * @throws DomainError what `taking` does; in the place of a refusal that tells how it stands with a client, `checkLimit` for who asked too much today
 */
export async function countingRefusals<Taken>(
  deps: CaseDeps,
  personId: string,
  taking: (refusable: (entities: readonly Entity[]) => void) => Promise<Taken>,
): Promise<Taken> {
  let tried: readonly Entity[] = [];
  try {
    return await taking((entities) => {
      tried = entities;
    });
  } catch (error) {
    const actor = error instanceof DomainError && TELLING.has(error.code) ? await loadActor(deps.pool, personId) : null;
    if (actor?.active && tried.length > 0) {
      const asked = groupOf(tried);
      await checkAsked(deps, actor, { asked, secret: { code: tried[0]?.code ?? null, names: asked.names } });
    }
    throw error;
  }
}

/** Refusals by which somebody learns that a client is held, or in progress. */
const TELLING: ReadonlySet<string> = new Set([
  'clientHeld',
  'clientInProgress',
  'entityShared',
  'memberElsewhere',
  'memberHeld',
  'memberInProgress',
]);

type Wanted = { readonly receipt?: boolean; readonly keep?: Keep<CheckAnswer> };

async function checkAsked(
  deps: CaseDeps,
  actor: Actor,
  { asked, secret }: { readonly asked: AskedClient; readonly secret: CheckSecret },
  { receipt = false, keep }: Wanted = {},
): Promise<CheckAnswer> {
  const hash = await keyHash(deps.keys);
  const keyHashes = asked.keys.map(hash).sort();
  try {
    return await inTransaction(deps, async (client) => {
      const { values } = await currentPolicy(client);
      const { before, known } = await askingToday(client, actor.personId, keyHashes);
      if (!known && before.different >= values.checksPerDay)
        throw new DomainError('checkLimit', { limit: values.checksPerDay });
      await lockKeys(client, asked.keys, 'shared');
      const at = await clock(client);
      const standing = await standingOf(client, asked, hash, { unitId: actor.unitId });
      const checkId = await record(
        client,
        deps.keys,
        {
          kind: receipt ? 'asked' : 'typed',
          personId: actor.personId,
          unitId: actor.unitId,
          caseId: null,
          at,
          keyHashes,
          outcome: standing.result,
          accountId: standing.holder?.accountId ?? null,
        },
        secret,
        (codes) => appendAudit(client, { act: 'client.checked', actorId: actor.personId, codes }),
      );
      if (receipt) await openNearMatches(client, deps.keys, { checkId, at }, standing.near);
      const after = known
        ? before
        : { different: before.different + 1, near: before.near + (standing.result === 'near' ? 1 : 0) };
      const alarm = startsFishing(before, after, values);
      if (alarm) await appendAudit(client, { act: 'client.fishing', actorId: actor.personId, codes: { ...after } });
      const change = alarm ? await tellSecurityAdministrators(client, 'fishingSuspected') : nobodyTold;
      const answer = { ...standing, checkId, left: Math.max(0, values.checksPerDay - after.different) };
      await keep?.(client, answer);
      return { result: answer, doorbell: null, change };
    });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'checkLimit')
      await recordAudit(deps.pool, {
        act: 'client.checkRefused',
        actorId: actor.personId,
        codes: { unitId: actor.unitId },
      });
    throw error;
  }
}

function askedBy({ code, name }: Question): { readonly asked: AskedClient; readonly secret: CheckSecret } {
  const checked = code ? checkUscc(code) : null;
  if (checked && !checked.ok) throw new DomainError('badUscc', { reason: checked.reason }, 'code');
  const known = checked?.ok ? checked.code : null;
  const names = name ? [name] : [];
  return {
    asked: { keys: [...(known ? [codeKey(known)] : []), ...names.map(nameKey)], names },
    secret: { code: known, names },
  };
}

/**
 * What a person asked today, under a lock that only he holds: of two checks of his at one instant the second counts the first, in
 * whichever process. A day is one of Asia/Shanghai; the same thing asked again counts once.
 */
async function askingToday(
  client: PoolClient,
  personId: string,
  keyHashes: readonly string[],
): Promise<{ readonly before: Asking; readonly known: boolean }> {
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 11))', [personId]);
  const { rows } = await client.query<{ different: number; near: number; known: boolean }>(
    `SELECT count(DISTINCT key_hashes)::int AS different, count(DISTINCT key_hashes) FILTER (WHERE outcome = 'near')::int AS near,
       coalesce(bool_or(key_hashes = $2), false) AS known
     FROM exclusivity_checks WHERE person_id = $1 AND kind <> 'submitted'
       AND at >= date_trunc('day', now() AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai'`,
    [personId, [...keyHashes]],
  );
  const { different, near, known } = rows[0] as { different: number; near: number; known: boolean };
  return { before: { different, near }, known };
}

/**
 * Takes a group for a recommendation and gives its submitter a receipt, by which it is told who was first. Names that are near go to a person.
 * @returns what the receipt is told by, for the fact that is recorded next. @throws what `takeEntities` does
 */
export async function takeForSubmission(
  tx: CaseTransaction,
  actor: Actor,
  entities: readonly Entity[],
): Promise<{ readonly receiptNo: number; readonly receiptHash: string }> {
  const near: readonly NearName[] = await takeEntities(tx, entities);
  const hash = await keyHash(tx.deps.keys);
  const { keys, names } = groupOf(entities);
  const at = await clock(tx.client);
  const codes: Record<string, unknown> = {};
  const checkId = await record(
    tx.client,
    tx.deps.keys,
    {
      kind: 'submitted',
      personId: actor.personId,
      unitId: tx.case.unitId,
      caseId: tx.case.id,
      at,
      keyHashes: keys.map(hash).sort(),
      outcome: 'taken',
      accountId: null,
    },
    { code: entities[0]?.code ?? null, names },
    async (told) => {
      Object.assign(codes, told);
      return { stream: caseStream(tx.case.id), seq: tx.case.seq + 1 };
    },
  );
  await openNearMatches(tx.client, tx.deps.keys, { checkId, at }, near.slice(0, MOST_NEAR));
  return { receiptNo: Number(codes.receiptNo), receiptHash: String(codes.receiptHash) };
}

type Recorded = Omit<ReceiptContent, 'receiptNo' | 'kind' | 'at'> & {
  readonly kind: 'typed' | 'asked' | 'submitted';
  readonly at: Date;
  readonly accountId: string | null;
};

/** Stores a check, with a number and a hash where it is a receipt; `audit` puts these into an audit chain and says where. @returns its id */
async function record(
  client: PoolClient,
  keys: KeyStore,
  { kind, at, accountId, ...told }: Recorded,
  secret: CheckSecret,
  audit: (codes: Readonly<Record<string, unknown>>) => Promise<AuditPlace>,
): Promise<string> {
  const id = newId();
  const receiptNo = kind === 'typed' ? null : await nextReceipt(client);
  const hash =
    receiptNo === null || kind === 'typed' ? null : receiptHash({ ...told, receiptNo, kind, at: at.toISOString() });
  const place = await audit({
    result: told.outcome,
    unitId: told.unitId,
    ...(hash ? { receiptNo, receiptHash: hash.toString('hex') } : {}),
  });
  await client.query(
    `INSERT INTO exclusivity_checks (id, receipt_no, kind, person_id, unit_id, case_id, at, key_hashes, secret, outcome, account_id, hash, audit_stream, audit_seq)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      receiptNo,
      kind,
      told.personId,
      told.unitId,
      told.caseId,
      at,
      [...told.keyHashes],
      sealJson(await keys.getOrCreate(EXCLUSIVITY), secret, sealPlace(id)),
      told.outcome,
      accountId,
      hash,
      place.stream,
      place.seq,
    ],
  );
  return id;
}

/** SHA-256 of what a receipt says. */
export const receiptHash = (content: ReceiptContent): Buffer =>
  createHash('sha256').update(hashedReceipt(content)).digest();

const sealPlace = (id: string): string => aad('exclusivity_checks', 'secret', id);

/** What a check asked about. @throws DecryptionError */
export async function openCheck(keys: KeyStore, id: string, secret: Uint8Array): Promise<CheckSecret> {
  return openJson(await keys.get(EXCLUSIVITY), Buffer.from(secret), sealPlace(id)) as CheckSecret;
}

async function nextReceipt(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ no: string }>(`SELECT nextval('exclusivity_receipts') AS no`);
  return Number(rows[0]?.no);
}

/** The database's time now: read under the locks, and before what is told is looked up. */
async function clock(client: PoolClient): Promise<Date> {
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  return rows[0]?.now as Date;
}
