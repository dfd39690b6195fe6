import { z } from 'zod';
import { filled, uscc } from './fields.ts';

/** A legal entity that comes to a group, with what its names and code are and how it belongs. */
export const newMember = z.strictObject({
  name: filled(200).min(2),
  uscc: uscc.optional(),
  formerNames: z.array(filled(200)).max(20).default([]),
  shortName: filled(200).optional(),
  relation: filled(200),
});
export type NewMember = z.infer<typeof newMember>;

/** 成员单位变更: who comes, or which member leaves, and what proves it. */
export const membershipForm = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('add'), member: newMember, evidence: filled(4000) }),
  z.strictObject({ change: z.literal('remove'), entityId: filled(64), evidence: filled(4000) }),
]);
export type MembershipForm = z.infer<typeof membershipForm>;
