import { DomainError } from '../domain/errors.ts';
import { type Answer, recordDecision } from './answer.ts';
import { actOnCase } from './caseAct.ts';
import type { CaseDeps } from './deps.ts';
import type { CaseRequest } from './ending.ts';
import { guardConfirmation, propose } from './proposals.ts';
import type { FactRow, Receipt } from './records.ts';
import type { Proof } from './stepUp.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * One administrator proposes to start the execution of a case again from its facts; the other confirms it. `runId` is the run that is
 * ended first, null where there is none: the proposal is about this run and no later one.
 * @throws DomainError `notYourMatter` for a draft, which has no execution
 */
export async function proposeRedrive(
  deps: CaseDeps,
  { provenAt, ...request }: CaseRequest & Proof & { readonly runId: string | null },
): Promise<Receipt> {
  const work = (tx: CaseTransaction, actor: Parameters<typeof propose>[1]) => {
    if (tx.case.state === tx.contract.lifecycle.initial && tx.case.ending === null)
      throw new DomainError('notYourMatter', { state: tx.case.state });
    return propose(
      tx,
      actor,
      { reason: request.reason, provenAt },
      {
        fact: 'redriveProposed',
        kind: 'confirmRedrive',
        codes: { runId: request.runId },
      },
    );
  };
  return actOnCase(deps, request, 'redrive', work, { afterEndToo: true });
}

/**
 * The second administrator's yes rings: the relay ends the run that was proposed and starts the workflow anew under its fixed id, which
 * walks the facts to the present place. Nothing of the case itself changes.
 */
export async function confirmRedrive(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  await guardConfirmation(tx, answer);
  const runId = typeof answer.task.subject.runId === 'string' ? answer.task.subject.runId : null;
  const fact = recordDecision(tx, answer, { kind: 'redriven', codes: { runId } });
  tx.closeTask(answer.task, 'confirm');
  tx.ring(runId);
  return fact;
}
