import type { PoolClient } from 'pg';
import { ANNUAL_REVIEW } from '../workflows/contracts/annualReview.ts';
import { ringLives } from './lifeBell.ts';

/** Leaves a doorbell at a campaign's execution, which starts it where it has none. */
export const ringCampaign = (client: Pick<PoolClient, 'query'>, year: number): Promise<void> =>
  ringLives(client, ANNUAL_REVIEW, [String(year)]);
