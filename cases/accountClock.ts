import type { PoolClient } from 'pg';
import {
  type AccountTimes,
  accountClocks,
  type Clock,
  clockAt,
  type DutyClock,
  type Level,
  type TaskTime,
  type Told,
  taskClock,
} from '../domain/accountClock.ts';
import { endOfDay } from '../domain/calendar.ts';
import type { NotificationKind } from '../domain/notifications.ts';
import type { PolicyValues } from '../domain/policy.ts';
import { endWhatIsOpen } from './accountEnd.ts';
import { type AccountRow, lockAccount } from './accounts.ts';
import { holdersOf, personKey, roleKey, seatKey } from './actor.ts';
import type { CaseDeps } from './deps.ts';
import { notify } from './notices.ts';
import { currentPolicy } from './policies.ts';
import { inTransaction } from './transaction.ts';
import { visitStands } from './visits.ts';

/** `nextAt` is in milliseconds since 1970 UTC. */
export type Look = { readonly nextAt: number | null; readonly over: boolean };

/**
 * One look at an account's clock, by the workflow's time: whoever is to be told is told, each once, under the account's lock. Of an account
 * that was terminated what is open about it is ended. @throws DomainError `notFound`
 */
export async function lookAtAccount(
  deps: CaseDeps,
  { accountId, now }: { readonly accountId: string; readonly now: number },
): Promise<Look> {
  const look = await inTransaction(deps, async (client) => {
    const account = await lockAccount(client, accountId);
    // A doorbell left meanwhile by somebody who does not take the account's lock is not this look's to answer.
    const heard = await client.query<{ id: string }>('SELECT id FROM outbox WHERE case_id = $1 AND ends_run IS NULL', [
      accountId,
    ]);
    const { nextAt, told } =
      account.state === 'terminated' ? { nextAt: null, told: [] } : await tell(client, account, now);
    await client.query('UPDATE accounts SET clock_at = $2 WHERE id = $1', [
      accountId,
      nextAt === null ? null : new Date(nextAt),
    ]);
    await client.query('DELETE FROM outbox WHERE id = ANY ($1)', [heard.rows.map(({ id }) => id)]);
    const result = { nextAt, over: account.state === 'terminated' };
    return { result, doorbell: null, change: { cases: [], keys: told.map(personKey) } };
  });
  if (look.over) await endWhatIsOpen(deps, accountId, now);
  return look;
}

/** Tells what is due. @returns when the next is, and who was told */
async function tell(client: PoolClient, account: AccountRow, now: number) {
  const { values } = await currentPolicy(client);
  const tasks = (await openTasksOf(client, [account.id])).map((task) => ({ ...task, clock: taskClock(task) }));
  const clocks: Clock[] = [...(await clocksOf(client, account.id, values)), ...tasks.map(({ clock }) => clock)];
  const isVacant = clocks.some(({ duty }) => duty === 'vacancy');
  const told: string[] = [];
  const next = await nextPolicy(client, account.id);
  for (const clock of clocks) {
    const { level, nextAt } = await stepOf(client, account.id, clock, now);
    if (nextAt !== null) next.push(nextAt);
    if (level === null) continue;
    const owner = tasks.find(({ id }) => id === clock.subject)?.ownerId;
    const persons = await toldAt(client, account, level, { isVacant, owner });
    await notify(client, persons, noticeKind(clock.duty, level), account.id);
    await client.query(
      'INSERT INTO account_notices (account_id, duty, subject, due_on, level, told_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [account.id, clock.duty, clock.subject, clock.dueOn, level, new Date(now)],
    );
    told.push(...persons);
  }
  return { nextAt: next.length > 0 ? Math.min(...next) : null, told };
}

/** What falls due for an account that is not terminated, as it stands in the database. */
export async function clocksOf(
  database: Pick<PoolClient, 'query'>,
  accountId: string,
  policy: PolicyValues,
): Promise<DutyClock[]> {
  const times = (await timesOf(database, [accountId])).get(accountId);
  return times ? accountClocks(times, policy) : [];
}

/** The marketing tasks of accounts that are still to be done, the first due first. */
export async function openTasksOf(
  database: Pick<PoolClient, 'query'>,
  accountIds: readonly string[],
): Promise<(TaskTime & { readonly accountId: string; readonly ownerId: string })[]> {
  const { rows } = await database.query<TaskTime & { accountId: string; ownerId: string }>(
    `SELECT id, account_id AS "accountId", owner_id AS "ownerId", due_on::text AS "dueOn", set_at AS "setAt"
     FROM marketing_tasks WHERE account_id = ANY ($1) AND state = 'open' ORDER BY due_on, id`,
    [accountIds],
  );
  return rows;
}

