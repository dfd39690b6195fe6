import { z } from 'zod';
import type { Route } from './route.ts';
import { id, listOf, pageQuery, personRef, shortText, time } from './shared.ts';

export const auditEntryView = z.strictObject({
  stream: z.string(),
  seq: z.number().int(),
  at: time,
  act: z.string(),
  actor: personRef.nullable(),
  onBehalfOf: personRef.nullable(),
  enteredBy: personRef.nullable(),
  caseId: id.nullable(),
  caseNumber: z.string().nullable(),
  taskId: id.nullable(),
  codes: z.record(z.string(), z.json()),
  hash: z.string(),
});
export type AuditEntryView = z.infer<typeof auditEntryView>;

const stream = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,99}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** An entry with everything its hash is made of, as domain/auditContent.ts has it. */
export const chainEntry = z.strictObject({
  stream: z.string(),
  seq: z.number().int(),
  at: time,
  actorId: id.nullable(),
  onBehalfOf: id.nullable(),
  enteredBy: id.nullable(),
  act: z.string(),
  caseId: id.nullable(),
  taskId: id.nullable(),
  codes: z.json(),
  contentHash: hash.nullable(),
  prevHash: hash,
  hash,
});
export type ChainEntryView = z.infer<typeof chainEntry>;

/** The last seal of the global chain: kept outside the system, it shows later whether anything was taken away. */
export const auditHead = z.strictObject({ id: z.number().int(), at: time, hash });
export type AuditHeadView = z.infer<typeof auditHead>;

const search = z.strictObject({
  stream: stream.optional(),
  caseId: id.optional(),
  caseNumber: shortText.optional(),
  actorId: id.optional(),
  /** The act, or how it begins: `seat.` finds all that was done with seats. */
  act: shortText.optional(),
  denials: z.boolean().optional(),
  from: time.optional(),
  to: time.optional(),
});
export type AuditSearch = z.infer<typeof search>;

export const auditRoutes = {
  audit: {
    method: 'get',
    path: '/audit',
    summary: 'The audit trail, latest first (auditor)',
    roles: ['auditor'],
    query: z.strictObject({
      stream: stream.optional(),
      caseId: id.optional(),
      actorId: id.optional(),
      act: shortText.optional(),
      from: time.optional(),
      to: time.optional(),
      ...pageQuery,
    }),
    response: listOf(auditEntryView),
  },
  auditSearch: {
    method: 'post',
    path: '/audit/search',
    summary: 'Search the audit trail, latest first (auditor)',
    scope: 'read',
    roles: ['auditor'],
    body: z.strictObject({ ...search.shape, cursor: pageQuery.cursor, limit: z.int().min(1).max(200).default(50) }),
    response: listOf(auditEntryView),
  },
  auditExport: {
    method: 'post',
    path: '/audit/export',
    summary:
      'Export what a search finds, oldest first, with a digest and the sealed head; put on record itself (auditor)',
    scope: 'read',
    roles: ['auditor'],
    body: z.strictObject({ ...search.shape, format: z.enum(['jsonl', 'csv']).default('jsonl') }),
    files: ['application/x-ndjson', 'text/csv'],
  },
  auditHead: {
    method: 'get',
    path: '/audit/head',
    summary:
      'The last seal, to be kept outside the system, or one by its number, to be compared with one that was kept (auditor)',
    roles: ['auditor'],
    query: z.strictObject({ id: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
    response: auditHead.nullable(),
  },
  chain: {
    method: 'get',
    path: '/audit/streams/{stream}/entries',
    summary:
      'One hash chain from its beginning, with all its hashes are made of, to be computed again by whoever asks (auditor)',
    roles: ['auditor'],
    params: z.strictObject({ stream }),
    query: z.strictObject({
      after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(500),
    }),
    response: z.strictObject({
      items: z.array(chainEntry),
      /** Heads of this stream in seals, among these entries and after them where they are the last. */
      sealed: z.array(z.strictObject({ seq: z.number().int(), hash, sealId: z.number().int() })),
      nextAfter: z.number().int().nullable(),
    }),
  },
  verification: {
    method: 'get',
    path: '/audit/streams/{stream}/verification',
    summary: 'Compute one hash chain again (auditor)',
    roles: ['auditor'],
    params: z.strictObject({ stream }),
    response: z.strictObject({
      stream: z.string(),
      entries: z.number().int(),
      intact: z.boolean(),
      firstBroken: z.number().int().nullable(),
      head: z.string().nullable(),
    }),
  },
} as const satisfies Record<string, Route>;
