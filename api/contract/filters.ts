import { z } from 'zod';
import { caseCriteria } from './cases.ts';
import type { Route } from './route.ts';
import { done, id, idParams, listOf } from './shared.ts';
import { inboxCriteria } from './tasks.ts';

/** The most filters a person keeps for a list, and how far what fits one is counted. */
export const FILTER_LIMIT = 20;
export const COUNT_LIMIT = 100;

export const filteredList = z.enum(['inbox', 'cases']);
export type FilteredList = z.infer<typeof filteredList>;

const name = z.string().trim().min(1).max(40);

/** What a filter narrows its list to. */
const criteria = [
  z.strictObject({ list: z.literal('inbox'), criteria: inboxCriteria }),
  z.strictObject({ list: z.literal('cases'), criteria: caseCriteria }),
] as const;

const ofOneself = {
  id,
  name,
  /** What the list opens with; one of a list at most. */
  isDefault: z.boolean(),
  /** How much fits now, counted no further than 100. */
  count: z.number().int(),
};

export const savedFilter = z
  .discriminatedUnion('list', [
    z.strictObject({ ...ofOneself, ...criteria[0].shape }),
    z.strictObject({ ...ofOneself, ...criteria[1].shape }),
  ])
  .meta({ id: 'SavedFilter' });
export type SavedFilter = z.infer<typeof savedFilter>;

export const filterRoutes = {
  filters: {
    method: 'get',
    path: '/filters',
    summary: 'My own filters of a list, in my order, with how much fits each',
    query: z.strictObject({ list: filteredList }),
    response: listOf(savedFilter),
  },
  save: {
    method: 'post',
    path: '/filters',
    summary: 'Keep a filter',
    writes: true,
    body: z.discriminatedUnion('list', [
      z.strictObject({ name, ...criteria[0].shape }),
      z.strictObject({ name, ...criteria[1].shape }),
    ]),
    status: 201,
    response: z.strictObject({ id }),
  },
  arrange: {
    method: 'put',
    path: '/filters/order',
    summary: 'Put my filters of a list in order; all of them, each once',
    writes: true,
    body: z.strictObject({ list: filteredList, ids: z.array(id).max(FILTER_LIMIT) }),
    response: done,
  },
  change: {
    method: 'put',
    path: '/filters/{id}',
    summary: 'Rename a filter, or let its list open with it',
    writes: true,
    params: idParams,
    body: z.strictObject({ name, isDefault: z.boolean() }),
    response: done,
  },
  remove: { method: 'delete', path: '/filters/{id}', summary: 'Forget a filter', params: idParams, response: done },
} as const satisfies Record<string, Route>;
