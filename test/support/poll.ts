import { expect } from 'vitest';

/** Asks again and again until what is expected holds; generous, for a busy machine. */
export const poll = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 60_000 });
