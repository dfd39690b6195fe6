import { z } from 'zod';
import { amount, filled, regionCode } from './fields.ts';

/** What is said of a project that a unit is sought for (Article 7.2). */
export const allocationForm = z.strictObject({
  projectName: filled(200),
  regionCode,
  amountYuan: amount.optional(),
  reason: filled(2000).optional(),
});
export type AllocationForm = z.infer<typeof allocationForm>;
