import { z } from 'zod';
import { MOST_MEASURES } from '../domain/plan.ts';
import { day, filled } from './fields.ts';

/** One measure 措施: what is to be done, by whom, until when. */
export const measureForm = z.strictObject({ text: filled(1000), ownerId: filled(64), dueOn: day });
export type MeasureForm = z.infer<typeof measureForm>;

export const measuresForm = z.array(measureForm).min(1).max(MOST_MEASURES);

/** A plan 措施方案: what it is to reach, and its measures. */
export const planForm = z.strictObject({ aim: filled(2000), measures: measuresForm });
export type PlanForm = z.infer<typeof planForm>;
