import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { go, nothing, signalled, updated, updatedOnce } from './floorWorkflows.ts';
import { send, taken } from './http.ts';
import type { Taken } from './load.ts';
import { underLoad } from './load.ts';

const ROWS = 1000;
const taskQueue = 'floors';
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** F1: votes on an Express route that does one small transaction through `pg`. */
export const plainVotes = (floorUrl: string, count: number, inFlight: number): Promise<Taken> =>
  underLoad(numbers(count), inFlight, (index) =>
    taken(send('POST', `${floorUrl}/votes/${index % ROWS}`, { body: { choice: 'for' } })),
  );

/** F2: Temporal Updates whose handler does nothing, each run taking one at a time. */
export async function updates(client: Client, count: number, inFlight: number): Promise<Taken> {
  const free = await Promise.all(
    numbers(inFlight).map(() => client.workflow.start(updated, { taskQueue, workflowId: randomUUID() })),
  );
  const handles = [...free];
  const taken = await underLoad(numbers(count), inFlight, async () => {
    const handle = free.pop();
    if (!handle) throw new Error('more updates in flight than runs');
    await handle.executeUpdate(nothing);
    free.push(handle);
  });
  await Promise.all(handles.map((handle) => handle.signal(go)));
  return taken;
}

/** F3: workflows that start, take one Signal and end. */
export const runs = (client: Client, count: number, inFlight: number): Promise<Taken> =>
  underLoad(numbers(count), inFlight, async () => {
    const handle = await client.workflow.start(signalled, { taskQueue, workflowId: randomUUID() });
    await handle.signal(go);
    await handle.result();
  });

/** F4: workflows that start, take one Update and end. */
export const updatedRuns = (client: Client, count: number, inFlight: number): Promise<Taken> =>
  underLoad(numbers(count), inFlight, async () => {
    const handle = await client.workflow.start(updatedOnce, { taskQueue, workflowId: randomUUID() });
    await handle.executeUpdate(nothing);
    await handle.result();
  });
