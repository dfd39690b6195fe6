import type { RunningProcess } from './processes.ts';

export type Started = Pick<RunningProcess, 'pid' | 'ended' | 'stop'>;

export type Service<Kind extends Started> = {
  name: string;
  /** Starts it; `before` is the run that ended, if there was one. */
  start(before?: Kind): Promise<Kind>;
  /** Told of every start, the first included, before it is relied upon. */
  onStart(started: Kind): Promise<void>;
  /** Told of an end nobody asked for, and in how many milliseconds it will be started again. */
  onCrash(how: string, againInMs: number): void;
};

export type Supervised<Kind extends Started> = { current(): Kind; stop(): Promise<void> };

const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
// A run this long counts as healthy: the next crash is answered at once again.
const HEALTHY_MS = 60_000;

/** Starts a service and starts it again whenever it ends by itself, waiting twice as long each time. The first start may fail. */
export async function keepRunning<Kind extends Started>(service: Service<Kind>): Promise<Supervised<Kind>> {
  const stopping = new AbortController();
  let running = await begin();
  const watched = watch();

  async function begin(before?: Kind): Promise<Kind> {
    const started = await service.start(before);
    try {
      await service.onStart(started);
      return started;
    } catch (cause) {
      await started.stop();
      throw cause;
    }
  }

  async function watch(): Promise<void> {
    let wait = SHORTEST_WAIT_MS;
    let startedAt = Date.now();
    let how: string = String(await running.ended);
    while (!stopping.signal.aborted) {
      if (Date.now() - startedAt > HEALTHY_MS) wait = SHORTEST_WAIT_MS;
      service.onCrash(how, wait);
      await pause(wait, stopping.signal);
      if (stopping.signal.aborted) return;
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      startedAt = Date.now();
      try {
        running = await begin(running);
        if (stopping.signal.aborted) return await running.stop();
        how = String(await running.ended);
      } catch (cause) {
        how = cause instanceof Error ? cause.message : String(cause);
      }
    }
  }

  return {
    current: () => running,
    async stop() {
      stopping.abort();
      await running.stop();
      await watched;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
