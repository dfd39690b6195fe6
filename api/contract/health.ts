import { z } from 'zod';
import type { Route } from './route.ts';
import { time } from './shared.ts';

export const healthLevel = z.enum(['green', 'amber', 'red']);

export const healthView = z
  .strictObject({
    level: healthLevel,
    at: time,
    /** Each part with its verdict; `code` is worded by the console, `figures` are what it rests on. */
    parts: z.array(
      z.strictObject({
        part: z.enum(['api', 'worker', 'relay', 'sealer', 'postgres', 'temporal', 'disk', 'keys', 'calendars']),
        level: healthLevel,
        code: z.string(),
        figures: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      }),
    ),
    processes: z.array(
      z.strictObject({
        kind: z.enum(['api', 'worker']),
        host: z.string(),
        pid: z.number().int(),
        version: z.string(),
        startedAt: time,
        seenAt: time,
        silent: z.boolean(),
      }),
    ),
    /** Who polls the task queue; null where Temporal could not be asked. */
    pollers: z.array(z.strictObject({ identity: z.string(), seenAt: time.nullable() })).nullable(),
  })
  .meta({ id: 'Health' });
export type HealthView = z.infer<typeof healthView>;

export const healthRoutes = {
  health: {
    method: 'get',
    path: '/health',
    summary: 'How every part of the system stands, what follows and what to do',
    roles: ['systemAdmin', 'securityAdmin', 'auditor'],
    response: healthView,
  },
} as const satisfies Record<string, Route>;
