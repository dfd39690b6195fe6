import { z } from 'zod';
import { archiveParts } from '../../domain/archive.ts';
import { reportedArchive, reviewReportForm } from '../../forms/reviewReport.ts';
import type { Route } from './route.ts';
import { day, id, idParams, personRef, time } from './shared.ts';

const completeness = z.strictObject({
  /** 0–100 */
  percent: z.number().int(),
  parts: z.array(
    z.strictObject({ part: z.enum(archiveParts), percent: z.number().int(), missing: z.array(z.string()) }),
  ),
});

/** One field that is otherwise than before, by its path in the archive, or `rating.<name>`; what is not there is null. */
const fieldChange = z.strictObject({
  path: z.string(),
  now: z.unknown(),
  archive: z.unknown(),
  lastYear: z.unknown(),
  differsFrom: z.array(z.enum(['archive', 'lastYear'])),
});

const yearlyReport = z
  .strictObject({
    accountId: id,
    clientName: z.string(),
    /** The assessment year 考核年度, and the day by whose end it is reported on. */
    year: z.number().int(),
    dueOn: day,
    /** Nobody reported: it is decided on the data at hand. */
    dataAtHand: z.boolean(),
    /** The reader's task to report, where it is his to answer now. */
    taskId: id.nullable(),
    /** What the report goes through, as the archive has it: as it stood before it took the report over. */
    archive: reportedArchive,
    /** What a report begins with: the archive, and what only last year's report tells. */
    prefilled: reportedArchive,
    lastYear: z.strictObject({ year: z.number().int(), report: reviewReportForm }).nullable(),
    /** The newest report of this year, and whether it was endorsed. */
    reported: z
      .strictObject({ report: reviewReportForm, by: personRef, at: time, endorsedAt: time.nullable() })
      .nullable(),
    /** Of what was reported; empty before. */
    changes: z.array(fieldChange),
    /** Of what was reported; before, of what is at hand. */
    completeness,
    /** What the system knows itself: visits made in the assessment year, and the projects of the register. */
    visits: z.number().int(),
    projects: z.array(
      z.strictObject({ id, name: z.string(), state: z.string(), amountYuan: z.string(), cancelled: z.boolean() }),
    ),
  })
  .meta({ id: 'YearlyReport' });
export type YearlyReport = z.infer<typeof yearlyReport>;

/** 年度上报 (Articles 9, 10.3). The report itself is given through the task's decision. */
export const yearlyReportRoutes = {
  yearlyReport: {
    method: 'get',
    path: '/cases/{id}/yearly-report',
    summary:
      'What is reported of a key account in its yearly review, with the archive and last year’s report beside it; for who reports or reads its file, on record',
    params: idParams,
    response: yearlyReport,
  },
} as const satisfies Record<string, Route>;
