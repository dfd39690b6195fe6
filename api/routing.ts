import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import { type Actor, hasRole } from '../cases/actor.ts';
import { auditDenial } from '../cases/audit.ts';
import { ORGANISATION_CHANGED } from '../cases/changes.ts';
import { DomainError } from '../domain/errors.ts';
import { authenticate, type Identity, requireCsrf } from './authentication.ts';
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from './contract/route.ts';
import { scopeOf } from './contract/routes.ts';
import { id } from './contract/shared.ts';
import type { ApiDeps } from './deps.ts';
import { faultsOf, InvalidRequest, unstorable } from './invalidRequest.ts';
import { languageOf, wording } from './language.ts';
import { inSpan } from './observed.ts';
import { ownPagesOnly } from './origins.ts';
import { refusalOf } from './problems.ts';
import { createRateLimits, type RateLimits } from './rateLimits.ts';

/** A request that passed the door: signed in, allowed by scope and role, and of the right shape. */
export type Call<R extends Route> = {
  readonly identity: R extends { readonly access: 'open' } ? null : Identity;
  /** Who asks; on open routes nobody. */
  readonly actor: R extends { readonly access: 'open' } ? null : Actor;
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** The Idempotency-Key of a write; empty on other routes. */
  readonly key: string;
  readonly request: Request;
  readonly response: Response;
};

/** Answers with the response's contents; `undefined` when it has written the response itself. */
export type Handler<R extends Route> = (call: Call<R>) => Promise<ResponseOf<R> | undefined>;

export type Routing = {
  readonly router: Router;
  readonly limits: RateLimits;
  on<R extends Route>(route: R, handler: Handler<R>, ...before: RequestHandler[]): void;
  /** Says of the addresses so far which methods they take to whoever asks by another. Comes after the last `on`. */
  end(): void;
};

const JSON_LIMIT_BYTES = 1024 * 1024;
const KEY = /^[\x21-\x7e]{8,200}$/;

/** A router whose routes are those of the contract; `before` runs once the caller is known. */
export function createRouting(deps: ApiDeps): Routing {
  const router = express.Router({ caseSensitive: true });
  router.use(ownPagesOnly(deps));
  const limits = createRateLimits(deps);
  const json = express.json({ limit: JSON_LIMIT_BYTES, strict: false });
  const methods = new Map<string, string[]>();
  return {
    router,
    limits,
    end() {
      // `/tasks/search` before `/tasks/:id`: a word says more than what stands for any.
      const paths = [...methods].sort(([one], [other]) =>
        other.replaceAll(':', '\uffff') < one.replaceAll(':', '\uffff') ? 1 : -1,
      );
      for (const [path, allowed] of paths) router.all(path, methodNotAllowed(allowed.join(', ')));
    },
    on(route, handler, ...before) {
      const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
      methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
      const door = signedIn(deps, route, limits.refused);
      const doors: RequestHandler[] = [
        noting(deps, route),
        ...(route.access === 'open' ? [] : [door, limits.person]),
        ...before,
        ...(route.body ? [requireJson, json] : []),
        ...(route.body && route.access !== 'open' ? [again(door)] : []),
      ];
      router[route.method](path, ...doors, async (request, response) => {
        const answer = await handler(callOf(route, request, response));
        if (route.writes) response.locals.answered = placeIn(answer);
        if (route.changesOrganisation) deps.changed(ORGANISATION_CHANGED);
        if (answer !== undefined) response.status(route.status ?? 200).json(answer);
      });
    },
  };
}

const methodNotAllowed =
  (allowed: string): RequestHandler =>
  (_request, response) => {
    response.set('Allow', allowed);
    throw new DomainError('methodNotAllowed', { allowed });
  };

/** What logs and metrics call the route: its pattern, for addresses hold ids. */
const noting =
  (deps: ApiDeps, route: Route): RequestHandler =>
  (request, response, next) => {
    response.locals.route = `${route.method.toUpperCase()} ${route.path}`;
    response.locals.subject = subjectOf(route, request.params.id);
    response.set('Cache-Control', 'no-store');
    inSpan(deps, route, response, next);
  };

