import type { Actor } from './actor.ts';
import type { FactRow, NewFact, TaskRow } from './records.ts';
import { settleStep } from './settlement.ts';
import type { CaseTransaction } from './transaction.ts';

/** A decision that has passed the guard: who, for whom, what, parted into codes and secrets. */
export type Answer = {
  readonly task: Readonly<TaskRow>;
  readonly action: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly codes: Readonly<Record<string, unknown>>;
  readonly secret: Readonly<Record<string, unknown>> | null;
  readonly actor: Actor;
  readonly onBehalfOf: string | null;
  readonly enteredBy: string | null;
  /** The bulk act it is a part of. */
  readonly bulkId: string | null;
};

export type Effect = (tx: CaseTransaction, answer: Answer) => Promise<FactRow> | FactRow;

/** Records the decision, closes its task, and settles the step if nothing else of it is open. */
export function settle(tx: CaseTransaction, answer: Answer, codes = answer.codes): FactRow {
  const fact = recordDecision(tx, answer, { kind: 'decided', codes });
  tx.closeTask(answer.task, answer.action);
  if (answer.task.blocking) settleStep(tx, answer.task.step, answer.task.round, answer.task, codes);
  return fact;
}

/** The fact of a decision: by whom, on whose behalf, entered by whom, and in which bulk act. */
export function recordDecision(tx: CaseTransaction, answer: Answer, fact: NewFact): FactRow {
  const { task, action, actor, onBehalfOf, enteredBy, bulkId, codes, secret } = answer;
  return tx.fact({
    step: task.step,
    round: task.round,
    taskId: task.id,
    ballotId: task.ballotId,
    action,
    actorId: actor.personId,
    onBehalfOf,
    enteredBy,
    codes,
    ...(secret ? { secret } : {}),
    ...fact,
    ...(bulkId ? { codes: { ...(fact.codes ?? codes), bulkId } } : {}),
  });
}
