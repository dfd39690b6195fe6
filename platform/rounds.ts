export type Rounds = {
  /** The next round begins now instead of when its time has come. */
  readonly wake: () => void;
  /** No further round begins; resolves once the one under way has ended. */
  readonly stop: () => Promise<void>;
};

export type RoundsOptions = {
  /** Milliseconds between two rounds. */
  readonly everyMs: number;
  /** One round; what resolves to `true` says that more waits, so that the next follows at once. */
  readonly round: () => Promise<unknown>;
  /** Told of a round that failed; the next one comes in its time. */
  readonly onError: (error: unknown) => void;
};

/** Does a round now, and then again and again, one at a time, until stopped. */
export function startRounds({ everyMs, round, onError }: RoundsOptions): Rounds {
  let stopped = false;
  let woken = false;
  let endPause: () => void = () => {};

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      const more = await round().catch(onError);
      if (more !== true && !woken && !stopped) await pause();
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function wake(): void {
    woken = true;
    endPause();
  }

  const running = run();
  return {
    wake,
    async stop() {
      stopped = true;
      endPause();
      await running;
    },
  };
}
