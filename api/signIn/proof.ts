import { recordAudit } from '../../cases/audit.ts';
import { LOCAL, localAccountOf } from '../../cases/localAccounts.ts';
import { currentPolicy } from '../../cases/policies.ts';
import { takeCode } from '../../cases/secondFactor.ts';
import { brakeOf, type Try, tryUnder } from '../../cases/signInBrakes.ts';
import { DomainError } from '../../domain/errors.ts';
import { stillProven } from '../../domain/stepUp.ts';
import type { Identity } from '../authentication.ts';
import type { StepUpWay } from '../contract/entering.ts';
import type { ApiDeps } from '../deps.ts';
import { inForce } from '../views/days.ts';
import type { Attempt } from './attempts.ts';
import { requireDemo } from './demo.ts';
import { personOf } from './entering.ts';
import { type ExternalIdentity, methodOf, type PasswordMethod, type SignInMethod } from './methods.ts';
import { ProviderError } from './provider.ts';

/**
 * How the session's person proves anew who he is (step-up): in the way he signed in; by a code where he has a second factor.
 * @throws DomainError `stepUpByToken`, and `notFound` where his method is configured no more
 */
export async function stepUpWay(deps: ApiDeps, { session, actor, provenAt }: Identity): Promise<StepUpWay> {
  if (!session || !provenAt) throw new DomainError('stepUpByToken');
  const [{ login }, { values }] = await Promise.all([
    deps.prisma.person.findUniqueOrThrow({ where: { id: actor.personId } }),
    currentPolicy(deps.pool),
  ]);
  const way = { login, proven: stillProven(values, provenAt, new Date()), others: [], helpers: [] };
  if (session.method === 'demo')
    return { ...way, method: 'demo', kind: 'demo', label: '选择演示人员', labelEn: 'Choose a demo person' };
  const found = deps.signIn.methods.find(({ id }) => id === session.method);
  if (!found) throw new DomainError('notFound');
  const named = wayNamed(found);
  if (!provesAnew(found)) return { ...way, ...named, kind: 'none', ...(await instead(deps, actor.personId)) };
  const account = found.id === LOCAL ? await localAccountOf(deps.pool, actor.personId) : null;
  return { ...way, ...named, kind: account?.totpSince ? 'code' : found.kind };
}

const provesAnew = (method: SignInMethod): boolean => method.kind === 'password' || method.provesAnew;
const wayNamed = ({ id: method, label, labelEn }: SignInMethod) => ({ method, label, labelEn });

/** The ways by which a person can prove himself where the one he came in by cannot, and who gives him one. */
async function instead(deps: ApiDeps, personId: string): Promise<Pick<StepUpWay, 'others' | 'helpers'>> {
  const [linked, administrators] = await Promise.all([
    deps.prisma.identity.findMany({ where: { personId } }),
    deps.prisma.roleAssignment.findMany({ where: { role: 'securityAdmin', ...inForce() } }),
  ]);
  const helpers = await deps.prisma.person.findMany({
    where: { id: { in: administrators.map((held) => held.personId) }, active: true },
    select: { id: true, name: true, nameEn: true },
  });
  const has = ({ id }: SignInMethod) => linked.some(({ method }) => method === id);
  return { others: deps.signIn.methods.filter((method) => has(method) && provesAnew(method)).map(wayNamed), helpers };
}

export type Shown = {
  readonly login?: string | undefined;
  readonly password?: string | undefined;
  readonly code?: string | undefined;
  readonly personId?: string | undefined;
  /** Of the request: choosing a person is for this machine alone. */
  readonly hostname: string | undefined;
};

/** Checks what was shown and records the proof. @throws DomainError `missing`, `signInFailed`, `codeWrong`, `signInLocked`, `invalid`, `providerAway` */
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
    const found = await checkedAt(methodOf(deps.signIn.methods, method, 'password'), attempt, [
      shown.login ?? login,
      password,
    ]);
    if (!found || (await personOf(deps, found)).personId !== personId)
      return attempt.failed(new DomainError('signInFailed'), { personId, method });
    await attempt.succeeded();
  } else if (kind === 'none') throw new DomainError('cannotProveAnew');
  else throw new DomainError('invalid', { field: 'method', reason: 'atProvider' }, 'method');
  await recordProof(deps, identity, { personId });
}

/** Asks the method, as one try. A directory that is away is no failed try of anybody's. @throws ProviderError what it says no with */
export async function checkedAt(
  method: PasswordMethod,
  attempt: Try,
  [login, password]: readonly [string, string],
): Promise<ExternalIdentity | null> {
  return method.check(login, password).catch(async (error: unknown) => {
    if (error instanceof ProviderError && (error.code === 'providerAway' || error.code === 'providerRefused'))
      await attempt.undone();
    throw error;
  });
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
