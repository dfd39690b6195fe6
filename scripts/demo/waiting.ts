import { setTimeout as pause } from 'node:timers/promises';
import type { CaseView } from '../../api/contract/cases.ts';
import { Difference } from './calls.ts';
import type { Scene } from './scene.ts';

const CLERK = 'office-clerk-1';
const PATIENCE_MS = 120_000;

/** Asks until what was started has come so far. */
export async function until<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(100)) {
    const answer = await ask();
    if (answer !== null) return answer;
  }
  throw new Difference(`没有等到 · waited in vain for ${what}`);
}

/** A case once it is in this state. */
export const comesTo = ({ calls }: Scene, caseId: string, state: string): Promise<CaseView> =>
  until(state, async () => {
    const seen = await calls.caseOf(CLERK, caseId);
    return seen.state === state ? seen : null;
  });

/** Answers a person's task once he has it. @returns who did it, and the article it rests on */
export async function answers(
  { calls }: Scene,
  personId: string,
  caseId: string,
  kind: string,
  action: string,
  body: object = {},
): Promise<{ readonly by: string; readonly article: string }> {
  const task = await until(
    kind,
    async () => (await calls.tasks(personId, caseId)).find((each) => each.kind === kind) ?? null,
  );
  return calls.answer(personId, task, action, body);
}
