import { z } from 'zod';
import type { Route } from './route.ts';
import { day, id, idParams, listOf, pageQuery, shortText, unitRef, uscc } from './shared.ts';

export const clientCheck = z
  .strictObject({ code: uscc.optional(), name: shortText.min(2).optional() })
  .refine((given) => given.code !== undefined || given.name !== undefined, { path: ['code'] });

/**
 * `free`; `inProgress`: ask the office, and nothing else is told (Article 7.1); `held`: the list tells the holder anyway
 * (Article 7.3); `near`: names much like one of the published list, each with why: the same place and core, a former
 * name, or a similar spelling.
 */
export const clientCheckResult = z.strictObject({
  result: z.enum(['free', 'inProgress', 'held', 'near']),
  holder: unitRef.nullable(),
  names: z.array(z.strictObject({ name: z.string(), why: z.enum(['sameCore', 'formerName', 'similar']) })),
});
export type ClientCheckResult = z.infer<typeof clientCheckResult>;

export const clientSummary = z.strictObject({ id, name: z.string(), accountId: id.nullable() });

const clientView = z.strictObject({
  id,
  name: z.string(),
  entities: z.array(
    z.strictObject({
      id,
      name: z.string(),
      codeType: z.string(),
      code: z.string().nullable(),
      relation: z.string().nullable(),
      formerNames: z.array(z.string()),
      validFrom: day,
      validTo: day.nullable(),
    }),
  ),
  accountId: id.nullable(),
  caseIds: z.array(id),
});

export const clientRoutes = {
  checkClient: {
    method: 'post',
    path: '/clients/check',
    summary: 'Whether a client is free to be recommended; a masked answer that leaks nothing',
    scope: 'read',
    roles: ['submitter', 'unitHead', 'marketingDeputy', 'office', 'dataClerk'],
    body: clientCheck,
    response: clientCheckResult,
  },
  client: {
    method: 'get',
    path: '/clients/{id}',
    summary: 'One client of the register',
    params: idParams,
    response: clientView,
  },
  searchClients: {
    method: 'post',
    path: '/clients/search',
    summary: 'Search the register by name or code',
    scope: 'read',
    body: z.strictObject({
      text: shortText.min(1),
      cursor: pageQuery.cursor,
      limit: z.number().int().min(1).max(200).default(50),
    }),
    response: listOf(clientSummary),
  },
} as const satisfies Record<string, Route>;
