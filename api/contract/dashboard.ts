import { z } from 'zod';
import type { Route } from './route.ts';
import { amount, id, time, unitRef } from './shared.ts';

/**
 * Whose figures they are. `company`: of all units, for the committee and the office. `unit`: of the reader's own units.
 * `oversight`: of all units, counts without amounts. `accounts`: of the accounts
 * the reader manages, and no cases. `none`: the reader has no figures to look at, and every list is empty.
 */
export const outlook = z.enum(['company', 'unit', 'oversight', 'accounts', 'none']).meta({ id: 'Outlook' });
export type OutlookScope = z.infer<typeof outlook>;

const count = z.number().int();
const asOf = { scope: outlook, asOf: time };

export const caseFigures = z
  .strictObject({
    ...asOf,
    units: z.array(unitRef),
    /** Cases of a unit in a state; `overdue` of them wait beyond a deadline. What there is none of is left out. */
    cells: z.array(
      z.strictObject({ process: z.string(), unitId: id, state: z.string(), cases: count, overdue: count }),
    ),
  })
  .meta({ id: 'CaseFigures' });
export type CaseFigures = z.infer<typeof caseFigures>;

/** How much of its allowed time a stay used: up to a quarter, a half, three quarters, all of it. */
const onTime = z.tuple([count, count, count, count]);

export const stayFigures = z
  .strictObject({
    process: z.string(),
    state: z.string(),
    /** Its time in business days by the policy in force; two where it differs by grade. */
    dueDays: z.array(count),
    /** Stays that have ended: those in time by the share of their time they used, and those that went beyond a deadline. */
    ended: count,
    onTime,
    late: count,
    /** In days of 24 hours, holidays included; null where none has ended. */
    medianDays: z.number().nullable(),
    ninetyDays: z.number().nullable(),
    /** Stays that go on, and how many of them are beyond a deadline already. */
    going: count,
    goingLate: count,
  })
  .meta({ id: 'StayFigures' });
export type StayFigures = z.infer<typeof stayFigures>;

export const durationFigures = z
  .strictObject({
    ...asOf,
    /** The stays that began since then: later than was asked for where there are more than can be looked at. */
    since: time,
    items: z.array(stayFigures),
  })
  .meta({ id: 'DurationFigures' });
export type DurationFigures = z.infer<typeof durationFigures>;

/** Who holds what is waited for: the committee as a body, or a unit. */
const holdingSide = z.strictObject({ id, unit: unitRef.nullable() });

/** `oldest`: when the oldest of these waits began. */
const wait = { cases: count, overdue: count, oldest: time };

export const waitingFigures = z
  .strictObject({
    ...asOf,
    /** The unit whose cases wait, and who holds them. A case may wait for several at once. */
    items: z.array(z.strictObject({ unit: unitRef, holder: holdingSide, ...wait })),
    /** Each unit's cases that wait, every case once. */
    units: z.array(z.strictObject({ unit: unitRef, ...wait })),
  })
  .meta({ id: 'WaitingFigures' });
export type WaitingFigures = z.infer<typeof waitingFigures>;

/** Accounts, and the subsequent contracts expected of them when they were established (Article 12); no amount for overseers. */
const sum = { accounts: count, expectedYuan: amount.nullable() };
const sumView = z.strictObject(sum);
export type AccountSum = z.infer<typeof sumView>;

export const accountFigures = z
  .strictObject({
    ...asOf,
    units: z.array(z.strictObject({ unit: unitRef, hasTerritory: z.boolean(), ...sum })),
    /** Every province with accounts or a territory. `unitIds`: whose territory it is, wholly or in part, in order of their codes. */
    provinces: z.array(z.strictObject({ code: z.string(), unitIds: z.array(id), ...sum })),
    /** What lies in nobody's territory. */
    elsewhere: sumView,
    /** Accounts of which no region was stored. */
    unplaced: sumView,
    total: sumView,
  })
  .meta({ id: 'AccountFigures' });
export type AccountFigures = z.infer<typeof accountFigures>;

export const dashboardRoutes = {
  cases: {
    method: 'get',
    path: '/dashboard/cases',
    summary: 'Cases by unit and state',
    response: caseFigures,
  },
  durations: {
    method: 'get',
    path: '/dashboard/durations',
    summary: 'How long cases stay in each state, against its deadline',
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(3660).default(365) }),
    response: durationFigures,
  },
  waiting: {
    method: 'get',
    path: '/dashboard/waiting',
    summary: 'Who is waiting for whom',
    response: waitingFigures,
  },
  accounts: {
    method: 'get',
    path: '/dashboard/accounts',
    summary: 'Key accounts and expected contracts by unit and province',
    response: accountFigures,
  },
} as const satisfies Record<string, Route>;
