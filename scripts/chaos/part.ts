import { setTimeout as pause } from 'node:timers/promises';
import type { Started } from '../../platform/supervisor.ts';

/** A process of the system that may be killed at any moment, and is started again whenever it has ended, as the launcher does it. */
export type Part<Kind extends Started> = {
  readonly name: string;
  current(): Kind;
  /** SIGKILL, at this very moment. False where it is down already. */
  kill(): boolean;
  /** It stays down from its next end on, until released. @returns what releases it */
  hold(): () => void;
  /** How often it ended without having been killed, and what it ended by. */
  readonly ownEnds: readonly string[];
  stop(): Promise<void>;
};

/** Far shorter than the launcher's, so that many points fit into an hour. */
const AGAIN_AFTER_MS = 200;

/** Starts a part and keeps it. `start` is given the run that ended, if there was one. Errors: the first start fails. */
export async function keepPart<Kind extends Started>(
  name: string,
  start: (before?: Kind) => Promise<Kind>,
): Promise<Part<Kind>> {
  const ownEnds: string[] = [];
  let running = await start();
  let isDown = false;
  let killed = false;
  let stopping = false;
  let held: Promise<void> = Promise.resolve();

  async function keep(): Promise<void> {
    for (;;) {
      const how = String(await running.ended);
      isDown = true;
      if (stopping) return;
      if (!killed) ownEnds.push(how);
      killed = false;
      while (isDown) {
        await pause(AGAIN_AFTER_MS);
        await held;
        if (stopping) return;
        try {
          running = await start(running);
          isDown = false;
        } catch (cause) {
          ownEnds.push(cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause));
        }
      }
    }
  }
  const kept = keep();

  return {
    name,
    ownEnds,
    current: () => running,
    kill() {
      if (isDown || killed) return false;
      killed = true;
      process.kill(running.pid, 'SIGKILL');
      return true;
    },
    hold() {
      let release = (): void => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
    async stop() {
      stopping = true;
      await running.stop();
      await Promise.race([kept, pause(1000)]);
      await running.stop();
    },
  };
}
