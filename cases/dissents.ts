import { DomainError } from '../domain/errors.ts';
import { dissentStates } from '../domain/review.ts';
import { isConcerned } from '../domain/roll.ts';
import type { Actor } from './actor.ts';
import { actOnCase } from './caseAct.ts';
import type { CaseDeps } from './deps.ts';
import type { CaseRequest } from './ending.ts';
import { definitionOf } from './processes.ts';
import type { Receipt } from './records.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * 不同意见: a member of the committee differs from the evaluation of an account, with his reason, before it is decided (Article 10.3; that it is
 * on record is 系统默认). What he says next stands in its place.
 * @throws DomainError `forbidden`, `conflicted`, `caseEnded`; `notYourMatter` where there is nothing to differ from
 */
export async function dissent(deps: CaseDeps, request: CaseRequest): Promise<Receipt> {
  return actOnCase(deps, request, 'dissent', async (tx, actor) => {
    if (tx.case.process !== 'review' || !dissentStates.includes(tx.case.state))
      throw new DomainError('notYourMatter', { state: tx.case.state });
    if (actor.seats.length === 0) throw new DomainError('forbidden', { needed: 'committee' });
    if (await isRecused(tx, actor)) throw new DomainError('conflicted', { why: 'recused' });
    const { reason } = request;
    return tx.fact({ kind: 'dissented', step: tx.case.state, actorId: actor.personId, secret: { reason } });
  });
}

/** By rule, or in the ballot: a recusal strikes the person. */
async function isRecused(tx: CaseTransaction, { personId, seats }: Actor): Promise<boolean> {
  const matters = await definitionOf(tx.case.process).matters?.(tx);
  return (
    seats.some((seat) => matters && isConcerned({ ...seat, personId }, matters.subject)) ||
    tx.ballots.all.some(({ roll }) => roll.some((entry) => entry.personId === personId && entry.recusal !== null))
  );
}
