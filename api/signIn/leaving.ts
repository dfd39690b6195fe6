import type { Request, Response } from 'express';
import { cookieName, type Identity } from '../authentication.ts';
import type { SignedOut } from '../contract/signIn.ts';
import type { ApiDeps } from '../deps.ts';
import { methodOf, type RedirectMethod } from './methods.ts';
import { originOf } from './provider.ts';

/** This browser's session has ended: its cookie goes, and its person is told what is left at the provider that opened it. */
export async function left(
  deps: ApiDeps,
  { request, response }: { readonly request: Request; readonly response: Response },
  { session }: Identity,
): Promise<SignedOut> {
  response.clearCookie(cookieName(deps.config.production), { path: '/', secure: deps.config.production });
  const method = deps.signIn.methods.find(({ id }) => id === session?.method);
  if (method?.kind !== 'redirect') return { done: true, provider: null };
  // A provider that is away now ends nothing; he has left here all the same.
  const url = await endAt(deps, request, method).catch(() => null);
  return { done: true, provider: { method: method.id, ends: url !== null } };
}

/** Where the browser ends its session at the provider; null where that offers none. @throws DomainError `notFound`, `providerAway` */
export const endOf = (deps: ApiDeps, request: Request, id: string): Promise<string | null> =>
  endAt(deps, request, methodOf(deps.signIn.methods, id, 'redirect'));

const endAt = async (deps: ApiDeps, request: Request, method: RedirectMethod): Promise<string | null> =>
  (await method.end?.(`${originOf(deps, request)}/sign-in`)) ?? null;
