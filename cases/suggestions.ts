import type { SuggestionForm } from '../forms/suggestion.ts';
import { suggestion } from '../workflows/contracts/suggestion.ts';
import { putForward } from './accountCases.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * A warning, a proposal or another suggestion about an account, by its manager, its unit's head or the office (Article 6.3), which starts
 * its workflow. @throws DomainError `notFound`, `forbidden`, `accountTerminated`
 */
export async function raiseSuggestion(
  deps: CaseDeps,
  personId: string,
  { accountId, form }: { readonly accountId: string; readonly form: SuggestionForm },
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const work = async (tx: CaseTransaction): Promise<void> => {
    await putForward(tx, accountId);
    const { kind, severity } = form;
    await tx.sql('INSERT INTO suggestions (case_id, account_id, kind, severity) VALUES ($1, $2, $3, $4)', [
      tx.case.id,
      accountId,
      kind,
      severity ?? null,
    ]);
    const codes = { state: suggestion.lifecycle.initial, kind, ...(severity ? { severity } : {}) };
    tx.fact({ kind: 'submitted', action: 'raise', actorId: personId, codes, secret: form });
    tx.ring();
  };
  return newCase(deps, suggestion, personId, work, keep);
}
