import { type Actor, hasRole } from '../../cases/actor.ts';
import { reasonOf } from '../../cases/campaignRecord.ts';
import { headedUnits } from '../../domain/accountStanding.ts';
import { assessmentYear, type Stage, stages } from '../../domain/campaign.ts';
import { DomainError } from '../../domain/errors.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { CampaignSummary, CampaignView, ReviewView } from '../contract/campaigns.ts';
import type { Page } from '../contract/shared.ts';
import type { ApiDeps } from '../deps.ts';
import { dayOf, dayOrNull, timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';
import { keyOf, pageOf } from './pages.ts';

/** Whose accounts a person sees in a campaign: all of them, or those of the units he heads (Article 11; 系统默认). @throws DomainError `forbidden` */
function unitsSeen(actor: Actor): 'all' | readonly string[] {
  if (actor.seats.length > 0 || hasRole(actor, 'office') || hasRole(actor, 'auditor')) return 'all';
  const units = headedUnits(actor);
  if (units.length === 0) throw new DomainError('forbidden', { needed: 'committee, office, auditor, unitHead' });
  return units;
}

/**
 * The accounts in campaigns as rows `l`, each with its lead unit, or the last it had, and how far it is; one that nobody leads stands under whoever
 * holds it besides, else under the unit that answers for its review, else under headquarters. Overdue is what its manager has not reported by his
 * day, and what went on from him to others.
 */
const LINES = Prisma.sql`(
  SELECT r.year, r.account_id AS "accountId", cl.name, a.archive_no AS "archiveNo", a.grade, 
    coalesce(h.unit_id, k.unit_id, (SELECT u.id FROM units u WHERE u.kind = 'headquarters' ORDER BY u.id LIMIT 1)) AS "unitId",
    CASE WHEN h.kind = 'lead' AND h.valid_to IS NULL THEN h.manager_id END AS "managerId", k.id AS "caseId", k.number, k.state AS "caseState",
    r.due_on AS "dueOn", r.reported_at AS "reportedAt", r.data_at_hand AS "dataAtHand", r.score, r.outcome, r.added_by IS NOT NULL AS "addedLate",
    a.state = 'terminated' AS terminated,
    CASE WHEN r.state = 'waiting' THEN 'waiting' WHEN r.state = 'excluded' THEN 'excluded' WHEN r.state = 'finished' THEN 'decided'
      WHEN k.state IN ('regrading', 'deciding') THEN 'evaluated' WHEN k.state <> 'reporting' THEN 'reported'
      WHEN EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = k.id AND t.kind = 'reportYear' AND t.status = 'open' AND (t.level > 0 OR t.due_at < now())) THEN 'overdue'
      ELSE 'reporting' END AS stage
  FROM reviews r JOIN accounts a ON a.id = r.account_id JOIN clients cl ON cl.id = a.client_id LEFT JOIN cases k ON k.id = r.case_id
    LEFT JOIN LATERAL (SELECT h.unit_id, h.manager_id, h.kind, h.valid_to FROM holdings h WHERE h.account_id = a.id
      ORDER BY h.kind = 'lead' DESC, h.valid_to DESC NULLS FIRST, h.valid_from DESC LIMIT 1) h ON true
  WHERE NOT r.replaced)`;

const ofUnits = (seen: 'all' | readonly string[]): Prisma.Sql =>
  seen === 'all' ? Prisma.sql`true` : Prisma.sql`l."unitId" = ANY (${[...seen]})`;

type CountRow = { readonly year: number; readonly unitId: string; readonly stage: Stage; readonly count: number };

async function countsBy(deps: ApiDeps, seen: 'all' | readonly string[], year: number | null): Promise<CountRow[]> {
  const { rows } = await deps.pool.query<CountRow>(
    Prisma.sql`SELECT l.year, l."unitId", l.stage, count(*)::int AS count FROM ${LINES} l
      WHERE ${ofUnits(seen)} AND (${year}::int IS NULL OR l.year = ${year}) GROUP BY 1, 2, 3`,
  );
  return rows;
}

const countsOf = (rows: readonly CountRow[]): Record<Stage, number> =>
  Object.fromEntries(
    stages.map((stage) => [
      stage,
      rows.filter((row) => row.stage === stage).reduce((sum, { count }) => sum + count, 0),
    ]),
  ) as Record<Stage, number>;

/** All campaigns, the latest first. @throws DomainError `forbidden` */
export async function campaigns(deps: ApiDeps, actor: Actor) {
  const seen = unitsSeen(actor);
  const [rows, counts] = await Promise.all([
    deps.prisma.campaign.findMany({ orderBy: { year: 'desc' }, take: 100 }),
    countsBy(deps, seen, null),
  ]);
  const items: CampaignSummary[] = rows.map(({ year, state, openedAt, closedAt }) => ({
    year,
    state: state as CampaignSummary['state'],
    openedAt: timeOf(openedAt),
    closedAt: timeOrNull(closedAt),
    counts: countsOf(counts.filter((row) => row.year === year)),
  }));
  const thisYear = assessmentYear(Date.now());
  const isOpen = items.some(({ year }) => year === thisYear);
  return { items, nextCursor: null, mayOpen: hasRole(actor, 'office') && !isOpen ? thisYear : null };
}

/** @throws DomainError `forbidden`, `notFound` */
export async function campaignOf(deps: ApiDeps, actor: Actor, year: number): Promise<CampaignView> {
  const seen = unitsSeen(actor);
  const row = await deps.prisma.campaign.findUnique({
    where: { year },
    include: { acts: { orderBy: { number: 'desc' }, take: 200 } },
  });
  if (!row) throw new DomainError('notFound');
  const counts = await countsBy(deps, seen, year);
  const unitIds = [...new Set(counts.map(({ unitId }) => unitId))];
  const acts = seen === 'all' ? row.acts : row.acts.filter(({ accountId }) => accountId === null);
  const [names, accounts] = await Promise.all([
    loadNames(deps.prisma, { persons: [row.responsibleId, ...acts.map(({ byId }) => byId)], units: unitIds }),
    deps.prisma.account.findMany({
      where: { id: { in: acts.flatMap(({ accountId }) => accountId ?? []) } },
      select: { id: true, client: { select: { name: true } } },
    }),
  ]);
  const nameOf = new Map(accounts.map(({ id, client }) => [id, client.name]));
  const units = unitIds
    .map((unitId) => ({ unit: names.unit(unitId), counts: countsOf(counts.filter((each) => each.unitId === unitId)) }))
    .sort((one, other) => one.unit.name.localeCompare(other.unit.name, 'zh'));
  return {
    year,
    state: row.state as CampaignView['state'],
    cutoffOn: dayOf(row.cutoffOn),
    dueOn: dayOf(row.dueOn),
    pausedUntil: dayOrNull(row.pausedUntil),
    openedAt: timeOf(row.openedAt),
    closedAt: timeOrNull(row.closedAt),
    responsible: names.person(row.responsibleId),
    scheduled: row.scheduled,
    scope: seen === 'all' ? 'company' : 'units',
    units,
    acts: await Promise.all(
      acts.map(async (act) => ({
        number: act.number,
        act: act.act as CampaignView['acts'][number]['act'],
        by: names.personOrNull(act.byId),
        at: timeOf(act.at),
        account: act.accountId === null ? null : { id: act.accountId, name: nameOf.get(act.accountId) ?? '' },
        untilOn: dayOrNull(act.untilOn),
        workDays: act.workDays,
        reason: seen === 'all' ? await reasonOf(deps, act) : null,
      })),
    ),
    mayAct: hasRole(actor, 'office') && takesIn(row),
  };
}

/** Whether accounts may still be added: something is left to be settled. */
const takesIn = ({ state, remaining }: { readonly state: string; readonly remaining: number }): boolean =>
  state !== 'closed' && remaining > 0;

type Line = {
  readonly accountId: string;
  readonly name: string;
  readonly archiveNo: string;
  readonly grade: 'company' | 'branch';
  readonly unitId: string;
  readonly managerId: string | null;
  readonly caseId: string | null;
  readonly number: string;
  readonly caseState: string;
  readonly dueOn: string | null;
  readonly reportedAt: Date | null;
  readonly dataAtHand: boolean;
  readonly score: number | null;
  readonly outcome: ReviewView['outcome'];
  readonly addedLate: boolean;
  readonly terminated: boolean;
  readonly stage: Stage;
};

/** @throws DomainError `forbidden`, `notFound`, `invalid` for a cursor that was not given out */
export async function campaignAccounts(
  deps: ApiDeps,
  actor: Actor,
  year: number,
  {
    unitId,
    stage,
    cursor,
    limit,
  }: {
    readonly unitId?: string | undefined;
    readonly stage?: Stage | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Page<ReviewView>> {
  const seen = unitsSeen(actor);
  const campaign = await deps.prisma.campaign.findUnique({ where: { year }, select: { state: true, remaining: true } });
  if (!campaign) throw new DomainError('notFound');
  const after = keyOf(cursor, 'text', 'text');
  const { rows } = await deps.pool.query<Line>(
    Prisma.sql`SELECT l.*, l."dueOn"::text AS "dueOn" FROM ${LINES} l WHERE l.year = ${year} AND ${ofUnits(seen)}
      AND (${unitId ?? null}::text IS NULL OR l."unitId" = ${unitId ?? null}) AND (${stage ?? null}::text IS NULL OR l.stage = ${stage ?? null})
      AND (${after?.[0] ?? null}::text IS NULL OR (l.name, l."accountId") > (${after?.[0] ?? null}, ${after?.[1] ?? null}))
      ORDER BY l.name, l."accountId" LIMIT ${limit + 1}`,
  );
  const page = pageOf(rows, limit, ({ name, accountId }) => [name, accountId]);
  const names = await loadNames(deps.prisma, {
    persons: page.items.map(({ managerId }) => managerId),
    units: page.items.map((line) => line.unitId),
  });
  const isOffice = hasRole(actor, 'office');
  return {
    nextCursor: page.nextCursor,
    items: page.items.map((line) => ({
      account: { id: line.accountId, name: line.name, archiveNo: line.archiveNo, grade: line.grade },
      unit: names.unit(line.unitId),
      manager: names.personOrNull(line.managerId),
      stage: line.stage,
      case: line.caseId === null ? null : { id: line.caseId, number: line.number, state: line.caseState },
      dueOn: line.dueOn,
      reportedAt: timeOrNull(line.reportedAt),
      dataAtHand: line.dataAtHand,
      score: line.score,
      outcome: line.outcome,
      addedLate: line.addedLate,
      mayExclude: isOffice && line.stage !== 'decided' && line.stage !== 'excluded',
      mayAddAgain: isOffice && line.stage === 'excluded' && !line.terminated && takesIn(campaign),
    })),
  };
}
