import type { PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { type MarketingTask, mayDrop, mayFulfil, maySet } from '../domain/marketingTask.ts';
import { newId } from '../platform/id.ts';
import { ringAccount } from './accountBell.ts';
import { type AccountRow, accountFor, lockAccount } from './accounts.ts';
import { actorNow, loadActor } from './actor.ts';
import { appendAudit } from './audit.ts';
import { openForClient, sealForClient } from './clientSecrets.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { inTransaction } from './transaction.ts';

/** What a marketing task holds in secret: what is to be done, and once it is closed what came of it, or why it was dropped. */
export type MarketingTaskSecret = { readonly what: string; readonly answer?: string };

const TABLE = 'marketing_tasks';

/**
 * 营销任务 is set, for the manager or somebody of a holding unit.
 * @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `unfitPerson`, `invalid` for a day that is over
 */
export async function setMarketingTask(
  deps: CaseDeps,
  given: {
    readonly byId: string;
    readonly accountId: string;
    readonly ownerId: string;
    readonly dueOn: string;
    readonly what: string;
  },
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const { byId, accountId, ownerId, dueOn, what } = given;
  const id = newId();
  return inTransaction(deps, async (client) => {
    const actor = await actorNow(client, byId);
    await lockAccount(client, accountId);
    const account = await accountFor(client, actor, accountId);
    if (!maySet(account.standing)) throw new DomainError('forbidden', { needed: 'managerOrHead' });
    if (account.state === 'terminated') throw new DomainError('accountTerminated');
    if (dueOn < localDay(Date.now())) throw new DomainError('invalid', { field: 'dueOn', reason: 'past' }, 'dueOn');
    await requireFitOwner(client, account, ownerId);
    await client.query(
      `INSERT INTO marketing_tasks (id, account_id, owner_id, due_on, state, secret, set_by) VALUES ($1, $2, $3, $4, 'open', $5, $6)`,
      [id, accountId, ownerId, dueOn, await sealForClient(deps, account.clientId, TABLE, id, { what }), byId],
    );
    await ringAccount(client, accountId);
    await appendAudit(client, {
      act: 'marketingTask.set',
      actorId: byId,
      codes: { accountId, marketingTaskId: id, ownerId, dueOn },
    });
    await keep?.(client, { id });
    return { result: { id }, doorbell: null };
  });
}

/** It is fulfilled, with what came of it, or dropped, with why. @throws DomainError `notFound`, `forbidden`, `marketingTaskClosed` */
export async function closeMarketingTask(
  deps: CaseDeps,
  given: {
    readonly byId: string;
    readonly id: string;
    readonly state: 'done' | 'dropped';
    readonly answer: string;
  },
  keep?: Keep<void>,
): Promise<void> {
  const { byId, id, state, answer } = given;
  await inTransaction(deps, async (client) => {
    const actor = await actorNow(client, byId);
    const task = await lockMarketingTask(client, id);
    const isOwner = task?.ownerId === byId;
    if (!task) throw new DomainError('notFound');
    const account = await accountFor(client, actor, task.accountId).catch((error: unknown) => {
      // Who is to do it knows of it, whatever became of his unit.
      if (!isOwner) throw error;
      return null;
    });
    const standing = account?.standing ?? new Set();
    if (task.state !== 'open' && (isOwner || maySet(standing))) throw new DomainError('marketingTaskClosed');
    const may = state === 'done' ? mayFulfil : mayDrop;
    if (!may(task, byId, standing)) throw new DomainError('forbidden', { needed: 'managerOrHead' });
    const { what } = await openForClient<MarketingTaskSecret>(deps, task.clientId, TABLE, id, task.secret);
    await client.query(
      'UPDATE marketing_tasks SET state = $2, secret = $3, closed_by = $4, closed_at = clock_timestamp() WHERE id = $1',
      [id, state, await sealForClient(deps, task.clientId, TABLE, id, { what, answer }), byId],
    );
    await ringAccount(client, task.accountId);
    await appendAudit(client, {
      act: `marketingTask.${state}`,
      actorId: byId,
      codes: { accountId: task.accountId, marketingTaskId: id },
    });
    await keep?.(client);
    return { result: undefined, doorbell: null };
  });
}

type Stored = MarketingTask & {
  readonly accountId: string;
  readonly clientId: string;
  readonly secret: Buffer;
};

async function lockMarketingTask(client: PoolClient, id: string): Promise<Stored | null> {
  const { rows } = await client.query<Stored>(
    `SELECT t.state, t.owner_id AS "ownerId", t.set_by AS "setBy", t.due_on::text AS "dueOn", t.account_id AS "accountId",
       a.client_id AS "clientId", t.secret FROM marketing_tasks t JOIN accounts a ON a.id = t.account_id WHERE t.id = $1 FOR UPDATE OF t`,
    [id],
  );
  return rows[0] ?? null;
}

/** The manager of a holding, or somebody in office of its unit. @throws DomainError `unfitPerson` */
async function requireFitOwner(client: PoolClient, { holdings }: AccountRow, ownerId: string): Promise<void> {
  const unfit = (why: string) => new DomainError('unfitPerson', { field: 'ownerId', why }, 'ownerId');
  const owner = await loadActor(client, ownerId);
  if (!owner?.active) throw unfit('inactive');
  if (!holdings.some(({ unitId, managerId }) => unitId === owner.unitId || managerId === ownerId))
    throw unfit('notOfHoldingUnit');
}
