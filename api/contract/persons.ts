import { z } from 'zod';
import { changeView, personView, role, seatTerm } from './organisation.ts';
import { reassignable } from './reassignments.ts';
import type { Route } from './route.ts';
import { day, done, id, idParams, listOf, pageQuery, shortText, unitRef } from './shared.ts';

const name = shortText.min(1);
const appointment = { on: day, document: shortText.min(1) };

/** A role as it was held: from the first day until before the last. */
const heldRole = z.strictObject({
  id,
  role: z.string(),
  unit: unitRef.nullable(),
  validFrom: day,
  validTo: day.nullable(),
  document: z.string(),
});

export const personDetail = z.strictObject({
  ...personView.shape,
  login: z.string(),
  /** All he holds or held, the latest first. */
  rolesHeld: z.array(heldRole),
  terms: z.array(
    z.strictObject({ seatId: id, seat: z.string(), seatEn: z.string(), ...seatTerm.omit({ person: true }).shape }),
  ),
  /** The accounts he manages, by unit, as far as the reader may have them all reassigned. */
  reassignable: z.array(reassignable),
  history: z.array(changeView),
});
export type PersonDetail = z.infer<typeof personDetail>;

export const personSearch = z.strictObject({
  text: shortText.optional(),
  unitId: id.optional(),
  role: role.optional(),
  active: z.boolean().optional(),
  cursor: pageQuery.cursor,
  limit: z.number().int().min(1).max(200).default(50),
});

export const personRoutes = {
  search: {
    method: 'post',
    path: '/persons/search',
    summary: 'Search persons by name, unit or role',
    scope: 'read',
    body: personSearch,
    response: listOf(personView),
  },
  person: {
    method: 'get',
    path: '/persons/{id}',
    summary: 'One person with the roles and seats held, now and before, and the documents they rest on',
    params: idParams,
    response: personDetail,
  },
  addPerson: {
    method: 'post',
    path: '/persons',
    changesOrganisation: true,
    summary: 'Enter a person; roles are granted by the security administrator',
    scope: 'admin',
    roles: ['systemAdmin'],
    writes: true,
    body: z.strictObject({
      login: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9][A-Za-z0-9_.@-]{1,63}$/),
      name,
      nameEn: name,
      unitId: id,
      ...appointment,
    }),
    status: 201,
    response: z.strictObject({ id }),
  },
  changePerson: {
    method: 'put',
    path: '/persons/{id}',
    changesOrganisation: true,
    summary: 'Rename a person, or move him to another unit: what his old unit gave him ends',
    scope: 'admin',
    roles: ['systemAdmin'],
    params: idParams,
    body: z.strictObject({ name, nameEn: name, unitId: id, ...appointment }),
    response: done,
  },
  vacateSeat: {
    method: 'post',
    path: '/seats/{id}/vacate',
    changesOrganisation: true,
    summary: 'End a seat’s term without a successor, on a day that has come',
    scope: 'admin',
    roles: ['securityAdmin'],
    writes: true,
    params: idParams,
    body: z.strictObject(appointment),
    response: done,
  },
} as const satisfies Record<string, Route>;
