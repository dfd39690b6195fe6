import { z } from 'zod';
import { allocationMatter } from './allocations.ts';
import { ballotOutcome, ballotView } from './ballots.ts';
import { breachMatter } from './breaches.ts';
import { coHolderMatter } from './coHolders.ts';
import { publicationMatter } from './editions.ts';
import { exitMatter } from './exits.ts';
import { membershipMatter } from './memberships.ts';
import { reassignmentMatter } from './reassignments.ts';
import { relistingMatter } from './relistings.ts';
import { reviewMatter } from './reviews.ts';
import type { Route } from './route.ts';
import {
  amount,
  day,
  done,
  gradeCode,
  id,
  idParams,
  listOf,
  longText,
  pageQuery,
  personRef,
  reason,
  receipt,
  shortText,
  time,
  unitRef,
} from './shared.ts';
import { suggestionMatter } from './suggestions.ts';

export const caseSummary = z
  .strictObject({
    id,
    process: z.string(),
    number: z.string(),
    title: z.string(),
    state: z.string(),
    /** The dictionary key of the state's name: approving has two names, 审定 and 批准 (4.6). */
    stateKey: z.string(),
    stateSince: time,
    terminal: z.boolean(),
    unit: unitRef,
    grade: gradeCode.nullable(),
    openedAt: time,
    closedAt: time.nullable(),
    /** The next deadline of an open task. */
    dueAt: time.nullable(),
  })
  .meta({ id: 'CaseSummary' });
export type CaseSummary = z.infer<typeof caseSummary>;

/** Who holds a case now, until when, and what happens then. */
export const holderView = z
  .strictObject({
    taskId: id,
    kind: z.string(),
    step: z.string(),
    /** Article of the Measures, or 系统默认. */
    article: z.string(),
    persons: z.array(personRef),
    /** The role meant, where the task is a group's. */
    role: z.string().nullable(),
    unit: unitRef.nullable(),
    claimedBy: personRef.nullable(),
    openedAt: time,
    dueAt: time.nullable(),
    overdue: z.boolean(),
    /** Counted in a year whose holidays are not published: may still move. */
    provisional: z.boolean(),
    calendarVersion: z.string().nullable(),
    extended: z.boolean(),
    urgedAt: time.nullable(),
    /** What silence means: escalate, outcome, headThenOutcome, or none. */
    silence: z.string(),
    /** How far it has been escalated; 0 is where it began. */
    level: z.number().int(),
  })
  .meta({ id: 'Holder' });
export type HolderView = z.infer<typeof holderView>;

/** One place in the lifecycle's picture. */
export const placeView = z.strictObject({
  state: z.string(),
  stateKey: z.string(),
  article: z.string(),
  terminal: z.boolean(),
  is: z.enum(['past', 'present', 'ahead', 'aside']),
  enteredAt: time.nullable(),
});
export type PlaceView = z.infer<typeof placeView>;

export const caseVerb = z.enum([
  'edit',
  'submit',
  'withdraw',
  'comment',
  'attach',
  'copy',
  'override',
  'pullOut',
  'urge',
  'extend',
  'consult',
  'addApprover',
]);

export const recommendationFacts = z.strictObject({
  proposedGrade: gradeCode,
  expectedYuan: amount,
  companyLineYuan: amount,
  branchLineYuan: amount,
  specialConsideration: z.boolean(),
  outsideTerritory: z.boolean(),
  submittedAt: time.nullable(),
  linkedCaseId: id.nullable(),
  evaluators: z.array(personRef),
  departments: z.array(unitRef),
  nominee: personRef.nullable(),
  nominations: z.number().int(),
  refusedNominees: z.array(personRef),
  accountId: id.nullable(),
});
export type RecommendationFacts = z.infer<typeof recommendationFacts>;

/** The evaluators' scores 1–5, advisory, as mean and range; who was silent is shown as such. */
export const scoreView = z.strictObject({
  criterion: z.string(),
  mean: z.number().nullable(),
  lowest: z.number().int().nullable(),
  highest: z.number().int().nullable(),
});

export const evaluationView = z.strictObject({
  scores: z.array(scoreView),
  given: z.array(personRef),
  silent: z.array(personRef),
  departments: z.array(
    z.strictObject({
      unit: unitRef,
      /** What was said stands in the timeline, with the fact that answers this task. */
      taskId: id,
      agrees: z.boolean().nullable(),
      silent: z.boolean(),
    }),
  ),
});
export type EvaluationView = z.infer<typeof evaluationView>;

export const caseView = z
  .strictObject({
    ...caseSummary.shape,
    article: z.string(),
    submitter: personRef,
    clientId: id.nullable(),
    policyVersion: z.number().int(),
    ending: z.string().nullable(),
    seq: z.number().int(),
    settledSeq: z.number().int(),
    /** Facts wait for the workflow engine: it is away or catching up. */
    waitingForEngine: z.boolean(),
    path: z.array(placeView),
    holders: z.array(holderView),
    verbs: z.array(caseVerb),
    recommendation: recommendationFacts.nullable(),
    evaluation: evaluationView.nullable(),
    /** What a case of another process is about, for who reads its contents. */
    matter: z
      .discriminatedUnion('process', [
        reassignmentMatter,
        breachMatter,
        membershipMatter,
        coHolderMatter,
        allocationMatter,
        suggestionMatter,
        exitMatter,
        relistingMatter,
        reviewMatter,
        publicationMatter,
      ])
      .nullable(),
    myTaskIds: z.array(id),
  })
  .meta({ id: 'CaseView' });
export type CaseView = z.infer<typeof caseView>;

