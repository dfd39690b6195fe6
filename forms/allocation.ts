import { z } from 'zod';
import { amount, filled, regionCode } from './fields.ts';
import { projectId } from './project.ts';

/** What is said of a project that a unit is sought for (Article 7.2). */
export const allocationForm = z.strictObject({
  projectName: filled(200),
  regionCode,
  amountYuan: amount.optional(),
  reason: filled(2000).optional(),
  /** The account’s project it is about: its own name, place and amount count then. */
  projectId: projectId.optional(),
});
export type AllocationForm = z.infer<typeof allocationForm>;
