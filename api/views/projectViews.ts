import type { AccountRow } from '../../cases/accounts.ts';
import { storedTotals } from '../../cases/contractTotals.ts';
import { type OperationKind, operationKinds } from '../../cases/operationKinds.ts';
import { currentPolicy } from '../../cases/policies.ts';
import { changesOf } from '../../cases/projectChanges.ts';
import { operationFormOf, operationsOf, type StoredOperation } from '../../cases/projectOperations.ts';
import { formOf, type Project, projectsOf } from '../../cases/projectRows.ts';
import { loadTerritories } from '../../cases/territories.ts';
import { keepsFile, type Standings } from '../../domain/accountStanding.ts';
import { localDay } from '../../domain/calendar.ts';
import { bucketOf, counting, figureForGrade, gradeFit } from '../../domain/contractTotals.ts';
import { yuanFromFen } from '../../domain/money.ts';
import { isAgreedAboveClaimed, operationTotals } from '../../domain/operation.ts';
import { notesOn, outstanding, placeOf } from '../../domain/project.ts';
import type {
  AccountProjects,
  ContractTotals,
  OperationView,
  ProjectDetail,
  ProjectView,
} from '../contract/projects.ts';
import type { ApiDeps } from '../deps.ts';
import { dayOf, timeOf } from './days.ts';
import { loadNames } from './names.ts';

type Account = AccountRow & { readonly standing: Standings };

const leadOf = (account: AccountRow): string | null =>
  account.holdings.find(({ kind }) => kind === 'lead')?.unitId ?? null;
const mayKeep = (account: Account): boolean => keepsFile(account.standing) && account.state !== 'terminated';
const yuanOrNull = (fen: bigint | null): string | null => (fen === null ? null : yuanFromFen(fen));

/** Projects as their readers see them, with what they are told of each. */
async function projectViews(
  deps: ApiDeps,
  account: Account,
  projects: readonly Project[],
  operations: readonly StoredOperation[],
): Promise<ProjectView[]> {
  const { prisma, pool } = deps;
  const [territories, row, entities] = await Promise.all([
    loadTerritories(pool),
    prisma.account.findUniqueOrThrow({ where: { id: account.id }, select: { establishedOn: true } }),
    prisma.legalEntity.findMany({ where: { clientId: account.clientId } }),
  ]);
  const today = localDay(Date.now());
  const placed = projects.map((project) => ({
    project,
    place: placeOf(project.regionCode, leadOf(account), territories, today),
  }));
  const names = await loadNames(prisma, {
    units: placed.flatMap(({ project, place }) => [project.builderUnitId, ...place.unitIds]),
  });
  const employers = new Map(entities.map(({ id, name, code }) => [id, { id, name, code }]));
  return placed.map(({ project, place }) => ({
    id: project.id,
    accountId: project.accountId,
    version: project.version,
    form: formOf(project),
    cancelled: project.cancelled,
    prior: project.prior,
    counts: bucketOf(project, dayOf(row.establishedOn)),
    employer: project.employerId === null ? null : (employers.get(project.employerId) ?? null),
    builder: names.unitOrNull(project.builderUnitId),
    place: { kind: place.kind, units: place.unitIds.map((id) => names.unit(id)) },
    outstandingYuan: yuanOrNull(outstanding(project.receivableFen, project.receivedFen)),
    notes: notesOn(
      project,
      place,
      operations.filter(({ projectId }) => projectId === project.id),
    ),
    updatedAt: timeOf(project.updatedAt),
  }));
}

/** The projects of an account, the larger first within the order of their states. */
export async function accountProjects(deps: ApiDeps, account: Account): Promise<AccountProjects> {
  const [projects, operations, entities, names] = await Promise.all([
    projectsOf(deps, deps.pool, account.id),
    operationsOf(deps, deps.pool, account.id),
    presentEntities(deps, account.clientId),
    loadNames(deps.prisma, { units: [leadOf(account)] }),
  ]);
  const larger = projects.toSorted((a, b) => (a.amountFen < b.amountFen ? 1 : a.amountFen > b.amountFen ? -1 : 0));
  return {
    projects: await projectViews(deps, account, larger, operations),
    mayKeep: mayKeep(account),
    entities,
    leadUnit: names.unitOrNull(leadOf(account)),
  };
}

