import { establish } from './establishment.ts';
import type { CaseTransaction } from './transaction.ts';

/** What follows when a case of a process ends in a state. */
const effects: Readonly<Record<string, (tx: CaseTransaction, state: string) => Promise<void>>> = {
  recommendation: async (tx, state) => {
    await tx.sql('UPDATE recommendation_entities SET open = false WHERE case_id = $1', [tx.case.id]);
    if (state === 'established') await establish(tx);
  },
};

/**
 * Ends a case, once. An ending recorded from outside before this wins over what the prose came to.
 * @returns the state it ended in
 */
export async function conclude(tx: CaseTransaction, state: string): Promise<string> {
  if (tx.case.closedAt === null) {
    const final = tx.case.ending ?? state;
    tx.setState(final);
    tx.close();
    tx.fact({ kind: 'concluded', codes: { state: final } });
    await effects[tx.case.process]?.(tx, final);
    tx.notify(tx.case.submitterId, 'caseConcluded');
  }
  tx.settled();
  await tx.sql('DELETE FROM outbox WHERE case_id = $1', [tx.case.id]);
  return tx.case.state;
}
