import { DomainError } from '../domain/errors.ts';
import { isConcerned } from '../domain/roll.ts';
import type { Actor } from './actor.ts';
import { definitionOf } from './processes.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * Only the committee takes part in what it decides, and of it nobody who is recused 回避, by rule or in a ballot of the case: a recusal strikes the
 * person, in whatever he would do beside his vote too (系统默认). @throws DomainError `forbidden` without a seat, `conflicted`
 */
export async function guardTakingPart(tx: CaseTransaction, { personId, seats }: Actor): Promise<void> {
  if (seats.length === 0) throw new DomainError('forbidden', { needed: 'committee' });
  const matters = await definitionOf(tx.case.process).matters?.(tx);
  const isRecused =
    seats.some((seat) => matters && isConcerned({ ...seat, personId }, matters.subject)) ||
    tx.ballots.all.some(({ roll }) => roll.some((entry) => entry.personId === personId && entry.recusal !== null));
  if (isRecused) throw new DomainError('conflicted', { why: 'recused' });
}
