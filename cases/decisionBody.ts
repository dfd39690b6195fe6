import { z } from 'zod';
import { criteria } from '../domain/recommendation.ts';
import { day, filled } from './formFields.ts';

/** The body of every action, by kind of task. Unknown fields are refused; texts are as `formFields.ts` has them. */

const id = z.string().min(1).max(64);
const reason = filled(2000);
const opinion = filled(4000);
const nothing = z.strictObject({});
const withReason = z.strictObject({ reason });
const withOpinion = z.strictObject({ opinion: opinion.optional() });
const score = z.int().min(1).max(5);
const scores = Object.fromEntries(criteria.map(({ code }) => [code, score])) as Record<
  (typeof criteria)[number]['code'],
  typeof score
>;

export const decisionBodies = {
  endorse: { endorse: withOpinion, return: withReason },
  screen: {
    accept: z.strictObject({
      evaluatorIds: z.array(id).min(1).max(20),
      departmentIds: z.array(id).max(20).default([]),
      opinion: opinion.optional(),
    }),
    return: withReason,
    ineligible: withReason,
  },
  supplement: { resubmit: z.strictObject({ note: opinion.optional() }) },
  evaluate: { evaluate: z.strictObject({ scores: z.strictObject(scores), opinion: opinion.optional() }) },
  countersign: { countersign: z.strictObject({ agrees: z.boolean(), opinion }) },
  vote: {
    vote: z.strictObject({ choice: z.enum(['for', 'against', 'abstain']), reason: reason.optional() }),
    recuse: withReason,
  },
  decideRecusal: { accept: nothing, refuse: withReason },
  reviewRecusal: { note: z.strictObject({ opinion }) },
  record: {
    record: z.strictObject({
      meetingOn: day,
      minutesAttachmentId: id,
      seats: z
        .array(
          z.strictObject({
            seatId: id,
            mark: z.enum(['for', 'against', 'abstain', 'recused', 'absent', 'writtenOpinion']),
            writtenOpinion: opinion.optional(),
          }),
        )
        .min(1)
        .max(100),
    }),
  },
  checkRecording: { confirm: nothing, refuse: withReason },
  scheduleRunoff: { schedule: z.strictObject({ on: day }) },
  resolveInquorate: {
    substitute: z.strictObject({
      substitutes: z
        .array(z.strictObject({ seatId: id, personId: id }))
        .min(1)
        .max(50),
    }),
    recordHigherBody: z.strictObject({
      decision: z.enum(['passed', 'failed']),
      body: filled(200),
      minutesAttachmentId: id,
    }),
    lapse: withReason,
  },
  nominate: { nominate: z.strictObject({ managerId: id, reason: reason.optional() }) },
  appoint: { appoint: z.strictObject({ managerId: id, reason: reason.optional() }), reject: withReason },
  opine: { opine: z.strictObject({ opinion }) },
  coapprove: { agree: withOpinion, disagree: withReason },
  answerCoRecommendation: { accept: nothing, refuse: withReason },
  confirmOverride: { confirm: nothing, refuse: withReason },
} as const satisfies Record<string, Record<string, z.ZodType>>;

/** What of a body is confidential: it is stored encrypted, and the rest as codes. */
const SECRETS = ['reason', 'opinion', 'note', 'body', 'choice', 'scores', 'seats'];

/** Parts a body into codes and what is kept secret; null where there is nothing secret. */
export function partBody(body: Readonly<Record<string, unknown>>): {
  codes: Record<string, unknown>;
  secret: Record<string, unknown> | null;
} {
  const entries = Object.entries(body).filter(([, value]) => value !== undefined);
  const secret = entries.filter(([key]) => SECRETS.includes(key));
  return {
    codes: Object.fromEntries(entries.filter(([key]) => !SECRETS.includes(key))),
    secret: secret.length > 0 ? Object.fromEntries(secret) : null,
  };
}
