import { pullOutStates } from '../domain/agenda.ts';
import { DomainError } from '../domain/errors.ts';
import { actOnCase } from './caseAct.ts';
import type { CaseDeps } from './deps.ts';
import type { Receipt } from './records.ts';
import { guardTakingPart } from './takingPart.ts';

/**
 * A member of the committee has a review decided singly 提出单独审议: from then on nobody votes on it in bulk (系统默认).
 * @throws DomainError `forbidden` for who has no seat, `conflicted` for who is recused, `notYourMatter` outside evaluation and decision, `pulledOut` for what is already
 */
export function pullOut(
  deps: CaseDeps,
  request: { readonly personId: string; readonly caseId: string; readonly reason: string; readonly key: string },
): Promise<Receipt> {
  return actOnCase(deps, request, 'pullOut', async (tx, actor) => {
    if (tx.case.process !== 'review' || !pullOutStates.includes(tx.case.state))
      throw new DomainError('notYourMatter', { state: tx.case.state });
    await guardTakingPart(tx, actor);
    const { personId } = actor;
    const pulled = await tx.sql(
      'UPDATE reviews SET pulled_out_by = $2, pulled_out_at = $3 WHERE case_id = $1 AND pulled_out_at IS NULL RETURNING 1',
      [tx.case.id, personId, tx.now],
    );
    if (pulled.length === 0) throw new DomainError('pulledOut');
    return tx.fact({ kind: 'pulledOut', actorId: personId, secret: { reason: request.reason } });
  });
}