const presentEntities = async ({ prisma }: ApiDeps, clientId: string) =>
  prisma.legalEntity.findMany({
    where: { clientId, validTo: null },
    select: { id: true, name: true, code: true },
    orderBy: { name: 'asc' },
  });

/** One project with everything on it. */
export async function projectDetail(deps: ApiDeps, account: Account, project: Project): Promise<ProjectDetail> {
  const { prisma, pool } = deps;
  const [operations, kinds, history, entities, row, allocations] = await Promise.all([
    operationsOf(deps, pool, account.id, project.id),
    operationKinds(pool),
    changesOf(deps, pool, project),
    presentEntities(deps, account.clientId),
    prisma.account.findUniqueOrThrow({ where: { id: account.id }, include: { client: true } }),
    pool.query<NonNullable<ProjectDetail['allocation']>>(
      `SELECT c.id AS "caseId", c.number, c.state, c.closed_at IS NULL AS open FROM allocations a JOIN cases c ON c.id = a.case_id
       WHERE a.project_id = $1 ORDER BY c.opened_at DESC, c.id DESC LIMIT 1`,
      [project.id],
    ),
  ]);
  const [[view], names] = await Promise.all([
    projectViews(deps, account, [project], operations),
    loadNames(prisma, { persons: history.map(({ actorId }) => actorId) }),
  ]);
  return {
    project: view as ProjectView,
    account: { id: account.id, archiveNo: row.archiveNo, client: row.client.name, state: row.state },
    mayKeep: mayKeep(account),
    entities,
    operations: operations.map((operation) => operationView(operation, kinds)),
    allocation: allocations.rows[0] ?? null,
    kinds,
    history: history.map(({ act, version, operationId, actorId, caseId, at, before, after }) => ({
      ...{ act, version, operationId, caseId, by: names.personOrNull(actorId), at: timeOf(at) },
      before: before as ProjectDetail['history'][number]['before'],
      after: after as ProjectDetail['history'][number]['after'],
    })),
  };
}

const operationView = (operation: StoredOperation, kinds: readonly OperationKind[]): OperationView => ({
  id: operation.id,
  version: operation.version,
  form: operationFormOf(operation),
  kind: kinds.find(({ id }) => id === operation.kindId) as OperationKind,
  agreedAboveClaimed: isAgreedAboveClaimed(operation),
});

/** The totals of an account that count, and its grade held against them (Article 12). Of operations the amounts alone. */
export async function contractTotalsView(deps: ApiDeps, account: Account): Promise<ContractTotals> {
  const { pool } = deps;
  const [stored, { values }, operations, owed] = await Promise.all([
    storedTotals(pool, account.id),
    currentPolicy(pool),
    operationsOf(deps, pool, account.id),
    pool.query<{ fen: string }>(
      `SELECT coalesce(sum(greatest(receivable_fen - coalesce(received_fen, 0), 0)), 0) AS fen FROM projects WHERE account_id = $1 AND NOT cancelled`,
      [account.id],
    ),
  ]);
  const asOf = new Map(stored.map((total) => [`${total.kind}:${total.year}:${total.source}`, total.asOf]));
  const totals = counting(stored, values.contractSource);
  const year = Number(localDay(Date.now()).slice(0, 4));
  const fen = figureForGrade(totals, values.gradeFigure, year);
  const lines = { companyLineFen: BigInt(values.companyLineFen), branchLineFen: BigInt(values.branchLineFen) };
  return {
    totals: totals.map((total) => ({
      ...{ kind: total.kind, year: total.year, amountYuan: yuanFromFen(total.fen), source: total.source },
      asOf: asOf.get(`${total.kind}:${total.year}:${total.source}`) ?? null,
      otherYuan: yuanOrNull(total.otherFen),
    })),
    grade: {
      held: account.grade,
      figure: values.gradeFigure,
      amountYuan: yuanFromFen(fen),
      ...gradeFit(account.grade, fen, lines),
      companyLineYuan: yuanFromFen(lines.companyLineFen),
      branchLineYuan: yuanFromFen(lines.branchLineFen),
    },
    year,
    outstandingYuan: yuanFromFen(BigInt(owed.rows[0]?.fen ?? '0')),
    operations: operationTotals(operations).map(({ claimedFen, agreedFen, openFen, ...each }) => ({
      ...each,
      claimedYuan: yuanFromFen(claimedFen),
      agreedYuan: yuanFromFen(agreedFen),
      openYuan: yuanFromFen(openFen),
    })),
  };
}
