import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { ANNUAL_REVIEW_STARTER } from '../workflows/contracts/annualReview.ts';

export const ANNUAL_REVIEW_SCHEDULE = 'annual-review';

/**
 * The calendar of the company, as Temporal Schedules: on 1 December, Asia/Shanghai, the year's review begins (Article 10.3; the day is 系统默认).
 * One that is there is left as it is, so that an administrator may pause it. A day that passed while nothing ran is made good.
 */
export async function keepSchedules(client: Client, taskQueue: string): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: ANNUAL_REVIEW_SCHEDULE,
      spec: { calendars: [{ month: 'DECEMBER', dayOfMonth: 1, hour: 0, minute: 5 }], timezone: 'Asia/Shanghai' },
      action: { type: 'startWorkflow', workflowType: ANNUAL_REVIEW_STARTER, args: [], taskQueue },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '30 days' },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
