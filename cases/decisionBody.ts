import { z } from 'zod';
import { day, filled } from '../forms/fields.ts';

/** The body of every action, by kind of task. Unknown fields are refused; texts are as `forms/fields.ts` has them. */

/** Schemas by kind of task and action. */
export type Bodies = Readonly<Record<string, Readonly<Record<string, z.ZodType>>>>;

export const id = filled(64);
export const reason = filled(2000);
export const opinion = filled(4000);
export const nothing = z.strictObject({});
export const withReason = z.strictObject({ reason });
export const withOpinion = z.strictObject({ opinion: opinion.optional() });

/** What is voted for: which votes a ballot takes, its question says (`guardChoice`). */
const votable = z.string().regex(/^[a-z][A-Za-z]{1,39}$/);

/** The bodies of the engine's own kinds of task; a process brings those of its own. */
export const engineBodies = {
  vote: {
    vote: z.strictObject({ choice: votable, reason: reason.optional() }),
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
            mark: votable,
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
  opine: { opine: z.strictObject({ opinion }) },
  coapprove: { agree: withOpinion, disagree: withReason },
  confirmOverride: { confirm: nothing, refuse: withReason },
  confirmRedrive: { confirm: nothing, refuse: withReason },
} as const satisfies Bodies;

/** Fields of the engine's own bodies that hold ids, days or codes. A process names its own; whatever is not named is confidential. */
const engineCodes = ['on', 'meetingOn', 'minutesAttachmentId', 'substitutes', 'decision'];

/** Parts a body into codes, `ownCodes` of its process among them, and the rest, which is stored encrypted; null where there is no rest. */
export function partBody(
  body: Readonly<Record<string, unknown>>,
  ownCodes: readonly string[],
): {
  codes: Record<string, unknown>;
  secret: Record<string, unknown> | null;
} {
  const isCode = (key: string) => engineCodes.includes(key) || ownCodes.includes(key);
  const entries = Object.entries(body).filter(([, value]) => value !== undefined);
  const secret = entries.filter(([key]) => !isCode(key));
  return {
    codes: Object.fromEntries(entries.filter(([key]) => isCode(key))),
    secret: secret.length > 0 ? Object.fromEntries(secret) : null,
  };
}
