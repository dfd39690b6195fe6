import { DomainError } from '../domain/errors.ts';
import type { Actor } from './actor.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor } from './guard.ts';
import type { Act } from './idempotency.ts';
import type { FactRow, Receipt } from './records.ts';
import { type CaseTransaction, inCase } from './transaction.ts';

/** An act on a case as a whole, once under its key, refused once the case has ended unless it may be done `afterEndToo`. */
export async function actOnCase(
  deps: CaseDeps,
  request: { readonly personId: string; readonly caseId: string; readonly key: string },
  act: string,
  work: (tx: CaseTransaction, actor: Actor) => Promise<FactRow> | FactRow,
  { afterEndToo = false }: { readonly afterEndToo?: boolean } = {},
): Promise<Receipt> {
  const { key, ...body } = request;
  const entry: Act = { personId: request.personId, target: `case:${request.caseId}:${act}`, key, body };
  return inCase(deps, { ...request, act: entry }, async (tx) => {
    const before = tx.answered<Receipt>(entry);
    if (before) return before;
    const actor = activeActor(tx);
    if (!afterEndToo && (tx.case.closedAt !== null || tx.case.ending !== null))
      throw new DomainError('caseEnded', { state: tx.case.ending ?? tx.case.state });
    const fact = await work(tx, actor);
    const receipt: Receipt = { caseId: tx.case.id, seq: fact.seq, taskId: null, outcome: null };
    tx.keep(entry, receipt);
    return receipt;
  });
}
