import { DomainError } from '../domain/errors.ts';
import type { ExitForm } from '../forms/exit.ts';
import { exit } from '../workflows/contracts/exit.ts';
import { putForward } from './accountCases.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * A mid-year exit is put forward, by who keeps the account's file; an account has one such case at a time.
 * @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `accountBusy`, `invalid` for a successor that is none
 */
export async function proposeExit(
  deps: CaseDeps,
  personId: string,
  { accountId, form }: { readonly accountId: string; readonly form: ExitForm },
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const work = async (tx: CaseTransaction): Promise<void> => {
    const account = await putForward(tx, accountId, { alone: 'exit' });
    const { ground, successorId } = form;
    if (successorId) await requireSuccessor(tx, account.clientId, successorId);
    await tx.sql('INSERT INTO exits (case_id, account_id, ground, successor_id) VALUES ($1, $2, $3, $4)', [
      tx.case.id,
      accountId,
      ground,
      successorId ?? null,
    ]);
    const codes = { state: exit.lifecycle.initial, ground };
    tx.fact({ kind: 'submitted', action: 'propose', actorId: personId, codes, secret: form });
    tx.ring();
  };
  return newCase(deps, exit, personId, work, keep);
}

/** The client that takes over is another one of the register; nothing merges by itself. */
async function requireSuccessor(tx: CaseTransaction, clientId: string, successorId: string): Promise<void> {
  const [found] = await tx.sql('SELECT 1 FROM clients WHERE id = $1 AND id <> $2', [successorId, clientId]);
  if (!found) throw new DomainError('invalid', { field: 'successorId', reason: 'unknownClient' }, 'successorId');
}
