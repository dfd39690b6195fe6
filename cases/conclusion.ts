import { definitionOf } from './processes.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * Ends a case, once. An ending recorded from outside before this wins over what the prose came to.
 * @returns the state it ended in
 */
export async function conclude(tx: CaseTransaction, state: string): Promise<string> {
  if (tx.case.closedAt === null) {
    const definition = definitionOf(tx.case.process);
    const final = tx.case.ending ?? (await definition.endsIn?.(tx, state)) ?? state;
    tx.setState(final);
    tx.close();
    tx.fact({ kind: 'concluded', codes: { state: final } });
    for (const task of tx.tasks.all) {
      // A recusal declared too late is reviewed even now.
      if (task.status === 'open' && task.kind !== 'reviewRecusal') tx.closeTask(task, final, 'cancelled');
    }
    await tx.sql('UPDATE case_accounts SET open = false WHERE case_id = $1 AND open', [tx.case.id]);
    await definition.conclude(tx, final);
    tx.notify(tx.case.submitterId, 'caseConcluded');
  }
  tx.settled();
  await tx.sql('DELETE FROM outbox WHERE case_id = $1 AND ends_run IS NULL', [tx.case.id]);
  return tx.case.state;
}
