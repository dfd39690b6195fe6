import { createHash } from 'node:crypto';
import { bulkActions } from '../domain/bulk.ts';
import { DomainError, describeError, type ErrorCode, type ErrorParams } from '../domain/errors.ts';
import { decide } from './decision.ts';
import type { CaseDeps } from './deps.ts';
import type { Receipt } from './records.ts';
import type { Proof } from './stepUp.ts';
import { claim } from './verbs.ts';

/** What became of one task of several: its receipt, or why it was refused. */
export type BulkResult = {
  readonly taskId: string;
  readonly receipt: Receipt | null;
  readonly refusal: { readonly code: ErrorCode; readonly params: ErrorParams; readonly field?: string } | null;
};

/** Several tasks, in order, each once, under one Idempotency-Key. */
export type BulkRequest = { readonly personId: string; readonly taskIds: readonly string[]; readonly key: string };

/** The number of a bulk act, as the facts and audit entries of its parts name it: told again, it is the same. */
export const bulkId = ({ personId, key }: Pick<BulkRequest, 'personId' | 'key'>): string =>
  createHash('sha256')
    .update(JSON.stringify([personId, key]))
    .digest('hex')
    .slice(0, 24);

/**
 * Gives several tasks of a kind the same answer: each by the one door, in its own transaction and under a key of its own, so that one refused
 * hinders no other and a repeated act is taken once. @throws DomainError `notInBulk` where the answer is one for each task by itself, `invalid` for
 * a task named twice; what can be tried again, with the tasks before it decided
 */
export async function decideAll(
  deps: CaseDeps,
  request: BulkRequest & Proof & { readonly kind: string; readonly action: string; readonly body: unknown },
): Promise<BulkResult[]> {
  const { personId, kind, action, body, key, provenAt } = request;
  if (!bulkActions(kind).includes(action))
    throw new DomainError('notInBulk', { action: `${kind}.${action}` }, 'action');
  const bulk = { id: bulkId(request), kind };
  return each(request, (taskId) =>
    decide(deps, { personId, taskId, action, body, key: `bulk:${key}`, bulk, provenAt }),
  );
}

/** Claims 领取 several tasks. @throws DomainError as `decideAll` */
export const claimAll = (deps: CaseDeps, request: BulkRequest): Promise<BulkResult[]> =>
  each(request, (taskId) => claim(deps, { personId: request.personId, taskId, key: `bulk:${request.key}` }));

async function each(request: BulkRequest, act: (taskId: string) => Promise<Receipt>): Promise<BulkResult[]> {
  const { taskIds } = request;
  if (new Set(taskIds).size < taskIds.length)
    throw new DomainError('invalid', { field: 'taskIds', reason: 'twice' }, 'taskIds');
  const results: BulkResult[] = [];
  for (const taskId of taskIds) results.push(await outcomeOf(taskId, act));
  return results;
}

async function outcomeOf(taskId: string, act: (taskId: string) => Promise<Receipt>): Promise<BulkResult> {
  try {
    return { taskId, receipt: await act(taskId), refusal: null };
  } catch (error) {
    // What may pass by itself is no result: the whole act is asked for again, and what was taken stays taken.
    if (!(error instanceof DomainError) || describeError(error.code, {}, 'en').retry) throw error;
    const { code, params, field } = error;
    return { taskId, receipt: null, refusal: { code, params, ...(field === undefined ? {} : { field }) } };
  }
}
