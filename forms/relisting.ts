import { z } from 'zod';
import { filled } from './fields.ts';

/** 恢复列入名单: why the account belongs on the list again; the evidence is attached to the case. */
export const relistingForm = z.strictObject({
  /** What has become of the ground on which it left the list. */
  grounds: filled(4000),
  /** What proves it: number of the ruling or notice, where it is published. */
  source: filled(200),
});
export type RelistingForm = z.infer<typeof relistingForm>;
