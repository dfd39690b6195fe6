import { recordAudit } from '../../cases/audit.ts';
import { LOCAL, localAccountOf } from '../../cases/localAccounts.ts';
import { takeCode } from '../../cases/secondFactor.ts';
import { brakeOf, tryUnder } from '../../cases/signInBrakes.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Identity } from '../authentication.ts';
import type { StepUpWay } from '../contract/entering.ts';
import type { ApiDeps } from '../deps.ts';
import type { Attempt } from './attempts.ts';
import { requireDemo } from './demo.ts';
import { personOf } from './entering.ts';
import { methodOf } from './methods.ts';

/**
 * How the session's person proves anew who he is (step-up): in the way he signed in; by a code where he has a second factor.
 * @throws DomainError `stepUpByToken`, and `notFound` where his method is configured no more
 */
export async function stepUpWay(deps: ApiDeps, { session, actor }: Identity): Promise<StepUpWay> {
  if (!session) throw new DomainError('stepUpByToken');
  const { login } = await deps.prisma.person.findUniqueOrThrow({ where: { id: actor.personId } });
  if (session.method === 'demo')
    return { method: 'demo', kind: 'demo', label: '选择演示人员', labelEn: 'Choose a demo person', login };
  const found = deps.signIn.methods.find(({ id }) => id === session.method);
  if (!found) throw new DomainError('notFound');
  const account = found.id === LOCAL ? await localAccountOf(deps.pool, actor.personId) : null;
  const { id: method, label, labelEn } = found;
  return { method, kind: account?.totpSince ? 'code' : found.kind, label, labelEn, login };
}

export type Shown = {
  readonly login?: string | undefined;
  readonly password?: string | undefined;
  readonly code?: string | undefined;
  readonly personId?: string | undefined;
  /** Of the request: choosing a person is for this machine alone. */
  readonly hostname: string | undefined;
};

/** Checks what was shown and records the proof. @throws DomainError `missing`, `signInFailed`, `codeWrong`, `signInLocked`, `invalid` */
export async function proveAgain(deps: ApiDeps, identity: Identity, shown: Shown): Promise<void> {
  const { method, kind, login } = await stepUpWay(deps, identity);
  const { personId } = identity.actor;
  if (kind === 'demo') {
    requireDemo(deps, shown.hostname);
    if (shown.personId !== personId)
      throw new DomainError('invalid', { field: 'personId', reason: 'anotherPerson' }, 'personId');
  } else if (kind === 'code') {
    await takeCodeOrFail(deps, { personId, method, code: wanted(shown.code, 'code') });
  } else if (kind === 'password') {
    const password = wanted(shown.password, 'password');
    const attempt = await tryUnder(deps, [brakeOf('login', 'stepUp', personId)]);
    const found = await methodOf(deps.signIn.methods, method, 'password').check(shown.login ?? login, password);
    if (!found || (await personOf(deps, found)).personId !== personId)
      return attempt.failed(new DomainError('signInFailed'), { personId, method });
    await attempt.succeeded();
  } else throw new DomainError('invalid', { field: 'method', reason: 'atProvider' }, 'method');
  await recordProof(deps, identity, { personId });
}

function wanted(given: string | undefined, field: string): string {
  if (given === undefined) throw new DomainError('missing', { field }, field);
  return given;
}

/** @throws DomainError `codeWrong`, `signInLocked` */
export async function takeCodeOrFail(
  deps: ApiDeps,
  { personId, method, code }: { readonly personId: string; readonly method: string; readonly code: string },
): Promise<void> {
  const attempt = await tryUnder(deps, [brakeOf('login', 'code', personId)]);
  if (!(await takeCode(deps, personId, code)))
    return attempt.failed(new DomainError('codeWrong'), { personId, method });
  await attempt.succeeded();
}

/**
 * The session's person has proved anew who he is.
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
