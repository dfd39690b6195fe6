import { DomainError } from '../domain/errors.ts';
import type { Policy } from '../domain/policy.ts';
import { needsStepUp, type SensitiveAct, stillProven } from '../domain/stepUp.ts';

/** When the person last proved who he is; null for a bearer token, which cannot. */
export type Proof = { readonly provenAt: Date | null };

/**
 * Asks for a proof that still holds, where the policy in force wants one for the act: security does not wait for a case to end.
 * @throws DomainError `stepUpRequired`, `stepUpByToken`
 */
export function guardStepUp(inForce: Policy, act: SensitiveAct | null, { provenAt }: Proof): void {
  if (act !== null && needsStepUp(inForce.values, act)) guardProof(inForce, { provenAt });
}

/** Asks for it whatever the policy says of other acts: for what changes how one proves who one is. */
export function guardProof({ values }: Policy, { provenAt }: Proof): void {
  if (provenAt === null) throw new DomainError('stepUpByToken');
  if (!stillProven(values, provenAt, new Date()))
    throw new DomainError('stepUpRequired', { minutes: values.stepUpMinutes });
}
