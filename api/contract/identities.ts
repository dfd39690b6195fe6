import { z } from 'zod';
import type { Route } from './route.ts';
import { done, id, listOf, pageQuery, personRef, time, unitRef } from './shared.ts';

const subject = { method: id, subject: z.string().min(1).max(500) };

/** An account elsewhere that opens a person's sessions here. */
export const identityView = z.strictObject({
  ...subject,
  person: personRef,
  linkedAt: time,
  /** null: by the configured attribute. */
  linkedBy: personRef.nullable(),
});

export type IdentityView = z.infer<typeof identityView>;

/** Somebody whom a method proved and who is linked to nobody; what the method told of him. */
export const strangerView = z.strictObject({
  ...subject,
  name: z.string().nullable(),
  login: z.string().nullable(),
  email: z.string().nullable(),
  firstAt: time,
  lastAt: time,
  times: z.number().int(),
});

export type StrangerView = z.infer<typeof strangerView>;

/** A role that groups would give and that the person must not have. */
export const refusedRoleView = z.strictObject({
  method: id,
  person: personRef,
  role: z.string(),
  unit: unitRef.nullable(),
  why: z.enum(['separation', 'noUnit']),
  at: time,
});
export type RefusedRoleView = z.infer<typeof refusedRoleView>;

/** Of one person, or of all. */
const personQuery = z.strictObject({ personId: id.optional(), ...pageQuery });

const admin = { scope: 'admin', roles: ['securityAdmin'] } as const;

export const identityRoutes = {
  identities: {
    method: 'get',
    path: '/identities',
    summary: 'Accounts of other systems that persons sign in with',
    ...admin,
    query: personQuery,
    response: listOf(identityView),
  },
  strangers: {
    method: 'get',
    path: '/identities/strangers',
    summary: 'Who was proven by a method and is linked to nobody yet, the latest first',
    ...admin,
    response: listOf(strangerView),
  },
  refusedRoles: {
    method: 'get',
    path: '/identities/refused-roles',
    summary: 'Roles that groups would give and that the person must not have',
    ...admin,
    query: personQuery,
    response: listOf(refusedRoleView),
  },
  link: {
    method: 'post',
    path: '/identities',
    summary: 'Link somebody who was proven by a method to a person',
    ...admin,
    writes: true,
    body: z.strictObject({ ...subject, personId: id }),
    status: 201,
    response: done,
  },
  endLink: {
    method: 'post',
    path: '/identities/end',
    summary: 'End a link; its sessions and the roles of its groups end at once',
    ...admin,
    writes: true,
    body: z.strictObject(subject),
    response: done,
  },
  dismiss: {
    method: 'post',
    path: '/identities/strangers/dismiss',
    summary: 'Take somebody off the list who is nobody here',
    ...admin,
    writes: true,
    body: z.strictObject(subject),
    response: done,
  },
} as const satisfies Record<string, Route>;
