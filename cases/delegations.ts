import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { newId } from '../platform/id.ts';
import { loadActor, personKey } from './actor.ts';
import { appendAudit } from './audit.ts';
import { caseOfTask } from './decision.ts';
import type { CaseDeps } from './deps.ts';
import { guardCandidate, PERSONAL } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { inCase, inTransaction } from './transaction.ts';

export type NewDelegation = {
  readonly personId: string;
  readonly toId: string;
  /** One task, or whole kinds of task. */
  readonly taskId?: string;
  readonly kinds?: readonly string[];
  readonly validFrom?: Date;
  readonly validTo: Date;
};

const LONGEST_DAYS = 90;

/**
 * 委托办理: for a time, for one task or for kinds of task. Nobody can delegate what was delegated to him, nor a vote.
 * @throws DomainError `unfitPerson`, `notTransferable`, `redelegation`, `invalid`
 */
export async function delegate(
  deps: CaseDeps,
  delegation: NewDelegation,
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const { personId, toId, taskId, kinds = [], validFrom = new Date(), validTo } = delegation;
  if (toId === personId) throw new DomainError('unfitPerson', { field: 'toId', why: 'yourself' }, 'toId');
  const days = (validTo.getTime() - validFrom.getTime()) / 86_400_000;
  if (!(days > 0 && days <= LONGEST_DAYS))
    throw new DomainError('invalid', { field: 'validTo', reason: days > 0 ? 'tooLong' : 'beforeFirst' }, 'validTo');
  if (kinds.some((kind) => PERSONAL.includes(kind))) throw new DomainError('notTransferable', {}, 'kinds');
  const id = newId();
  const insert = async (client: PoolClient): Promise<void> => {
    const to = await loadActor(client, toId);
    if (!to?.active) throw new DomainError('unfitPerson', { field: 'toId', why: 'inactive' }, 'toId');
    await client.query(
      'INSERT INTO delegations (id, from_id, to_id, task_id, kinds, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [id, personId, toId, taskId ?? null, kinds, validFrom, validTo],
    );
    await keep?.(client, { id });
  };
  if (taskId === undefined) {
    await inTransaction(deps, async (client) => {
      await insert(client);
      await appendAudit(client, {
        act: 'delegation.given',
        actorId: personId,
        codes: { delegationId: id, toId, kinds },
      });
      return { result: undefined, doorbell: null, change: { cases: [], keys: [personKey(toId)] } };
    });
    return { id };
  }
  const caseId = await caseOfTask(deps, taskId);
  await inCase(deps, { caseId, personId, taskId }, async (tx) => {
    const task = tx.tasks.all.find((each) => each.id === taskId);
    if (!task || !tx.actor) throw new DomainError('notFound');
    if (task.status !== 'open') throw new DomainError('taskClosed', { outcome: task.outcome ?? '' });
    if (PERSONAL.includes(task.kind)) throw new DomainError('notTransferable');
    if (guardCandidate(tx, task, tx.actor).principal !== null) throw new DomainError('redelegation');
    await insert(tx.client);
    tx.fact({
      kind: 'delegated',
      step: task.step,
      round: task.round,
      taskId,
      actorId: personId,
      codes: { delegationId: id, toId },
    });
    tx.notify(toId, 'taskDelegated', taskId);
  });
  return { id };
}

/** Ends a delegation at once. @throws DomainError `notFound` for another's. */
export async function revokeDelegation(deps: CaseDeps, personId: string, id: string): Promise<void> {
  await inTransaction(deps, async (client) => {
    const { rows } = await client.query<{ to_id: string }>(
      'UPDATE delegations SET revoked_at = now() WHERE id = $1 AND from_id = $2 AND revoked_at IS NULL RETURNING to_id',
      [id, personId],
    );
    if (rows.length === 0) throw new DomainError('notFound');
    await appendAudit(client, { act: 'delegation.revoked', actorId: personId, codes: { delegationId: id } });
    return { result: undefined, doorbell: null, change: { cases: [], keys: rows.map((row) => personKey(row.to_id)) } };
  });
}
