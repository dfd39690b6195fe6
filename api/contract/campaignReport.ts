import { z } from 'zod';
import { reviewOptions } from '../../domain/review.ts';
import { yearParams } from './agenda.ts';
import type { Route } from './route.ts';
import { day, gradeCode, id, time, unitRef } from './shared.ts';

const count = z.number().int();

/** What is counted of the reviews of a campaign, of a unit or of a grade in it. */
export const reviewFigures = z
  .strictObject({
    accounts: count,
    maintain: count,
    intensify: count,
    terminate: count,
    /** The committee came to no decision, and the mildest holds: among those maintained. */
    notDecided: count,
    dataAtHand: count,
    /** Ended without a decision: withdrawn, lapsed, or terminated within the year. */
    ended: count,
    excluded: count,
    open: count,
    upgraded: count,
    downgraded: count,
    meanScore: count.nullable(),
  })
  .meta({ id: 'ReviewFigures' });
export type ReviewFigures = z.infer<typeof reviewFigures>;

/** One account as the report lists it. */
export const reportedReview = z
  .strictObject({
    account: z.strictObject({ id, name: z.string(), archiveNo: z.string() }),
    caseId: id.nullable(),
    unit: unitRef.nullable(),
    state: z.string(),
    score: count.nullable(),
    proposal: z.enum(reviewOptions).nullable(),
    outcome: z.enum(reviewOptions).nullable(),
    decided: z.boolean().nullable(),
    dataAtHand: z.boolean(),
    gradeBefore: gradeCode,
    gradeAfter: gradeCode.nullable(),
  })
  .meta({ id: 'ReportedReview' });
export type ReportedReview = z.infer<typeof reportedReview>;

export const campaignReport = z
  .strictObject({
    year: count,
    state: z.string(),
    cutoffOn: day,
    openedAt: time,
    closedAt: time.nullable(),
    total: reviewFigures,
    /** The year before; null where it had no campaign. */
    before: reviewFigures.nullable(),
    units: z.array(
      z.strictObject({ unit: unitRef.nullable(), figures: reviewFigures, before: reviewFigures.nullable() }),
    ),
    grades: z.array(z.strictObject({ grade: gradeCode, figures: reviewFigures, before: reviewFigures.nullable() })),
    /** How many were scored 0–9, 10–19, … 90–100. */
    scores: z.array(count).length(10),
    scoresBefore: z.array(count).length(10).nullable(),
    /** The accounts that are more than a count: with another grade, decided by nobody, left out, or ended without a decision. */
    notable: z.array(reportedReview),
  })
  .meta({ id: 'CampaignReport' });
export type CampaignReport = z.infer<typeof campaignReport>;

export const campaignReportRoutes = {
  report: {
    method: 'get',
    path: '/campaigns/{year}/report',
    summary:
      'What an annual review came to, by unit and grade, beside the year before: for committee, office and auditor',
    params: yearParams,
    response: campaignReport,
  },
  exportReport: {
    method: 'get',
    path: '/campaigns/{year}/report.xlsx',
    summary: 'The same as a workbook (.xlsx) with every account; audited',
    params: yearParams,
    query: z.strictObject({ language: z.enum(['zh', 'en']).default('zh') }),
    files: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  },
} as const satisfies Record<string, Route>;
