import { z } from 'zod';
import { adjustments, replaced } from '../domain/reassignment.ts';
import { day, filled, longText, refuse } from './fields.ts';

/**
 * What is brought forward for a reassignment: each ground of Article 7.3 with what it has to say, and 工作调整 (Article 4.3). The files that prove it
 * lie with the case. Ground, kind and day are codes; every text is confidential.
 */
const whom = {
  of: z.enum(replaced),
  /** The unit that is to hold the accounts, where the unit itself is replaced. */
  newUnitId: filled(64).optional(),
};

export const reassignmentForm = z
  .discriminatedUnion('ground', [
    z.strictObject({
      ground: z.literal('incompetent'),
      ...whom,
      /** What was left undone or done badly, and when. */
      findings: filled(4000),
      /** What was tried before to put it right. */
      measures: longText.optional(),
    }),
    z.strictObject({
      ground: z.literal('clientRequest'),
      ...whom,
      /** Who asked for it at the client, and in which post. */
      requestedBy: filled(200),
      requestedOn: day,
      request: filled(4000),
    }),
    z.strictObject({
      ground: z.literal('conflictOfInterest'),
      ...whom,
      /** Between whom it is. */
      between: filled(200),
      interest: filled(4000),
    }),
    z.strictObject({
      ground: z.literal('personnel'),
      ...whom,
      adjustment: z.enum(adjustments),
      effectiveOn: day,
      /** The document it rests on. */
      document: filled(200),
      note: longText.optional(),
    }),
  ])
  .check((ctx) => {
    const { of, newUnitId } = ctx.value;
    if (of === 'unit' && !newUnitId) refuse(ctx, 'invalid', 'required', ['newUnitId']);
    if (of !== 'unit' && newUnitId) refuse(ctx, 'invalid', 'onlyWithUnit', ['newUnitId']);
  });
export type ReassignmentForm = z.output<typeof reassignmentForm>;
