import { z } from 'zod';
import { stages } from '../../domain/campaign.ts';
import { reviewOptions } from '../../domain/review.ts';
import type { Route } from './route.ts';
import { day, done, gradeCode, id, listOf, pageQuery, personRef, reason, time, unitRef } from './shared.ts';

/** 考核年度: 1 December of this year to 30 November of the next. */
const year = z.coerce.number().int().min(2000).max(2999);
const yearParams = z.strictObject({ year });
const accountParams = z.strictObject({ year, accountId: id });

const stage = z.enum(stages);
/** How many accounts are so far, by stage. */
const counts = z.strictObject(
  Object.fromEntries(stages.map((each) => [each, z.number().int()])) as Record<(typeof stages)[number], z.ZodInt>,
);

const campaignState = z.enum(['running', 'paused', 'closed']);

/** 年度评价 of one year, in the list of years. */
export const campaignSummary = z.strictObject({
  year: z.number().int(),
  state: campaignState,
  openedAt: time,
  closedAt: time.nullable(),
  /** Of the accounts the reader may see. */
  counts,
});
export type CampaignSummary = z.infer<typeof campaignSummary>;

const campaignAct = z.strictObject({
  number: z.number().int(),
  act: z.enum(['paused', 'resumed', 'added', 'excluded']),
  by: personRef.nullable(),
  at: time,
  account: z.strictObject({ id, name: z.string() }).nullable(),
  untilOn: day.nullable(),
  workDays: z.number().int().nullable(),
  /** Null where the calendar acted, and for who reads for his unit only. */
  reason: z.string().nullable(),
});

export const campaignView = z
  .strictObject({
    year: z.number().int(),
    state: campaignState,
    /** The data counts as it stood at the end of this day. */
    cutoffOn: day,
    /** The managers report by the end of this day. */
    dueOn: day,
    pausedUntil: day.nullable(),
    openedAt: time,
    closedAt: time.nullable(),
    responsible: personRef,
    /** Opened by the calendar. */
    scheduled: z.boolean(),
    /** Whose accounts the figures are of: the whole company's, or those of the reader's units. */
    scope: z.enum(['company', 'units']),
    units: z.array(z.strictObject({ unit: unitRef, counts })),
    acts: z.array(campaignAct),
    /** Whether the reader may pause, resume, add and exclude now. */
    mayAct: z.boolean(),
  })
  .meta({ id: 'Campaign' });
export type CampaignView = z.infer<typeof campaignView>;

/** One account in a campaign. */
export const reviewView = z
  .strictObject({
    account: z.strictObject({ id, name: z.string(), archiveNo: z.string(), grade: gradeCode }),
    unit: unitRef,
    manager: personRef.nullable(),
    stage,
    /** Its case once it was begun. */
    case: z.strictObject({ id, number: z.string(), state: z.string() }).nullable(),
    dueOn: day.nullable(),
    reportedAt: time.nullable(),
    /** Nobody reported: it is decided on the data at hand. */
    dataAtHand: z.boolean(),
    score: z.number().int().nullable(),
    outcome: z.enum(reviewOptions).nullable(),
    /** Added after the campaign was opened. */
    addedLate: z.boolean(),
    /** Whether the reader may exclude it now. */
    mayExclude: z.boolean(),
    /** Whether it is left out, and the reader may add it again now. */
    mayAddAgain: z.boolean(),
  })
  .meta({ id: 'ReviewInCampaign' });
export type ReviewView = z.infer<typeof reviewView>;

export const campaignRoutes = {
  campaigns: {
    method: 'get',
    path: '/campaigns',
    summary:
      'The annual reviews, the latest first: for the committee, the office, the auditor, and heads for their units',
    response: z.strictObject({
      items: z.array(campaignSummary),
      nextCursor: z.null(),
      /** The assessment year the reader may open now; null where he may not, or it is open already. */
      mayOpen: z.number().int().nullable(),
    }),
  },
  openCampaign: {
    method: 'post',
    path: '/campaigns',
    summary: 'Open this assessment year’s review with every account: once a year, whoever opens it',
    roles: ['office'],
    writes: true,
    body: z.strictObject({}),
    status: 201,
    response: z.strictObject({ year: z.number().int(), opened: z.boolean() }),
  },
  campaign: {
    method: 'get',
    path: '/campaigns/{year}',
    summary: 'An annual review: where it stands, unit by unit',
    params: yearParams,
    response: campaignView,
  },
  campaignAccounts: {
    method: 'get',
    path: '/campaigns/{year}/accounts',
    summary: 'The accounts of an annual review, by name',
    params: yearParams,
    query: z.strictObject({ unitId: id.optional(), stage: stage.optional(), ...pageQuery }),
    response: listOf(reviewView),
  },
  pauseCampaign: {
    method: 'post',
    path: '/campaigns/{year}/pause',
    summary: 'Nothing more is begun before a day, and open deadlines move on by the days between',
    roles: ['office'],
    writes: true,
    params: yearParams,
    body: z.strictObject({ until: day, reason }),
    response: done,
  },
  resumeCampaign: {
    method: 'post',
    path: '/campaigns/{year}/resume',
    summary: 'A paused review goes on before its day',
    roles: ['office'],
    writes: true,
    params: yearParams,
    body: z.strictObject({ reason }),
    response: done,
  },
  addToCampaign: {
    method: 'post',
    path: '/campaigns/{year}/accounts',
    summary: 'Review an account too that came late, or was left out, while anything is left to be settled',
    roles: ['office'],
    writes: true,
    params: yearParams,
    body: z.strictObject({ accountId: id, reason }),
    response: done,
  },
  excludeFromCampaign: {
    method: 'post',
    path: '/campaigns/{year}/accounts/{accountId}/exclude',
    summary: 'Leave an account out of this year’s review; an open review of it ends as withdrawn',
    roles: ['office'],
    writes: true,
    params: accountParams,
    body: z.strictObject({ reason }),
    response: done,
  },
} as const satisfies Record<string, Route>;
