import type { CaseDeps } from '../../../cases/deps.ts';
import { newCase } from '../../../cases/newCase.ts';
import { bulletin } from './contract.ts';
import { bulletinForm } from './definition.ts';

/** Submits a bulletin for the person's unit, which starts its workflow. @throws ZodError for a form that is not well formed */
export async function submitBulletin(deps: CaseDeps, personId: string, form: unknown): Promise<{ caseId: string }> {
  const secret = bulletinForm.parse(form);
  return newCase(deps, bulletin, personId, (tx) => {
    tx.rename('内部信息通报');
    tx.fact({ kind: 'submitted', action: 'submit', actorId: personId, secret });
    tx.ring();
  });
}
