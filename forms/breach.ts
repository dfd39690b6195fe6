import { z } from 'zod';
import { day, filled } from './fields.ts';

/** What a reported breach of exclusivity consists of (Article 7.3): by whom, when, and what proves it. */
export const breachForm = z.strictObject({
  accusedUnitId: filled(64),
  /** A day that has come. */
  happenedOn: day,
  evidence: filled(4000),
});
export type BreachForm = z.infer<typeof breachForm>;
