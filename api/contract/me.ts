import { z } from 'zod';
import type { Route } from './route.ts';
import { done, id, personRef, unitRef } from './shared.ts';

export const roleView = z.strictObject({ role: z.string(), unit: unitRef.nullable() });
export const ownSeat = z.strictObject({
  seatId: id,
  kind: z.string(),
  ord: z.number().int(),
  name: z.string(),
  nameEn: z.string(),
});

const language = z.enum(['zh-CN', 'en']);
const appearance = z.enum(['light', 'dark']);

export const meView = z
  .strictObject({
    person: personRef,
    unit: unitRef,
    roles: z.array(roleView),
    seats: z.array(ownSeat),
    /** How many accounts one manages as 专职客户经理. */
    managedAccounts: z.number().int(),
    /** Sent back as X-CSRF-Token; null for a bearer token, which needs none. */
    csrfToken: z.string().nullable(),
    /** What he chose for the console, on any device; null until he chooses. */
    preferences: z.strictObject({
      language: language.nullable(),
      appearance: appearance.nullable(),
      /** Has been shown around. */
      toured: z.boolean(),
    }),
    badges: z.strictObject({
      mine: z.number().int(),
      group: z.number().int(),
      delegated: z.number().int(),
      /** Of what one began, how much is still under way. */
      initiated: z.number().int(),
      copied: z.number().int(),
      notifications: z.number().int(),
      /** For security administrators, else 0: outside accounts linked to nobody, and roles that groups would give and must not. */
      strangers: z.number().int(),
      refusedRoles: z.number().int(),
    }),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meView>;

export const meRoutes = {
  me: { method: 'get', path: '/me', summary: 'Who is signed in, with roles, seats and counts', response: meView },
  preferences: {
    method: 'put',
    path: '/me/preferences',
    summary: 'Keep with me the console’s language and appearance, and that I was shown around',
    body: z.strictObject({
      language: language.optional(),
      appearance: appearance.optional(),
      toured: z.boolean().optional(),
    }),
    response: done,
  },
} as const satisfies Record<string, Route>;
