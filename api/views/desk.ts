import { timesOf } from '../../cases/accountClock.ts';
import type { Actor } from '../../cases/actor.ts';
import { currentPolicy } from '../../cases/policies.ts';
import { accountClocks, type DutyClock } from '../../domain/accountClock.ts';
import { headedUnits, readsFile, standings } from '../../domain/accountStanding.ts';
import { localDay } from '../../domain/calendar.ts';
import { byDay, daysAhead, type Health, healthOf, healths, standingOf } from '../../domain/desk.ts';
import { unreportedMeasures, unsettledMeasures } from '../../domain/plan.ts';
import type { DeskAccount, DeskGroup, DeskItem, DeskScope, DeskView } from '../contract/desk.ts';
import type { ApiDeps } from '../deps.ts';
import type { Grade } from './caseSummaries.ts';
import { deskTotals } from './deskTotals.ts';
import { inbox } from './inbox.ts';
import { loadNames, type Names } from './names.ts';

/** More than this nobody works through in a week; the lists they come from have the rest. */
const MOST = 200;

type Holding = { readonly kind: 'lead' | 'co'; readonly unitId: string; readonly managerId: string | null };

type Row = {
  readonly id: string;
  readonly archiveNo: string;
  readonly name: string;
  readonly grade: Grade;
  readonly managedBy: Grade;
  readonly state: string;
  /** Those that lead first. */
  readonly holdings: readonly Holding[];
  readonly openCases: number;
  readonly overdueWork: number;
  readonly warnings: number;
  readonly severeWarnings: number;
};

/** Accounts that are worked with: `$1` whose own, `$2` which units', where they are given; `$3` today; `$4` measures that are not settled. */
const ACCOUNTS = `SELECT a.id, a.archive_no AS "archiveNo", c.name, a.grade, a.managed_by AS "managedBy", a.state,
    (SELECT json_agg(json_build_object('kind', h.kind, 'unitId', h.unit_id, 'managerId', h.manager_id) ORDER BY h.kind DESC, h.valid_from)
       FROM holdings h WHERE h.account_id = a.id AND h.valid_to IS NULL) AS holdings,
    (SELECT count(*)::int FROM case_accounts o WHERE o.account_id = a.id AND o.open) AS "openCases",
    (SELECT count(*)::int FROM marketing_tasks m WHERE m.account_id = a.id AND m.state = 'open' AND m.due_on < $3::date)
      + (SELECT count(*)::int FROM plan_measures m JOIN plans p ON p.id = m.plan_id WHERE p.account_id = a.id AND m.state = ANY ($4) AND m.due_on < $3::date) AS "overdueWork",
    (SELECT count(*)::int FROM suggestions s JOIN cases w ON w.id = s.case_id WHERE s.account_id = a.id AND s.kind = 'riskWarning' AND w.closed_at IS NULL) AS warnings,
    (SELECT count(*)::int FROM suggestions s JOIN cases w ON w.id = s.case_id WHERE s.account_id = a.id AND s.kind = 'riskWarning' AND s.severity = 'high' AND w.closed_at IS NULL) AS "severeWarnings"
  FROM accounts a JOIN clients c ON c.id = a.client_id
  WHERE a.state <> 'terminated' AND EXISTS (SELECT 1 FROM holdings h WHERE h.account_id = a.id AND h.valid_to IS NULL
    AND ($1::text IS NULL OR h.manager_id = $1) AND ($2::text[] IS NULL OR h.unit_id = ANY ($2)))
  ORDER BY c.name, a.id`;

/** What people are to do on days: planned visits, marketing tasks and measures of plans of these accounts, up to a day; `$3` measures nobody reported. */
const DATED = `SELECT 'visitPlanned' AS kind, v.id, v.account_id AS "accountId", v.planned_on::text AS "dueOn", h.manager_id AS "personId"
    FROM visits v JOIN holdings h ON h.id = v.holding_id WHERE v.account_id = ANY ($1) AND v.state = 'planned' AND v.planned_on <= $2::date
  UNION ALL SELECT 'marketingTask', m.id, m.account_id, m.due_on::text, m.owner_id
    FROM marketing_tasks m WHERE m.account_id = ANY ($1) AND m.state = 'open' AND m.due_on <= $2::date
  UNION ALL SELECT 'measure', m.id, p.account_id, m.due_on::text, m.owner_id
    FROM plan_measures m JOIN plans p ON p.id = m.plan_id WHERE p.account_id = ANY ($1) AND m.state = ANY ($3) AND m.due_on <= $2::date`;

