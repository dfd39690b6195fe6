import type { Request, Response } from 'express';
import type { Receipt } from '../cases/records.ts';
import { waitSettled } from '../cases/settled.ts';
import { LOST_MS } from '../cases/transaction.ts';
import type { ReceiptView } from './contract/shared.ts';
import type { ApiDeps } from './deps.ts';

const LONGEST_SECONDS = 30;

/** The receipt, after waiting as long as `Prefer: wait=N` (RFC 7240) allows for the process to walk past the fact. */
export async function settledReceipt(
  deps: ApiDeps,
  { request, response }: { readonly request: Request; readonly response: Response },
  receipt: Receipt,
): Promise<ReceiptView> {
  const wanted = /(?:^|[,;\s])wait\s*=\s*(\d{1,4})(?:$|[,;\s])/.exec(request.get('Prefer') ?? '')?.[1];
  if (wanted === undefined) return { ...receipt, settled: false };
  const seconds = Math.min(Number(wanted), LONGEST_SECONDS);
  response.set('Preference-Applied', `wait=${seconds}`);
  return { ...receipt, settled: await isSettled(deps, receipt, seconds) };
}

/** A fact that rang no doorbell, as most votes, or one that is rung later, leaves the process nothing to do now: there is nothing to wait for. */
async function isSettled(deps: ApiDeps, { caseId, seq }: Receipt, seconds: number): Promise<boolean> {
  const { rows } = await deps.pool.query<{ rang: boolean }>({
    name: 'has-rung',
    text: `SELECT EXISTS (SELECT 1 FROM outbox WHERE case_id = $1 AND seq >= $2
      AND (attempts > 0 OR next_at <= now() + make_interval(secs => $3::float / 1000))) AS rang`,
    values: [caseId, seq, LOST_MS],
  });
  return !rows[0]?.rang || waitSettled(deps, caseId, seq, seconds);
}
