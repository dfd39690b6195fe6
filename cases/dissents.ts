import { DomainError } from '../domain/errors.ts';
import { dissentStates } from '../domain/review.ts';
import { actOnCase } from './caseAct.ts';
import type { CaseDeps } from './deps.ts';
import type { CaseRequest } from './ending.ts';
import type { Receipt } from './records.ts';
import { guardTakingPart } from './takingPart.ts';

/**
 * 不同意见: a member of the committee differs from the evaluation of an account, with his reason, before it is decided (Article 10.3; that it is
 * on record is 系统默认). What he says next stands in its place.
 * @throws DomainError `forbidden`, `conflicted`, `caseEnded`; `notYourMatter` where there is nothing to differ from
 */
export async function dissent(deps: CaseDeps, request: CaseRequest): Promise<Receipt> {
  return actOnCase(deps, request, 'dissent', async (tx, actor) => {
    if (tx.case.process !== 'review' || !dissentStates.includes(tx.case.state))
      throw new DomainError('notYourMatter', { state: tx.case.state });
    await guardTakingPart(tx, actor);
    const { reason } = request;
    return tx.fact({ kind: 'dissented', step: tx.case.state, actorId: actor.personId, secret: { reason } });
  });
}
