import { singlyBecause } from '../domain/agenda.ts';
import { DomainError } from '../domain/errors.ts';
import { ballotOf } from './guard.ts';
import type { TaskRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * Whether this vote may be given in bulk now: as `singlyBecause` says of its review, asked under the case's lock; and only where it is still open,
 * for a bulk vote gives votes and changes none. @throws DomainError `notInBulk`, `taskClosed`, `pulledOut`, `decidedSingly`
 */
export async function guardBulkVote(tx: CaseTransaction, task: Readonly<TaskRow>, action: string): Promise<void> {
  if (task.kind !== 'vote' || action !== 'vote' || tx.case.process !== 'review')
    throw new DomainError('notInBulk', { action: `${task.kind}.${action}` });
  if (task.status !== 'open') throw new DomainError('taskClosed', { outcome: task.outcome ?? '' });
  const [review] = await tx.sql('SELECT proposal, pulled_out_at FROM reviews WHERE case_id = $1', [tx.case.id]);
  const why = singlyBecause({
    proposal: (review?.proposal as string | null | undefined) ?? null,
    pulledOut: review?.pulled_out_at !== null,
    question: ballotOf(tx, task).question,
  });
  if (why) throw new DomainError(why);
}
