import { setTimeout as pause } from 'node:timers/promises';
import { type Act, answered, type Keep, keepReserved, release, reserve } from '../cases/idempotency.ts';
import { DomainError } from '../domain/errors.ts';
import type { ApiDeps } from './deps.ts';

const TWIN_WAITS_MS = 10_000;
const LOOKS_EVERY_MS = 50;

/**
 * Does something once under its Idempotency-Key and tells the same answer again, for writes whose own transaction keeps no key. A twin
 * that arrives meanwhile waits for the first; nothing is held while the work is done but a reserved row. `work` is given what keeps its answer
 * in its own transaction: where a process dies, or the answer to its commit is lost, the act is then not done again. Work that does not use
 * it must be such that doing it again changes nothing.
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
  try {
    const answer = await work((client, done) => keepReserved(client, act, done));
    await keepReserved(deps.pool, act, answer);
    return answer;
  } catch (error) {
    await release(deps.pool, act);
    throw error;
  }
}
