import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { DomainError } from '../../domain/errors.ts';
import { hashOf, newSecret } from '../authentication.ts';
import type { ApiDeps } from '../deps.ts';
import type { RedirectState } from './methods.ts';

/** `signIn` ends with a session, `stepUp` with the proof that whoever sits there is still the session's person. */
export type Purpose = 'signIn' | 'stepUp';

/** A sign-in between its steps. It belongs to one browser, by a cookie, so that nobody is signed in as somebody else by a link. */
export type Attempt = {
  readonly id: string;
  readonly purpose: Purpose;
  readonly method: string;
  readonly personId: string | null;
  readonly sessionId: string | null;
  readonly state: RedirectState;
};

const MINUTES = 10;
const nameOf = (deps: Pick<ApiDeps, 'config'>): string => (deps.config.production ? '__Host-sign-in' : 'sign-in');

/** Begins one and hands its cookie to the browser; whatever the browser had begun before is given up. */
export async function beginAttempt(
  deps: ApiDeps,
  response: Response,
  attempt: Omit<Attempt, 'id' | 'personId' | 'sessionId' | 'state'> & Partial<Attempt>,
): Promise<void> {
  const secret = newSecret();
  const { purpose, method, personId = null, sessionId = null, state = {} } = attempt;
  await deps.prisma.signInAttempt.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  await deps.prisma.signInAttempt.create({
    data: {
      id: hashOf(secret),
      purpose,
      method,
      personId,
      sessionId,
      state: { ...state },
      expiresAt: new Date(Date.now() + MINUTES * 60_000),
    },
  });
  response.cookie(nameOf(deps), secret, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: deps.config.production,
    maxAge: MINUTES * 60_000,
  });
}

/** The attempt of this browser. @throws DomainError `signInExpired` */
export async function attemptOf(deps: ApiDeps, request: Request): Promise<Attempt> {
  const secret = parseCookie(request.get('Cookie') ?? '')[nameOf(deps)];
  const found = secret
    ? await deps.prisma.signInAttempt.findFirst({ where: { id: hashOf(secret), expiresAt: { gt: new Date() } } })
    : null;
  if (!found) throw new DomainError('signInExpired');
  return { ...found, purpose: found.purpose as Purpose, state: found.state as RedirectState };
}

/** Goes on to its next step. @throws DomainError `signInExpired` where another request has taken it there already */
export async function advanceAttempt(deps: ApiDeps, { id, state }: Attempt, step: string): Promise<void> {
  const { count } = await deps.prisma.signInAttempt.updateMany({
    where: { id, state: { equals: { ...state } } },
    data: { state: { ...state, step } },
  });
  if (count === 0) throw new DomainError('signInExpired');
}

/** Ends it: what it led to can be had once. @throws DomainError `signInExpired` for the second of two at once */
export async function endAttempt(deps: ApiDeps, response: Response, { id }: Attempt): Promise<void> {
  const { count } = await deps.prisma.signInAttempt.deleteMany({ where: { id } });
  response.clearCookie(nameOf(deps), { path: '/', secure: deps.config.production });
  if (count === 0) throw new DomainError('signInExpired');
}
