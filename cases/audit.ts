import type { Pool, PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { entryHash, GENESIS } from './auditHash.ts';

/** An act that belongs to no case's chain: a denial, a reading of confidential parts, a grant, a sign-in. Ids and codes only. */
export type AuditAct = {
  readonly act: string;
  readonly actorId?: string | null;
  readonly caseId?: string | null;
  readonly taskId?: string | null;
  readonly codes?: Readonly<Record<string, unknown>>;
};

/** The stream of one local day, for what belongs to no case. */
export const dayStream = (at: Date): string => `day:${localDay(at.getTime())}`;

/** Appends to the day's chain in a transaction of its own, so that a refused request still leaves its trace. */
export async function recordAudit(pool: Pool, act: AuditAct): Promise<void> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    await appendAudit(client, act);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Where an entry stands: its chain, and its number in it. */
export type AuditPlace = { readonly stream: string; readonly seq: number };

/** Appends to the day's chain inside a transaction: what it records and the record stand or fall together. */
export async function appendAudit(
  client: PoolClient,
  { act, actorId = null, caseId = null, taskId = null, codes = {} }: AuditAct,
): Promise<AuditPlace> {
  const clock = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  // A Date counts to the millisecond, as the hash does.
  const at = clock.rows[0]?.now as Date;
  const stream = dayStream(at);
  await client.query('INSERT INTO audit_streams (stream, seq, head) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING', [
    stream,
    GENESIS,
  ]);
  const locked = await client.query<{ seq: number; head: Buffer }>(
    'SELECT seq, head FROM audit_streams WHERE stream = $1 FOR UPDATE',
    [stream],
  );
  const { seq, head } = locked.rows[0] as { seq: number; head: Buffer };
  const entry = {
    stream,
    seq: seq + 1,
    at,
    act,
    actorId,
    onBehalfOf: null,
    enteredBy: null,
    caseId,
    taskId,
    codes,
    contentHash: null,
  };
  const hash = entryHash(head, entry);
  await client.query(
    `INSERT INTO audit_entries (stream, seq, at, act, actor_id, case_id, task_id, codes, prev_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [stream, seq + 1, at, act, actorId, caseId, taskId, JSON.stringify(codes), head, hash],
  );
  await client.query('UPDATE audit_streams SET seq = $2, head = $3 WHERE stream = $1', [stream, seq + 1, hash]);
  return { stream, seq: seq + 1 };
}

/** A refusal, on record. */
export async function auditDenial(
  deps: { readonly pool: Pool },
  denial: {
    readonly personId: string | null;
    readonly target: string;
    readonly code: ErrorCode;
    readonly caseId?: string | null;
    readonly taskId?: string | null;
  },
): Promise<void> {
  const { personId, target, code, caseId, taskId } = denial;
  await recordAudit(deps.pool, {
    act: 'denied',
    actorId: personId,
    caseId: caseId ?? null,
    taskId: taskId ?? null,
    codes: { target, code },
  });
}
