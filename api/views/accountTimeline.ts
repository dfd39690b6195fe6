import type { AccountRow } from '../../cases/accounts.ts';
import type { Actor } from '../../cases/actor.ts';
import { visitStands } from '../../cases/visits.ts';
import { readsFile, type Standings } from '../../domain/accountStanding.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { AccountEvent } from '../contract/accountTimeline.ts';
import type { Page } from '../contract/shared.ts';
import type { ApiDeps } from '../deps.ts';
import { caseSummaries, type Grade } from './caseSummaries.ts';
import { timeOf } from './days.ts';
import { loadNames } from './names.ts';
import { keyOf, pageOf } from './pages.ts';
import { readableCases } from './readableCases.ts';

type Row = {
  readonly key: string;
  readonly at: Date;
  readonly kind: AccountEvent['kind'];
  readonly personId: string | null;
  readonly unitId: string | null;
  readonly holding: 'lead' | 'co' | null;
  readonly grade: Grade | null;
  readonly caseId: string | null;
};

/** One page of what happened to an account, the latest first. */
export async function accountTimeline(
  deps: ApiDeps,
  actor: Actor,
  account: AccountRow & { readonly standing: Standings },
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<AccountEvent>> {
  const after = keyOf(page.cursor, 'instant', 'text');
  const { condition } = await readableCases(deps, actor);
  const parts = [
    ...lifeOf(account.id),
    ...casesOf(account.id, condition),
    regradingsOf(account.id, condition),
    ...(readsFile(account.standing, account.managedBy)
      ? [...dutiesOf(account.id), ...marketingTasksOf(account.id)]
      : []),
  ];
  const { rows } = await deps.pool.query<Row>(
    Prisma.sql`SELECT key, kind, at, person_id AS "personId", unit_id AS "unitId", holding, grade, case_id AS "caseId"
      FROM (SELECT key, kind, date_trunc('milliseconds', at) AS at, person_id, unit_id, holding, grade, case_id
        FROM (${Prisma.join(parts, ' UNION ALL ')}) happened (key, kind, at, person_id, unit_id, holding, grade, case_id)) e
      WHERE ${after ? Prisma.sql`(at, key) < (${after[0]}, ${after[1]})` : Prisma.sql`true`}
      ORDER BY at DESC, key DESC LIMIT ${page.limit + 1}`,
  );
  const { items, nextCursor } = pageOf(rows, page.limit, (row) => [timeOf(row.at), row.key]);
  const [names, cases] = await Promise.all([
    loadNames(deps.prisma, {
      persons: items.map(({ personId }) => personId),
      units: items.map(({ unitId }) => unitId),
    }),
    deps.prisma.case
      .findMany({ where: { id: { in: items.flatMap(({ caseId }) => caseId ?? []) } } })
      .then((found) => caseSummaries(deps.prisma, found)),
  ]);
  const caseOf = new Map(cases.map((each) => [each.id, each]));
  return {
    nextCursor,
    items: items.map(({ key, at, kind, personId, unitId, holding, grade, caseId }) => {
      const found = caseId === null ? undefined : caseOf.get(caseId);
      return {
        key,
        at: timeOf(at),
        kind,
        person: names.personOrNull(personId),
        unit: names.unitOrNull(unitId),
        holding,
        grade,
        case: found ? { id: found.id, number: found.number, process: found.process, stateKey: found.stateKey } : null,
      };
    }),
  };
}

/** Its beginning and end, and who held it. */
const lifeOf = (id: string): Prisma.Sql[] => [
  Prisma.sql`SELECT 'established', 'established', established_on::timestamp AT TIME ZONE 'Asia/Shanghai', NULL::text, NULL::text, NULL::text, NULL::text, NULL::text
    FROM accounts WHERE id = ${id}`,
  Prisma.sql`SELECT 'terminated', 'terminated', (terminated_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', NULL, NULL, NULL, NULL, NULL
    FROM accounts WHERE id = ${id} AND terminated_on IS NOT NULL`,
  Prisma.sql`SELECT 'began:' || id, 'holdingBegan', valid_from, manager_id, unit_id, kind, NULL, NULL FROM holdings WHERE account_id = ${id}`,
  Prisma.sql`SELECT 'ended:' || id, 'holdingEnded', valid_to, manager_id, unit_id, kind, NULL, NULL FROM holdings WHERE account_id = ${id} AND valid_to IS NOT NULL`,
];

/** The cases about it that the reader may read. */
function casesOf(id: string, readable: Prisma.Sql): Prisma.Sql[] {
  const about = Prisma.sql`(c.id IN (SELECT case_id FROM case_accounts WHERE account_id = ${id}) OR c.id = (SELECT decision_case_id FROM accounts WHERE id = ${id}))`;
  return [
    Prisma.sql`SELECT 'opened:' || c.id, 'caseOpened', c.opened_at, c.submitter_id, c.unit_id, NULL, NULL, c.id FROM cases c WHERE ${about} AND ${readable}`,
    Prisma.sql`SELECT 'closed:' || c.id, 'caseClosed', c.closed_at, NULL, c.unit_id, NULL, NULL, c.id FROM cases c WHERE ${about} AND c.closed_at IS NOT NULL AND ${readable}`,
  ];
}

/** The years whose review gave it another grade, by a ballot (Article 12). */
const regradingsOf = (id: string, readable: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT 'regraded:' || r.id, 'regraded', r.finished_at, NULL, NULL, NULL, r.grade_after, CASE WHEN ${readable} THEN c.id END
    FROM reviews r JOIN cases c ON c.id = r.case_id WHERE r.account_id = ${id} AND r.grade_after <> r.grade_before`;

/** The visits that were made, and the reports. A visit of another day than it was entered stands for its noon. */
const dutiesOf = (id: string): Prisma.Sql[] => [
  Prisma.sql`SELECT 'visit:' || v.id, 'visitDone', CASE WHEN visited_on = (entered_at AT TIME ZONE 'Asia/Shanghai')::date THEN entered_at ELSE (visited_on + time '12:00') AT TIME ZONE 'Asia/Shanghai' END, by_id, NULL, NULL, NULL, NULL
    FROM visits v WHERE account_id = ${id} AND state = 'done' AND ${Prisma.raw(visitStands('v'))}`,
  Prisma.sql`SELECT 'reported:' || id, 'reported', entered_at, by_id, NULL, NULL, NULL, NULL FROM account_reports WHERE account_id = ${id}`,
];

const marketingTasksOf = (id: string): Prisma.Sql[] => [
  Prisma.sql`SELECT 'set:' || id, 'marketingTaskSet', set_at, set_by, NULL, NULL, NULL, NULL FROM marketing_tasks WHERE account_id = ${id}`,
  Prisma.sql`SELECT 'done:' || id, CASE state WHEN 'done' THEN 'marketingTaskDone' WHEN 'ended' THEN 'marketingTaskEnded' ELSE 'marketingTaskDropped' END, closed_at, closed_by, NULL, NULL, NULL, NULL
    FROM marketing_tasks WHERE account_id = ${id} AND closed_at IS NOT NULL`,
];
