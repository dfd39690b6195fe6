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
  let stopped = false;
  let wake: () => void = () => {};
  const ringing = new Set<Promise<void>>();

  const track = (ring: Promise<void>): void => {
    ringing.add(ring);
    ring.finally(() => ringing.delete(ring)).catch(() => {});
  };

  const loop = async (): Promise<void> => {
    while (!stopped) {
      const rung = await round().catch((error: unknown) => {
        log.warn('relay round failed', {}, error);
        return 0;
      });
      if (rung < BATCH && !stopped)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, IDLE_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
    }
  };

  /** Takes what is due, one row a case, and puts off its next ring before ringing: whoever else looks does not ring it too. */
  async function round(): Promise<number> {
    // A case that has ended has nothing more to hear.
    await pool.query('DELETE FROM outbox o USING cases c WHERE c.id = o.case_id AND c.closed_at IS NOT NULL');
    const { rows } = await pool.query<{ case_id: string; process: string; seq: number }>(
      `UPDATE outbox SET attempts = attempts + 1, next_at = now() + make_interval(secs => least(60, 2 ^ least(attempts + 1, 6)))
       WHERE id IN (SELECT id FROM outbox WHERE next_at <= now() ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING case_id, process, seq`,
    );
    const latest = new Map(rows.map((row) => [row.case_id, row]));
    await Promise.all(
      [...latest.values()].map((row) => ring({ caseId: row.case_id, process: row.process, seq: row.seq })),
    );
    return rows.length;
  }

  async function ring(doorbell: Parameters<Bell>[0]): Promise<void> {
    try {
      await bell(doorbell);
    } catch (error) {
      log.warn('doorbell not taken', { caseId: doorbell.caseId }, error);
    }
  }

  const running = loop();
  return {
    ring: (doorbell) => track(ring(doorbell)),
    async stop() {
      stopped = true;
      wake();
      await running;
      await Promise.allSettled(ringing);
    },
  };
}

export type Relay = {
  /** Rings now; the outbox makes good what fails. */
  ring(doorbell: Parameters<Bell>[0]): void;
  stop(): Promise<void>;
};
