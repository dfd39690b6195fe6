import { z } from 'zod';
import { administratorRoles } from '../../domain/roles.ts';
import type { Route } from './route.ts';
import { day, done, id, idParams, listOf, personRef, reason, receipt, shortText, time } from './shared.ts';

/** What takes two administrators: one proposes it, the other confirms it within three days. */
export const proposalView = z
  .strictObject({
    id,
    /** `end`: the case is withdrawn or lapses. `redrive`: its execution starts again. `seat`: a seat is filled, or vacated. `role`: somebody becomes an administrator. */
    kind: z.enum(['end', 'redrive', 'seat', 'role']),
    status: z.enum(['open', 'confirmed', 'refused', 'withdrawn', 'expired', 'overtaken']),
    proposedBy: personRef,
    proposedAt: time,
    expiresAt: time.nullable(),
    reason: z.string(),
    answeredBy: personRef.nullable(),
    answeredAt: time.nullable(),
    /** Why it was refused. */
    answerReason: z.string().nullable(),
    case: z.strictObject({ id, number: z.string(), state: z.string(), process: z.string() }).nullable(),
    /** What a case is to end as. */
    to: z.enum(['withdrawn', 'lapsed']).nullable(),
    seat: z
      .strictObject({
        seat: z.strictObject({ id, name: z.string(), nameEn: z.string() }),
        /** Null where the seat is to fall vacant. */
        person: personRef.nullable(),
        validFrom: day,
        document: z.string(),
      })
      .nullable(),
    role: z
      .strictObject({
        role: z.string(),
        person: personRef,
        validFrom: day,
        document: z.string(),
        /** The person has a password its proposer gave him, one from anybody that he has not changed, or an outside account: on confirming these end. */
        handedWaysIn: z.boolean(),
      })
      .nullable(),
    /** What the reader may do: confirm and refuse what another proposed, withdraw his own. */
    may: z.array(z.enum(['confirm', 'refuse', 'withdraw'])),
  })
  .meta({ id: 'Proposal' });
export type ProposalView = z.infer<typeof proposalView>;

export const newSeatProposal = z.strictObject({
  /** Null leaves the seat vacant. */
  personId: id.nullable(),
  validFrom: day,
  document: shortText.min(1),
  reason,
});

export const newRoleProposal = z.strictObject({
  personId: id,
  role: z.enum(administratorRoles),
  validFrom: day,
  document: shortText.min(1),
  reason,
});

const administrators = ['systemAdmin', 'securityAdmin'] as const;

export const proposalRoutes = {
  proposals: {
    method: 'get',
    path: '/proposals',
    summary:
      'What takes two administrators: open proposals and the latest answered; for the auditor, those about administrators',
    roles: administratorRoles,
    response: listOf(proposalView),
  },
  redrive: {
    method: 'post',
    path: '/cases/{id}/redrive',
    summary: 'Propose to start the execution of a case again from its facts; the other administrator confirms',
    scope: 'admin',
    roles: administrators,
    writes: true,
    params: idParams,
    body: z.strictObject({ reason }),
    response: receipt,
  },
  proposeSeat: {
    method: 'post',
    path: '/seats/{id}/proposals',
    changesOrganisation: true,
    summary:
      'Propose who fills a seat, or that it falls vacant, under an appointing document; the other administrator confirms',
    scope: 'admin',
    roles: administrators,
    writes: true,
    params: idParams,
    body: newSeatProposal,
    status: 201,
    response: z.strictObject({ id }),
  },
  proposeRole: {
    method: 'post',
    path: '/roles/proposals',
    changesOrganisation: true,
    summary: 'Propose who becomes an administrator, under an appointing document; another administrator confirms',
    scope: 'admin',
    roles: administrators,
    writes: true,
    body: newRoleProposal,
    status: 201,
    response: z.strictObject({ id }),
  },
  answerProposal: {
    method: 'post',
    path: '/proposals/{id}/answer',
    changesOrganisation: true,
    summary: 'Confirm or refuse what another administrator proposed, or take back one’s own',
    scope: 'admin',
    roles: administratorRoles,
    writes: true,
    params: idParams,
    body: z.discriminatedUnion('answer', [
      z.strictObject({ answer: z.literal('confirm') }),
      z.strictObject({ answer: z.literal('refuse'), reason }),
      z.strictObject({ answer: z.literal('withdraw') }),
    ]),
    response: done,
  },
} as const satisfies Record<string, Route>;
