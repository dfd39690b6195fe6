import { z } from 'zod';
import { planResults } from '../domain/plan.ts';
import { day } from '../forms/fields.ts';
import { measuresForm } from '../forms/plan.ts';
import { personKey, roleKey } from './actor.ts';
import { type Answer, recordDecision, settle } from './answer.ts';
import { currentCalendar } from './calendars.ts';
import { id, opinion, reason, withOpinion } from './decisionBody.ts';
import { manned } from './manning.ts';
import {
  addMeasures,
  beginPlan,
  changeMeasure,
  endPlan,
  type Measure,
  measureOf,
  measuresOf,
  requireDay,
  requireOwner,
} from './plans.ts';
import type { ProcessDefinition, Slate } from './processDefinition.ts';
import type { FactRow, TaskRow } from './records.ts';
import { timing, timingUntil } from './timing.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * 督办: what the steps of `planSteps` (domain/plan.ts) do, for any process that has a plan carried out. A measure is its owner's task; what he
 * reports, or that he was silent, is the office's to look at; it confirms the measure or sets a new day.
 */
export const planBodies: ProcessDefinition['bodies'] = {
  carryOut: { report: z.strictObject({ note: opinion }), progress: z.strictObject({ note: opinion }) },
  supervise: {
    confirmMeasure: withOpinion,
    newDay: z.strictObject({ dueOn: day, ownerId: id.optional(), reason }),
  },
  closePlan: {
    closePlan: z.strictObject({ result: z.enum(planResults), opinion }),
    addMeasures: z.strictObject({ measures: measuresForm }),
  },
};

export const planCodes = ['dueOn', 'ownerId', 'result'];

const OFFICE = [roleKey('office')];

/** A measure's task falls to the head of its owner's unit where the owner has left. */
const ownerSlate = ({ id: measureId, ownerId, ownerUnitId, dueOn }: Measure): Slate => ({
  candidates: [personKey(ownerId)],
  escalations: [[roleKey('unitHead', ownerUnitId)]],
  subject: { measureId },
  dueOn,
});

/** What was proposed begins, or what was added. */
export const planEntering: NonNullable<ProcessDefinition['entering']> = {
  async carryingOut(tx) {
    await beginPlan(tx);
    for (const measure of await measuresOf(tx, 'waiting')) await changeMeasure(tx, measure.id, 'open');
  },
};

export const planSlates: ProcessDefinition['slates'] = {
  measureOwners: async (tx) => (await measuresOf(tx, 'open')).map(ownerSlate),
  /** Each is opened when its measure is reported, or its day has passed in silence. */
  measuresToSee: async () => [],
};

export const planEffects: ProcessDefinition['effects'] = {
  /** Told on the way; the task goes on. */
  'carryOut.progress': (tx, answer) =>
    recordDecision(tx, answer, { kind: 'progressed', codes: { measureId: answer.task.subject.measureId } }),
  async 'carryOut.report'(tx, answer) {
    const measure = await measureOf(tx, answer.task.subject);
    await changeMeasure(tx, measure.id, 'reported', { reportedAt: tx.now });
    await openSupervision(tx, answer.task, [measure.ownerId, answer.actor.personId]);
    return settle(tx, answer, { measureId: measure.id });
  },
  async 'supervise.confirmMeasure'(tx, answer) {
    const measure = await measureOf(tx, answer.task.subject);
    await changeMeasure(tx, measure.id, 'done', { doneAt: tx.now, confirmedBy: answer.actor.personId });
    return settle(tx, answer, { measureId: measure.id });
  },
  'supervise.newDay': setNewDay,
  async 'closePlan.closePlan'(tx, answer) {
    await endPlan(tx, planResults.find((result) => result === answer.body.result) ?? null);
    return settle(tx, answer);
  },
  async 'closePlan.addMeasures'(tx, answer) {
    await addMeasures(tx, measuresForm.parse(answer.body.measures));
    return settle(tx, answer);
  },
};

/** A measure nobody reported by its day is not lost: the office is told, and looks after it. */
export const planSilences: NonNullable<ProcessDefinition['silences']> = {
  async carryOut(tx, task) {
    const measure = await measureOf(tx, task.subject);
    await changeMeasure(tx, measure.id, 'silent');
    await openSupervision(tx, task, [measure.ownerId], true);
  },
};

/** The measure is its owner's again, or another's, until a new day. */
async function setNewDay(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const measure = await measureOf(tx, answer.task.subject);
  const dueOn = String(answer.body.dueOn);
  const ownerId = String(answer.body.ownerId ?? measure.ownerId);
  requireDay(tx, dueOn, 'dueOn');
  await requireOwner(tx, ownerId, 'ownerId');
  await changeMeasure(tx, measure.id, 'open', { dueOn, ownerId, reportedAt: null });
  const { dueOn: _, ...slate } = ownerSlate(await measureOf(tx, answer.task.subject));
  await openFurther(tx, answer.task, {
    kind: 'carryOut',
    actions: ['report', 'progress'],
    slate,
    clock: timingUntil(await currentCalendar(tx.client), tx.now, dueOn),
    silence: 'outcome',
  });
  return settle(tx, answer, { ...answer.codes, measureId: measure.id });
}

async function openSupervision(
  tx: CaseTransaction,
  of: Readonly<TaskRow>,
  barred: readonly string[],
  isSilent = false,
): Promise<void> {
  const calendar = await currentCalendar(tx.client);
  await openFurther(tx, of, {
    kind: 'supervise',
    actions: ['confirmMeasure', 'newDay'],
    slate: {
      candidates: OFFICE,
      escalations: [],
      // Nobody confirms what he was to do, or has reported himself.
      subject: {
        measureId: of.subject.measureId,
        barredPersonIds: [...new Set(barred)],
        ...(isSilent ? { silent: true } : {}),
      },
    },
    clock: timing(calendar, tx.now, tx.policy.values.supervisingDays),
    silence: 'escalate',
  });
}

/** A further task in the step that is open; its process is woken, for the task's day may be the next. */
async function openFurther(
  tx: CaseTransaction,
  { step, round }: Readonly<TaskRow>,
  task: Pick<TaskRow, 'kind' | 'actions' | 'silence'> & {
    readonly slate: Slate;
    readonly clock: ReturnType<typeof timing>;
  },
): Promise<void> {
  const { slate, clock, ...rest } = task;
  const { candidates, escalations } = await manned(tx, slate);
  tx.openTask({ ...rest, ...clock, step, round, candidates, escalations, subject: slate.subject ?? {} });
  tx.ring();
}
