import { z } from 'zod';
import { tallyView } from './ballots.ts';
import { amount, id, time } from './shared.ts';

const fraction = z.array(z.number().int()).length(2);

/** How a ballot came to its outcome: its rule, and the counts; nobody's vote. */
const ballotProof = z.strictObject({
  rule: z.strictObject({
    /** Which act it is put as (Article 4.6). */
    matter: z.enum(['approve', 'ratify', 'confirm']),
    quorumOfBody: fraction,
    quorumOfSeats: fraction,
    majorityOf: z.enum(['body', 'present']),
    tieBreak: z.enum(['defer', 'castingVote', 'fail']),
    directorLast: z.boolean(),
    early: z.boolean(),
  }),
  tally: tallyView,
  /** Why; null for a choice among options. */
  reasonCode: z.string().nullable(),
});

const scoreProof = z.strictObject({
  total: z.number().int().nullable(),
  parts: z.array(z.strictObject({ part: z.string(), weight: z.number().int(), value: z.number().int().nullable() })),
  intensifyFrom: z.number().int(),
  terminateBelow: z.number().int(),
});

/** The figure, and the lines of Article 12 it is held against. */
const gradeProof = z.strictObject({ figureYuan: amount, companyLineYuan: amount, branchLineYuan: amount });

/** Until when a task or a ballot had time, and when it was over. */
const deadlineProof = z.strictObject({
  /** Business days. */
  days: z.number().int(),
  dueAt: time,
  closedAt: time,
  /** The votes of a ballot that would have come too late; null for a task, and for what was. */
  late: z.number().int().nullable(),
});

const result = z.strictObject({
  /**
   * An outcome of a ballot, an option of a choice, a grade or `below`; of a deadline `inTime`, `overdue`, `atDeadline` (a ballot), `silent`, `open` (it was not over) or `struck`
   * (it came before some of the votes). Null where it depends on votes nobody gave.
   */
  outcome: z.string().nullable(),
  /** Of a choice: false where the mildest option holds because nothing was decided. */
  decided: z.boolean().nullable(),
});

const caseRef = z.strictObject({ id, number: z.string().nullable(), title: z.string() });
const accountRef = z.strictObject({ id, name: z.string() });
const common = { before: result, after: result };

export const foreseenView = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('ballot'),
      ...common,
      case: caseRef,
      step: z.string(),
      round: z.number().int(),
      policyVersion: z.number().int(),
      /** `earlier`: before some of its votes were given. `later`: not with the votes it had. */
      closes: z.enum(['here', 'earlier', 'later']),
      beforeProof: ballotProof,
      afterProof: ballotProof,
    }),
    z.strictObject({
      kind: z.literal('review'),
      ...common,
      case: caseRef,
      account: accountRef,
      beforeProof: scoreProof,
      afterProof: scoreProof,
    }),
    z.strictObject({
      kind: z.literal('recommendation'),
      ...common,
      case: caseRef,
      beforeProof: gradeProof,
      afterProof: gradeProof,
    }),
    z.strictObject({
      kind: z.literal('account'),
      ...common,
      account: accountRef,
      /** The grade it holds; it changes by a decision alone. */
      grade: z.enum(['company', 'branch']),
      beforeProof: gradeProof,
      afterProof: gradeProof,
    }),
    z.strictObject({
      kind: z.literal('deadline'),
      ...common,
      /** Of the task or the ballot. */
      id,
      case: caseRef,
      step: z.string(),
      round: z.number().int(),
      /** The kind of the task; null for a ballot. */
      task: z.string().nullable(),
      beforeProof: deadlineProof,
      afterProof: deadlineProof,
    }),
  ])
  .meta({ id: 'Foreseen' });
export type ForeseenView = z.infer<typeof foreseenView>;
export type ForeseenKind = ForeseenView['kind'];

export const foresightView = z
  .strictObject({
    /** Of each kind: how many there are, how many were gone through in the time there is, and how many would come out otherwise. */
    examined: z.array(
      z.strictObject({
        kind: z.enum(['ballot', 'review', 'recommendation', 'account', 'deadline']),
        total: z.number().int(),
        examined: z.number().int(),
        differing: z.number().int(),
      }),
    ),
    /** The assessment year whose reviews were gone through; null before the first. */
    year: z.number().int().nullable(),
    /** Those of the differing ones that the reader may read, the newest first, so many of each kind; `examined` counts all. */
    differing: z.array(foreseenView),
    /** What a preview says nothing of. */
    notReplayed: z.array(z.enum(['deadlines', 'matter', 'sealed', 'figures'])),
  })
  .meta({ id: 'Foresight' });
export type ForesightView = z.infer<typeof foresightView>;
