import { startRounds } from '../platform/rounds.ts';
import type { CaseDeps } from './deps.ts';

/** What rings: delivers one doorbell to Temporal. Resolves once Temporal has it; rejects when Temporal is away. */
export type Bell = (doorbell: {
  readonly caseId: string;
  readonly process: string;
  readonly seq: number;
}) => Promise<void>;

const BATCH = 100;
const IDLE_MS = 1000;

/**
 * The relay: rings what the outbox holds until the workflows have read past it. At once after a commit, and again, later and
 * later, while a workflow has not taken it: a ring is lost when a process dies between commit and ring, or while Temporal is
 * away. Any number of relays may run; doubles change nothing.
 */
export function startRelay({ pool, log }: Pick<CaseDeps, 'pool' | 'log'>, bell: Bell): Relay {
  const ringing = new Set<Promise<void>>();

  const track = (ring: Promise<void>): void => {
    ringing.add(ring);
    ring.finally(() => ringing.delete(ring)).catch(() => {});
  };

  /** Takes what is due, one row a case, and puts off its next ring before ringing: whoever else looks does not ring it too. */
  async function round(): Promise<boolean> {
    // A case that has ended has nothing more to hear. Asked doorbell by doorbell: joined, all cases might be read.
    await pool.query('DELETE FROM outbox o WHERE (SELECT c.closed_at FROM cases c WHERE c.id = o.case_id) IS NOT NULL');
    const { rows } = await pool.query<{ case_id: string; process: string; seq: number }>(
      `UPDATE outbox SET attempts = attempts + 1, next_at = now() + make_interval(secs => least(60, 2 ^ least(attempts + 1, 6)))
       WHERE id IN (SELECT id FROM outbox WHERE next_at <= now() ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING case_id, process, seq`,
    );
    const latest = new Map(rows.map((row) => [row.case_id, row]));
    await Promise.all(
      [...latest.values()].map((row) => ring({ caseId: row.case_id, process: row.process, seq: row.seq })),
    );
    return rows.length === BATCH;
  }

  async function ring(doorbell: Parameters<Bell>[0]): Promise<void> {
    try {
      await bell(doorbell);
    } catch (error) {
      log.warn('doorbell not taken', { caseId: doorbell.caseId }, error);
    }
  }

  const rounds = startRounds({
    everyMs: IDLE_MS,
    round,
    onError: (error) => log.warn('relay round failed', {}, error),
  });
  return {
    ring: (doorbell) => track(ring(doorbell)),
    async stop() {
      await rounds.stop();
      await Promise.allSettled(ringing);
    },
  };
}

export type Relay = {
  /** Rings now; the outbox makes good what fails. */
  ring(doorbell: Parameters<Bell>[0]): void;
  stop(): Promise<void>;
};
