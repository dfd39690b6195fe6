import type { DataConverter } from '@temporalio/common';
import express, { type Request, type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import { hasRole } from '../cases/actor.ts';
import { recordAudit } from '../cases/audit.ts';
import { DomainError } from '../domain/errors.ts';
import { authenticate } from './authentication.ts';
import type { ApiDeps } from './deps.ts';
import { isEngineOrigin } from './origins.ts';
import { payloadReader } from './payloads.ts';
import { denialAuditor, parse } from './routing.ts';

const LIMIT_BYTES = 4 * 1024 * 1024;
/** Of the many requests a page of Temporal's makes, one a minute is put on record. */
const RECORDED_EVERY_MS = 60_000;

const base64 = z.string().regex(/^[A-Za-z0-9+/_-]*={0,2}$/);
const codecRequest = z.object({
  payloads: z.array(z.object({ metadata: z.record(z.string(), base64).nullish(), data: base64.nullish() })).max(2000),
});
type WirePayload = z.infer<typeof codecRequest>['payloads'][number];

/**
 * Temporal's remote codec protocol, for its own pages: `POST /codec/decode` with what they show, by the session's cookie from exactly those
 * pages, or by a bearer token with the scope `admin` (`temporal --codec-endpoint … --codec-auth`). For the system administrator alone. It shows no
 * more than the console: a decision given by signal stays withheld. Encoding is refused: nothing enters Temporal by this door.
 */
export function codecRouter(deps: ApiDeps, dataConverter: DataConverter): Router {
  const router = express.Router();
  const read = payloadReader(dataConverter);
  const recorded = new Map<string, number>();

  router.use((request, response, next) => {
    if (/^\/(de|en)code$/.test(request.path)) response.locals.route = `${request.method} /codec${request.path}`;
    response.set({ 'Cache-Control': 'no-store', Vary: 'Origin' });
    if (isEngineOrigin(deps.engine, request.get('Origin'), request.get('Host')))
      response.set({
        'Access-Control-Allow-Origin': request.get('Origin'),
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Headers': 'Content-Type, X-Namespace, Authorization',
        'Access-Control-Max-Age': '600',
      });
    if (request.method !== 'OPTIONS') return next();
    response.status(response.get('Access-Control-Allow-Origin') ? 204 : 403).end();
  });

  router.post('/decode', systemAdministrator(deps), express.json({ limit: LIMIT_BYTES }), async (request, response) => {
    const { payloads } = parse(codecRequest, request.body, request);
    await record(response.locals.identity.actor.personId);
    response.json({ payloads: await Promise.all(payloads.map(decode)) });
  });
  router.post('/encode', systemAdministrator(deps), () => {
    throw new DomainError('notFound');
  });
  router.use(denialAuditor(deps));
  return router;

  async function decode(payload: WirePayload): Promise<WirePayload> {
    const metadata = Object.fromEntries(
      Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
    );
    const value = await read({ metadata, data: Buffer.from(payload.data ?? '', 'base64') });
    const text = value === undefined ? 'null' : JSON.stringify(value);
    return { metadata: { encoding: JSON_PLAIN }, data: Buffer.from(text).toString('base64') };
  }

  async function record(personId: string): Promise<void> {
    const now = Date.now();
    if (now - (recorded.get(personId) ?? 0) < RECORDED_EVERY_MS) return;
    recorded.set(personId, now);
    await recordAudit(deps.pool, { act: 'codec.read', actorId: personId, codes: { namespace: deps.engine.namespace } });
  }
}

const JSON_PLAIN = Buffer.from('json/plain').toString('base64');

/**
 * By cookie only from Temporal's own pages, whose origin the browser vouches for: no other site can have anything decoded with it. A token
 * is sent by no browser of itself.
 */
function systemAdministrator(deps: ApiDeps): RequestHandler {
  return async (request, response, next) => {
    const identity = await authenticate(deps, request);
    response.locals.identity = identity;
    if (identity.session && !isEngineOrigin(deps.engine, request.get('Origin'), request.get('Host')))
      throw new DomainError('csrf');
    if (!identity.scopes.includes('admin')) throw new DomainError('tokenScope', { scope: 'admin' });
    if (!hasRole(identity.actor, 'systemAdmin')) throw new DomainError('forbidden', { needed: 'systemAdmin' });
    if (!isOwnNamespace(deps, request)) throw new DomainError('notFound');
    if (!request.is('application/json')) throw new DomainError('unsupportedMedia', { expected: 'application/json' });
    next();
  };
}

/** The pages name the namespace they show; the command line names none. */
const isOwnNamespace = ({ engine }: ApiDeps, request: Request): boolean =>
  [undefined, engine.namespace].includes(request.get('X-Namespace'));
