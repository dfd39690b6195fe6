import { DomainError } from '../domain/errors.ts';
import { type Actor, candidateKeys, hasRole, holdersOf, personKey, roleKey } from './actor.ts';
import { currentCalendar } from './calendars.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor, barredFrom, guardCandidate, guardSeparation, isCandidate, PERSONAL } from './guard.ts';
import type { Act, Keep } from './idempotency.ts';
import { beginning } from './pauses.ts';
import { definitionOf } from './processes.ts';
import type { FactRow, NewFact, Receipt, TaskRow } from './records.ts';
import { timing, timingAfter } from './timing.ts';
import { type CaseTransaction, inCase } from './transaction.ts';

/** What one may do with a task besides deciding it. Each is a fact, under an Idempotency-Key, and passes the guard. */
export type TaskRequest = { readonly personId: string; readonly taskId: string; readonly key: string };

/** 领取: from a group's task to one's own. */
export function claim(deps: CaseDeps, request: TaskRequest): Promise<Receipt> {
  return onTask(deps, request, 'claim', (tx, task, actor) => {
    refusePersonal(task);
    guardHolder(tx, task, actor, null);
    tx.tasks.change(task, { assigneeId: actor.personId });
    return { kind: 'claimed' };
  });
}

/** 退领 */
export function release(deps: CaseDeps, request: TaskRequest): Promise<Receipt> {
  return onTask(deps, request, 'release', (tx, task, actor) => {
    if (task.assigneeId !== actor.personId) throw new DomainError('notCandidate');
    tx.tasks.change(task, { assigneeId: null });
    return { kind: 'released' };
  });
}

/** 转交, to a person of one's own unit: it is then his task, and no longer one's own. */
export function transfer(
  deps: CaseDeps,
  request: TaskRequest & { readonly to: string; readonly reason: string },
): Promise<Receipt> {
  return onTask(deps, request, 'transfer', async (tx, task, actor) => {
    refusePersonal(task);
    guardHolder(tx, task, actor, request.to);
    const unitId = await namedPerson(tx, request.to, 'personId', actor.unitId);
    refuseConcerned(tx, task, request.to, unitId);
    tx.tasks.change(task, { candidates: [personKey(request.to)], assigneeId: null });
    tx.notify(request.to, 'taskTransferred', task.id);
    return { kind: 'transferred', codes: { toId: request.to }, secret: { reason: request.reason } };
  });
}

/** 征求意见: another person is asked; nobody waits for him, silence is no comment. */
export function consult(
  deps: CaseDeps,
  request: TaskRequest & { readonly to: string; readonly question: string | null },
): Promise<Receipt> {
  return onTask(deps, request, 'consult', async (tx, task, actor) => {
    guardHolder(tx, task, actor, request.to);
    await namedPerson(tx, request.to, 'personId');
    const from = await beginning(tx, tx.now);
    const clock = timing(await currentCalendar(tx.client), from, tx.policy.values.consultDays);
    const asked = tx.openTask({
      ...aside(task),
      ...clock,
      periodAt: from,
      kind: 'opine',
      actions: ['opine'],
      candidates: [personKey(request.to)],
      silence: 'outcome',
    });
    tx.ring();
    return {
      kind: 'consulted',
      codes: { toId: request.to, opinionTaskId: asked.id },
      secret: { question: request.question },
    };
  });
}

/** 加签: another person's answer is needed before the task can be decided. */
export function addApprover(
  deps: CaseDeps,
  request: TaskRequest & { readonly to: string; readonly question: string | null },
): Promise<Receipt> {
  return onTask(deps, request, 'addApprover', async (tx, task, actor) => {
    refusePersonal(task);
    guardHolder(tx, task, actor, request.to);
    if (!['endorse', 'screen', 'countersign'].includes(task.kind))
      throw new DomainError('notYourMatter', { state: tx.case.state });
    const unitId = await namedPerson(tx, request.to, 'personId');
    refuseConcerned(tx, task, request.to, unitId);
    const days = Math.max(1, task.dueDays ?? 1);
    const from = await beginning(tx, tx.now);
    const clock = timing(await currentCalendar(tx.client), from, days);
    const added = tx.openTask({
      ...aside(task),
      ...clock,
      periodAt: from,
      kind: 'coapprove',
      actions: ['agree', 'disagree'],
      candidates: [personKey(request.to)],
      escalations: [[roleKey('unitHead', unitId)]],
      silence: 'escalate',
    });
    tx.ring();
    return {
      kind: 'approverAdded',
      codes: { toId: request.to, approvalTaskId: added.id },
      secret: { question: request.question },
    };
  });
}