/** The task or case a route is about, for the audit of denials. */
function subjectOf({ path }: Route, given: unknown): { taskId?: string; caseId?: string } {
  const named = id.safeParse(given);
  if (!named.success) return {};
  if (path.startsWith('/tasks/')) return { taskId: named.data };
  return /^\/(cases|recommendations)\//.test(path) ? { caseId: named.data } : {};
}

/** The case an answer is about, and the number of the fact it acknowledges, for the log. */
function placeIn(answer: unknown): { caseId?: string; seq?: number } {
  const { caseId, seq } = (answer ?? {}) as { caseId?: unknown; seq?: unknown };
  return { ...(typeof caseId === 'string' ? { caseId } : {}), ...(typeof seq === 'number' ? { seq } : {}) };
}

/** Only who is not known is counted and, in the end, turned away: a guesser must not lock out who shares his address. */
function signedIn(deps: ApiDeps, route: Route, refused: RequestHandler): RequestHandler {
  return async (request, response, next) => {
    let identity: Identity;
    try {
      identity = await authenticate(deps, request);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refused(request, response, (limited?: unknown) => next(limited ?? error));
      return;
    }
    response.locals.identity = identity;
    response.locals.arrived = request.complete;
    requireCsrf(identity, request);
    const scope = scopeOf(route);
    if (!identity.scopes.includes(scope)) throw new DomainError('tokenScope', { scope });
    if (route.roles && !route.roles.some((role) => hasRole(identity.actor, role)))
      throw new DomainError('forbidden', { needed: route.roles.join(', ') });
    next();
  };
}

/**
 * A caller is known before his body is read, and may hold that back for as long as he likes: where it was still on its way he is looked up
 * anew once it is here, so that whoever lost his way in or his role meanwhile acts no more.
 */
const again =
  (door: RequestHandler): RequestHandler =>
  (request, response, next) =>
    response.locals.arrived ? next() : door(request, response, next);

const requireJson: RequestHandler = (request, _response, next) => {
  // A request without a body has no type either; its schema says whether that will do.
  if (request.get('Content-Type') !== undefined && !request.is('application/json'))
    throw new DomainError('unsupportedMedia', { expected: 'application/json' });
  next();
};

function callOf<R extends Route>(route: R, request: Request, response: Response): Call<R> {
  const identity: Identity | null = response.locals.identity ?? null;
  // An id that cannot be one names nothing.
  const params = route.params?.safeParse(request.params);
  if (params && !params.success) throw new DomainError('notFound');
  return {
    identity,
    actor: identity?.actor ?? null,
    params: params?.data ?? {},
    query: route.query ? parse(route.query, request.query, request) : {},
    body: route.body ? parse(route.body, request.body === undefined ? {} : request.body, request) : undefined,
    key: route.writes ? keyOf(request) : '',
    request,
    response,
  } as unknown as Call<R>;
}

function keyOf(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (!key) throw new DomainError('keyRequired');
  if (!KEY.test(key))
    throw new DomainError('invalid', { field: 'Idempotency-Key', reason: 'keyLength' }, 'Idempotency-Key');
  return key;
}

/** Reads `given` by its schema. @throws InvalidRequest with every fault, worded in the caller's language */
export function parse<S extends z.ZodType>(schema: S, given: unknown, request: Request): z.output<S> {
  const faults = unstorable(given);
  if (faults.length > 0) throw new InvalidRequest(faults);
  const read = schema.safeParse(given, { error: wording[languageOf(request)] });
  if (!read.success) throw new InvalidRequest(faultsOf(read.error, given));
  return read.data;
}

/** Audits what was denied to somebody known, in a transaction of its own, before the answer goes out. */
export function denialAuditor(deps: ApiDeps): express.ErrorRequestHandler {
  return async (error, _request, response, next) => {
    const identity: Identity | undefined = response.locals.identity;
    const { code } = refusalOf(error);
    if (identity && DENIALS.has(code))
      await auditDenial(deps, {
        personId: identity.actor.personId,
        code,
        target: String(response.locals.route),
        ...response.locals.subject,
      });
    next(error);
  };
}

/** Refusals that are told to the auditor: somebody tried what is not his. */
export const DENIALS: ReadonlySet<string> = new Set([
  'forbidden',
  'tokenScope',
  'csrf',
  'notCandidate',
  'separation',
  'conflicted',
]);