export const timelineEntry = z
  .strictObject({
    seq: z.number().int(),
    kind: z.string(),
    step: z.string().nullable(),
    round: z.number().int().nullable(),
    taskId: id.nullable(),
    taskKind: z.string().nullable(),
    action: z.string().nullable(),
    /** Null: the process itself, or a voter while the ballot is sealed. */
    actor: personRef.nullable(),
    onBehalfOf: personRef.nullable(),
    enteredBy: personRef.nullable(),
    at: time,
    article: z.string().nullable(),
    /** Ids and codes: what a screen words its sentence from. */
    codes: z.record(z.string(), z.json()),
    /** Opinion, reason and the like; null when there is none or the reader may not see it. */
    text: z.record(z.string(), z.json()).nullable(),
    withheld: z.boolean(),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const commentView = z.strictObject({ id, person: personRef, at: time, text: z.string() });
export type CommentView = z.infer<typeof commentView>;

export const attachmentView = z.strictObject({
  id,
  /** What it belongs to: a case, or a return visit. */
  caseId: id.nullable(),
  visitId: id.nullable(),
  purpose: z.string(),
  name: z.string(),
  mime: z.string(),
  size: z.number().int(),
  uploadedBy: personRef,
  at: time,
});
export type AttachmentView = z.infer<typeof attachmentView>;

/** What became of another recommendation of the same client, as far as the reader may read it. */
export const earlierDecision = z.strictObject({
  case: caseSummary,
  expectedYuan: amount,
  submittedAt: time.nullable(),
  /** This case takes that one up again, or the other way round. */
  linked: z.boolean(),
  /** Codes and names that both hold. */
  shared: z.array(z.string()),
  /** Ballots that were closed and may be told, in order. */
  ballots: z.array(
    z.strictObject({
      matter: z.enum(['approve', 'ratify', 'confirm']),
      outcome: ballotOutcome,
      for: z.number().int().nullable(),
      against: z.number().int().nullable(),
      abstain: z.number().int().nullable(),
      closedAt: time.nullable(),
    }),
  ),
});
export type EarlierDecision = z.infer<typeof earlierDecision>;

/** What a list of cases can be narrowed to. */
export const caseCriteria = z.strictObject({
  process: shortText.optional(),
  states: z.array(shortText).max(30).optional(),
  unitId: id.optional(),
  grade: gradeCode.optional(),
  open: z.boolean().optional(),
  /** In the title or the number. */
  text: shortText.min(1).optional(),
  /** Held up by this unit, or by `committee`. */
  waitsFor: id.optional(),
  openedFrom: day.optional(),
  openedTo: day.optional(),
});
export type CaseCriteria = z.infer<typeof caseCriteria>;

const caseSearch = z.strictObject({
  ...caseCriteria.shape,
  cursor: pageQuery.cursor,
  limit: z.number().int().min(1).max(200).default(50),
});

export const caseRoutes = {
  search: {
    method: 'post',
    path: '/cases/search',
    summary: 'Cases one may read',
    scope: 'read',
    body: caseSearch,
    response: listOf(caseSummary),
  },
  read: {
    method: 'get',
    path: '/cases/{id}',
    summary: 'One case: where it stands, who holds it, until when',
    params: idParams,
    response: caseView,
  },
  timeline: {
    method: 'get',
    path: '/cases/{id}/timeline',
    summary: 'The facts in order',
    params: idParams,
    query: z.strictObject({
      after: z.coerce
        .number()
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .default(0),
      limit: pageQuery.limit,
    }),
    response: listOf(timelineEntry),
  },
  ballots: {
    method: 'get',
    path: '/cases/{id}/ballots',
    summary: 'Its ballots',
    params: idParams,
    response: listOf(ballotView),
  },
  proof: {
    method: 'get',
    path: '/cases/{id}/ballots/{ballotId}/proof',
    summary: 'The proof of a closed ballot, as stored and as computed again',
    params: z.strictObject({ id, ballotId: id }),
    response: z.strictObject({
      proof: z.json(),
      agrees: z.boolean(),
      differences: z.array(z.string()),
    }),
  },
  declareRecusal: {
    method: 'post',
    path: '/cases/{id}/ballots/{ballotId}/recusals',
    summary:
      'Declare a recusal 回避 before it is one’s turn to vote; with a vote to answer it is an answer to that task',
    writes: true,
    params: z.strictObject({ id, ballotId: id }),
    body: z.strictObject({ reason }),
    response: receipt,
  },
  earlier: {
    method: 'get',
    path: '/cases/{id}/earlier',
    summary: 'Other recommendations of the same client that one may read, and what became of them',
    params: idParams,
    response: listOf(earlierDecision),
  },
  comments: {
    method: 'get',
    path: '/cases/{id}/comments',
    summary: 'Comments',
    params: idParams,
    response: listOf(commentView),
  },
  comment: {
    method: 'post',
    path: '/cases/{id}/comments',
    summary: 'Add a comment',
    writes: true,
    params: idParams,
    body: z.strictObject({ text: longText.min(1) }),
    status: 201,
    response: commentView,
  },
  attachments: {
    method: 'get',
    path: '/cases/{id}/attachments',
    summary: 'Its files',
    params: idParams,
    response: listOf(attachmentView),
  },
  copy: {
    method: 'post',
    path: '/cases/{id}/copies',
    summary: 'Copy the case to people 抄送',
    writes: true,
    params: idParams,
    body: z.strictObject({ personIds: z.array(id).min(1).max(50) }),
    status: 201,
    response: done,
  },
  override: {
    method: 'post',
    path: '/cases/{id}/override',
    summary: 'Propose to end a case as withdrawn or lapsed; the security administrator confirms',
    scope: 'admin',
    roles: ['systemAdmin'],
    writes: true,
    params: idParams,
    body: z.strictObject({ to: z.enum(['withdrawn', 'lapsed']), reason }),
    response: receipt,
  },
} as const satisfies Record<string, Route>;
