import { z } from 'zod';
import { exitGrounds } from '../../domain/exit.ts';
import { exitForm } from '../../forms/exit.ts';
import type { Route } from './route.ts';
import { day, id, idParams, personRef, time } from './shared.ts';

/** What a case of a mid-year exit is about, for who reads its contents. */
export const exitMatter = z.strictObject({
  process: z.literal('exit'),
  accountId: id,
  ground: z.enum(exitGrounds),
  since: day,
  source: z.string(),
  grounds: z.string(),
  /** Who takes over at a merger, and the client of the register that is meant. */
  successorName: z.string().nullable(),
  successorId: id.nullable(),
  /** What the account's units and managers said on it, in the order they said it. */
  statements: z.array(z.strictObject({ by: personRef, at: time, text: z.string() })),
});
export type ExitMatter = z.infer<typeof exitMatter>;

export const exitRoutes = {
  propose: {
    method: 'post',
    path: '/accounts/{id}/exits',
    summary: 'Put forward that a key account leave the list, or that cooperation with it end, within the year',
    writes: true,
    params: idParams,
    body: exitForm,
    status: 201,
    response: z.strictObject({ caseId: id }),
  },
} as const satisfies Record<string, Route>;
