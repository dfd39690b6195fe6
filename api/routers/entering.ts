import type { Request, Response } from 'express';
import { recordAudit } from '../../cases/audit.ts';
import { changePassword, endSessions, LOCAL, localAccountOf } from '../../cases/localAccounts.ts';
import { currentPolicy } from '../../cases/policies.ts';
import { tryUnder } from '../../cases/signInBrakes.ts';
import { DomainError } from '../../domain/errors.ts';
import { authenticate, hashOf } from '../authentication.ts';
import { enteringRoutes as routes } from '../contract/entering.ts';
import type { ApiDeps } from '../deps.ts';
import { API_PREFIX } from '../description.ts';
import { refusalOf } from '../problems.ts';
import type { Routing } from '../routing.ts';
import { advanceAttempt, attemptOf, beginAttempt, endAttempt, type Purpose } from '../signIn/attempts.ts';
import { brakesOf } from '../signIn/devices.ts';
import { type Entered, enter, personOf, UNPROVEN } from '../signIn/entering.ts';
import { endOf, left } from '../signIn/leaving.ts';
import { methodOf, type SignInMethod } from '../signIn/methods.ts';
import { checkedAt, proveAgain, recordProof, stepUpWay, takeCodeOrFail } from '../signIn/proof.ts';
import { originOf, ProviderError } from '../signIn/provider.ts';
import { timeOf } from '../views/days.ts';

/** The steps from login and password, or from a provider, to a session. */
export function mountEntering({ on, limits }: Routing, deps: ApiDeps): void {
  on(
    routes.password,
    async ({ body, request, response }) => {
      const method = methodOf(deps.signIn.methods, body.method, 'password');
      const attempt = await tryUnder(deps, await brakesOf(deps, request, { method: method.id, login: body.login }));
      const identity = await checkedAt(method, attempt, [body.login, body.password]).catch((error: unknown) => {
        if (error instanceof ProviderError)
          deps.log.warn('sign-in refused', { code: error.code, method: method.id, reason: error.reason });
        throw error;
      });
      if (!identity) {
        // Asked for every login, there or not, so that neither answer comes sooner.
        const person = await deps.prisma.person.findFirst({
          where: { login: { equals: body.login, mode: 'insensitive' } },
        });
        return attempt.failed(new DomainError('signInFailed'), { personId: person?.id ?? null, method: method.id });
      }
      await attempt.succeeded();
      const { personId } = await personOf(deps, identity);
      const account = method.id === LOCAL ? await localAccountOf(deps.pool, personId) : null;
      if (account?.expired) throw new DomainError('passwordExpired');
      if (!account?.totpSince && !account?.mustChange)
        return opened(await enter(deps, { request, response }, personId, method.id));
      const step = account.totpSince ? ('code' as const) : ('newPassword' as const);
      const state = { step, password: hashOf(account.passwordHash) };
      await beginAttempt(deps, response, { purpose: 'signIn', method: method.id, personId, state });
      return { next: step };
    },
    limits.signIn,
  );

  on(
    routes.code,
    async ({ body, request, response }) => {
      const { attempt, account, personId } = await stepOf(deps, request, 'code');
      const { method } = attempt;
      await takeCodeOrFail(deps, { personId, method, code: body.code });
      if (account.mustChange) {
        await advanceAttempt(deps, attempt, 'newPassword');
        return { next: 'newPassword' as const };
      }
      await endAttempt(deps, response, attempt);
      return opened(await enter(deps, { request, response }, personId, method));
    },
    limits.signIn,
  );

  on(
    routes.newPassword,
    async ({ body, request, response }) => {
      const { attempt, account, personId } = await stepOf(deps, request, 'newPassword');
      await changePassword(deps, { personId, account, password: body.password, keep: null });
      await endAttempt(deps, response, attempt);
      return opened(await enter(deps, { request, response }, personId, attempt.method));
    },
    limits.signIn,
  );

  on(
    routes.begin,
    async ({ params, query, request, response }) => {
      try {
        const method = methodOf(deps.signIn.methods, params.method, 'redirect');
        const { purpose, next = '' } = query;
        const again = purpose === 'stepUp';
        const session = again ? (await authenticate(deps, request)).session : null;
        // One proves oneself anew in the way one signed in, and not in another that may be easier.
        if (session && session.method !== method.id) throw new DomainError('notFound');
        const redirectUri = redirectUriOf(deps, request, method);
        const { url, state } = await method.begin({ redirectUri, again, userAgent: request.get('User-Agent') ?? '' });
        await beginAttempt(deps, response, {
          purpose,
          method: method.id,
          sessionId: session?.id ?? null,
          state: { ...state, next },
        });
        response.redirect(303, url);
      } catch (error) {
        showRefusal(deps, response, params.method, error, query.purpose);
      }
      return undefined;
    },
    limits.signIn,
  );

  on(
    routes.callback,
    async ({ params, request, response }) => {
      let purpose: Purpose = 'signIn';
      try {
        const method = methodOf(deps.signIn.methods, params.method, 'redirect');
        const attempt = await attemptOf(deps, request);
        if (attempt.method !== method.id) throw new DomainError('signInExpired');
        await endAttempt(deps, response, attempt);
        purpose = attempt.purpose;
        const { next, ...state } = attempt.state;
        const again = purpose === 'stepUp';
        const redirectUri = redirectUriOf(deps, request, method);
        const identity = await method.finish({ redirectUri, query: plain(request.query), state, again });
        const { personId } = await personOf(deps, identity);
        if (again) await recordProof(deps, await authenticate(deps, request), { personId, attempt });
        else await enter(deps, { request, response }, personId, method.id, identity.provenAt ?? UNPROVEN);
        response.redirect(303, again ? '/proven' : `/sign-in?next=${encodeURIComponent(next ?? '')}`);
      } catch (error) {
        showRefusal(deps, response, params.method, error, purpose);
      }
      return undefined;
    },
    limits.signIn,
  );

  on(
    routes.end,
    async ({ params, request, response }) => {
      try {
        response.redirect(303, (await endOf(deps, request, params.method)) ?? `/sign-in?left=${params.method}&ends=no`);
      } catch (error) {
        showRefusal(deps, response, params.method, error);
      }
      return undefined;
    },
    limits.signIn,
  );

  on(routes.stepUpWay, async ({ identity }) => stepUpWay(deps, identity));

  on(
    routes.stepUp,
    async ({ identity, body, request }) => {
      await proveAgain(deps, identity, { ...body, hostname: request.hostname });
      const { values } = await currentPolicy(deps.pool);
      return { provenUntil: timeOf(new Date(Date.now() + values.stepUpMinutes * 60_000)) };
    },
    limits.signIn,
  );

  on(routes.signOutEverywhere, async ({ actor, identity, request, response }) => {
    const ended = await endSessions(deps.pool, actor.personId, null);
    await recordAudit(deps.pool, { act: 'signedOutEverywhere', actorId: actor.personId, codes: { ended } });
    return left(deps, { request, response }, identity);
  });
}

