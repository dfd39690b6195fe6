import { z } from 'zod';
import { BULK_LIMIT } from '../../domain/bulk.ts';
import { caseSummary, holderView } from './cases.ts';
import type { Route } from './route.ts';
import {
  done,
  gradeCode,
  id,
  idParams,
  listOf,
  pageQuery,
  personRef,
  problem,
  reason,
  receipt,
  shortText,
  time,
} from './shared.ts';

export const box = z.enum(['mine', 'group', 'decided', 'initiated', 'copied', 'delegated']);
export type Box = z.infer<typeof box>;

export const taskSummary = z.strictObject({
  id,
  kind: z.string(),
  step: z.string(),
  round: z.number().int(),
  status: z.string(),
  outcome: z.string().nullable(),
  actions: z.array(z.string()),
  article: z.string(),
  openedAt: time,
  dueAt: time.nullable(),
  overdue: z.boolean(),
  /** One business day or less is left: amber. */
  dueSoon: z.boolean(),
  /** Business days after today up to the deadline; null without one, or once it is past. */
  daysLeft: z.number().int().nullable(),
  provisional: z.boolean(),
  silence: z.string(),
  level: z.number().int(),
  claimable: z.boolean(),
  claimedBy: personRef.nullable(),
  ballotId: id.nullable(),
  /** The delegator, when it reached me by delegation. */
  onBehalfOf: personRef.nullable(),
});
export type TaskSummary = z.infer<typeof taskSummary>;

/** `soon`: one business day or less is left; `week`: within seven days; `none`: without a deadline. */
export const dueWindow = z.enum(['overdue', 'today', 'soon', 'week', 'none']);
export type DueWindow = z.infer<typeof dueWindow>;

/** What a box of the inbox can be narrowed to, and its order: what waits by deadline, or by when it came; what is past, the latest first. */
export const inboxCriteria = z.strictObject({
  box: box.default('mine'),
  /** In the client's name or the number. */
  text: shortText.min(1).optional(),
  kinds: z.array(shortText.min(1)).min(1).max(30).optional(),
  process: shortText.min(1).optional(),
  grade: gradeCode.optional(),
  unitId: id.optional(),
  due: dueWindow.optional(),
  sort: z.enum(['due', 'newest', 'oldest']).default('due'),
});
export type InboxCriteria = z.infer<typeof inboxCriteria>;

/** A row of the inbox. In `initiated` and `copied` the rows are cases and have no task. */
export const inboxRow = z
  .strictObject({
    task: taskSummary.nullable(),
    case: caseSummary,
    at: time,
    /** In `decided`: what one answered. */
    action: z.string().nullable(),
  })
  .meta({ id: 'InboxRow' });
export type InboxRow = z.infer<typeof inboxRow>;

export const taskVerb = z.enum([
  'claim',
  'release',
  'transfer',
  'delegate',
  'urge',
  'consult',
  'addApprover',
  'extend',
]);

export const taskView = z
  .strictObject({
    ...taskSummary.shape,
    case: caseSummary,
    holder: holderView,
    /** Ids and codes the task is about: whose recusal, which nominee, what was recorded. */
    subject: z.record(z.string(), z.json()),
    /** Persons named in `subject`, by id. */
    persons: z.array(personRef),
    /** What one may answer now; empty when it is not one's to decide. */
    mayDecide: z.array(z.string()),
    verbs: z.array(taskVerb),
    closedAt: time.nullable(),
    parentId: id.nullable(),
  })
  .meta({ id: 'TaskView' });
export type TaskView = z.infer<typeof taskView>;

export const decision = z.strictObject({
  action: z.string().min(1).max(40),
  /** The action's own fields; see the table of kinds and actions. */
  body: z.record(z.string(), z.json()).default({}),
});

const severalTasks = z.array(id).min(1).max(BULK_LIMIT);

/** What became of each task, in the order asked: taken with its receipt, or refused with its problem. */
export const bulkOutcome = z
  .strictObject({
    results: z.array(z.strictObject({ taskId: id, receipt: receipt.nullable(), problem: problem.nullable() })),
    taken: z.number().int(),
    refused: z.number().int(),
  })
  .meta({ id: 'BulkOutcome' });
