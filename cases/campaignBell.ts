import type { PoolClient } from 'pg';
import { origin } from '../platform/origin.ts';
import { ANNUAL_REVIEW } from '../workflows/contracts/annualReview.ts';

/** Leaves a doorbell at a campaign's execution, which starts it where it has none. The relay rings it within a second of the commit. */
export async function ringCampaign(client: Pick<PoolClient, 'query'>, year: number): Promise<void> {
  const { requestId, traceParent } = origin();
  await client.query(
    'INSERT INTO outbox (case_id, process, seq, request_id, trace_parent) VALUES ($1, $2, 0, $3, $4)',
    [String(year), ANNUAL_REVIEW, requestId, traceParent],
  );
}