type Dated = {
  readonly kind: 'visitPlanned' | 'marketingTask' | 'measure';
  readonly id: string;
  readonly accountId: string;
  readonly dueOn: string;
  readonly personId: string | null;
};

/** A person's desk: what is to be done over the accounts in question, and how they stand. Nothing confidential is in it. */
export async function deskOf(deps: ApiDeps, actor: Actor, scope: DeskScope): Promise<DeskView> {
  const now = Date.now();
  const today = localDay(now);
  const lastDay = daysAhead(today).at(-1) as string;
  const whose = [scope === 'mine' ? actor.personId : null, scope === 'unit' ? headedUnits(actor) : null];
  const [{ rows }, { values: policy }] = await Promise.all([
    deps.pool.query<Row>(ACCOUNTS, [...whose, today, unsettledMeasures]),
    currentPolicy(deps.pool),
  ]);
  const readable = rows.filter((row) => readsFile(standings(actor, row.holdings), row.managedBy));
  const ids = readable.map(({ id }) => id);
  const [times, dated, names, tasks, totals] = await Promise.all([
    timesOf(
      deps.pool,
      rows.map(({ id }) => id),
    ),
    deps.pool.query<Dated>(DATED, [ids, lastDay, unreportedMeasures]),
    namesOf(deps, rows),
    waiting(deps, actor, today),
    deskTotals(deps, readable, { scope, year: Number(today.slice(0, 4)), source: policy.contractSource }),
  ]);
  const isHere = hereBy(actor, scope);
  const clocksOf = (row: Row): readonly DutyClock[] => {
    const own = times.get(row.id);
    return own ? accountClocks(own, policy) : [];
  };
  /** An account as often as it is held here, by a leading holding first. */
  const held = rows.map((row) => {
    const clocks = clocksOf(row);
    const visitDays = row.managedBy === 'company' ? policy.visitCompanyDays : policy.visitBranchDays;
    const clocked = { clocks, visitDays, lastVisitOn: times.get(row.id)?.visitedOn ?? null };
    return row.holdings.filter(isHere).map((holding) => shown(row, holding, clocked, names, today));
  });
  const accounts = held.flatMap(([first]) => (first && ids.includes(first.id) ? [first] : [])).sort(byHealth);
  const nameOf = new Map(accounts.map(({ id, name }) => [id, name]));
  const duties = readable.flatMap((row) =>
    clocksOf(row).flatMap((clock) => dutyItem(row, row.holdings.find(isHere), clock, names, today)),
  );
  const own = dated.rows
    .filter(({ kind, personId }) => scope !== 'mine' || kind === 'visitPlanned' || personId === actor.personId)
    .map(
      ({ kind, id, accountId, dueOn, personId }): DeskItem => ({
        kind,
        id,
        dueOn,
        standing: standingOf(dueOn, today),
        account: { id: accountId, name: nameOf.get(accountId) ?? '' },
        person: scope === 'mine' ? null : names.personOrNull(personId),
        task: null,
      }),
    );
  const due = [...duties, ...own]
    .filter(({ standing }) => (scope === 'company' ? standing === 'overdue' : standing !== 'later'))
    .map((item) => (scope === 'mine' ? { ...item, person: null } : item));
  const items = [...due, ...tasks].sort(byDay);
  return {
    scope,
    asOf: new Date(now).toISOString(),
    today,
    items: items.slice(0, MOST),
    more: items.length > MOST,
    accounts: (scope === 'company' ? accounts.filter(({ health }) => health !== 'good') : accounts).slice(0, MOST),
    groups: scope === 'mine' ? [] : groupsOf(held.flat(), scope),
    totals,
  };
}

/** The holdings by which an account is on a desk: a person's own, his units', and of the whole company those that lead. */
function hereBy(actor: Actor, scope: DeskScope): (holding: Holding) => boolean {
  const units = headedUnits(actor);
  return ({ kind, unitId, managerId }) => {
    if (scope === 'mine') return managerId === actor.personId;
    return scope === 'unit' ? units.includes(unitId) : kind === 'lead';
  };
}

type Clocked = {
  readonly clocks: readonly DutyClock[];
  readonly visitDays: number;
  readonly lastVisitOn: string | null;
};

