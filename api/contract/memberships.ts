import { z } from 'zod';
import { membershipForm } from '../../forms/membership.ts';
import type { Route } from './route.ts';
import { id, idParams } from './shared.ts';

/** What a change of members is about. */
export const membershipMatter = z.strictObject({
  process: z.literal('membership'),
  accountId: id,
  change: z.enum(['add', 'remove']),
  member: z.strictObject({
    name: z.string(),
    code: z.string().nullable(),
    relation: z.string().nullable(),
    formerNames: z.array(z.string()),
    shortName: z.string().nullable(),
  }),
  evidence: z.string(),
});
export type MembershipMatter = z.infer<typeof membershipMatter>;

export const membershipRoutes = {
  propose: {
    method: 'post',
    path: '/accounts/{id}/memberships',
    summary: 'Propose that a legal entity come to the group of an account’s client, or leave it; the office decides',
    writes: true,
    params: idParams,
    body: membershipForm,
    status: 201,
    response: z.strictObject({ caseId: id }),
  },
} as const satisfies Record<string, Route>;
