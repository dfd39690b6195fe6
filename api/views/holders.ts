import { type Actor, candidateKeys, personKey, roleKey, seatKey } from '../../cases/actor.ts';
import { processOf } from '../../cases/contracts.ts';
import { PERSONAL } from '../../cases/guard.ts';
import { ASSUMPTION } from '../../domain/policy.ts';
import type { PrismaClient, Task } from '../../prisma/generated/client.ts';
import type { HolderView } from '../contract/cases.ts';
import { inForce, timeOf, timeOrNull } from './days.ts';
import { loadNames, type Names } from './names.ts';

/** The active persons behind each candidate key. */
export async function personsByKey(prisma: PrismaClient, keys: readonly string[]): Promise<Map<string, string[]>> {
  const parsed = keys.map(partsOf);
  const [terms, roles] = await Promise.all([
    prisma.seatTerm.findMany({
      where: { seatId: { in: parsed.flatMap(({ seatId }) => seatId ?? []) }, ...inForce() },
      select: { seatId: true, personId: true },
    }),
    prisma.roleAssignment.findMany({
      where: { role: { in: parsed.flatMap(({ role }) => role ?? []) }, ...inForce() },
      select: { role: true, unitId: true, personId: true },
    }),
  ]);
  const found = new Map<string, string[]>(keys.map((key) => [key, []]));
  const add = (key: string, personId: string) => found.get(key)?.push(personId);
  for (const { personId } of parsed) if (personId) add(personKey(personId), personId);
  for (const { seatId, personId } of terms) add(seatKey(seatId), personId);
  for (const { role, unitId, personId } of roles) add(roleKey(role, unitId), personId);
  const active = await prisma.person.findMany({
    where: { id: { in: [...found.values()].flat() }, active: true },
    select: { id: true },
  });
  const ids = new Set(active.map((person) => person.id));
  return new Map([...found].map(([key, persons]) => [key, persons.filter((id) => ids.has(id)).sort()]));
}

type KeyParts = { personId?: string; seatId?: string; role?: string; unitId?: string };

function partsOf(key: string): KeyParts {
  const [kind, rest = ''] = splitOnce(key, ':');
  if (kind === 'person') return { personId: rest };
  if (kind === 'seat') return { seatId: rest };
  const [role, unitId] = splitOnce(rest, '@');
  return unitId ? { role, unitId } : { role };
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** A group's task may be claimed; a personal one, or one that names a person, may not. */
export const isClaimable = (task: Pick<Task, 'status' | 'kind' | 'assigneeId' | 'candidates'>): boolean =>
  task.status === 'open' &&
  task.assigneeId === null &&
  !PERSONAL.includes(task.kind) &&
  task.candidates.some((key) => key.startsWith('role:'));

/** Who holds each of these tasks, until when, and what happens then. */
export async function holderViews(
  prisma: PrismaClient,
  process: string,
  tasks: readonly Task[],
): Promise<HolderView[]> {
  const persons = await personsByKey(prisma, [...new Set(tasks.flatMap((task) => task.candidates))]);
  const names = await loadNames(prisma, {
    persons: [...[...persons.values()].flat(), ...tasks.map((task) => task.assigneeId)],
    units: tasks.flatMap((task) => task.candidates.map((key) => partsOf(key).unitId)),
  });
  return tasks.map((task) => holderView(process, task, persons, names));
}

function holderView(process: string, task: Task, persons: Map<string, string[]>, names: Names): HolderView {
  const ids = task.assigneeId ? [task.assigneeId] : task.candidates.flatMap((key) => persons.get(key) ?? []);
  const group = task.candidates.map(partsOf).find((parts) => parts.role);
  return {
    taskId: task.id,
    kind: task.kind,
    step: task.step,
    article: articleOf(process, task.step),
    persons: [...new Set(ids)].map((id) => names.person(id)),
    role: group?.role ?? null,
    unit: names.unitOrNull(group?.unitId ?? null),
    claimedBy: names.personOrNull(task.assigneeId),
    openedAt: timeOf(task.openedAt),
    dueAt: timeOrNull(task.dueAt),
    overdue: isOverdue(task),
    provisional: task.provisional,
    calendarVersion: task.calendarVersion,
    extended: task.extended,
    urgedAt: timeOrNull(task.urgedAt),
    silence: task.silence,
    level: task.level,
  };
}

export const articleOf = (process: string, step: string): string =>
  processOf(process).steps[step]?.article ?? ASSUMPTION;

export const isOverdue = (task: Pick<Task, 'status' | 'dueAt'>): boolean =>
  task.status === 'open' && task.dueAt !== null && task.dueAt.getTime() <= Date.now();

/** The actor's keys, parted: those that mean him alone, and those of a role others hold too. */
export async function ownAndSharedKeys(
  prisma: PrismaClient,
  actor: Actor,
): Promise<{ own: string[]; shared: string[] }> {
  const keys = candidateKeys(actor);
  const persons = await personsByKey(prisma, keys);
  const isShared = (key: string) => (persons.get(key)?.length ?? 0) > 1;
  return { own: keys.filter((key) => !isShared(key)), shared: keys.filter(isShared) };
}
