import type { PoolClient } from 'pg';
import { accountClocks, type Clock, clockAt, type Level, type Told, taskClock } from '../domain/accountClock.ts';
import { addDays } from '../domain/calendar.ts';
import { visitRefusal } from '../domain/visit.ts';
import { openTasksOf, timesOf } from './accountClock.ts';
import { currentPolicy } from './policies.ts';

/** The lives of key accounts, as they are stored. */
export type StoredLives = {
  readonly accounts: readonly {
    readonly id: string;
    readonly state: string;
    readonly onList: boolean;
    readonly closed: boolean;
    /** Whether its execution sleeps, and nothing waits to wake it. */
    readonly sleeps: boolean;
    readonly openHoldings: number;
    /** Cases about it that go on. */
    readonly openCases: number;
    readonly clocks: readonly Clock[];
    readonly told: readonly {
      readonly duty: Told;
      readonly subject: string;
      readonly dueOn: string;
      readonly level: Level;
    }[];
    readonly reports: readonly { readonly fromOn: string; readonly toOn: string }[];
  }[];
  readonly visits: readonly {
    readonly id: string;
    readonly visitedOn: string;
    readonly enteredAt: Date;
    /** Whether its holding is one of its account's. */
    readonly held: boolean;
    readonly validFrom: Date;
    readonly validTo: Date | null;
  }[];
  readonly now: Date;
};

export async function loadLives(client: PoolClient): Promise<StoredLives> {
  const { rows: accounts } = await client.query<Omit<StoredLives['accounts'][number], 'clocks'>>(
    `SELECT a.id, a.state, a.on_list AS "onList", a.closed_at IS NOT NULL AS closed,
       coalesce(a.clock_at > now(), false) AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = a.id) AS sleeps,
       (SELECT count(*)::int FROM holdings h WHERE h.account_id = a.id AND h.valid_to IS NULL) AS "openHoldings",
       (SELECT count(*)::int FROM case_accounts ca JOIN cases c ON c.id = ca.case_id WHERE ca.account_id = a.id AND c.closed_at IS NULL AND c.ending IS NULL) AS "openCases",
       (SELECT coalesce(json_agg(json_build_object('duty', n.duty, 'subject', n.subject, 'dueOn', n.due_on, 'level', n.level)), '[]') FROM account_notices n WHERE n.account_id = a.id) AS told,
       (SELECT coalesce(json_agg(json_build_object('fromOn', r.from_on, 'toOn', r.to_on) ORDER BY r.to_on), '[]') FROM account_reports r WHERE r.account_id = a.id) AS reports
     FROM accounts a ORDER BY a.id`,
  );
  const { rows: visits } = await client.query<StoredLives['visits'][number]>(
    `SELECT v.id, v.visited_on::text AS "visitedOn", v.entered_at AS "enteredAt", h.id IS NOT NULL AS held, h.valid_from AS "validFrom", h.valid_to AS "validTo"
     FROM visits v LEFT JOIN holdings h ON h.id = v.holding_id AND h.account_id = v.account_id WHERE v.state = 'done' ORDER BY v.id`,
  );
  const { values } = await currentPolicy(client);
  const ids = accounts.map(({ id }) => id);
  const times = await timesOf(client, ids);
  const tasks = Map.groupBy(await openTasksOf(client, ids), ({ accountId }) => accountId);
  const clocksOf = (id: string): Clock[] => {
    const found = times.get(id);
    return [...(found ? accountClocks(found, values) : []), ...(tasks.get(id) ?? []).map(taskClock)];
  };
  const { rows } = await client.query<{ now: Date }>('SELECT now()');
  return {
    accounts: accounts.map((account) => ({ ...account, clocks: clocksOf(account.id) })),
    visits,
    now: rows[0]?.now as Date,
  };
}

export type LifeProblem = { readonly at: string; readonly problem: string };

/** Visits lie in their holdings; what fell due was told; nothing of an account outlives it. Pure. */
export function lifeProblems({ accounts, visits, now }: StoredLives): LifeProblem[] {
  return [
    ...accounts.flatMap((account) =>
      [...endProblems(account), ...toldProblems(account, now), ...reportProblems(account)].map((problem) => ({
        at: `account ${account.id}`,
        problem,
      })),
    ),
    ...visits.flatMap((visit) => {
      const { id, held, visitedOn, enteredAt } = visit;
      const refusal = held ? visitRefusal(visitedOn, visit, enteredAt) : 'in no holding of its account';
      return refusal ? [{ at: `visit ${id}`, problem: refusal }] : [];
    }),
  ];
}

type Life = StoredLives['accounts'][number];

function endProblems({ state, onList, closed, openHoldings, openCases, clocks }: Life): string[] {
  if (state !== 'terminated') return closed ? ['closed, and not terminated'] : [];
  return [
    ...(onList ? ['terminated, and on the list'] : []),
    ...(openHoldings > 0 ? ['terminated, and held'] : []),
    ...(clocks.some(({ duty }) => duty === 'marketingTask') ? ['terminated, and a marketing task is open'] : []),
    ...(closed && openCases > 0 ? [`closed, and ${openCases} cases about it go on`] : []),
  ];
}

/** Nothing that is due waits untold while the account's execution sleeps. */
function toldProblems({ state, sleeps, clocks, told }: Life, now: Date): string[] {
  if (state === 'terminated' || !sleeps) return [];
  return clocks.flatMap((clock) => {
    const levels = told.filter(
      ({ duty, subject, dueOn }) => duty === clock.duty && subject === clock.subject && dueOn === clock.dueOn,
    );
    const { tell } = clockAt(
      clock,
      levels.map(({ level }) => level),
      now.getTime(),
    );
    return tell ? [`${clock.duty} of ${clock.dueOn}: ${tell} was not told`] : [];
  });
}

/** Each report goes on where the one before ended. */
const reportProblems = ({ reports }: Life): string[] =>
  reports
    .slice(1)
    .flatMap(({ fromOn }, index) =>
      fromOn === addDays(reports[index]?.toOn ?? '', 1) ? [] : [`the report from ${fromOn} follows on no other`],
    );
