import type { Actor } from '../../cases/actor.ts';
import type { Prisma, Task } from '../../prisma/generated/client.ts';
import type { Page } from '../contract/shared.ts';
import type { Box, InboxRow } from '../contract/tasks.ts';
import type { ApiDeps } from '../deps.ts';
import { caseSummaries } from './caseSummaries.ts';
import { timeOf } from './days.ts';
import { delegatedTasks } from './delegatedTasks.ts';
import { ownAndSharedKeys } from './holders.ts';
import { keyOf, pageOf } from './pages.ts';
import { readableCases } from './readableCases.ts';
import { taskSummaries } from './taskSummaries.ts';

export type InboxQuery = {
  readonly box: Box;
  readonly kind?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** One box of the inbox: tasks by deadline, the earliest first; what is past, the latest first. */
export async function inbox(deps: ApiDeps, actor: Actor, query: InboxQuery): Promise<Page<InboxRow>> {
  switch (query.box) {
    case 'mine':
    case 'group':
    case 'delegated':
      return openTasks(deps, actor, query);
    case 'decided':
      return decided(deps, actor, query);
    case 'initiated':
      return cases(deps, { submitterId: actor.personId }, query);
    case 'copied': {
      const copies = await deps.prisma.copy.findMany({ where: { personId: actor.personId }, select: { caseId: true } });
      const copied = { id: { in: copies.map((copy) => copy.caseId) } };
      return cases(deps, { AND: [copied, await readableCases(deps, actor)] }, query);
    }
  }
}

/** How many open tasks wait in a box. */
export async function countTasks(deps: ApiDeps, actor: Actor, box: 'mine' | 'group' | 'delegated'): Promise<number> {
  return deps.prisma.task.count({ where: await waiting(deps, actor, box) });
}

/** `mine` is what no other could answer; `group` what a role shares and nobody has claimed. */
async function waiting(deps: ApiDeps, actor: Actor, box: Box): Promise<Prisma.TaskWhereInput> {
  if (box === 'delegated') {
    const delegated = await delegatedTasks(deps, actor);
    return { status: 'open', OR: delegated.map(({ where }) => where) };
  }
  const { own, shared } = await ownAndSharedKeys(deps.prisma, actor);
  const isOwn: Prisma.TaskWhereInput = { assigneeId: null, candidates: { hasSome: own } };
  if (box === 'mine') return { status: 'open', OR: [{ assigneeId: actor.personId }, isOwn] };
  return { status: 'open', assigneeId: null, candidates: { hasSome: shared }, NOT: isOwn };
}

const NEVER = new Date('9999-01-01T00:00:00Z');

async function openTasks(
  deps: ApiDeps,
  actor: Actor,
  { box, kind, cursor, limit }: InboxQuery,
): Promise<Page<InboxRow>> {
  const after = keyOf(cursor, 'instant', 'text');
  const where: Prisma.TaskWhereInput[] = [await waiting(deps, actor, box)];
  if (kind) where.push({ kind });
  if (after) {
    const [due, id] = after;
    // Tasks without a deadline come last.
    if (due >= NEVER) where.push({ dueAt: null, id: { gt: id } });
    else where.push({ OR: [{ dueAt: null }, { dueAt: { gt: due } }, { dueAt: due, id: { gt: id } }] });
  }
  const tasks = await deps.prisma.task.findMany({
    where: { AND: where },
    orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
    take: limit + 1,
  });
  const page = pageOf(tasks, limit, (task) => [timeOf(task.dueAt ?? NEVER), task.id]);
  return {
    items: await rowsOf(
      deps,
      actor,
      page.items.map((task) => ({ task, at: task.openedAt, action: null })),
    ),
    nextCursor: page.nextCursor,
  };
}

async function decided(deps: ApiDeps, actor: Actor, { kind, cursor, limit }: InboxQuery): Promise<Page<InboxRow>> {
  const [at, caseId, seq] = keyOf(cursor, 'instant', 'text', 'number') ?? [NEVER, '', 0];
  const facts = await deps.prisma.fact.findMany({
    where: {
      actorId: actor.personId,
      kind: { in: ['decided', 'voted', 'recused', 'recorded', 'overridden'] },
      taskId: { not: null },
      case: await readableCases(deps, actor),
      OR: [{ at: { lt: at } }, { at, caseId: { lt: caseId } }, { at, caseId, seq: { lt: seq } }],
      ...(kind ? { taskId: { in: await tasksOfKind(deps, actor, kind) } } : {}),
    },
    orderBy: [{ at: 'desc' }, { caseId: 'desc' }, { seq: 'desc' }],
    take: limit + 1,
  });
  const page = pageOf(facts, limit, (fact) => [timeOf(fact.at), fact.caseId, fact.seq]);
  const tasks = await deps.prisma.task.findMany({
    where: { id: { in: page.items.flatMap((fact) => fact.taskId ?? []) } },
  });
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const entries = page.items.flatMap((fact) => {
    const task = byId.get(fact.taskId ?? '');
    return task ? [{ task, at: fact.at, action: fact.action }] : [];
  });
  return { items: await rowsOf(deps, actor, entries), nextCursor: page.nextCursor };
}

async function tasksOfKind(deps: ApiDeps, actor: Actor, kind: string): Promise<string[]> {
  const rows = await deps.prisma.$queryRaw<{ id: string }[]>`SELECT DISTINCT t.id FROM tasks t
    JOIN facts f ON f.task_id = t.id WHERE f.actor_id = ${actor.personId} AND t.kind = ${kind}`;
  return rows.map((row) => row.id);
}

async function cases(
  deps: ApiDeps,
  where: Prisma.CaseWhereInput,
  { cursor, limit }: InboxQuery,
): Promise<Page<InboxRow>> {
  const { items, nextCursor } = await casePage(deps, [where], { cursor, limit });
  const summaries = await caseSummaries(deps.prisma, items);
  return {
    items: summaries.map((summary) => ({ task: null, case: summary, at: summary.openedAt, action: null })),
    nextCursor,
  };
}

/** Cases, the latest opened first. */
export async function casePage(
  deps: Pick<ApiDeps, 'prisma'>,
  where: readonly Prisma.CaseWhereInput[],
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const after = keyOf(cursor, 'instant', 'text');
  const older: Prisma.CaseWhereInput[] = after
    ? [{ OR: [{ openedAt: { lt: after[0] } }, { openedAt: after[0], id: { lt: after[1] } }] }]
    : [];
  const rows = await deps.prisma.case.findMany({
    where: { AND: [...where, ...older] },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  return pageOf(rows, limit, (row) => [timeOf(row.openedAt), row.id]);
}

async function rowsOf(
  deps: ApiDeps,
  actor: Actor,
  entries: readonly { readonly task: Task; readonly at: Date; readonly action: string | null }[],
): Promise<InboxRow[]> {
  const rows = await deps.prisma.case.findMany({ where: { id: { in: entries.map(({ task }) => task.caseId) } } });
  const summaries = new Map((await caseSummaries(deps.prisma, rows)).map((summary) => [summary.id, summary]));
  const tasks = await taskSummaries(
    deps,
    actor,
    entries.map(({ task }) => task),
    new Map(rows.map((row) => [row.id, row.process])),
  );
  return entries.flatMap(({ task, at, action }, index) => {
    const summary = summaries.get(task.caseId);
    const shown = tasks[index];
    return summary && shown ? [{ task: shown, case: summary, at: timeOf(at), action }] : [];
  });
}

/** Cases one may read that fit, the latest opened first. */
export async function searchCases(
  deps: ApiDeps,
  actor: Actor,
  wanted: Prisma.CaseWhereInput,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const { items, nextCursor } = await casePage(deps, [await readableCases(deps, actor), wanted], page);
  return { items: await caseSummaries(deps.prisma, items), nextCursor };
}
