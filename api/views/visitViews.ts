import { timesOf } from '../../cases/accountClock.ts';
import type { AccountRow } from '../../cases/accounts.ts';
import { listVisitFiles } from '../../cases/attachments.ts';
import { openForClient } from '../../cases/clientSecrets.ts';
import { currentPolicy } from '../../cases/policies.ts';
import { type VisitSecret, visitStands } from '../../cases/visits.ts';
import { accountClocks } from '../../domain/accountClock.ts';
import { localDay } from '../../domain/calendar.ts';
import type { Visit } from '../../prisma/generated/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { Page } from '../contract/shared.ts';
import type { ManagedVisits, VisitView } from '../contract/visits.ts';
import type { ApiDeps } from '../deps.ts';
import { attachmentView } from './attachmentView.ts';
import type { Grade } from './caseSummaries.ts';
import { dateOf, dayOf, dayOrNull, timeOf } from './days.ts';
import { loadNames, type Names } from './names.ts';
import { keyOf, pageOf } from './pages.ts';

type Contents = VisitView['contents'];

/** One page of an account's visits as they stand, the latest day first, opened. The caller has made sure that the person may. */
export async function visitPage(
  deps: ApiDeps,
  account: Pick<AccountRow, 'id' | 'clientId'>,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<VisitView>> {
  const after = keyOf(page.cursor, 'text', 'text');
  const { rows } = await deps.pool.query<{ id: string; day: string }>(
    Prisma.sql`SELECT id, day FROM (
        SELECT v.id, coalesce(v.visited_on, v.planned_on, (v.entered_at AT TIME ZONE 'Asia/Shanghai')::date)::text AS day
        FROM visits v WHERE v.account_id = ${account.id} AND ${Prisma.raw(visitStands('v'))}) stands
      WHERE ${after ? Prisma.sql`(day, id) < (${after[0]}, ${after[1]})` : Prisma.sql`true`}
      ORDER BY day DESC, id DESC LIMIT ${page.limit + 1}`,
  );
  const { items, nextCursor } = pageOf(rows, page.limit, ({ day, id }) => [day, id]);
  const chains = await chainsOf(
    deps,
    items.map(({ id }) => id),
  );
  const all = [...chains.values()].flat();
  const [secrets, files] = await Promise.all([
    Promise.all(
      all.map(async ({ id, secret }) =>
        secret === null
          ? ([id, {}] as const)
          : ([id, await openForClient<VisitSecret>(deps, account.clientId, 'visits', id, secret)] as const),
      ),
    ).then((opened) => new Map<string, VisitSecret>(opened)),
    listVisitFiles(
      deps,
      all.map(({ id }) => id),
    ),
  ]);
  const names = await loadNames(deps.prisma, {
    persons: [
      ...all.map(({ byId }) => byId),
      ...files.map(({ uploadedBy }) => uploadedBy),
      ...[...secrets.values()].flatMap(({ ours = [] }) => ours),
    ],
  });
  const viewOf = (chain: readonly Visit[]): VisitView[] => {
    const [visit, ...earlier] = chain;
    if (!visit) return [];
    const { purpose = null, reason = null } = secrets.get(visit.id) ?? {};
    const ids = chain.map(({ id }) => id);
    return [
      {
        id: visit.id,
        state: visit.state as VisitView['state'],
        plannedOn: dayOrNull(visit.plannedOn),
        visitedOn: dayOrNull(visit.visitedOn),
        by: names.person(visit.byId),
        enteredAt: timeOf(visit.enteredAt),
        purpose,
        contents: contentsOf(secrets.get(visit.id), names),
        reason,
        files: files
          .filter(({ owner }) => 'visitId' in owner && ids.includes(owner.visitId))
          .map((file) => attachmentView(file, names)),
        earlier: earlier.map(({ id, visitedOn, byId, enteredAt }) => ({
          id,
          visitedOn: dayOrNull(visitedOn),
          by: names.person(byId),
          enteredAt: timeOf(enteredAt),
          contents: contentsOf(secrets.get(id), names),
        })),
      },
    ];
  };
  return { items: items.flatMap(({ id }) => viewOf(chains.get(id) ?? [])), nextCursor };
}

/** Each visit with what it corrects, the latest first. */
async function chainsOf({ prisma, pool }: ApiDeps, ids: readonly string[]): Promise<ReadonlyMap<string, Visit[]>> {
  const { rows: places } = await pool.query<{ head: string; id: string }>(
    `WITH RECURSIVE chain AS (
       SELECT id AS head, id, corrects, 1 AS depth FROM visits WHERE id = ANY ($1)
       UNION ALL SELECT c.head, v.id, v.corrects, c.depth + 1 FROM visits v JOIN chain c ON v.id = c.corrects)
     SELECT head, id FROM chain ORDER BY head, depth`,
    [ids],
  );
  const rows = await prisma.visit.findMany({ where: { id: { in: places.map(({ id }) => id) } } });
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const chains = new Map<string, Visit[]>();
  for (const { head, id } of places) {
    const row = rowOf.get(id);
    if (row) chains.set(head, [...(chains.get(head) ?? []), row]);
  }
  return chains;
}

function contentsOf(secret: VisitSecret | undefined, names: Names): Contents {
  if (secret?.summary === undefined) return null;
  const { place = '', met = [], ours = [], summary, nextStep = '' } = secret;
  return { place, met, ours: ours.map(names.person), summary, nextStep };
}

/** When the next visit of an account is due; null for one that was terminated. */
export async function visitDueOf(deps: ApiDeps, account: Pick<AccountRow, 'id' | 'state'>) {
  if (account.state === 'terminated') return null;
  return (await visitsDue(deps, [account.id])).get(account.id) ?? null;
}

/** The same of accounts that are not, by account. */
async function visitsDue({ pool }: ApiDeps, accountIds: readonly string[]) {
  const [{ values }, times] = await Promise.all([currentPolicy(pool), timesOf(pool, accountIds)]);
  const today = localDay(Date.now());
  return new Map(
    [...times].flatMap(([id, own]) => {
      const dueOn = accountClocks(own, values).find(({ duty }) => duty === 'visit')?.dueOn;
      return dueOn === undefined ? [] : [[id, { lastOn: own.visitedOn, dueOn, isOverdue: dueOn < today }] as const];
    }),
  );
}

const MARKED_DAYS = 92;

/** The accounts a person manages, with what is planned and due; nothing of it is confidential. */
export async function managedVisits(deps: ApiDeps, managerId: string): Promise<ManagedVisits[]> {
  const since = dateOf(dayOf(new Date(Date.now() - MARKED_DAYS * 86_400_000)));
  const accounts = await deps.prisma.account.findMany({
    where: { terminatedOn: null, holdings: { some: { managerId, validTo: null } } },
    include: {
      client: { select: { name: true } },
      visits: { where: { OR: [{ state: 'planned' }, { state: 'done', visitedOn: { gte: since } }] } },
    },
  });
  const ids = accounts.map(({ id }) => id);
  const [corrected, dueOf] = await Promise.all([
    deps.prisma.visit.findMany({
      where: { accountId: { in: ids }, corrects: { not: null } },
      select: { corrects: true },
    }),
    visitsDue(deps, ids),
  ]);
  const gone = new Set(corrected.map(({ corrects }) => corrects));
  const all = accounts.flatMap(({ id, client, archiveNo, managedBy, state, visits }) => {
    const due = dueOf.get(id);
    const stands = visits.filter((visit) => !gone.has(visit.id));
    return due === undefined
      ? []
      : [
          {
            account: { id, name: client.name, archiveNo, managedBy: managedBy as Grade, state },
            due,
            planned: stands
              .flatMap((visit) =>
                visit.state === 'planned' && visit.plannedOn
                  ? [{ id: visit.id, plannedOn: dayOf(visit.plannedOn) }]
                  : [],
              )
              .toSorted((one, other) => (one.plannedOn < other.plannedOn ? -1 : 1)),
            visitedOn: stands.flatMap((visit) => dayOrNull(visit.visitedOn) ?? []).toSorted(),
          },
        ];
  });
  return all.toSorted((one, other) => (one.due.dueOn < other.due.dueOn ? -1 : 1));
}
