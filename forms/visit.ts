import { z } from 'zod';
import { filled, longText, shortText } from './fields.ts';

/** What is told of a return visit (Article 6.1, annex 4): all of it confidential (Article 6.5). */
export const visitForm = z.strictObject({
  place: shortText,
  /** Whom one met, by name. */
  met: z.array(filled(200)).max(30),
  /** Our people who were there, by id. */
  ours: z
    .array(z.string().regex(/^[\w.:-]{1,64}$/))
    .max(30)
    .optional(),
  summary: filled(4000),
  nextStep: longText,
});
export type VisitForm = z.infer<typeof visitForm>;
