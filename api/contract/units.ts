import { z } from 'zod';
import { changeView, unitView } from './organisation.ts';
import { reassignable } from './reassignments.ts';
import type { Route } from './route.ts';
import { day, done, id, idParams, personRef, shortText } from './shared.ts';

const name = shortText.min(1);
/** What every change of the organisation rests on. */
const appointment = { on: day, document: shortText.min(1) };

export const unitDetail = z.strictObject({
  ...unitView.shape,
  deputies: z.array(personRef),
  /** The accounts it holds, where the reader may have them all reassigned. */
  reassignable: reassignable.nullable(),
  history: z.array(changeView),
});
export type UnitDetail = z.infer<typeof unitDetail>;

export const dissolutionEffects = z.strictObject({
  cases: z.number().int(),
  tasks: z.number().int(),
  persons: z.number().int(),
  roles: z.number().int(),
  seats: z.number().int(),
  territories: z.number().int(),
  /** Accounts it holds: they stay its own until the committee reassigns them (Article 4.3). */
  accounts: z.number().int(),
});

export type DissolutionEffects = z.infer<typeof dissolutionEffects>;

const byOffice = { scope: 'admin', roles: ['office', 'systemAdmin'] } as const;
const byAdmin = { scope: 'admin', roles: ['systemAdmin'] } as const;

export const unitRoutes = {
  unit: {
    method: 'get',
    path: '/units/{id}',
    summary: 'One unit with its head, its territories and what became of it',
    params: idParams,
    response: unitDetail,
  },
  addUnit: {
    method: 'post',
    path: '/units',
    changesOrganisation: true,
    summary: 'Enter a branch or a department, under the document that founds it',
    ...byAdmin,
    writes: true,
    body: z.strictObject({
      code: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9_-]{1,40}$/),
      kind: z.enum(['branch', 'department']),
      name,
      nameEn: name,
      parentId: id,
      ...appointment,
    }),
    status: 201,
    response: z.strictObject({ id }),
  },
  changeUnit: {
    method: 'put',
    path: '/units/{id}',
    changesOrganisation: true,
    summary: 'Rename a unit, or put it under another',
    ...byAdmin,
    params: idParams,
    body: z.strictObject({ name, nameEn: name, parentId: id.nullable(), ...appointment }),
    response: done,
  },
  dissolutionEffects: {
    method: 'get',
    path: '/units/{id}/dissolution',
    summary: 'What dissolving a unit would touch, counted',
    ...byAdmin,
    params: idParams,
    response: dissolutionEffects,
  },
  dissolve: {
    method: 'post',
    path: '/units/{id}/dissolution',
    changesOrganisation: true,
    summary: 'Dissolve a unit: its cases and tasks go to its successor, else to the office, with an alarm',
    ...byAdmin,
    writes: true,
    params: idParams,
    body: z.strictObject({ successorId: id.optional(), takesPersons: z.boolean().default(false), ...appointment }),
    response: done,
  },
  addTerritory: {
    method: 'post',
    path: '/units/{id}/territories',
    changesOrganisation: true,
    summary: 'Draw a region into a unit’s territory from a day on, or carve it out',
    ...byOffice,
    writes: true,
    params: idParams,
    body: z.strictObject({
      regionCode: z.string().trim().max(60),
      carveOut: z.boolean().default(false),
      ...appointment,
    }),
    status: 201,
    response: z.strictObject({ id }),
  },
  endTerritory: {
    method: 'post',
    path: '/territories/{id}/end',
    changesOrganisation: true,
    summary: 'End a territory on a day',
    ...byOffice,
    writes: true,
    params: idParams,
    body: z.strictObject(appointment),
    response: done,
  },
} as const satisfies Record<string, Route>;
