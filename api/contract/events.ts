import { z } from 'zod';
import type { Route } from './route.ts';
import { id } from './shared.ts';

/**
 * What a stream tells, one event a line of `event:` with JSON in `data:`. Ids only: what has changed is fetched, and whether one may
 * read it is decided then.
 */
export const liveEvents = {
  /** The stream stands. */
  ready: z.strictObject({}),
  /** One's own lists and counts changed. */
  inbox: z.strictObject({}),
  /** A case one may read changed. */
  case: z.strictObject({ id, seq: z.number().int() }),
  /** Persons, units, seats, roles, or what administrators propose about them changed. */
  organisation: z.strictObject({}),
  /** Something may have been missed: everything shown is to be read again. */
  resync: z.strictObject({}),
} as const;

export const eventRoutes = {
  events: {
    method: 'get',
    path: '/events',
    summary: `Server-sent events (${Object.keys(liveEvents).join(', ')}): what changed, by id; one stream a browser is enough`,
    events: true,
  },
} as const satisfies Record<string, Route>;
