import { setTimeout as pause } from 'node:timers/promises';
import { type Act, answered, type Keep, keepReserved, release, reserve } from '../cases/idempotency.ts';
import { DomainError } from '../domain/errors.ts';
import type { ApiDeps } from './deps.ts';

/** Longer than a key stays taken by a process that died. */
const TWIN_WAITS_MS = 15_000;
const LOOKS_EVERY_MS = 50;

/**
 * Does something once under its Idempotency-Key and tells the same answer again, for writes that are not on one case. A twin that arrives
 * meanwhile waits for the first; nothing is held while the work is done but a reserved row. `work` keeps its answer in its own transaction by
 * what it is given: where a process dies, or the answer to its commit is lost, the act is not done again. Work that does not is a mistake.
 * @throws DomainError `keyReused`; `unavailable` for a twin whose first is still at work
 */
export async function once<Answer>(
  deps: Pick<ApiDeps, 'pool' | 'keys'>,
  act: Act,
  work: (keep: Keep<Answer>) => Promise<Answer>,
): Promise<Answer> {
  // What was asked may be confidential: its digest is made with a key, so that nobody can try out what it was.
  const key = await deps.keys.getOrCreate(`person:${act.personId}`);
  const until = Date.now() + TWIN_WAITS_MS;
  for (;;) {
    const before = await answered<Answer>(deps.pool, act, key);
    if (before) return before;
    if (await reserve(deps.pool, act, key)) break;
    if (Date.now() > until) throw new DomainError('unavailable');
    await pause(LOOKS_EVERY_MS);
  }
  let kept = false;
  try {
    const answer = await work(async (client, done) => {
      await keepReserved(client, act, done);
      kept = true;
    });
    if (!kept) throw new Error(`${act.target}: the answer was not kept in the transaction of the act`);
    return answer;
  } catch (error) {
    await release(deps.pool, act);
    throw error;
  }
}

/** The same of what answers no more than that it is done. */
export async function doneOnce(
  deps: Pick<ApiDeps, 'pool' | 'keys'>,
  act: Act,
  work: (keep: Keep<void>) => Promise<void>,
): Promise<{ done: true }> {
  const done = { done: true } as const;
  return once<typeof done>(deps, act, async (keep) => {
    await work((client) => keep(client, done));
    return done;
  });
}
