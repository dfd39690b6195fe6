import { z } from 'zod';
import type { Route } from './route.ts';
import { done, id, idParams, listOf, personRef, shortText, time } from './shared.ts';

export const delegationView = z.strictObject({
  id,
  from: personRef,
  to: personRef,
  taskId: id.nullable(),
  /** Kinds of task it covers; empty with `taskId`. */
  kinds: z.array(z.string()),
  validFrom: time,
  validTo: time,
  revokedAt: time.nullable(),
});
export type DelegationView = z.infer<typeof delegationView>;

export const newDelegation = z.strictObject({
  toId: id,
  kinds: z.array(shortText.min(1)).min(1).max(30),
  validFrom: time,
  validTo: time,
});

export const delegationRoutes = {
  delegations: {
    method: 'get',
    path: '/delegations',
    summary: 'Delegations I gave or received',
    response: listOf(delegationView),
  },
  delegate: {
    method: 'post',
    path: '/delegations',
    summary: 'Delegate kinds of task for a time; votes cannot be delegated',
    writes: true,
    body: newDelegation,
    status: 201,
    response: z.strictObject({ id }),
  },
  revoke: {
    method: 'delete',
    path: '/delegations/{id}',
    summary: 'Revoke a delegation at once',
    params: idParams,
    response: done,
  },
} as const satisfies Record<string, Route>;
