import { z } from 'zod';
import type { Route } from './route.ts';
import { id, listOf, pageQuery, shortText, time } from './shared.ts';

export const workflowView = z.strictObject({
  workflowId: z.string(),
  runId: z.string(),
  type: z.string(),
  status: z.string(),
  startedAt: time,
  closedAt: time.nullable(),
  historyLength: z.number().int(),
  caseId: id.nullable(),
  caseNumber: z.string().nullable(),
  caseState: z.string().nullable(),
});
export type WorkflowView = z.infer<typeof workflowView>;

export const workflowEventView = z.strictObject({
  eventId: z.number().int(),
  type: z.string(),
  at: time,
  /** Decoded; holds ids and codes only. */
  details: z.record(z.string(), z.json()),
});
export type WorkflowEventView = z.infer<typeof workflowEventView>;

const workflowId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,199}$/);
const workflowParams = z.strictObject({ id: workflowId });

export const workflowRoutes = {
  workflows: {
    method: 'get',
    path: '/workflows',
    summary: 'Running and closed workflow executions (systemAdmin)',
    roles: ['systemAdmin'],
    query: z.strictObject({
      status: z.enum(['running', 'completed', 'failed', 'terminated']).optional(),
      process: shortText.optional(),
      cursor: z.string().max(4000).optional(),
      limit: pageQuery.limit,
    }),
    response: listOf(workflowView),
  },
  workflow: {
    method: 'get',
    path: '/workflows/{id}',
    summary: 'One workflow execution (systemAdmin)',
    roles: ['systemAdmin'],
    params: workflowParams,
    response: workflowView,
  },
  history: {
    method: 'get',
    path: '/workflows/{id}/history',
    summary: 'Its events, decoded (systemAdmin)',
    roles: ['systemAdmin'],
    params: workflowParams,
    query: z.strictObject({ cursor: z.string().max(4000).optional(), limit: pageQuery.limit }),
    response: listOf(workflowEventView),
  },
} as const satisfies Record<string, Route>;
