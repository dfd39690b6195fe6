import { z } from 'zod';
import type { Route } from './route.ts';
import { done, id, idParams, listOf, personRef, shortText, time, unitRef } from './shared.ts';

export const scope = z.enum(['read', 'decide', 'admin']);

export const signInMethods = z.strictObject({
  items: z.array(
    z.strictObject({
      method: z.string(),
      /** `demo`: choose a person; `password`: typed here; `redirect`: a provider asks. */
      kind: z.enum(['demo', 'password', 'redirect']),
      label: z.string(),
      labelEn: z.string(),
    }),
  ),
});
export type SignInMethods = z.infer<typeof signInMethods>;

export const demoPerson = z.strictObject({
  ...personRef.shape,
  unit: unitRef,
  roles: z.array(z.string()),
  seats: z.array(z.string()),
});
export type DemoPerson = z.infer<typeof demoPerson>;

/** What is left of a session at the provider it was opened by; null where none opened it, or where it is another browser's. */
export const signedOut = z.strictObject({
  done: z.literal(true),
  provider: z
    .strictObject({
      method: z.string(),
      /** Whether it can be ended there too, by `GET /sign-in/{method}/end`. */
      ends: z.boolean(),
    })
    .nullable(),
});
export type SignedOut = z.infer<typeof signedOut>;

export const newSession = z.strictObject({ method: z.literal('demo'), personId: id });

export const sessionView = z.strictObject({
  id,
  current: z.boolean(),
  method: z.string(),
  /** `browser/system`, such as `chrome/windows`; `other` where nobody knows. */
  device: z.string(),
  createdAt: time,
  lastSeenAt: time,
  expiresAt: time,
});
export type SessionView = z.infer<typeof sessionView>;

export const newToken = z.strictObject({
  name: shortText.min(1),
  scopes: z.array(scope).min(1).max(3),
  days: z.number().int().min(1).max(366),
});

export const tokenView = z.strictObject({
  id,
  name: z.string(),
  scopes: z.array(scope),
  createdAt: time,
  lastUsedAt: time.nullable(),
  expiresAt: time,
});
export type TokenView = z.infer<typeof tokenView>;

export const signInRoutes = {
  methods: {
    method: 'get',
    path: '/sign-in/methods',
    summary: 'Ways to sign in',
    access: 'open',
    response: signInMethods,
  },
  demoPersons: {
    method: 'get',
    path: '/demo/persons',
    summary: 'Persons of the demo organisation to choose from; on loopback only',
    access: 'open',
    response: listOf(demoPerson),
  },
  signIn: {
    method: 'post',
    path: '/sessions',
    summary: 'Sign in; sets the session cookie',
    access: 'open',
    body: newSession,
    status: 201,
    response: z.strictObject({ personId: id, csrfToken: z.string() }),
  },
  sessions: { method: 'get', path: '/sessions', summary: 'My open sessions', response: listOf(sessionView) },
  signOut: {
    method: 'delete',
    path: '/sessions/{id}',
    summary: 'End a session at once; `current` is one’s own, `others` all but that one',
    params: idParams,
    response: signedOut,
  },
  tokens: { method: 'get', path: '/tokens', summary: 'My access tokens', response: listOf(tokenView) },
  createToken: {
    method: 'post',
    path: '/tokens',
    summary:
      'Make an access token; its text is shown this once, and a token makes none wider or longer-lived than itself',
    scope: 'admin',
    body: newToken,
    status: 201,
    response: z.strictObject({ ...tokenView.shape, token: z.string() }),
  },
  revokeToken: {
    method: 'delete',
    path: '/tokens/{id}',
    summary: 'Revoke an access token at once',
    scope: 'admin',
    params: idParams,
    response: done,
  },
} as const satisfies Record<string, Route>;
