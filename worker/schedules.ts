import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy, type ScheduleSpec } from '@temporalio/client';
import { ANNUAL_REVIEW_STARTER } from '../workflows/contracts/annualReview.ts';
import { PUBLICATION_STARTER } from '../workflows/contracts/publication.ts';

export const ANNUAL_REVIEW_SCHEDULE = 'annual-review';
export const PUBLICATION_SCHEDULE = 'publication';

/**
 * The calendar of the company, as Temporal Schedules (the days are 系统默认): on 1 December, Asia/Shanghai, the year's review begins (Article 10.3); on
 * the first of each month it is seen whether an edition of the list is due (Article 8).
 */
const schedules = {
  [ANNUAL_REVIEW_SCHEDULE]: {
    calendars: [{ month: 'DECEMBER', dayOfMonth: 1, hour: 0, minute: 5 }],
    workflowType: ANNUAL_REVIEW_STARTER,
  },
  [PUBLICATION_SCHEDULE]: { calendars: [{ dayOfMonth: 1, hour: 0, minute: 10 }], workflowType: PUBLICATION_STARTER },
} as const satisfies Readonly<Record<string, Pick<ScheduleSpec, 'calendars'> & { readonly workflowType: string }>>;

/** The workflows that the calendar begins. */
export const scheduledWorkflows = Object.values(schedules).map(({ workflowType }) => workflowType);

/** One that is there is left as it is, so that an administrator may pause it. A day that passed while nothing ran is made good. */
export async function keepSchedules(client: Client, taskQueue: string): Promise<void> {
  for (const [scheduleId, { calendars, workflowType }] of Object.entries(schedules)) {
    try {
      await client.schedule.create({
        scheduleId,
        spec: { calendars: [...calendars], timezone: 'Asia/Shanghai' },
        action: { type: 'startWorkflow', workflowType, args: [], taskQueue },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '30 days' },
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }
}
