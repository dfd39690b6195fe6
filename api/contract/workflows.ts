import { z } from 'zod';
import type { Route } from './route.ts';
import { id, listOf, pageQuery, time } from './shared.ts';

export const workflowView = z.strictObject({
  workflowId: z.string(),
  runId: z.string(),
  type: z.string(),
  status: z.string(),
  startedAt: time,
  closedAt: time.nullable(),
  historyLength: z.number().int(),
  /** Temporal has dropped it; the encrypted archive keeps its history. */
  archived: z.boolean(),
  caseId: id.nullable(),
  /** The key account whose life it is; then number and state are the account's. */
  accountId: id.nullable(),
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

/** What is wrong with a case's execution, by code; `attempts` and `failure` where something is tried again and again. */
export const attentionView = z.strictObject({
  workflowId: z.string(),
  caseId: id.nullable(),
  /** The key account whose life it is; then number and state are the account's. */
  accountId: id.nullable(),
  caseNumber: z.string().nullable(),
  caseState: z.string().nullable(),
  status: z.string().nullable(),
  since: time.nullable(),
  problems: z.array(
    z.strictObject({
      code: z.enum([
        'noExecution',
        'endedWhileOpen',
        'openWhileEnded',
        'noCase',
        'doorbellUnanswered',
        'behind',
        'deadlinePassed',
        'workflowTaskFailing',
        'activityFailing',
      ]),
      attempts: z.number().int().nullable(),
      failure: z.string().nullable(),
    }),
  ),
});
export type AttentionView = z.infer<typeof attentionView>;

const workflowId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,199}$/);
const workflowParams = z.strictObject({ id: workflowId });

/** A process or a state, as they stand in a query to Temporal, between quotation marks. */
export const EXECUTION_WORD = /^[A-Za-z][A-Za-z.-]{0,60}$/;

export const workflowRoutes = {
  workflows: {
    method: 'get',
    path: '/workflows',
    summary: 'Running and closed workflow executions (systemAdmin)',
    roles: ['systemAdmin'],
    query: z.strictObject({
      status: z.enum(['running', 'completed', 'failed', 'terminated', 'canceled', 'timedOut']).optional(),
      process: z.string().regex(EXECUTION_WORD).optional(),
      state: z.string().regex(EXECUTION_WORD).optional(),
      startedBefore: time.optional(),
      cursor: z.string().max(4000).optional(),
      limit: pageQuery.limit,
    }),
    response: listOf(workflowView),
  },
  attention: {
    method: 'get',
    path: '/workflows/attention',
    summary:
      'Executions that are stuck or failing, from the database and Temporal together (systemAdmin, securityAdmin)',
    roles: ['systemAdmin', 'securityAdmin'],
    response: z.strictObject({
      items: z.array(attentionView),
      /** `away`: Temporal could not be asked, so this is what the database alone knows. */
      temporal: z.enum(['compared', 'away']),
      /** There was more to look at than one look takes. */
      whole: z.boolean(),
      counts: z.record(z.string(), z.number().int()).nullable(),
      /** Where Temporal's own pages are: an address, or a port of the host the console is on. */
      pages: z.union([z.strictObject({ url: z.string() }), z.strictObject({ port: z.number().int() })]).nullable(),
      namespace: z.string(),
    }),
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
    response: z.strictObject({ ...listOf(workflowEventView).shape, archived: z.boolean() }),
  },
} as const satisfies Record<string, Route>;
