import { type Actor, candidateKeys } from '../../cases/actor.ts';
import { isBarred } from '../../cases/guard.ts';
import type { Task } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import { delegatedTasks } from './delegatedTasks.ts';

/** Those of the open tasks this person may answer, himself or for somebody; the guard decides again under the lock. */
export async function mayAnswer(deps: ApiDeps, actor: Actor, tasks: readonly Task[]): Promise<Task[]> {
  const keys = candidateKeys(actor);
  const isOwn = (task: Task) =>
    task.assigneeId === null ? task.candidates.some((key) => keys.includes(key)) : task.assigneeId === actor.personId;
  const open = tasks.filter((task) => task.status === 'open' && !isBarred(task.subject as object, actor.personId));
  const others = open.filter((task) => !isOwn(task));
  const principals = await principalsOf(deps, actor, others);
  return open.filter((task) => isOwn(task) || principals.has(task.id));
}

/** For which of these tasks the actor stands in for somebody: task → that person. */
export async function principalsOf(deps: ApiDeps, actor: Actor, tasks: readonly Task[]): Promise<Map<string, string>> {
  if (tasks.length === 0) return new Map();
  const delegated = await delegatedTasks(deps, actor);
  const found = await Promise.all(
    delegated.map(async ({ fromId, where }) => {
      const rows = await deps.prisma.task.findMany({
        where: { AND: [{ id: { in: tasks.map((task) => task.id) } }, where] },
        select: { id: true },
      });
      return rows.map((row) => [row.id, fromId] as const);
    }),
  );
  return new Map(found.flat());
}