export type BulkOutcome = z.infer<typeof bulkOutcome>;

const comment = shortText.optional();

export const taskRoutes = {
  inbox: {
    method: 'get',
    path: '/tasks',
    summary: 'The inbox: mine, group, decided, initiated, copied or delegated',
    query: z.strictObject({ box: box.default('mine'), kind: shortText.optional(), ...pageQuery }),
    response: listOf(inboxRow),
  },
  search: {
    method: 'post',
    path: '/tasks/search',
    summary: 'A box of the inbox, narrowed; names go in the body, never into an address',
    scope: 'read',
    body: z.strictObject({
      ...inboxCriteria.shape,
      cursor: pageQuery.cursor,
      limit: z.number().int().min(1).max(200).default(50),
    }),
    response: listOf(inboxRow),
  },
  decideAll: {
    method: 'post',
    path: '/tasks/decisions',
    summary: 'Give several tasks of one kind the same answer 批量办理; a result for each',
    writes: true,
    body: z.strictObject({ kind: shortText, taskIds: severalTasks, ...decision.shape }),
    response: bulkOutcome,
  },
  claimAll: {
    method: 'post',
    path: '/tasks/claims',
    summary: 'Claim 领取 several tasks; a result for each',
    writes: true,
    body: z.strictObject({ taskIds: severalTasks }),
    response: bulkOutcome,
  },
  read: { method: 'get', path: '/tasks/{id}', summary: 'One task', params: idParams, response: taskView },
  decide: {
    method: 'post',
    path: '/tasks/{id}/decisions',
    summary: 'Answer a task; `Prefer: wait=2` waits until the case has moved',
    writes: true,
    params: idParams,
    body: decision,
    response: receipt,
  },
  claim: {
    method: 'post',
    path: '/tasks/{id}/claim',
    summary: 'Claim 领取',
    writes: true,
    params: idParams,
    response: done,
  },
  release: {
    method: 'post',
    path: '/tasks/{id}/release',
    summary: 'Release 退领',
    writes: true,
    params: idParams,
    response: done,
  },
  transfer: {
    method: 'post',
    path: '/tasks/{id}/transfer',
    summary: 'Transfer 转交',
    writes: true,
    params: idParams,
    body: z.strictObject({ personId: id, reason }),
    response: done,
  },
  delegate: {
    method: 'post',
    path: '/tasks/{id}/delegate',
    summary: 'Delegate this one task 委托办理',
    writes: true,
    params: idParams,
    body: z.strictObject({ personId: id, validTo: time }),
    status: 201,
    response: z.strictObject({ id }),
  },
  urge: {
    method: 'post',
    path: '/tasks/{id}/urge',
    summary: 'Urge 催办; throttled',
    writes: true,
    params: idParams,
    response: done,
  },
  consult: {
    method: 'post',
    path: '/tasks/{id}/consult',
    summary: 'Ask an opinion 征求意见',
    writes: true,
    params: idParams,
    body: z.strictObject({ personId: id, question: comment }),
    status: 201,
    response: z.strictObject({ taskId: id }),
  },
  addApprover: {
    method: 'post',
    path: '/tasks/{id}/add-approver',
    summary: 'Add an approver 加签',
    writes: true,
    params: idParams,
    body: z.strictObject({ personId: id, question: comment }),
    status: 201,
    response: z.strictObject({ taskId: id }),
  },
  extend: {
    method: 'post',
    path: '/tasks/{id}/extend',
    summary: 'Extend the deadline once (office)',
    writes: true,
    params: idParams,
    body: z.strictObject({ days: z.number().int().min(1).max(60), reason }),
    response: z.strictObject({ dueAt: time }),
  },
  signalReference: {
    method: 'post',
    path: '/tasks/{id}/signal-references',
    summary: 'A one-use, expiring permission to give one answer by the Signal `decide`',
    writes: true,
    params: idParams,
    body: z.strictObject({
      action: z.string().min(1).max(40),
      body: z.record(z.string(), z.json()).default({}),
      minutes: z.number().int().min(1).max(1440).default(15),
    }),
    status: 201,
    response: z.strictObject({ reference: z.string(), expiresAt: time }),
  },
} as const satisfies Record<string, Route>;
