import { DomainError } from '../domain/errors.ts';
import type { RelistingForm } from '../forms/relisting.ts';
import { relisting } from '../workflows/contracts/relisting.ts';
import { putForward } from './accountCases.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * It is put forward that an account come back onto the list it was taken off, by who keeps its file. While that is open no exit is, and the
 * other way about: one word holds both.
 * @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `accountBusy`, `notDelisted`
 */
export async function proposeRelisting(
  deps: CaseDeps,
  personId: string,
  { accountId, form }: { readonly accountId: string; readonly form: RelistingForm },
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const work = async (tx: CaseTransaction): Promise<void> => {
    await putForward(tx, accountId, { alone: 'exit' });
    const [row] = await tx.sql('SELECT delisted_case_id AS id FROM accounts WHERE id = $1', [accountId]);
    if (!row?.id) throw new DomainError('notDelisted');
    const codes = { state: relisting.lifecycle.initial, delistedCaseId: String(row.id) };
    tx.fact({ kind: 'submitted', action: 'submit', actorId: personId, codes, secret: form });
    tx.ring();
  };
  return newCase(deps, relisting, personId, work, keep);
}
