import { z } from 'zod';
import { nearReasons } from '../../domain/exclusivity.ts';
import { clientCheck, clientCheckResult } from './clients.ts';
import type { Route } from './route.ts';
import {
  day,
  done,
  id,
  idParams,
  listOf,
  longText,
  pageQuery,
  personRef,
  reason,
  shortText,
  time,
  unitRef,
} from './shared.ts';

/** A numbered receipt: of a check, or of a submission that took the client. The numbers are in the order in which things were. */
export const receiptView = z
  .strictObject({
    id,
    receiptNo: z.number().int(),
    kind: z.enum(['asked', 'submitted']),
    person: personRef,
    unit: unitRef,
    /** The recommendation, for a submission. */
    caseId: id.nullable(),
    at: time,
    code: z.string().nullable(),
    names: z.array(z.string()),
    outcome: z.enum(['free', 'inProgress', 'held', 'near', 'taken']),
    /** SHA-256 of what the receipt says, in hexadecimal; the same stands in the audit chain. */
    hash: z.string(),
    auditStream: z.string(),
    auditSeq: z.number().int(),
  })
  .meta({ id: 'ExclusivityReceipt' });
export type ReceiptOfCheck = z.infer<typeof receiptView>;

export const askedView = z.strictObject({ receipt: receiptView, answer: clientCheckResult });
export type AskedView = z.infer<typeof askedView>;

/** Two names that may be one company's (7.3). */
export const nearMatchView = z.strictObject({
  id,
  asked: z.string(),
  name: z.string(),
  why: z.enum(nearReasons),
  state: z.enum(['open', 'asked', 'judged']),
  verdict: z.enum(['same', 'different']).nullable(),
  /** Who came with the name, and how: a check, or a recommendation. */
  person: personRef,
  unit: unitRef,
  caseId: id.nullable(),
  /** Who holds the client whose name is near; null while it is in progress. */
  holder: unitRef.nullable(),
  accountId: id.nullable(),
  question: z.string().nullable(),
  word: z.string().nullable(),
  reason: z.string().nullable(),
  openedAt: time,
  judgedBy: personRef.nullable(),
  judgedAt: time.nullable(),
});
export type NearMatchView = z.infer<typeof nearMatchView>;

/** What one person asked about on one day, where it is more than developing a client asks for. */
export const askingView = z.strictObject({
  person: personRef,
  unit: unitRef,
  day,
  different: z.number().int(),
  near: z.number().int(),
});
export type AskingView = z.infer<typeof askingView>;

const asking = ['submitter', 'unitHead', 'marketingDeputy', 'office', 'dataClerk'] as const;

export const exclusivityRoutes = {
  ask: {
    method: 'post',
    path: '/exclusivity-checks',
    summary: 'Ask whether a client may be developed, for a numbered receipt (7.3)',
    roles: asking,
    writes: true,
    body: clientCheck,
    status: 201,
    response: askedView,
  },
  own: {
    method: 'get',
    path: '/exclusivity-checks',
    summary: 'One’s own receipts, the newest first',
    query: z.strictObject(pageQuery),
    response: listOf(receiptView),
  },
  search: {
    method: 'post',
    path: '/exclusivity-checks/search',
    summary: 'All receipts, by what was asked: who was first',
    scope: 'read',
    roles: ['office'],
    body: z.strictObject({
      /** A code, or a name however it is spelled. */
      text: shortText.min(2).optional(),
      unitId: id.optional(),
      cursor: pageQuery.cursor,
      limit: z.number().int().min(1).max(200).default(50),
    }),
    response: listOf(receiptView),
  },
  verify: {
    method: 'post',
    path: '/exclusivity-checks/verification',
    summary: 'Whether a receipt is genuine: by its number and its hash',
    scope: 'read',
    body: z.strictObject({
      receiptNo: z
        .number()
        .int()
        .min(1)
        .max(2 ** 31 - 1),
      hash: z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[0-9a-f]{64}$/),
    }),
    response: z.strictObject({
      genuine: z.boolean(),
      at: time.nullable(),
      unit: unitRef.nullable(),
      kind: z.enum(['asked', 'submitted']).nullable(),
    }),
  },
  watch: {
    method: 'get',
    path: '/exclusivity-checks/watch',
    summary: 'Who asked about more clients than one who develops them does; no names',
    roles: ['securityAdmin', 'auditor'],
    response: listOf(askingView),
  },
  receipt: {
    method: 'get',
    path: '/exclusivity-checks/{id}',
    summary: 'One receipt',
    params: idParams,
    response: receiptView,
  },
  nearMatches: {
    method: 'get',
    path: '/near-matches',
    summary: 'Names that may be one company’s: all for the office, those of one’s unit for others',
    query: z.strictObject({ state: z.enum(['open', 'asked', 'judged']).default('open'), ...pageQuery }),
    response: listOf(nearMatchView),
  },
  judge: {
    method: 'post',
    path: '/near-matches/{id}/verdict',
    summary: 'Judge whether two names are one company’s; nothing is merged by it',
    roles: ['office'],
    writes: true,
    params: idParams,
    body: z.strictObject({ verdict: z.enum(['same', 'different']), reason }),
    response: done,
  },
  question: {
    method: 'post',
    path: '/near-matches/{id}/question',
    summary: 'Ask the unit that came with the name for its word',
    roles: ['office'],
    writes: true,
    params: idParams,
    body: z.strictObject({ question: longText.min(1) }),
    response: done,
  },
  word: {
    method: 'post',
    path: '/near-matches/{id}/word',
    summary: 'Give the unit’s word on a near name',
    writes: true,
    params: idParams,
    body: z.strictObject({ word: longText.min(1) }),
    response: done,
  },
} as const satisfies Record<string, Route>;
