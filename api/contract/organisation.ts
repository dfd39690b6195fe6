import { z } from 'zod';
import { allRoles } from '../../domain/roles.ts';
import { roleView } from './me.ts';
import type { Route } from './route.ts';
import { day, done, id, idParams, listOf, pageQuery, personRef, shortText, time, unitRef } from './shared.ts';

/** What was changed of a person, a unit or a seat, by whom and under which document. `codes` are ids, and what stood there before. */
export const changeView = z.strictObject({
  id,
  change: z.string(),
  on: day,
  document: z.string(),
  by: personRef,
  at: time,
  codes: z.record(z.string(), z.unknown()),
});
export type ChangeView = z.infer<typeof changeView>;

export const unitView = z.strictObject({
  ...unitRef.shape,
  code: z.string(),
  kind: z.enum(['headquarters', 'office', 'branch', 'department']),
  parentId: id.nullable(),
  heads: z.array(personRef),
  dissolvedOn: day.nullable(),
  successor: unitRef.nullable(),
  /** Codes of GB/T 2260, as domain/region.ts reads them, from–to (Article 7.2); a carve-out is left to nobody. */
  territories: z.array(
    z.strictObject({ id, regionCode: z.string(), carveOut: z.boolean(), validFrom: day, validTo: day.nullable() }),
  ),
});
export type UnitView = z.infer<typeof unitView>;

export const personView = z.strictObject({
  ...personRef.shape,
  unit: unitRef,
  active: z.boolean(),
  leftOn: day.nullable(),
  roles: z.array(z.strictObject({ id, ...roleView.shape, validFrom: day, validTo: day.nullable() })),
  seats: z.array(z.strictObject({ seatId: id, name: z.string(), nameEn: z.string() })),
});
export type PersonView = z.infer<typeof personView>;

export const seatTerm = z.strictObject({
  id,
  person: personRef,
  validFrom: day,
  validTo: day.nullable(),
  document: z.string(),
});

export const seatView = z.strictObject({
  id,
  kind: z.enum(['director', 'viceDirector', 'member']),
  ord: z.number().int(),
  name: z.string(),
  nameEn: z.string(),
  unit: unitRef.nullable(),
  holder: seatTerm.nullable(),
  terms: z.array(seatTerm),
});
export type SeatView = z.infer<typeof seatView>;

export const role = z.enum(allRoles);

export const newTerm = z.strictObject({
  personId: id,
  validFrom: day,
  document: shortText.min(1),
  /** The newest term its author saw, null for none: refused when the seat was given meanwhile. */
  after: id.nullable().optional(),
});
export const newRole = z.strictObject({
  personId: id,
  role,
  unitId: id.optional(),
  validFrom: day,
  document: shortText.min(1),
});
export const roleEnd = z.strictObject({ on: day });
export const personLeave = z.strictObject({ on: day, document: shortText.default('') });

export const organisationRoutes = {
  units: { method: 'get', path: '/units', summary: 'Units with their territories', response: listOf(unitView) },
  persons: {
    method: 'get',
    path: '/persons',
    summary: 'Persons, by unit or role; names are searched by the caller in the list',
    query: z.strictObject({
      unitId: id.optional(),
      role: role.optional(),
      active: z.stringbool().optional(),
      ...pageQuery,
    }),
    response: listOf(personView),
  },
  seats: {
    method: 'get',
    path: '/seats',
    summary: 'The committee’s seats, their holders and earlier terms',
    response: listOf(seatView),
  },
  leave: {
    method: 'post',
    path: '/persons/{id}/leave',
    changesOrganisation: true,
    summary: 'A person leaves: sessions and tokens end at once, tasks go on to others',
    scope: 'admin',
    roles: ['securityAdmin'],
    writes: true,
    params: idParams,
    body: personLeave,
    response: done,
  },
  term: {
    method: 'post',
    path: '/seats/{id}/terms',
    changesOrganisation: true,
    summary: 'Fill a seat under an appointing document, from a day that has come; the term before ends',
    scope: 'admin',
    roles: ['securityAdmin'],
    writes: true,
    params: idParams,
    body: newTerm,
    status: 201,
    response: done,
  },
  grant: {
    method: 'post',
    path: '/roles',
    changesOrganisation: true,
    summary: 'Grant a role; the three administrators are different people',
    scope: 'admin',
    roles: ['securityAdmin'],
    writes: true,
    body: newRole,
    status: 201,
    response: z.strictObject({ id }),
  },
  endRole: {
    method: 'post',
    path: '/roles/{id}/end',
    changesOrganisation: true,
    summary: 'End a role assignment',
    scope: 'admin',
    roles: ['securityAdmin'],
    writes: true,
    params: idParams,
    body: roleEnd,
    response: done,
  },
} as const satisfies Record<string, Route>;
