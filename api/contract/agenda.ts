import { z } from 'zod';
import { BULK_VOTE_LIMIT } from '../../domain/agenda.ts';
import { reviewOptions } from '../../domain/review.ts';
import type { Route } from './route.ts';
import { gradeCode, id, idParams, listOf, personRef, problem, reason, receipt, time, unitRef } from './shared.ts';

/** The assessment year 考核年度. */
export const yearParams = z.strictObject({ year: z.coerce.number().int().min(2000).max(2999) });

/** An account on the agenda of its year's review, as who reads it may vote on it. */
export const agendaItem = z
  .strictObject({
    caseId: id,
    number: z.string(),
    account: z.strictObject({ id, name: z.string(), archiveNo: z.string() }),
    unit: unitRef,
    grade: gradeCode,
    /** 0–100; null where nothing could be measured. */
    score: z.number().int().nullable(),
    proposal: z.enum(reviewOptions).nullable(),
    dissents: z.number().int(),
    /** Nobody reported: it is decided on the data at hand. */
    dataAtHand: z.boolean(),
    pulledOut: z.strictObject({ by: personRef, at: time }).nullable(),
    secondBallot: z.boolean(),
    dueAt: time,
    /** Why one takes no part in it; who declared himself concerned is shown nothing of it but that it is decided now. */
    recusal: z.enum(['rule', 'declared']).nullable(),
    /** One's own vote: its task, and whether it is still to be given; null for who does not vote on it. */
    vote: z.strictObject({ taskId: id, state: z.enum(['open', 'given', 'takenBack']) }).nullable(),
    /** Whether one may vote on it in bulk now. */
    inBulk: z.boolean(),
  })
  .meta({ id: 'AgendaItem' });
export type AgendaItem = z.infer<typeof agendaItem>;

const bulkVoteItem = z.strictObject({
  taskId: id,
  caseId: id,
  account: z.strictObject({ id, name: z.string() }),
  unit: unitRef,
  state: z.enum(['waiting', 'done', 'refused']),
  problem: problem.nullable(),
});

const bulkVoteCounts = {
  id,
  year: z.number().int(),
  state: z.enum(['running', 'finished']),
  createdAt: time,
  finishedAt: time.nullable(),
  items: z.number().int(),
  done: z.number().int(),
  refused: z.number().int(),
};

/** How far a bulk vote has come. */
export const bulkVoteSummary = z.strictObject(bulkVoteCounts).meta({ id: 'BulkVoteSummary' });
export type BulkVoteSummary = z.infer<typeof bulkVoteSummary>;

/** The same with its items, which are its voter's alone: in bulk nothing is voted for but maintaining, and votes are sealed. */
export const bulkVoteView = z
  .strictObject({ ...bulkVoteCounts, results: z.array(bulkVoteItem).nullable() })
  .meta({ id: 'BulkVote' });
export type BulkVoteView = z.infer<typeof bulkVoteView>;

export const agendaRoutes = {
  agenda: {
    method: 'get',
    path: '/campaigns/{year}/agenda',
    summary: 'The accounts that the committee decides on now, with what is proposed and one’s own vote',
    params: yearParams,
    response: listOf(agendaItem),
  },
  giveBulkVote: {
    method: 'post',
    path: '/campaigns/{year}/bulk-votes',
    summary: 'Vote to maintain many accounts in one act; each is decided, and on record, by itself',
    writes: true,
    params: yearParams,
    body: z.strictObject({ taskIds: z.array(id).min(1).max(BULK_VOTE_LIMIT) }),
    status: 201,
    response: z.strictObject({ id }),
  },
  ownBulkVotes: {
    method: 'get',
    path: '/campaigns/{year}/bulk-votes',
    summary: 'One’s own bulk votes in a campaign, the latest first, at most 20',
    params: yearParams,
    response: listOf(bulkVoteSummary),
  },
  bulkVote: {
    method: 'get',
    path: '/bulk-votes/{id}',
    summary: 'How far a bulk vote has come, and for its voter what became of each account',
    params: idParams,
    response: bulkVoteView,
  },
  pullOut: {
    method: 'post',
    path: '/cases/{id}/pull-out',
    summary: 'Have the review of an account decided singly, with a reason',
    writes: true,
    params: idParams,
    body: z.strictObject({ reason }),
    response: receipt,
  },
} as const satisfies Record<string, Route>;
