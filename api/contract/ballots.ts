import { z } from 'zod';
import { id, personRef, time, unitRef } from './shared.ts';

/** For, against or abstain; in a choice among options one of those that stand, or abstain. */
const choice = z.string();
/** `passed`, `failed`, `deferred`, `inquorate`, `unavailable`, `ended`; of a choice the option that holds, or `secondBallot`. */
export const ballotOutcome = z.string();

/** One entry of the roll. Until closing of a sealed ballot only `hasVoted` is told, and one's own choice. */
export const rollEntryView = z.strictObject({
  seatId: id,
  seatName: z.string(),
  seatNameEn: z.string(),
  kind: z.enum(['director', 'viceDirector', 'member']),
  ord: z.number().int(),
  unit: unitRef.nullable(),
  person: personRef,
  recusal: z.string().nullable(),
  /** Declared, and not decided yet. */
  recusalPending: z.boolean(),
  substitute: z.boolean(),
  hasVoted: z.boolean(),
  choice: choice.nullable(),
});
export type RollEntryView = z.infer<typeof rollEntryView>;

/** 应到 B, 实到 P, 到会人数要求 Q; N the seats filled at opening, R the recused. */
export const tallyView = z.strictObject({
  seats: z.number().int(),
  recused: z.number().int(),
  expected: z.number().int(),
  present: z.number().int(),
  quorum: z.number().int(),
  for: z.number().int().nullable(),
  against: z.number().int().nullable(),
  abstain: z.number().int().nullable(),
  /** Of a choice, instead of for and against: the votes of each option that stands, in their order. */
  options: z.array(z.strictObject({ option: z.string(), votes: z.number().int() })).nullable(),
});
export type TallyView = z.infer<typeof tallyView>;

export const changeView = z.strictObject({
  from: z.enum(['for', 'against', 'abstain', 'silent']),
  to: choice,
  votes: z.number().int(),
  including: z.array(id),
  outcome: ballotOutcome,
});

export const ballotView = z
  .strictObject({
    id,
    step: z.string(),
    round: z.number().int(),
    matter: z.enum(['approve', 'ratify', 'confirm']),
    /** Article of the act; the figures of the rule are 系统默认. */
    article: z.string(),
    mode: z.enum(['online', 'meeting']),
    status: z.string(),
    policyVersion: z.number().int(),
    rule: z.strictObject({
      quorumOfBody: z.tuple([z.number(), z.number()]),
      quorumOfSeats: z.tuple([z.number(), z.number()]),
      majorityOf: z.enum(['body', 'present']),
      presiderRequired: z.boolean(),
      tieBreak: z.enum(['defer', 'castingVote', 'fail']),
      directorLast: z.boolean(),
      sealed: z.boolean(),
      early: z.boolean(),
    }),
    /** What one may vote for, `abstain` the last. */
    votes: z.array(choice),
    /** A choice among options, the mildest first; in the second ballot between the two that led. */
    choice: z.strictObject({ options: z.array(z.string()), second: z.boolean() }).nullable(),
    openedAt: time,
    dueAt: time,
    directorDueAt: time.nullable(),
    directorTurn: z.boolean(),
    extended: z.boolean(),
    substituted: z.boolean(),
    runoff: z.boolean(),
    roll: z.array(rollEntryView),
    /** Counts of attendance always; for, against and abstain only once they may be told. */
    tally: tallyView,
    mine: z
      .strictObject({
        taskId: id.nullable(),
        choice: choice.nullable(),
        reason: z.string().nullable(),
        at: time.nullable(),
        recusal: z.string().nullable(),
      })
      .nullable(),
    outcome: ballotOutcome.nullable(),
    /** Of a choice that is over: whether it was decided, or the mildest option holds because it was not. */
    decided: z.boolean().nullable(),
    decidedBy: z.string().nullable(),
    reasonCode: z.string().nullable(),
    closedBy: z.string().nullable(),
    closedAt: time.nullable(),
    wouldChange: z.array(changeView),
  })
  .meta({ id: 'BallotView' });
export type BallotView = z.infer<typeof ballotView>;
