import { setTimeout as pause } from 'node:timers/promises';
import type { ReviewOfYear } from '../../api/contract/reviews.ts';
import type { ReviewOption } from '../../domain/review.ts';
import type { Persons } from './persons.ts';

const CLERK = 'office-clerk-1';
const report = { changes: '经营情况稳定', performance: 4, cooperation: 4, credit: 4 };
const PATIENCE_MS = 90_000;
const BETWEEN_MS = 100;

/**
 * An account of central's in the campaign that is open: reported, endorsed and scored, and before the committee where the office proposes something.
 * @returns its case
 */
export async function underReview(persons: Persons, accountId: string, option?: ReviewOption): Promise<string> {
  const caseId = await caseOf(persons, accountId);
  await persons.decide('central-manager', caseId, 'reportYear', 'report', report);
  await persons.decide('central-head', caseId, 'endorseReport', 'endorse');
  await persons.taskOf(CLERK, caseId, 'assess');
  if (option) {
    await persons.decide(CLERK, caseId, 'assess', 'assess', { option, reason: '按全年合作情况' });
    await persons.taskOf('east-head', caseId, 'vote');
  }
  return caseId;
}

/** The case of its review, once it has begun. */
async function caseOf(persons: Persons, accountId: string): Promise<string> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { items } = await persons.ask<{ items: readonly ReviewOfYear[] }>(
      CLERK,
      'GET',
      `/accounts/${accountId}/reviews`,
    );
    const caseId = items[0]?.caseId;
    if (caseId) return caseId;
    if (Date.now() > end) throw new Error(`waited in vain for the review of ${accountId}`);
    await pause(BETWEEN_MS);
  }
}
