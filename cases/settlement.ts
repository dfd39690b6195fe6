import { stepOf } from './contracts.ts';
import type { StepRow, TaskRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

export function findStep(tx: CaseTransaction, name: string, round: number): Readonly<StepRow> | undefined {
  return tx.steps.all.find((step) => step.name === name && step.round === round);
}

/**
 * Settles a step of tasks once none that blocks it is open: one task gives its own outcome, several give `complete`. Called in
 * the transaction that closes a task, by a person's decision or by silence.
 */
export function settleStep(
  tx: CaseTransaction,
  name: string,
  round: number,
  last?: Readonly<TaskRow>,
  codes: StepRow['codes'] = {},
): void {
  const open = tx.tasks.all.some(
    (task) => task.step === name && task.round === round && task.status === 'open' && task.blocking,
  );
  if (open) return;
  const single = stepOf(tx.contract, name).tasks?.length === 1;
  closeStep(tx, name, round, single && last?.outcome ? last.outcome : 'complete', codes);
}

/** Writes what a step came to and rings: the process may go on. */
export function closeStep(
  tx: CaseTransaction,
  name: string,
  round: number,
  outcome: string,
  codes: StepRow['codes'] = {},
): void {
  const step = findStep(tx, name, round);
  if (!step || step.outcome !== null) return;
  tx.steps.change(step, { outcome, codes, closedSeq: tx.case.seq });
  for (const task of tx.tasks.all) {
    if (task.status === 'open' && task.step === name && task.round === round)
      tx.closeTask(task, 'stepClosed', 'cancelled');
  }
  tx.ring();
}
