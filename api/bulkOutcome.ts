import type { Request, Response } from 'express';
import { appendAudit, auditDenial } from '../cases/audit.ts';
import { type BulkRequest, type BulkResult, bulkId } from '../cases/bulk.ts';
import { inTransaction } from '../cases/transaction.ts';
import type { BulkOutcome } from './contract/tasks.ts';
import type { ApiDeps } from './deps.ts';
import { languageOf } from './language.ts';
import { once } from './once.ts';
import { problemOf } from './problems.ts';
import { DENIALS } from './routing.ts';

type BulkCall = { readonly request: Request; readonly response: Response; readonly body: unknown };

/**
 * Does a bulk act once under its key and tells what became of each task, worded for who asks. The act as a whole is audited, and so is each of its
 * tasks that was denied.
 */
export async function bulkOutcome(
  deps: ApiDeps,
  { request, response, body }: BulkCall,
  target: string,
  asked: BulkRequest,
  act: (asked: BulkRequest) => Promise<BulkResult[]>,
): Promise<BulkOutcome> {
  const { personId, key } = asked;
  const results = await once<BulkResult[]>(deps, { personId, target, key, body }, async (keep) => {
    const done = await act(asked);
    for (const { taskId, refusal } of done)
      if (refusal && DENIALS.has(refusal.code))
        await auditDenial(deps, { personId, code: refusal.code, target: String(response.locals.route), taskId });
    const taken = done.filter(({ receipt }) => receipt).length;
    return inTransaction(deps, async (client) => {
      const codes = { bulkId: bulkId(asked), taken, refused: done.length - taken };
      await appendAudit(client, { act: `bulk.${target}`, actorId: personId, codes });
      await keep(client, done);
      return { result: done, doorbell: null };
    });
  });
  const language = languageOf(request);
  const taken = results.filter(({ receipt }) => receipt).length;
  return {
    results: results.map(({ taskId, receipt, refusal }) => ({
      taskId,
      receipt: receipt && { ...receipt, settled: false },
      problem: refusal && problemOf(refusal, language),
    })),
    taken,
    refused: results.length - taken,
  };
}
