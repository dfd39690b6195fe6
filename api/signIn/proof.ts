import { recordAudit } from '../../cases/audit.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Identity } from '../authentication.ts';
import type { ApiDeps } from '../deps.ts';
import type { Attempt } from './attempts.ts';

/**
 * The session's person has proved anew who he is (step-up).
 * @throws DomainError `providerRefused` where it was somebody else, or another session that asked
 */
export async function recordProof(
  deps: ApiDeps,
  { session, actor }: Identity,
  { personId, attempt }: { readonly personId: string; readonly attempt?: Attempt },
): Promise<void> {
  if (!session || personId !== actor.personId || (attempt && attempt.sessionId !== session.id))
    throw new DomainError('providerRefused');
  await deps.prisma.session.update({ where: { id: session.id }, data: { stepUpAt: new Date() } });
  await recordAudit(deps.pool, { act: 'steppedUp', actorId: personId, codes: { method: session.method } });
}
