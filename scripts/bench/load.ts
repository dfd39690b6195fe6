import { performance } from 'node:perf_hooks';

/** What a load took: the milliseconds of each piece of work, in no order, and of all together. */
export type Taken = { readonly each: readonly number[]; readonly wallMs: number };

/** Does all the work with so many pieces in flight at once, and not one more. Rejects with the first failure. */
export async function underLoad<Work>(
  work: readonly Work[],
  inFlight: number,
  act: (piece: Work) => Promise<unknown>,
): Promise<Taken> {
  const each: number[] = [];
  let next = 0;
  const began = performance.now();
  const runner = async (): Promise<void> => {
    while (next < work.length) {
      const piece = work[next++] as Work;
      const from = performance.now();
      await act(piece);
      each.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, runner));
  return { each, wallMs: performance.now() - began };
}

/** Several loads as one. */
export const joined = (loads: readonly Taken[]): Taken => ({
  each: loads.flatMap(({ each }) => each),
  wallMs: loads.reduce((sum, { wallMs }) => sum + wallMs, 0),
});