/** What the clocks of accounts go by, by account. */
export async function timesOf(
  database: Pick<PoolClient, 'query'>,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, AccountTimes>> {
  const { rows } = await database.query<Omit<AccountTimes, 'vacantSince'> & Lead>(TIMES, [accountIds]);
  return new Map(rows.map((row) => [row.id, { ...row, vacantSince: vacantSince(row) }]));
}

type Lead = {
  readonly id: string;
  readonly managerId: string | null;
  readonly heldSince: Date | null;
  readonly leftOn: string | null;
  readonly managed: boolean;
};

// An account that was taken over begins its clocks on that day (系统默认): what was done before is not in this system.
const TIMES = `SELECT a.id, a.managed_by AS "managedBy",
    greatest(a.established_on, (i.applied_at AT TIME ZONE 'Asia/Shanghai')::date)::text AS "establishedOn",
    (SELECT max(v.visited_on)::text FROM visits v WHERE v.account_id = a.id AND v.state = 'done' AND ${visitStands('v')}) AS "visitedOn",
    (SELECT max(r.to_on)::text FROM account_reports r WHERE r.account_id = a.id) AS "reportedTo",
    h.manager_id AS "managerId", CASE WHEN h.id IS NOT NULL THEN greatest(h.valid_from, i.applied_at) END AS "heldSince", p.left_on::text AS "leftOn", coalesce(p.active, false) AS managed
  FROM accounts a LEFT JOIN holdings h ON h.account_id = a.id AND h.kind = 'lead' AND h.valid_to IS NULL
    LEFT JOIN persons p ON p.id = h.manager_id LEFT JOIN ledger_entries l ON l.account_id = a.id LEFT JOIN imports i ON i.id = l.import_id
  WHERE a.id = ANY ($1)`;

/** A manager who left the company manages no more, whatever is recorded. */
function vacantSince({ managed, heldSince, leftOn }: Lead): Date | null {
  if (managed || heldSince === null) return null;
  return leftOn === null ? heldSince : new Date(Math.max(heldSince.getTime(), endOfDay(leftOn)));
}

async function stepOf(client: PoolClient, accountId: string, clock: Clock, now: number) {
  const { rows } = await client.query<{ level: Level }>(
    'SELECT level FROM account_notices WHERE account_id = $1 AND duty = $2 AND subject = $3 AND due_on = $4',
    [accountId, clock.duty, clock.subject, clock.dueOn],
  );
  const told = rows.map(({ level }) => level);
  const { tell: level, nextAt } = clockAt(clock, told, now);
  return { level, nextAt };
}

/** When policy versions that were set take effect: then the clock may run otherwise. Not all accounts look in the same instant, but fifty a second. */
async function nextPolicy(client: PoolClient, accountId: string): Promise<number[]> {
  const { rows } = await client.query<{ at: Date | null }>(
    `SELECT min(effective_from)
       + abs(hashtext($1)::bigint) % (SELECT greatest(count(*), 1) FROM accounts WHERE closed_at IS NULL) * interval '20 milliseconds' AS at FROM policy_versions p WHERE effective_from > now()
       AND NOT EXISTS (SELECT 1 FROM policy_withdrawals w WHERE w.version = p.version)`,
    [accountId],
  );
  return rows[0]?.at ? [rows[0].at.getTime()] : [];
}

/**
 * The persons of a level; where it has nobody left, the office. An account that nobody manages is its unit's head's (系统默认). A task is first
 * of all its owner's.
 */
async function toldAt(
  client: PoolClient,
  account: AccountRow,
  level: Level,
  { isVacant, owner }: { readonly isVacant: boolean; readonly owner: string | undefined },
): Promise<string[]> {
  const managers = [
    ...account.holdings.flatMap(({ managerId }) => (managerId === null ? [] : [personKey(managerId)])),
    ...(owner ? [personKey(owner)] : []),
  ];
  const heads = account.holdings.filter(({ kind }) => kind === 'lead').map(({ unitId }) => roleKey('unitHead', unitId));
  const keysOf: Record<Level, () => Promise<string[]> | string[]> = {
    half: () => (isVacant ? heads : managers),
    dayBefore: () => (isVacant ? [...heads, ...managers] : managers),
    head: () => [...managers, ...heads],
    office: () => [roleKey('office')],
    viceDirector: async () => {
      const seats = await client.query<{ id: string }>(`SELECT id FROM seats WHERE kind = 'viceDirector'`);
      return seats.rows.map(({ id }) => seatKey(id));
    },
  };
  const persons = await holdersOf(client, await keysOf[level]());
  return persons.length > 0 ? persons : holdersOf(client, [roleKey('office')]);
}

function noticeKind(duty: Told, level: Level): NotificationKind {
  if (duty === 'vacancy') return 'accountVacant';
  return level === 'half' || level === 'dayBefore' ? `${duty}Due` : `${duty}Overdue`;
}
