import type { Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { connectDatabase, together } from '../../platform/database.ts';
import { freshDatabase } from '../support/database.ts';

const database = connectDatabase(await freshDatabase(), { connections: 1 });
const client = await database.pool.connect();
afterAll(async () => {
  client.release();
  await database.close();
});

type Writing = Socket & { _write: unknown; _writev: unknown };
const { stream } = (client as unknown as { readonly connection: { readonly stream: Writing } }).connection;

/** How often the socket was handed something to send while `work` was done. */
async function sends<Result>(work: () => Promise<Result>): Promise<{ sent: number; result: Result }> {
  const own = { _write: stream._write, _writev: stream._writev };
  let sent = 0;
  for (const name of ['_write', '_writev'] as const)
    stream[name] = (...args: unknown[]) => {
      sent += 1;
      return (own[name] as (...args: unknown[]) => unknown).apply(stream, args);
    };
  try {
    return { result: await work(), sent };
  } finally {
    Object.assign(stream, own);
  }
}

const ask = (value: number) =>
  client.query<{ value: number }>({ name: 'one-value', text: 'SELECT $1::int AS value', values: [value] });
const three = () => Promise.all([1, 2, 3].map(ask));

test('statements sent together go out as one packet, and are answered in their order', async () => {
  await ask(0);
  const apart = await sends(three);
  expect(apart.sent).toBeGreaterThan(1);
  const { sent, result } = await sends(() => together(client, three));
  expect(sent).toBe(1);
  expect(result.map(({ rows }) => rows[0]?.value)).toEqual([1, 2, 3]);
});

test('what fails to be sent leaves the connection open for what comes after', async () => {
  expect(() =>
    together(client, () => {
      throw new Error('not sent');
    }),
  ).toThrow('not sent');
  expect((await ask(4)).rows).toEqual([{ value: 4 }]);
});
