import type { Actor } from '../../cases/actor.ts';
import { currentCalendar } from '../../cases/calendars.ts';
import { businessDaysBetween } from '../../domain/calendar.ts';
import type { Task } from '../../prisma/generated/client.ts';
import type { TaskSummary } from '../contract/tasks.ts';
import type { ApiDeps } from '../deps.ts';
import { timeOf, timeOrNull } from './days.ts';
import { articleOf, isClaimable, isOverdue } from './holders.ts';
import { mayAnswer, principalsOf } from './mayAnswer.ts';
import { loadNames } from './names.ts';

/** Tasks as lists show them to this person, in the order given; `processes` names each case's process. */
export async function taskSummaries(
  deps: ApiDeps,
  actor: Actor,
  tasks: readonly Task[],
  processes: ReadonlyMap<string, string>,
): Promise<TaskSummary[]> {
  const own = await mayAnswer(deps, actor, tasks);
  const principals = await principalsOf(deps, actor, tasks);
  const names = await loadNames(deps.prisma, {
    persons: [...tasks.map((task) => task.assigneeId), ...principals.values()],
  });
  const calendar = await currentCalendar(deps.pool);
  const now = Date.now();
  return tasks.map((task) => {
    const due = task.status === 'open' && task.dueAt ? task.dueAt.getTime() : null;
    return {
      id: task.id,
      kind: task.kind,
      step: task.step,
      round: task.round,
      status: task.status,
      outcome: task.outcome,
      actions: task.actions,
      article: articleOf(processes.get(task.caseId) ?? 'recommendation', task.step),
      openedAt: timeOf(task.openedAt),
      dueAt: timeOrNull(task.dueAt),
      overdue: isOverdue(task),
      // The reminder of one day before has been sent, or would be now; a short period never had one.
      dueSoon: task.status === 'open' && task.dueAt !== null && (task.remindDayAt?.getTime() ?? 0) <= Date.now(),
      daysLeft: due !== null && due > now ? businessDaysBetween(calendar, now, due) : null,
      provisional: task.provisional,
      silence: task.silence,
      level: task.level,
      claimable: isClaimable(task) && own.includes(task),
      claimedBy: names.personOrNull(task.assigneeId),
      ballotId: task.ballotId,
      onBehalfOf: names.personOrNull(principals.get(task.id) ?? null),
    };
  });
}
