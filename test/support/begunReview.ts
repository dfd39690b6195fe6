import { beginReview } from '../../cases/reviews.ts';
import { localDay } from '../../domain/calendar.ts';
import { assessmentYear, cutoffOn, reportsDueOn } from '../../domain/campaign.ts';
import type { Company } from './company.ts';

const RESPONSIBLE = 'office-clerk-1';

/**
 * An account's review of this year, begun as its campaign would begin it, without the campaign's execution: of that there is one a year at a
 * Temporal, which the files of a run share. @returns the case
 */
export async function begunReview({ deps }: Pick<Company, 'deps'>, accountId: string): Promise<string> {
  const { prisma } = deps;
  const year = assessmentYear(Date.now());
  const campaign = {
    year,
    state: 'running',
    policyVersion: 1,
    cutoffOn: new Date(cutoffOn(year)),
    dueOn: new Date(reportsDueOn(year, localDay(Date.now()))),
    responsibleId: RESPONSIBLE,
    scheduled: false,
    openedAt: new Date(),
    // One that is never settled: the campaign does not close.
    remaining: 1,
  };
  await prisma.campaign.upsert({ where: { year }, create: campaign, update: {} });
  await prisma.campaign.update({ where: { year }, data: { remaining: { increment: 1 } } });
  const review = { id: accountId, year, accountId, state: 'waiting', gradeBefore: 'branch' };
  await prisma.review.create({ data: review });
  await beginReview(deps, { reviewId: review.id, responsibleId: RESPONSIBLE, now: Date.now() });
  const { caseId } = await prisma.review.findUniqueOrThrow({ where: { id: review.id } });
  return String(caseId);
}
