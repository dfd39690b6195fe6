import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { CHANNEL, type Change, changeOf } from './changes.ts';
import type { CaseDeps } from './deps.ts';

const AGAIN_MS = 500;
const ASK_MS = 30_000;

export type Heard = {
  readonly onChange: (change: Change) => void;
  /** Announcements may have been missed. */
  readonly onGap: () => void;
};

/** What is announced of changes, for whoever in this process wants to hear it. */
export type Announcements = {
  /** @returns what ends the hearing */
  hear(heard: Heard): () => void;
  /** Resolves once it hears for the first time. */
  readonly hears: Promise<void>;
  stop(): Promise<void>;
};

/** Hears what is announced, on one connection of its own, beside the pool, that is made again when it breaks. */
export function hearAnnouncements({ pool, log }: Pick<CaseDeps, 'pool' | 'log'>): Announcements {
  const hearers = new Set<Heard>();
  const { promise: hears, resolve: nowHears } = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const { signal } = stopping;

  async function hear(client: pg.Client): Promise<void> {
    const broken = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.on('error', () => resolve());
      signal.addEventListener('abort', () => resolve());
    });
    client.on('notification', ({ payload }) => {
      const change = changeOf(payload ?? '');
      for (const hearer of hearers) {
        if (change) hearer.onChange(change);
        else hearer.onGap();
      }
    });
    await client.connect();
    const listen = () => client.query(`LISTEN ${CHANNEL}`);
    await listen();
    nowHears();
    for (const hearer of hearers) hearer.onGap();
    // A connection may die without a word; asked again, one that lives changes nothing.
    const asking = setInterval(() => listen().catch((error: Error) => client.emit('error', error)), ASK_MS);
    await broken.finally(() => clearInterval(asking));
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        const client = new pg.Client(pool.options);
        await hear(client).finally(() => client.end());
      } catch (error) {
        log.warn('announcements are not heard', {}, error);
      }
      await pause(AGAIN_MS, undefined, { signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    hear(heard) {
      hearers.add(heard);
      return () => hearers.delete(heard);
    },
    hears,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
