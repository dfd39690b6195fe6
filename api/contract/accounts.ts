import { z } from 'zod';
import { grounds } from '../../domain/reassignment.ts';
import type { Route } from './route.ts';
import { day, gradeCode, id, idParams, listOf, pageQuery, personRef, shortText, time, unitRef } from './shared.ts';
import { visitDue } from './visits.ts';

const provinceOrCity = z
  .string()
  .regex(/^[1-9]\d(\d{2})?0{2,4}$/)
  .length(6);

const holdingView = z.strictObject({
  id,
  kind: z.enum(['lead', 'co']),
  unit: unitRef,
  manager: personRef.nullable(),
  validFrom: time,
  validTo: time.nullable(),
  /** Null where the account was taken over with it. */
  decisionCaseId: id.nullable(),
});

export const accountSummary = z.strictObject({
  id,
  archiveNo: z.string(),
  client: z.strictObject({ id, name: z.string() }),
  grade: gradeCode,
  managedBy: gradeCode,
  state: z.string(),
  onList: z.boolean(),
  establishedOn: day,
  unit: unitRef.nullable(),
  manager: personRef.nullable(),
});
export type AccountSummary = z.infer<typeof accountSummary>;

export const accountView = z
  .strictObject({
    ...accountSummary.shape,
    decisionCaseId: id.nullable(),
    /** The decision outside this system that an account taken over rests on. */
    takenOver: z
      .strictObject({
        document: z.string(),
        decidedOn: day,
        body: z.string(),
        on: time,
      })
      .nullable(),
    /** Whether the reader reads the account’s confidential file, and whether he keeps it. */
    file: z.strictObject({ reads: z.boolean(), keeps: z.boolean() }),
    /** Which cases about it the reader may start: a reassignment on these grounds, and others. */
    mayStart: z.strictObject({
      reassignment: z.array(z.enum(grounds)),
      allocation: z.boolean(),
      membership: z.boolean(),
      breach: z.boolean(),
    }),
    /** When the next visit is due, for who reads the file. */
    visitDue: visitDue.nullable(),
    terminatedOn: day.nullable(),
    /** The case that took it off the list, while it is off it by that. */
    delisted: z.strictObject({ caseId: id, number: z.string(), on: day }).nullable(),
    /** The newest edition of the list in which it stands (Article 8). */
    inEdition: z.strictObject({ number: z.number().int(), publishedOn: day }).nullable(),
    holdings: z.array(holdingView),
    entities: z.array(
      z.strictObject({ name: z.string(), code: z.string().nullable(), relation: z.string().nullable() }),
    ),
    /** The cases of this client that the reader may see, the newest first. */
    cases: z.array(
      z.strictObject({ id, number: z.string(), process: z.string(), stateKey: z.string(), openedAt: time }),
    ),
  })
  .meta({ id: 'AccountView' });
export type AccountView = z.infer<typeof accountView>;

/** What a person asks the register for; names and codes by POST. */
export const accountFilter = {
  text: shortText.optional(),
  grade: gradeCode.optional(),
  managedBy: gradeCode.optional(),
  unitId: id.optional(),
  /** How that unit holds it. */
  kind: z.enum(['lead', 'co']).optional(),
  managerId: id.optional(),
  state: z.enum(['active', 'intensified', 'vacant', 'terminated']).optional(),
  regionCode: provinceOrCity.optional(),
  sort: z.enum(['archiveNo', 'name', 'establishedOn']).default('archiveNo'),
  descending: z.boolean().default(false),
};
export type AccountSort = 'archiveNo' | 'name' | 'establishedOn';

export const accountRoutes = {
  searchAccounts: {
    method: 'post',
    path: '/accounts/search',
    summary: 'Search the key accounts one may see by client, grade, holder or state, in an order of one’s own',
    scope: 'read',
    body: z.strictObject({
      ...accountFilter,
      cursor: pageQuery.cursor,
      limit: z.number().int().min(1).max(200).default(50),
    }),
    response: listOf(accountSummary),
  },
  exportAccounts: {
    method: 'post',
    path: '/accounts/export',
    summary: 'The same as a table, a workbook (.xlsx) or CSV (UTF-8), in the caller’s language; audited',
    scope: 'read',
    body: z.strictObject({ ...accountFilter, format: z.enum(['csv', 'xlsx']).default('csv') }),
    files: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  },
  accounts: {
    method: 'get',
    path: '/accounts',
    summary: 'Key accounts',
    query: z.strictObject({
      unitId: id.optional(),
      /** How that unit holds it. */
      kind: z.enum(['lead', 'co']).optional(),
      /** A province or city of GB/T 2260 in which contracts were expected when the account was established. */
      regionCode: provinceOrCity.optional(),
      grade: gradeCode.optional(),
      state: z.string().max(40).optional(),
      ...pageQuery,
    }),
    response: listOf(accountSummary),
  },
  account: {
    method: 'get',
    path: '/accounts/{id}',
    summary: 'One key account with its holders',
    params: idParams,
    response: accountView,
  },
} as const satisfies Record<string, Route>;
