import { type AccountRow, accountRow } from '../../cases/accounts.ts';
import { type Actor, hasRole } from '../../cases/actor.ts';
import { loadTerritories } from '../../cases/territories.ts';
import { factPlace } from '../../cases/transaction.ts';
import { standings } from '../../domain/accountStanding.ts';
import { choosers, departsFromChoice } from '../../domain/allocation.ts';
import { localDay } from '../../domain/calendar.ts';
import { yuanFromFen } from '../../domain/money.ts';
import { placeOf } from '../../domain/project.ts';
import { openJson } from '../../platform/cipher.ts';
import type { Allocation, Case, Fact, Task } from '../../prisma/generated/client.ts';
import type { AllocationMatter, AllocationSummary, PlaceKind, PlaceView } from '../contract/allocations.ts';
import type { Page } from '../contract/shared.ts';
import type { ApiDeps } from '../deps.ts';
import { stateKeyOf } from './caseSummaries.ts';
import { timeOf } from './days.ts';
import { firstWords } from './firstWords.ts';
import { loadNames, type Names } from './names.ts';
import { keyOf, pageOf } from './pages.ts';
import { readableAmong } from './readableCases.ts';

/** Whose territory a place is today, and who would have the first choice. */
export async function placeSeen(
  deps: Pick<ApiDeps, 'pool' | 'prisma'>,
  { holdings }: Pick<AccountRow, 'holdings'>,
  regionCode: string,
): Promise<PlaceView> {
  const lead = holdings.find(({ kind }) => kind === 'lead')?.unitId ?? null;
  const place = placeOf(regionCode, lead, await loadTerritories(deps.pool), localDay(Date.now()));
  const asked = choosers(holdings);
  const names = await loadNames(deps.prisma, { units: [...place.unitIds, ...asked] });
  return {
    kind: place.kind,
    covering: place.unitIds.map((id) => names.unit(id)),
    lead: names.unitOrNull(lead),
    choosers: asked.map((id) => names.unit(id)),
  };
}

