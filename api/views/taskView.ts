import { type Actor, hasRole } from '../../cases/actor.ts';
import { PERSONAL } from '../../cases/guard.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Task } from '../../prisma/generated/client.ts';
import type { TaskView } from '../contract/tasks.ts';
import type { ApiDeps } from '../deps.ts';
import { caseSummaries } from './caseSummaries.ts';
import { timeOrNull } from './days.ts';
import { holderViews, isClaimable } from './holders.ts';
import { mayAnswer } from './mayAnswer.ts';
import { loadNames } from './names.ts';
import { readable } from './readable.ts';
import { taskSummaries } from './taskSummaries.ts';

/** One task of a case the person may read. @throws DomainError `notFound` */
export async function taskView(deps: ApiDeps, actor: Actor, taskId: string): Promise<TaskView> {
  const { prisma } = deps;
  const task = await readableTask(deps, actor, taskId);
  const { row, contents } = await readable(deps, actor, task.caseId);
  const subject = task.subject as TaskView['subject'];
  const named = Object.entries(subject).flatMap(([key, value]) => (/personId$/i.test(key) ? [String(value)] : []));
  const [[summary], [holder], [shown], mine, ballot, names] = await Promise.all([
    caseSummaries(prisma, [row]),
    holderViews(prisma, row.process, [task]),
    taskSummaries(deps, actor, [task], new Map([[row.id, row.process]])),
    mayAnswer(deps, actor, [task]),
    task.ballotId ? prisma.ballot.findUnique({ where: { id: task.ballotId }, select: { status: true } }) : null,
    loadNames(prisma, { persons: named }),
  ]);
  if (!summary || !holder || !shown) throw new DomainError('notFound');
  const ended = row.closedAt !== null || row.ending !== null;
  // A vote may be changed, and a recusal declared, while its ballot is open, though the task is done.
  const revisable =
    task.kind === 'vote' && ballot?.status === 'open' && task.candidates.includes(`person:${actor.personId}`);
  return {
    ...shown,
    case: summary,
    holder,
    subject,
    persons: named.map((id) => names.person(id)),
    mayDecide: !ended && (mine.length > 0 || revisable) ? task.actions : [],
    verbs: ended ? [] : verbsOf(task, actor, mine.length > 0, contents),
    closedAt: timeOrNull(task.closedAt),
    parentId: task.parentId,
  };
}

/** @throws DomainError `notFound` for a task that is not, or of a case that is not this person's to read */
export async function readableTask(deps: ApiDeps, actor: Actor, taskId: string): Promise<Task> {
  const task = await deps.prisma.task.findUnique({ where: { id: taskId } });
  if (!task) throw new DomainError('notFound');
  await readable(deps, actor, task.caseId);
  return task;
}

/** What one may do with a task besides answering it; each is checked again by its guard. */
function verbsOf(task: Task, actor: Actor, isMine: boolean, contents: boolean): TaskView['verbs'] {
  if (task.status !== 'open') return [];
  const verbs: TaskView['verbs'] = contents ? ['urge'] : [];
  const isPersonal = PERSONAL.includes(task.kind);
  if (isMine && isClaimable(task)) verbs.push('claim');
  if (task.assigneeId === actor.personId) verbs.push('release');
  if (isMine && !isPersonal) verbs.push('transfer', 'delegate');
  if (isMine) verbs.push('consult');
  if (isMine && ['endorse', 'screen', 'countersign'].includes(task.kind)) verbs.push('addApprover');
  if (hasRole(actor, 'office') && task.dueAt !== null && !task.extended) verbs.push('extend');
  return verbs;
}