function shown(
  row: Row,
  holding: Holding,
  { clocks, visitDays, lastVisitOn }: Clocked,
  names: Names,
  today: string,
): DeskAccount {
  const dueOn = (duty: DutyClock['duty']): string | undefined => clocks.find((clock) => clock.duty === duty)?.dueOn;
  const { id, archiveNo, name, grade, managedBy, state, openCases, warnings, severeWarnings, overdueWork } = row;
  const visitDueOn = dueOn('visit') ?? today;
  const reportDueOn = dueOn('report') ?? today;
  const vacant = dueOn('vacancy') !== undefined;
  const { health, signs } = healthOf({ vacant, visitDueOn, reportDueOn, warnings, severeWarnings, overdueWork }, today);
  return {
    id,
    archiveNo,
    name,
    grade,
    managedBy,
    state,
    heldAs: holding.kind,
    unit: names.unit(holding.unitId),
    manager: names.personOrNull(holding.managerId),
    lead: holding.kind === 'lead' ? null : names.unitOrNull(leadOf(row)?.unitId ?? null),
    health,
    signs: [...signs],
    lastVisitOn,
    visitDueOn,
    visitDays,
    reportDueOn,
    warnings,
    openCases,
  };
}

const leadOf = (row: Row) => row.holdings.find(({ kind }) => kind === 'lead');

const KINDS = { visit: 'visitDue', report: 'reportDue', vacancy: 'vacancy' } as const;

function dutyItem(
  row: Row,
  holding: Holding | undefined,
  { duty, dueOn }: DutyClock,
  names: Names,
  today: string,
): DeskItem[] {
  const standing = standingOf(dueOn, today);
  if (standing === 'later') return [];
  return [
    {
      kind: KINDS[duty],
      id: row.id,
      dueOn,
      standing,
      account: { id: row.id, name: row.name },
      person: names.personOrNull(holding?.managerId ?? null),
      task: null,
    },
  ];
}

/** What waits in the person's inbox and is due within the days ahead, or has no deadline. */
async function waiting(deps: ApiDeps, actor: Actor, today: string): Promise<DeskItem[]> {
  const boxes = await Promise.all(
    (['mine', 'group'] as const).map((box) => inbox(deps, actor, { box, sort: 'due', limit: MOST })),
  );
  return boxes
    .flatMap(({ items }) => items)
    .flatMap(({ task, case: { id: caseId, title } }): DeskItem[] => {
      if (!task) return [];
      // A deadline is the first instant that is too late: the day before it is the last that is in time.
      const dueOn = task.dueAt ? localDay(Date.parse(task.dueAt) - 1) : null;
      const standing = dueOn === null ? 'later' : standingOf(dueOn, today);
      if (dueOn !== null && standing === 'later') return [];
      return [
        {
          kind: 'task',
          id: task.id,
          dueOn,
          standing,
          account: null,
          person: null,
          task: { caseId, kind: task.kind, title },
        },
      ];
    });
}

const byHealth = (a: DeskAccount, b: DeskAccount): number =>
  healths.indexOf(a.health) - healths.indexOf(b.health) ||
  (a.visitDueOn < b.visitDueOn ? -1 : a.visitDueOn > b.visitDueOn ? 1 : 0);

/** By manager on a unit's desk, by unit on the committee's; those with most in trouble first. */
function groupsOf(accounts: readonly DeskAccount[], scope: DeskScope): DeskGroup[] {
  const groups = Map.groupBy(accounts, ({ unit, manager }) => (scope === 'unit' ? manager?.id : unit?.id) ?? '');
  const number = (of: readonly DeskAccount[], health: Health): number =>
    of.filter((each) => each.health === health).length;
  return [...groups.values()]
    .map(
      (of): DeskGroup => ({
        unit: of[0]?.unit ?? null,
        manager: scope === 'unit' ? (of[0]?.manager ?? null) : null,
        accounts: of.length,
        good: number(of, 'good'),
        attention: number(of, 'attention'),
        trouble: number(of, 'trouble'),
        vacant: of.filter(({ signs }) => signs.includes('vacant')).length,
        visitsOverdue: of.filter(({ signs }) => signs.includes('visitOverdue')).length,
        warnings: of.reduce((sum, { warnings }) => sum + warnings, 0),
      }),
    )
    .sort((a, b) => b.trouble - a.trouble || b.attention - a.attention || b.accounts - a.accounts);
}

const namesOf = ({ prisma }: ApiDeps, rows: readonly Row[]): Promise<Names> =>
  loadNames(prisma, {
    persons: rows.flatMap(({ holdings }) => holdings.map(({ managerId }) => managerId)),
    units: rows.flatMap(({ holdings }) => holdings.map(({ unitId }) => unitId)),
  });