/** One page of an account's allocations; a project is named to who may read its case. */
export async function allocationSummaries(
  deps: ApiDeps,
  actor: Actor,
  accountId: string,
  query: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<AllocationSummary>> {
  const after = keyOf(query.cursor, 'text');
  const rows = await deps.prisma.allocation.findMany({
    where: { accountId, ...(after ? { caseId: { lt: after[0] } } : {}) },
    // Ids begin with the time.
    orderBy: { caseId: 'desc' },
    take: query.limit + 1,
  });
  const { items, nextCursor } = pageOf(rows, query.limit, ({ caseId }) => [caseId]);
  const ids = items.map(({ caseId }) => caseId);
  const [cases, readable, names] = await Promise.all([
    deps.prisma.case.findMany({ where: { id: { in: ids } } }),
    readableAmong(deps, actor, ids),
    loadNames(deps.prisma, { units: items.map(({ builderId }) => builderId) }),
  ]);
  const caseOf = new Map(cases.map((row) => [row.id, row]));
  const mayRead = new Set(readable.map(({ id }) => id));
  const summaries = items.map(async (row): Promise<AllocationSummary[]> => {
    const found = caseOf.get(row.caseId);
    if (!found) return [];
    return [
      {
        caseId: row.caseId,
        number: found.number,
        state: found.state,
        stateKey: stateKeyOf(found.process, found.state, 'branch'),
        projectName: mayRead.has(row.caseId) ? ((await firstWords(deps, row.caseId)).projectName ?? null) : null,
        regionCode: row.regionCode,
        place: row.place as PlaceKind,
        builder: names.unitOrNull(row.builderId),
        openedAt: timeOf(found.openedAt),
      },
    ];
  });
  return { items: (await Promise.all(summaries)).flat(), nextCursor };
}

/** What a case about a project's builder is about, for who reads its contents; null for any other case. */
export async function allocationMatter(deps: ApiDeps, actor: Actor, row: Case): Promise<AllocationMatter | null> {
  const { prisma } = deps;
  const found = await prisma.allocation.findUnique({ where: { caseId: row.id } });
  if (!found) return null;
  const [account, words, tasks] = await Promise.all([
    accountRow(deps.pool, found.accountId),
    firstWords(deps, row.id),
    prisma.task.findMany({
      where: { caseId: row.id, kind: { in: [...OPINIONS, 'chooseFirst', 'proposeBuilder', 'decideBuilder'] } },
      orderBy: { openedSeq: 'asc' },
    }),
  ]);
  const answers = await answersOf(deps, row.id, tasks);
  const units = [...answers.values()].flatMap(({ unitId }) => unitId ?? []);
  const spoken = tasks.map(unitOf);
  const names = await loadNames(prisma, {
    units: [row.unitId, found.builderId, ...found.coveringIds, ...found.chooserIds, ...units, ...spoken],
  });
  const last = tasks.findLast(({ id, kind }) => PROPOSALS.includes(kind) && answers.has(id));
  const proposed = last && answers.get(last.id);
  return {
    process: 'allocation',
    accountId: found.accountId,
    projectName: words.projectName ?? null,
    regionCode: found.regionCode,
    amountYuan: found.amountFen === null ? null : yuanFromFen(found.amountFen),
    reason: words.reason ?? null,
    place: {
      kind: found.place as PlaceKind,
      covering: found.coveringIds.map((id) => names.unit(id)),
      lead: names.unitOrNull(found.chooserIds[0] ?? null),
      choosers: found.chooserIds.map((id) => names.unit(id)),
    },
    choices: choicesOf(found, tasks, names),
    opinions: tasks
      .filter(({ kind }) => OPINIONS.includes(kind))
      .map((task) => ({
        of: task.kind === 'recordClientView' ? 'client' : 'unit',
        unit: names.unitOrNull(unitOf(task)),
        prefers: names.unitOrNull(answers.get(task.id)?.unitId ?? null),
        text: answers.get(task.id)?.opinion ?? null,
        evidenceId: answers.get(task.id)?.evidenceId ?? null,
        is: task.status === 'open' ? 'open' : answers.has(task.id) ? 'given' : 'silent',
      })),
    proposal: proposed
      ? {
          unit: names.unitOrNull(proposed.unitId ?? null),
          departs: departsFromChoice(found.claimedBy, proposed.unitId ?? null),
          reason: proposed.reason ?? null,
        }
      : null,
    builder: names.unitOrNull(found.builderId),
    mayCancel: row.closedAt === null && row.ending === null && mayCancel(actor, row, account),
  };
}

const OPINIONS = ['giveUnitView', 'recordClientView'];
const PROPOSALS = ['proposeBuilder', 'decideBuilder'];

function mayCancel(actor: Actor, row: Case, { holdings }: AccountRow): boolean {
  const standing = standings(actor, holdings);
  return (
    row.submitterId === actor.personId || standing.has('manager') || standing.has('head') || hasRole(actor, 'office')
  );
}

/** The unit whose officers a task asks. */
const unitOf = ({ candidates }: Task): string | null =>
  candidates.flatMap((key) => /^role:(?:unitHead|marketingDeputy)@(.+)$/.exec(key)?.[1] ?? []).at(0) ?? null;

function choicesOf(
  { chooserIds, place }: Allocation,
  tasks: readonly Task[],
  names: Names,
): AllocationMatter['choices'] {
  if (place === 'inside') return [];
  return chooserIds.map((unitId, index) => {
    const task = tasks.find(({ kind, round }) => kind === 'chooseFirst' && round === index + 1);
    const is = !task
      ? 'notAsked'
      : task.status === 'open'
        ? 'open'
        : task.outcome === 'claim'
          ? 'claimed'
          : task.outcome === 'leave'
            ? 'left'
            : 'silent';
    return { unit: names.unit(unitId), is };
  });
}

type Said = { unitId?: string; evidenceId?: string; opinion?: string; reason?: string };

/** What was answered to each of some tasks. */
async function answersOf(
  { prisma, keys }: Pick<ApiDeps, 'prisma' | 'keys'>,
  caseId: string,
  tasks: readonly Task[],
): Promise<Map<string, Said>> {
  const facts: Fact[] = await prisma.fact.findMany({
    where: { caseId, kind: 'decided', taskId: { in: tasks.map(({ id }) => id) } },
    orderBy: { seq: 'asc' },
  });
  const key = facts.some(({ secret }) => secret) ? await keys.get(`case:${caseId}`) : null;
  return new Map(
    facts.map(({ taskId, seq, codes, secret }) => [
      String(taskId),
      {
        ...(codes as Said),
        ...(key && secret ? (openJson(key, Buffer.from(secret), factPlace(caseId, seq)) as Said) : {}),
      },
    ]),
  );
}
