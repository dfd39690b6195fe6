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
  taskId: id.nullable(),
  codes: z.record(z.string(), z.json()),
  hash: z.string(),
});
export type AuditEntryView = z.infer<typeof auditEntryView>;

const stream = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,99}$/);

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
