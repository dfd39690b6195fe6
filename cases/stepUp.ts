import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { needsStepUp, type SensitiveAct, stillProven } from '../domain/stepUp.ts';
import { currentPolicy } from './policies.ts';

/** When the person last proved who he is; null for a bearer token, which cannot. */
export type Proof = { readonly provenAt: Date | null };

/**
 * Asks for a proof that still holds, where the policy in force wants one for the act: security does not wait for a case to end.
 * @throws DomainError `stepUpRequired`, `stepUpByToken`
 */
export async function guardStepUp(
  database: Pool | PoolClient,
  act: SensitiveAct | null,
  { provenAt }: Proof,
): Promise<void> {
  if (act === null) return;
  const { values } = await currentPolicy(database);
  if (needsStepUp(values, act)) await guardProof(database, { provenAt });
}

/** Asks for it whatever the policy says of other acts: for what changes how one proves who one is. */
export async function guardProof(database: Pool | PoolClient, { provenAt }: Proof): Promise<void> {
  if (provenAt === null) throw new DomainError('stepUpByToken');
  const { values } = await currentPolicy(database);
  if (!stillProven(values, provenAt, new Date()))
    throw new DomainError('stepUpRequired', { minutes: values.stepUpMinutes });
}
