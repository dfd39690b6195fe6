import { DomainError } from '../domain/errors.ts';
import { transition } from '../domain/lifecycle.ts';
import type { Ending } from '../domain/process.ts';
import { hasRole } from './actor.ts';
import { type Answer, recordDecision } from './answer.ts';
import { actOnCase } from './caseAct.ts';
import type { CaseDeps } from './deps.ts';
import { guardConfirmation, propose } from './proposals.ts';
import type { FactRow, Receipt } from './records.ts';
import type { Proof } from './stepUp.ts';
import type { CaseTransaction } from './transaction.ts';
import { abandonBallot } from './voting.ts';

/** What a person asks of a whole case, under an Idempotency-Key. */
export type CaseRequest = {
  readonly personId: string;
  readonly caseId: string;
  readonly reason: string;
  readonly key: string;
};

/**
 * The submitter, or his unit's head, takes the matter back. It is recorded at once; the workflow concludes it.
 * @throws DomainError `forbidden`, `caseEnded`; `notYourMatter` where the lifecycle knows no way back any more
 */
export async function withdraw(deps: CaseDeps, request: CaseRequest): Promise<Receipt> {
  return actOnCase(deps, request, 'withdraw', async (tx, actor) => {
    const mayWithdraw = actor.personId === tx.case.submitterId || hasRole(actor, 'unitHead', await unitThatAsked(tx));
    if (!mayWithdraw) throw new DomainError('forbidden', { needed: 'submitter, unitHead' });
    if (!transition(tx.contract.lifecycle, tx.case.state, 'withdraw'))
      throw new DomainError('notYourMatter', { state: tx.case.state });
    const fact = tx.fact({ kind: 'withdrawn', actorId: actor.personId, secret: { reason: request.reason } });
    endFromOutside(tx, 'withdrawn');
    return fact;
  });
}

/** The unit whose matter it is; where the case lies under the unit it is about, the submitter's. */
async function unitThatAsked(tx: CaseTransaction): Promise<string> {
  if (!tx.contract.aboutAnotherUnit) return tx.case.unitId;
  const [submitter] = await tx.sql('SELECT unit_id FROM persons WHERE id = $1', [tx.case.submitterId]);
  return String(submitter?.unit_id);
}

/** One administrator proposes to end a case, to withdrawn or lapsed only; another must confirm it. */
export async function proposeOverride(
  deps: CaseDeps,
  { provenAt, ...request }: CaseRequest & Proof & { readonly to: Ending },
): Promise<Receipt> {
  return actOnCase(deps, request, 'override', (tx, actor) => {
    return propose(
      tx,
      actor,
      { reason: request.reason, provenAt },
      {
        fact: 'overrideProposed',
        kind: 'confirmOverride',
        codes: { to: request.to },
      },
    );
  });
}

/** The second administrator's yes ends the case. */
export async function confirmOverride(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  await guardConfirmation(tx, answer);
  const to = answer.task.subject.to as Ending;
  const fact = recordDecision(tx, answer, { kind: 'overridden', codes: { to } });
  tx.closeTask(answer.task, 'confirm');
  endFromOutside(tx, to);
  return fact;
}

/** Nothing more is decided in the case; its workflow is woken to conclude it. */
export function endFromOutside(tx: CaseTransaction, ending: Ending): void {
  tx.setEnding(ending);
  for (const ballot of tx.ballots.all) if (ballot.status === 'open') abandonBallot(tx, ballot, 'ended');
  for (const task of tx.tasks.all) if (task.status === 'open') tx.closeTask(task, ending, 'cancelled');
  // A draft that was never submitted has no workflow: the relay's ring starts one, which concludes it at once.
  tx.ring();
}
