import { z } from 'zod';
import type { Route } from './route.ts';
import { id } from './shared.ts';

/** Longer than anybody types; a password is no document. */
const login = z.string().trim().min(1).max(200);
const password = z.string().min(1).max(200);

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
  },
  callback: {
    method: 'get',
    path: '/sign-in/{method}/callback',
    summary: 'Where a provider sends the browser back to',
    access: 'open',
    params: methodParams,
    // What it sends is its own protocol's; the method reads it.
    query: z.looseObject({}),
  },
} as const satisfies Record<string, Route>;
