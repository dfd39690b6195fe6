import { z } from 'zod';
import type { Route } from './route.ts';
import { day, id, listOf, personRef, unitRef } from './shared.ts';

/** A role a person has, had or will have, under its document. */
export const roleAssignmentView = z
  .strictObject({
    id,
    person: personRef,
    active: z.boolean(),
    role: z.string(),
    unit: unitRef.nullable(),
    validFrom: day,
    validTo: day.nullable(),
    document: z.string(),
    grantedBy: personRef.nullable(),
    state: z.enum(['current', 'later', 'ended']),
  })
  .meta({ id: 'RoleAssignment' });
export type RoleAssignmentView = z.infer<typeof roleAssignmentView>;

export const roleRoutes = {
  roles: {
    method: 'get',
    path: '/roles',
    summary: 'Who has which role, had it and will have it; of one person where one is named (securityAdmin, auditor)',
    roles: ['securityAdmin', 'auditor'],
    query: z.strictObject({ personId: id.optional() }),
    response: listOf(roleAssignmentView),
  },
} as const satisfies Record<string, Route>;
