import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { CHANNEL, type Change, changeOf } from '../../cases/changes.ts';
import type { ApiDeps } from '../deps.ts';

const AGAIN_MS = 500;
const ASK_MS = 30_000;

export type Heard = {
  readonly onChange: (change: Change) => void;
  /** Announcements may have been missed. */
  readonly onGap: () => void;
};

/** Hears what is announced, on one connection of its own, beside the pool, that is made again when it breaks. @returns what ends it */
export function hearAnnouncements(
  { pool, log }: Pick<ApiDeps, 'pool' | 'log'>,
  { onChange, onGap }: Heard,
): () => Promise<void> {
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
      if (change) onChange(change);
      else onGap();
    });
    await client.connect();
    const listen = () => client.query(`LISTEN ${CHANNEL}`);
    await listen();
    onGap();
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
  return async () => {
    stopping.abort();
    await running;
  };
}
