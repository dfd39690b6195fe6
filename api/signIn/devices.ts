import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { type Brake, brakeOf, foldedLogin, signInBrake } from '../../cases/signInBrakes.ts';
import { hashOf, newSecret } from '../authentication.ts';
import type { ApiDeps } from '../deps.ts';

const DAYS = 400;
const nameOf = (deps: Pick<ApiDeps, 'config'>): string => (deps.config.production ? '__Host-device' : 'device');
const secretOf = (deps: ApiDeps, request: Request): string | undefined =>
  parseCookie(request.get('Cookie') ?? '')[nameOf(deps)];

/**
 * What a try to sign in counts under: the login, or, in a browser its person has signed in with before, login and browser, so that
 * strangers cannot lock him out there; and the address it comes from.
 */
export async function brakesOf(
  deps: ApiDeps,
  request: Request,
  { method, login }: { readonly method: string; readonly login: string },
): Promise<readonly Brake[]> {
  const address = brakeOf('address', request.ip ?? '');
  const secret = secretOf(deps, request);
  const { rows } = secret
    ? await deps.pool.query(
        `SELECT 1 FROM known_devices d JOIN persons p ON p.id = d.person_id
         WHERE d.device_hash = $1 AND lower(p.login) = lower($2)`,
        [hashOf(secret), login.trim()],
      )
    : { rows: [] };
  const own = rows.length > 0 && secret ? brakeOf('login', method, foldedLogin(login), hashOf(secret)) : null;
  return [own ?? signInBrake(method, login), address];
}

/** The browser is known from now on, by a cookie of its own that opens nothing. */
export async function rememberDevice(
  deps: ApiDeps,
  { request, response }: { readonly request: Request; readonly response: Response },
  personId: string,
): Promise<void> {
  const secret = secretOf(deps, request) ?? newSecret();
  const deviceHash = hashOf(secret);
  await deps.prisma.knownDevice.upsert({
    where: { deviceHash_personId: { deviceHash, personId } },
    create: { deviceHash, personId },
    update: { lastUsedAt: new Date() },
  });
  response.cookie(nameOf(deps), secret, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: deps.config.production,
    maxAge: DAYS * 86_400_000,
  });
}
