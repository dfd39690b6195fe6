import { Counter, Registry } from 'prom-client';
import { PREFIX } from '../platform/metrics.ts';
import { comingFrom, type Origin, originFields, UNKNOWN_ORIGIN } from '../platform/origin.ts';
import { startRounds } from '../platform/rounds.ts';
import { ACCOUNT } from '../workflows/contracts/account.ts';
import { type Announcer, announceChanges } from './changes.ts';
import type { CaseDeps, Doorbell } from './deps.ts';
import { LIVES } from './lives.ts';

/** What rings: delivers one doorbell to Temporal. Resolves once Temporal has it; rejects when Temporal is away. */
export type Bell = (doorbell: Doorbell) => Promise<void>;

const BATCH = 100;
const IDLE_MS = 1000;

/**
 * The relay: rings what the outbox holds until the workflows have read past it. At once after a commit, and again, later and
 * later, while a workflow has not taken it: a ring is lost when a process dies between commit and ring, or while Temporal is
 * away. Any number of relays may run; doubles change nothing.
 */
export function startRelay(
  { pool, log, tracing }: Pick<CaseDeps, 'pool' | 'log' | 'tracing'>,
  bell: Bell,
  metrics: Registry = new Registry(),
): Relay {
  const ringing = new Set<Promise<void>>();
  const rings = new Counter({
    name: `${PREFIX}relay_rings_total`,
    help: 'Doorbells rung, by whether Temporal took them',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  for (const outcome of ['taken', 'failed']) rings.inc({ outcome }, 0);

  const track = (ring: Promise<void>): void => {
    ringing.add(ring);
    ring.finally(() => ringing.delete(ring)).catch(() => {});
  };

  /** Takes what is due, one row a case, and puts off its next ring before ringing: whoever else looks does not ring it too. */
  async function round(): Promise<boolean> {
    // A case, or another life, that has ended has nothing more to hear, but that its execution starts again. Asked doorbell by doorbell:
    // joined, all cases might be read.
    await pool.query(
      `DELETE FROM outbox o WHERE o.ends_run IS NULL AND coalesce((SELECT c.closed_at FROM cases c WHERE c.id = o.case_id),
         (SELECT l.closed_at FROM ${LIVES} l WHERE l.id = o.case_id AND l.process = o.process)) IS NOT NULL`,
    );
    const { rows } = await pool.query<Doorbell>(
      `UPDATE outbox SET attempts = attempts + 1, next_at = now() + make_interval(secs => least(60, 2 ^ least(attempts + 1, 6)))
       WHERE id IN (SELECT id FROM outbox WHERE next_at <= now() ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING case_id AS "caseId", process, seq, ends_run AS "endsRun", request_id AS "requestId", trace_parent AS "traceParent"`,
    );
    // One ring a case; that which ends a run is not to be passed over.
    const latest = new Map<string, Doorbell>();
    for (const row of rows) if (!latest.get(row.caseId)?.endsRun) latest.set(row.caseId, row);
    await Promise.all([...latest.values()].map(ring));
    return rows.length === BATCH;
  }

  /** In the trace of the transaction that left the doorbell, where it has one. */
  async function traced(doorbell: Doorbell): Promise<void> {
    if (!tracing || doorbell.traceParent === null) return bell(doorbell);
    const { caseId, process, seq, requestId } = doorbell;
    const about = process === ACCOUNT ? { 'approvals.account_id': caseId } : { 'approvals.case_id': caseId };
    const fields = { ...about, 'approvals.process': process, 'approvals.seq': seq };
    return comingFrom(doorbell, () =>
      tracing.span('doorbell', { kind: 'producer', fields: { ...fields, 'approvals.request_id': requestId } }, () =>
        bell(doorbell),
      ),
    );
  }

  async function ring(doorbell: Doorbell): Promise<void> {
    const { caseId, process, seq } = doorbell;
    const about = process === ACCOUNT ? { accountId: caseId } : { caseId };
    const fields = { ...about, process, seq, ...originFields(doorbell) };
    const began = performance.now();
    try {
      await traced(doorbell);
      rings.inc({ outcome: 'taken' });
      log.info('doorbell taken', { ...fields, durationMs: Math.round(performance.now() - began) });
      // Started again, it is heard like any other.
      if (doorbell.endsRun !== null)
        await pool.query('UPDATE outbox SET ends_run = NULL WHERE case_id = $1 AND seq = $2', [caseId, seq]);
    } catch (error) {
      rings.inc({ outcome: 'failed' });
      log.warn('doorbell not taken', fields, error);
    }
  }

  const rounds = startRounds({
    everyMs: IDLE_MS,
    round,
    onError: (error) => log.warn('relay round failed', {}, error),
  });
  const announcer = announceChanges({ pool, log });
  return {
    changed: announcer.changed,
    ring: (doorbell) => track(ring(doorbell)),
    async stop() {
      await rounds.stop();
      await Promise.allSettled(ringing);
      await announcer.stop();
    },
  };
}

/** What the newest doorbell of a case comes from, which its workflow has not read past yet; nothing is known of what time alone brings about. */
export async function rungFrom({ pool }: Pick<CaseDeps, 'pool'>, caseId: unknown): Promise<Origin> {
  const newest = {
    name: 'rung-from',
    text: 'SELECT request_id AS "requestId", trace_parent AS "traceParent" FROM outbox WHERE case_id = $1 ORDER BY id DESC LIMIT 1',
    values: [caseId],
  };
  // That the database is away is for the activity itself to say.
  const found = await pool.query<Origin>(newest).catch(() => null);
  return found?.rows[0] ?? UNKNOWN_ORIGIN;
}

export type Relay = {
  /** Rings now; the outbox makes good what fails. */
  ring(doorbell: Doorbell): void;
  /** Announces what a commit changed to everybody who looks at it. */
  changed: Announcer['changed'];
  stop(): Promise<void>;
};