/** 催办: whoever may see the case reminds its holder; not more often than policy allows. */
export function urge(deps: CaseDeps, request: TaskRequest): Promise<Receipt> {
  return onTask(deps, request, 'urge', async (tx, task) => {
    const pause = tx.policy.values.urgeMinutes * 60_000;
    const since = task.urgedAt ? tx.now.getTime() - task.urgedAt.getTime() : pause;
    if (since < pause) throw new DomainError('urgedRecently', { minutes: Math.ceil((pause - since) / 60_000) });
    const holders = task.assigneeId ? [task.assigneeId] : await holdersOf(tx.client, task.candidates);
    for (const holder of holders) tx.notify(holder, 'taskUrged', task.id);
    tx.tasks.change(task, { urgedAt: tx.now });
    return { kind: 'urged' };
  });
}

/** The office gives a task more time, once; a ballot's seats all together. */
export async function extend(
  deps: CaseDeps,
  request: TaskRequest & { readonly days: number; readonly reason: string },
): Promise<Receipt> {
  return onTask(deps, request, 'extend', async (tx, task, actor) => {
    if (!hasRole(actor, 'office')) throw new DomainError('forbidden', { needed: 'office' });
    if (task.extended) throw new DomainError('alreadyExtended');
    // A dated runoff has its own limit, which is not the office's to move.
    if (task.dueAt === null || task.kind === 'scheduleRunoff')
      throw new DomainError('notYourMatter', { state: tx.case.state });
    const ballot = tx.ballots.all.find((each) => each.id === task.ballotId && each.status === 'open');
    const due = ballot ? (ballot.directorDueAt ?? ballot.dueAt) : task.dueAt;
    const clock = {
      ...timingAfter(await currentCalendar(tx.client), due, request.days),
      calendarDays: task.calendarDays,
    };
    const dueDays = (task.dueDays ?? 0) + request.days;
    const votes = tx.tasks.all.filter((each) => each.ballotId === ballot?.id && each.kind === 'vote');
    // In the director's turn the others' time is over and stays so.
    const running = votes.filter((each) => each.status === 'open' && each.dueAt !== null && each.dueAt > tx.now);
    const together = ballot ? running : [task];
    for (const each of together) tx.tasks.change(each, { ...clock, dueDays, extended: true });
    if (ballot)
      tx.ballots.change(ballot, ballot.directorDueAt ? { directorDueAt: clock.dueAt } : { dueAt: clock.dueAt as Date });
    tx.ring();
    return {
      kind: 'extended',
      codes: { days: request.days, dueAt: clock.dueAt?.toISOString() ?? null },
      secret: { reason: request.reason },
    };
  });
}

/** 抄送: these persons may read the case from now on, all of them or, where one is unfit, none. */
export async function copy(
  deps: CaseDeps,
  request: { readonly personId: string; readonly caseId: string; readonly to: readonly string[] },
  keep?: Keep<void>,
): Promise<void> {
  await inCase(deps, request, async (tx) => {
    const actor = activeActor(tx);
    const keys = candidateKeys(actor);
    const concerned =
      actor.personId === tx.case.submitterId ||
      hasRole(actor, 'office') ||
      (await tx.sql('SELECT 1 FROM tasks WHERE case_id = $1 AND candidates && $2 LIMIT 1', [tx.case.id, keys])).length >
        0;
    if (!concerned) throw new DomainError('forbidden', { needed: 'submitter, holder, office' });
    for (const to of request.to) {
      await namedPerson(tx, to, 'personId');
      await tx.sql('INSERT INTO copies (case_id, person_id, by_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        tx.case.id,
        to,
        actor.personId,
      ]);
      tx.notify(to, 'caseCopied');
      tx.fact({ kind: 'copied', actorId: actor.personId, codes: { toId: to } });
    }
    await keep?.(tx.client);
  });
}

