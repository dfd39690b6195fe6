import { z } from 'zod';
import type { Route } from './route.ts';
import { id, personRef, time } from './shared.ts';
import { signedOut } from './signIn.ts';

/** Longer than anybody types; a password is no document. */
const login = z.string().trim().min(1).max(200);
export const password = z.string().min(1).max(400);
/** Six digits of an authenticator, or a recovery code. */
export const code = z.string().trim().min(6).max(40);

/**
 * What is to come: `done`, the session is open; `code`, the second factor; `newPassword`, a password of one's own in place of a
 * one-time one. Between the steps a cookie holds the place.
 */
export const entered = z.discriminatedUnion('next', [
  z.strictObject({ next: z.literal('done'), personId: id, csrfToken: z.string() }),
  z.strictObject({ next: z.literal('code') }),
  z.strictObject({ next: z.literal('newPassword') }),
]);
export type Entered = z.infer<typeof entered>;

const wayNamed = { method: z.string(), label: z.string(), labelEn: z.string() };

/** How the person of this session proves anew who he is: in the way he signed in. */
export const stepUpWay = z.strictObject({
  ...wayNamed,
  /** `code`: of his authenticator; `demo`: by choosing himself again; `none`: that way asks nobody anew. */
  kind: z.enum(['password', 'code', 'redirect', 'demo', 'none']),
  login: z.string(),
  /** Whether he has proved it so lately that it still holds. */
  proven: z.boolean(),
  /** For `none`: the other ways he has, by which he can sign in instead; and who gives him one. */
  others: z.array(z.strictObject(wayNamed)),
  helpers: z.array(personRef),
});
export type StepUpWay = z.infer<typeof stepUpWay>;

const methodParams = z.strictObject({ method: z.string().regex(/^[a-z][A-Za-z0-9-]{0,31}$/) });

export const enteringRoutes = {
  password: {
    method: 'post',
    path: '/sign-in/password',
    summary: 'Sign in with login and password, of a local account or a directory’s',
    access: 'open',
    body: z.strictObject({ ...methodParams.shape, login, password }),
    response: entered,
  },
  code: {
    method: 'post',
    path: '/sign-in/code',
    summary: 'The second factor of a sign-in: a code of the authenticator, or a recovery code',
    access: 'open',
    body: z.strictObject({ code }),
    response: entered,
  },
  newPassword: {
    method: 'post',
    path: '/sign-in/new-password',
    summary: 'A password of one’s own, in place of a one-time one, as the last step of a sign-in',
    access: 'open',
    body: z.strictObject({ password }),
    response: entered,
  },
  begin: {
    method: 'get',
    path: '/sign-in/{method}/begin',
    summary: 'Send the browser to a provider; `purpose` stepUp proves anew who sits there',
    access: 'open',
    params: methodParams,
    query: z.strictObject({
      purpose: z.enum(['signIn', 'stepUp']).default('signIn'),
      next: z.string().max(500).optional(),
    }),
    redirects: true,
  },
  callback: {
    method: 'get',
    path: '/sign-in/{method}/callback',
    summary: 'Where a provider sends the browser back to',
    access: 'open',
    params: methodParams,
    // What it sends is its own protocol's; the method reads it.
    query: z.looseObject({}),
    redirects: true,
  },
  end: {
    method: 'get',
    path: '/sign-in/{method}/end',
    summary: 'Send the browser to a provider to end one’s session there too, after signing out here',
    access: 'open',
    params: methodParams,
    redirects: true,
  },
  stepUpWay: {
    method: 'get',
    path: '/step-up',
    summary: 'How the person of this session proves anew who he is',
    response: stepUpWay,
  },
  stepUp: {
    method: 'post',
    path: '/step-up',
    summary: 'Prove anew who sits there, before a vote, an override, or a change of how one signs in',
    body: z.strictObject({
      login: login.optional(),
      password: password.optional(),
      code: code.optional(),
      personId: id.optional(),
    }),
    response: z.strictObject({ provenUntil: time }),
  },
  signOutEverywhere: {
    method: 'delete',
    path: '/sessions',
    summary: 'End all of one’s sessions at once, this one too',
    response: signedOut,
  },
} as const satisfies Record<string, Route>;
