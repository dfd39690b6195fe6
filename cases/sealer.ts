import { type ChainHead, foldHeads, type Seal } from './auditHash.ts';
import { caseStream } from './caseAudit.ts';
import type { CaseDeps } from './deps.ts';

const EVERY_MS = 5000;
const SEALER_LOCK = 7_310_205;

/**
 * Folds the heads of all audit streams that grew into one global chain, every few seconds. Of several sealers one seals; what is not
 * sealed yet is the unsealed tail, which `verify` reports.
 */
export function startSealer({ pool, log }: Pick<CaseDeps, 'pool' | 'log'>): { stop(): Promise<void> } {
  let stopped = false;
  let wake: () => void = () => {};
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await seal(pool).catch((error: unknown) => log.warn('sealing failed', {}, error));
      if (stopped) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
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
      for (const head of heads) {
        await client.query(
          'INSERT INTO sealed_streams (stream, seq) VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq',
          [head.stream, head.seq],
        );
      }
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

/** The streams that have grown since they were last sealed, at most so many at once. */
async function unsealedHeads(client: { query: CaseDeps['pool']['query'] }): Promise<ChainHead[]> {
  const { rows } = await client.query<ChainHead>(
    `SELECT stream, seq, hash FROM (
       SELECT '${caseStream('')}' || c.id AS stream, c.seq, c.audit_head AS hash FROM cases c WHERE c.audit_head IS NOT NULL
       UNION ALL SELECT s.stream, s.seq, s.head FROM audit_streams s) h
     WHERE NOT EXISTS (SELECT 1 FROM sealed_streams d WHERE d.stream = h.stream AND d.seq = h.seq) ORDER BY stream LIMIT 1000`,
  );
  return rows;
}