/**
 * Where a local account's sign-in goes on. A password that was reset or changed meanwhile leads nowhere any more.
 * @throws DomainError `signInExpired`
 */
async function stepOf(deps: ApiDeps, request: Request, step: 'code' | 'newPassword') {
  const attempt = await attemptOf(deps, request);
  const { personId, state } = attempt;
  const account = personId && state.step === step ? await localAccountOf(deps.pool, personId) : null;
  if (!personId || !account || hashOf(account.passwordHash) !== state.password) throw new DomainError('signInExpired');
  return { attempt, account, personId };
}

const opened = (entered: Entered) => ({ next: 'done' as const, ...entered });

/** A person looks at what comes of it, so a refusal is a page too, which says the problem's code in words. */
function showRefusal(
  deps: ApiDeps,
  response: Response,
  method: string,
  error: unknown,
  purpose: Purpose = 'signIn',
): void {
  const { requestId } = response.locals;
  const { code } = refusalOf(error, requestId);
  const reason = error instanceof ProviderError ? error.reason : undefined;
  deps.log.warn('sign-in refused', { requestId, code, method, reason }, error);
  // Whose session goes on is not sent to sign in: what he was doing waits in another window.
  const page = purpose === 'stepUp' && code !== 'unauthenticated' ? '/proven' : '/sign-in';
  response.redirect(303, `${page}?problem=${code}`);
}

/** As it is registered with the provider. */
function redirectUriOf(deps: ApiDeps, request: Request, { id }: SignInMethod): string {
  return `${originOf(deps, request)}${API_PREFIX}/sign-in/${id}/callback`;
}

/** A name given twice is none that a protocol knows. */
const plain = (query: Request['query']): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
