import { z } from 'zod';
import { nearReasons } from '../../domain/exclusivity.ts';
import type { Route } from './route.ts';
import { day, id, idParams, listOf, pageQuery, shortText, unitRef, uscc } from './shared.ts';

export const clientCheck = z
  .strictObject({ code: uscc.optional(), name: shortText.min(2).optional() })
  .refine((given) => given.code !== undefined || given.name !== undefined, { path: ['code'] });

/**
 * `free`; `inProgress`: ask the office, and nothing else is told (Article 7.1); `held`: the list tells the holder anyway
 * (Article 7.3); `near`: names much like one that is held or in progress. Those of the published list are told, each with
 * why and by whom it is held; that there are others too, `withheld` says.
 */
export const clientCheckResult = z.strictObject({
  result: z.enum(['free', 'inProgress', 'held', 'near']),
  holder: unitRef.nullable(),
  accountId: id.nullable(),
  names: z.array(z.strictObject({ name: z.string(), why: z.enum(nearReasons), holder: unitRef, accountId: id })),
  withheld: z.boolean(),
  /** How many different clients the person may still ask about today. */
  left: z.number().int(),
});
export type ClientCheckResult = z.infer<typeof clientCheckResult>;

export const clientSummary = z.strictObject({
  id,
  name: z.string(),
  /** How many legal entities the group has in the register. */
  entities: z.number().int(),
  code: z.string().nullable(),
  accountId: id.nullable(),
  accountState: z.string().nullable(),
});
export type ClientSummary = z.infer<typeof clientSummary>;

/** To what purpose confidential parts are read (Article 11); it is logged. */
const readingPurpose = z.enum(['visit', 'marketing', 'review', 'entry', 'inspection']);

const clientArchive = z.strictObject({
  /** What the recommendation told of the client, its key persons and its projects; forms/recommendation.ts has the fields. */
  client: z.record(z.string(), z.unknown()),
  keyPersons: z.array(z.record(z.string(), z.unknown())),
  projects: z.array(z.record(z.string(), z.unknown())),
  /** What the yearly reports added (Article 10.3); forms/reviewReport.ts has the fields. */
  investmentDirection: z.string(),
  records: z.record(z.string(), z.unknown()),
  credit: z.record(z.string(), z.unknown()),
});
export type ClientArchive = z.infer<typeof clientArchive>;

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
      shortNames: z.array(z.string()),
      validFrom: day,
      validTo: day.nullable(),
    }),
  ),
  accountId: id.nullable(),
  caseIds: z.array(id),
  /** Whether contacts, key persons and credit data may be asked for. */
  mayReadArchive: z.boolean(),
});
export type ClientView = z.infer<typeof clientView>;

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
      /** A name however it is spelled, or a code; without one, everything one knows. */
      text: shortText.optional(),
      cursor: pageQuery.cursor,
      limit: z.number().int().min(1).max(200).default(50),
    }),
    response: listOf(clientSummary),
  },
  archive: {
    method: 'post',
    path: '/clients/{id}/archive',
    summary: 'Contacts, key persons and credit data of a client; who reads them, and to what purpose, is logged',
    scope: 'read',
    params: idParams,
    body: z.strictObject({ purpose: readingPurpose }),
    response: clientArchive,
  },
} as const satisfies Record<string, Route>;
