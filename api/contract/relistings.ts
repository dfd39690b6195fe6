import { z } from 'zod';
import { relistingForm } from '../../forms/relisting.ts';
import type { Route } from './route.ts';
import { id, idParams } from './shared.ts';

/** What a case about coming back onto the list is about, for who reads its contents. */
export const relistingMatter = z.strictObject({
  process: z.literal('relisting'),
  accountId: id,
  /** The case that took it off the list. */
  delisting: z.strictObject({ caseId: id, number: z.string() }).nullable(),
  source: z.string(),
  grounds: z.string(),
});
export type RelistingMatter = z.infer<typeof relistingMatter>;

export const relistingRoutes = {
  propose: {
    method: 'post',
    path: '/accounts/{id}/relistings',
    summary: 'Put forward that a key account which was taken off the list come back onto it (4.6)',
    writes: true,
    params: idParams,
    body: relistingForm,
    status: 201,
    response: z.strictObject({ caseId: id }),
  },
} as const satisfies Record<string, Route>;