type Verb = (tx: CaseTransaction, task: Readonly<TaskRow>, actor: Actor) => Promise<NewFact> | NewFact;

async function onTask(deps: CaseDeps, request: TaskRequest, verb: string, work: Verb): Promise<Receipt> {
  const { key, ...body } = request;
  const act: Act = { personId: request.personId, target: `task:${request.taskId}:${verb}`, key, body };
  return inCase(deps, { personId: request.personId, taskId: request.taskId, act }, async (tx) => {
    const before = tx.answered<Receipt>(act);
    if (before) return before;
    const actor = activeActor(tx);
    // As in a decision: what follows its holder is his already.
    await definitionOf(tx.case.process).settleHolders?.(tx);
    const task = tx.tasks.all.find((each) => each.id === request.taskId);
    // How a task ended is told to whoever could have answered it, and to the office.
    const concerned = task && (isCandidate(task, actor) || hasRole(actor, 'office') || task.status === 'open');
    if (!concerned) throw new DomainError('notFound');
    if (task.status !== 'open') throw new DomainError('taskClosed', { outcome: task.outcome ?? '' });
    const done = await work(tx, task, actor);
    const fact: FactRow = tx.fact({
      step: task.step,
      round: task.round,
      taskId: task.id,
      actorId: actor.personId,
      ...done,
    });
    const receipt: Receipt = { caseId: tx.case.id, seq: fact.seq, taskId: task.id, outcome: null };
    tx.keep(act, receipt);
    return receipt;
  });
}

const aside = (task: Readonly<TaskRow>) => ({ step: task.step, round: task.round, blocking: false, parentId: task.id });

/**
 * The task is the person's own, not one delegated to him: that is decided for its owner, and never taken over, handed on or opened to
 * others. Nor does he hand it to himself, or hold it against the rules on conflicts.
 */
function guardHolder(tx: CaseTransaction, task: Readonly<TaskRow>, actor: Actor, to: string | null): void {
  const standin = guardCandidate(tx, task, actor);
  if (standin.principal !== null) throw new DomainError('redelegation', {}, 'personId');
  guardSeparation(tx, task, standin);
  if (to === actor.personId) throw new DomainError('unfitPerson', { field: 'personId', why: 'yourself' }, 'personId');
}

function refusePersonal(task: Readonly<TaskRow>): void {
  if (PERSONAL.includes(task.kind)) throw new DomainError('notTransferable');
}

/** A person who is to be given something. @returns his unit. @throws DomainError `unfitPerson` */
async function namedPerson(tx: CaseTransaction, personId: string, field: string, unitId?: string): Promise<string> {
  const [person] = await tx.sql('SELECT active, unit_id FROM persons WHERE id = $1', [personId]);
  if (!person?.active) throw new DomainError('unfitPerson', { field, why: 'inactive' }, field);
  if (unitId !== undefined && person.unit_id !== unitId)
    throw new DomainError('unfitPerson', { field, why: 'notOfYourUnit' }, field);
  return String(person.unit_id);
}

/** Whom the process bars from a task cannot be handed it: the submitter, or his whole unit. */
function refuseConcerned(tx: CaseTransaction, task: Readonly<TaskRow>, personId: string, unitId: string): void {
  const barred = barredFrom(tx, task);
  const why =
    barred === 'unit' && unitId === tx.case.unitId
      ? '属于提出单位'
      : barred !== undefined && personId === tx.case.submitterId
        ? '是本事项经办人'
        : null;
  if (why) throw new DomainError('unfitPerson', { field: 'personId', why }, 'personId');
}
