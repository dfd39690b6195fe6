import { z } from 'zod';
import { amount, filled, regionCode } from './fields.ts';

/** What a proposal to add a co-holder says (Article 7.4): why, and the regions or the volume that justify it. */
export const coHolderForm = z
  .strictObject({
    unitId: filled(64),
    reason: filled(2000),
    regionCodes: z.array(regionCode).max(40).default([]),
    /** The contracts that are too much for one unit or one manager, in yuan. */
    volumeYuan: amount.optional(),
  })
  .refine(({ regionCodes, volumeYuan }) => regionCodes.length > 0 || volumeYuan !== undefined, {
    path: ['regionCodes'],
    message: 'regions or volume',
  });
export type CoHolderForm = z.infer<typeof coHolderForm>;
