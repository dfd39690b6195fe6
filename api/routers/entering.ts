import type { Request, Response } from 'express';
import { brakeOf, tryUnder } from '../../cases/signInBrakes.ts';
import { DomainError } from '../../domain/errors.ts';
import { authenticate } from '../authentication.ts';
import { enteringRoutes as routes } from '../contract/entering.ts';
import type { ApiDeps } from '../deps.ts';
import { API_PREFIX } from '../description.ts';
import { refusalOf } from '../problems.ts';
import type { Routing } from '../routing.ts';
import { attemptOf, beginAttempt, endAttempt } from '../signIn/attempts.ts';
import { enter, personOf } from '../signIn/entering.ts';
import type { SignInMethod } from '../signIn/methods.ts';
import { recordProof } from '../signIn/proof.ts';
import { ProviderError } from '../signIn/provider.ts';

/** The steps from login and password, or from a provider, to a session. */
export function mountEntering({ on, limits }: Routing, deps: ApiDeps): void {
  on(
    routes.password,
    async ({ body, request, response }) => {
      const method = methodOf(deps, body.method, 'password');
      const brakes = [brakeOf('login', method.id, body.login.toLowerCase()), brakeOf('address', request.ip ?? '')];
      const attempt = await tryUnder(deps, brakes);
      const identity = await method.check(body.login, body.password).catch(async (error: unknown) => {
        if (!(error instanceof ProviderError)) throw error;
        deps.log.warn('sign-in refused', { code: error.code, method: method.id, reason: error.reason });
        // A directory that is away is no failed try of anybody's.
        if (error.code === 'providerAway' || error.code === 'providerRefused') await attempt.succeeded();
        throw error;
      });
      if (!identity) return attempt.failed(new DomainError('signInFailed'), { personId: null, method: method.id });
      await attempt.succeeded();
      const { personId } = await personOf(deps, identity);
      return { next: 'done' as const, ...(await enter(deps, { request, response }, personId, method.id)) };
    },
    limits.signIn,
  );

  on(
    routes.begin,
    async ({ params, query, request, response }) => {
      try {
        const method = methodOf(deps, params.method, 'redirect');
        const { purpose, next = '' } = query;
        const again = purpose === 'stepUp';
        const session = again ? (await authenticate(deps, request)).session : null;
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
        showRefusal(deps, response, params.method, error);
      }
      return undefined;
    },
    limits.signIn,
  );

  on(
    routes.callback,
    async ({ params, request, response }) => {
      try {
        const method = methodOf(deps, params.method, 'redirect');
        const attempt = await attemptOf(deps, request);
        if (attempt.method !== method.id) throw new DomainError('signInExpired');
        await endAttempt(deps, response, attempt);
        const { next, ...state } = attempt.state;
        const again = attempt.purpose === 'stepUp';
        const redirectUri = redirectUriOf(deps, request, method);
        const identity = await method.finish({ redirectUri, query: plain(request.query), state, again });
        const { personId } = await personOf(deps, identity);
        if (again) await recordProof(deps, await authenticate(deps, request), { personId, attempt });
        else await enter(deps, { request, response }, personId, method.id);
        response.redirect(303, again ? '/proven' : `/sign-in?next=${encodeURIComponent(next ?? '')}`);
      } catch (error) {
        showRefusal(deps, response, params.method, error);
      }
      return undefined;
    },
    limits.signIn,
  );
}

/** A person looks at what comes of it, so a refusal is a page too: the sign-in page says the problem's code in words. */
function showRefusal(deps: ApiDeps, response: Response, method: string, error: unknown): void {
  const { requestId } = response.locals;
  const { code } = refusalOf(error, requestId);
  const reason = error instanceof ProviderError ? error.reason : undefined;
  deps.log.warn('sign-in refused', { requestId, code, method, reason }, error);
  response.redirect(303, `/sign-in?problem=${code}`);
}

/** @throws DomainError `notFound` for a method that is not configured */
function methodOf<Kind extends SignInMethod['kind']>(
  deps: ApiDeps,
  id: string,
  kind: Kind,
): Extract<SignInMethod, { kind: Kind }> {
  const found = deps.signIn.methods.find((method) => method.id === id && method.kind === kind);
  if (!found) throw new DomainError('notFound');
  return found as Extract<SignInMethod, { kind: Kind }>;
}

/** As it is registered with the provider; without a public address configured, as the browser sees this host. */
function redirectUriOf(deps: ApiDeps, request: Request, { id }: SignInMethod): string {
  const origin = deps.signIn.publicUrl ?? `${request.protocol}://${request.get('Host')}`;
  return `${origin}${API_PREFIX}/sign-in/${id}/callback`;
}

/** A name given twice is none that a protocol knows. */
const plain = (query: Request['query']): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
