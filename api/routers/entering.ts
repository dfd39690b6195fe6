import type { Request } from 'express';
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

/** The steps from login and password, or from a provider, to a session. */
export function mountEntering({ on, limits }: Routing, deps: ApiDeps): void {
  on(
    routes.password,
    async ({ body, request, response }) => {
      const method = methodOf(deps, body.method, 'password');
      const brakes = [brakeOf('login', method.id, body.login.toLowerCase()), brakeOf('address', request.ip ?? '')];
      const attempt = await tryUnder(deps, brakes);
      const identity = await method.check(body.login, body.password);
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
      const method = methodOf(deps, params.method, 'redirect');
      const { purpose, next = '' } = query;
      const session = purpose === 'stepUp' ? (await authenticate(deps, request)).session : null;
      const trip = { redirectUri: redirectUriOf(deps, request, method), again: purpose === 'stepUp' };
      const { url, state } = await method.begin(trip);
      await beginAttempt(deps, response, {
        purpose,
        method: method.id,
        sessionId: session?.id ?? null,
        state: { ...state, next },
      });
      response.redirect(303, url);
      return undefined;
    },
    limits.signIn,
  );

  // A person looks at what comes of it, so a refusal is a page too: the sign-in page says the problem's code in words.
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
        const { code } = refusalOf(error, response.locals.requestId);
        deps.log.warn('sign-in refused', { requestId: response.locals.requestId, code, method: params.method }, error);
        response.redirect(303, `/sign-in?problem=${code}`);
      }
      return undefined;
    },
    limits.signIn,
  );
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
