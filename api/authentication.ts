import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { type Actor, actorSql } from '../cases/actor.ts';
import { inTransaction } from '../cases/transaction.ts';
import { holdWaysIn, requireMethod } from '../cases/waysIn.ts';
import { DomainError } from '../domain/errors.ts';
import type { Scope } from './contract/route.ts';
import type { ApiDeps } from './deps.ts';

/** Who asks, and by what: a session of the console, or a bearer token with its scopes. */
export type Identity = {
  readonly actor: Actor;
  readonly session: { readonly id: string; readonly csrfToken: string; readonly method: string } | null;
  /** When the person last proved who he is: at sign-in, or since. A bearer token proves nothing anew: null. */
  readonly provenAt: Date | null;
  readonly scopes: readonly Scope[];
  /** The token he came with, and when it ends; null for a session. */
  readonly tokenId: string | null;
  readonly until: Date | null;
};

const USER_AGENT_LENGTH = 400;
/** The method of a demonstration, in which nobody proves who he is. */
const DEMO = 'demo';
const allScopes: readonly Scope[] = ['read', 'decide', 'admin'];

/** Only its hash is stored of a session's or a token's secret: a copy of the database opens nothing. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
/** 256 random bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** `__Host-` binds the cookie to this host and to HTTPS, which development does not have. */
export const cookieName = (production: boolean): string => (production ? '__Host-session' : 'session');

/**
 * Loads the person behind a request with his roles and seats as they are now. `seen` says that it is he who asks, so that his session is
 * not idle. @throws DomainError `unauthenticated`
 */
export async function authenticate(
  deps: Pick<ApiDeps, 'pool' | 'config'>,
  request: IncomingMessage,
  { seen }: { readonly seen: boolean } = { seen: true },
): Promise<Identity> {
  const [scheme, secret] = (request.headers.authorization ?? '').split(' ');
  const identity =
    scheme?.toLowerCase() === 'bearer' && secret
      ? await byToken(deps, secret, seen)
      : await bySession(deps, sessionSecret(deps, request), seen);
  if (!identity?.actor.active) throw new DomainError('unauthenticated');
  return identity;
}

const BY_TOKEN = `SELECT t.id, t.scopes, t.expires_at AS until, ${actorSql('t.person_id')} AS actor,
    t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS stale FROM api_tokens t
  WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > now()`;

async function byToken(deps: Pick<ApiDeps, 'pool'>, token: string, seen: boolean): Promise<Identity | null> {
  const { rows } = await deps.pool.query<{ id: string; scopes: Scope[]; until: Date; actor: Actor; stale: boolean }>({
    name: 'identity-by-token',
    text: BY_TOKEN,
    values: [hashOf(token)],
  });
  const row = rows[0];
  if (!row) return null;
  // Once a minute is often enough to know when it was last used.
  if (seen && row.stale) await deps.pool.query('UPDATE api_tokens SET last_used_at = now() WHERE id = $1', [row.id]);
  const { id: tokenId, actor, scopes, until } = row;
  return { actor, session: null, provenAt: null, scopes, tokenId, until };
}

type SessionRow = { id: string; csrfToken: string; method: string; provenAt: Date; actor: Actor; stale: boolean };

const BY_SESSION = `SELECT s.id, s.csrf_token AS "csrfToken", s.method, coalesce(s.step_up_at, s.authenticated_at) AS "provenAt",
    ${actorSql('s.person_id')} AS actor, s.last_seen_at < now() - interval '1 minute' AS stale
  FROM sessions s
  WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND s.last_seen_at > now() - make_interval(mins => $2)`;

async function bySession(
  deps: Pick<ApiDeps, 'pool' | 'config'>,
  secret: string | undefined,
  seen: boolean,
): Promise<Identity | null> {
  if (!secret) return null;
  const { rows } = await deps.pool.query<SessionRow>({
    name: 'identity-by-session',
    text: BY_SESSION,
    values: [hashOf(secret), deps.config.sessionIdleMinutes],
  });
  const row = rows[0];
  if (!row) return null;
  const { actor, provenAt, stale, ...session } = row;
  if (seen && stale)
    await deps.pool.query('UPDATE sessions SET last_seen_at = now() WHERE id = $1 AND revoked_at IS NULL', [
      session.id,
    ]);
  return { actor, session, provenAt, scopes: allScopes, tokenId: null, until: null };
}

/** A write by cookie shows the session's own token, which no other site can read. @throws DomainError `csrf` */
export function requireCsrf(identity: Identity, request: Request): void {
  if (!identity.session || request.method === 'GET') return;
  const wanted = Buffer.from(identity.session.csrfToken);
  const given = Buffer.from(request.get('X-CSRF-Token') ?? '');
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) throw new DomainError('csrf');
}

/**
 * Opens a session for a person and sets its cookie. Its secret is new, and the session the browser came with ends: what somebody
 * else put into that browser opens nothing. @returns what the console sends back as X-CSRF-Token.
 * @throws DomainError `signInExpired` where what he proved himself by was ended meanwhile
 */
export async function openSession(
  deps: ApiDeps,
  request: Request,
  response: Response,
  { personId, method, provenAt }: { readonly personId: string; readonly method: string; readonly provenAt: Date },
): Promise<string> {
  const secret = newSecret();
  const csrfToken = newSecret();
  const hours = deps.config.sessionHours;
  const before = sessionSecret(deps, request);
  if (before)
    await deps.prisma.session.updateMany({
      where: { id: hashOf(before), revokedAt: null },
      data: { revokedAt: new Date() },
    });
  const userAgent = request.get('User-Agent')?.slice(0, USER_AGENT_LENGTH) ?? null;
  const expiresAt = new Date(Date.now() + hours * 3_600_000);
  await inTransaction(deps, async (client) => {
    await holdWaysIn(client, personId);
    if (method !== DEMO) await requireMethod(client, personId, method);
    await client.query(
      `INSERT INTO sessions (id, person_id, csrf_token, method, authenticated_at, user_agent, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [hashOf(secret), personId, csrfToken, method, provenAt, userAgent, expiresAt],
    );
    return { result: undefined, doorbell: null };
  });
  response.cookie(cookieName(deps.config.production), secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure: deps.config.production,
    path: '/',
    maxAge: hours * 3_600_000,
  });
  return csrfToken;
}

const sessionSecret = (deps: Pick<ApiDeps, 'config'>, request: IncomingMessage): string | undefined =>
  parseCookie(request.headers.cookie ?? '')[cookieName(deps.config.production)];
