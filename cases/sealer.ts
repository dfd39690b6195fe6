import type { PoolClient } from 'pg';
import { Counter, Registry } from 'prom-client';
import { PREFIX } from '../platform/metrics.ts';
import { type Rounds, startRounds } from '../platform/rounds.ts';
import { type ChainHead, foldHeads, type Seal } from './auditHash.ts';
import { caseStream } from './caseAudit.ts';
import type { CaseDeps } from './deps.ts';

const EVERY_MS = 5000;
/** Growths looked at in one round; one seal holds at most so many heads of cases. */
const BATCH = 2000;
const SEALER_LOCK = 7_310_205;

/**
 * Folds the heads of all audit streams that grew into one global chain, every few seconds. Of several sealers one seals; what is not
 * sealed yet is the unsealed tail, which `verify` reports.
 */
export function startSealer({ pool, log }: Pick<CaseDeps, 'pool' | 'log'>, metrics: Registry = new Registry()): Rounds {
  const sealed = new Counter({
    name: `${PREFIX}sealer_heads_total`,
    help: 'Heads of audit streams that were sealed',
    registers: [metrics],
  });
  const failed = new Counter({
    name: `${PREFIX}sealer_failures_total`,
    help: 'Rounds of the sealer that failed',
    registers: [metrics],
  });
  return startRounds({
    everyMs: EVERY_MS,
    round: async () => {
      const heads = await seal(pool);
      sealed.inc(heads);
      return heads >= BATCH;
    },
    onError: (error) => {
      failed.inc();
      log.warn('sealing failed', {}, error);
    },
  });
}

/** Seals once. @returns how many heads were folded in */
export async function seal(pool: CaseDeps['pool']): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const lock = await client.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS got', [SEALER_LOCK]);
    const heads = lock.rows[0]?.got ? await unsealedHeads(client) : [];
    if (heads.length > 0) {
      const last = await client.query<Seal>(
        'SELECT id, at, heads, prev_hash AS "prevHash", hash FROM audit_seals ORDER BY id DESC LIMIT 1',
      );
      const sealed = foldHeads(last.rows[0] ?? null, heads, new Date());
      await client.query('INSERT INTO audit_seals (id, at, heads, prev_hash, hash) VALUES ($1, $2, $3, $4, $5)', [
        sealed.id,
        sealed.at,
        JSON.stringify(sealed.heads),
        sealed.prevHash,
        sealed.hash,
      ]);
      await client.query(
        `INSERT INTO sealed_streams (stream, seq) SELECT stream, seq FROM unnest($1::text[], $2::integer[]) AS h (stream, seq)
         ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq`,
        [heads.map((head) => head.stream), heads.map((head) => head.seq)],
      );
    }
    await client.query('COMMIT');
    return heads.length;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/**
 * The streams that have grown since they were last sealed. Of those of cases the list is kept by the growing transactions: what one
 * that has not committed yet puts on it is not seen, stays, and is sealed in the next round with the head that it left.
 */
async function unsealedHeads(client: PoolClient): Promise<ChainHead[]> {
  const grown = await client.query<{ stream: string }>(
    'DELETE FROM grown_streams WHERE id IN (SELECT id FROM grown_streams ORDER BY id LIMIT $1) RETURNING stream',
    [BATCH],
  );
  const { rows } = await client.query<ChainHead>(
    `SELECT h.* FROM (
       SELECT '${caseStream('')}' || c.id AS stream, c.seq, c.audit_head AS hash FROM cases c WHERE c.id = ANY ($1) AND c.audit_head IS NOT NULL
       UNION ALL SELECT s.stream, s.seq, s.head FROM audit_streams s) h
     WHERE (SELECT d.seq FROM sealed_streams d WHERE d.stream = h.stream) IS DISTINCT FROM h.seq ORDER BY h.stream`,
    [grown.rows.map(({ stream }) => stream.slice(caseStream('').length))],
  );
  return rows;
}
