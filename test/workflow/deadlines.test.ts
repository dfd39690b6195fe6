import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { proposeOverride, withdraw } from '../../cases/ending.ts';
import { leave } from '../../cases/people.ts';
import { submit } from '../../cases/submission.ts';
import { claim, consult, extend } from '../../cases/verbs.ts';
import { addDays, businessDaysBetween, localDay } from '../../domain/calendar.ts';
import { branchLevel, exampleForm, startCompany } from '../support/company.ts';

const company = await startCompany({ timeSkipping: true });
const { deps } = company;
const { prisma } = deps;

const DAY = 86_400_000;
const key = () => randomUUID();
const today = () => localDay(Date.now());

/** Business days of the calendar in force, counted from the day that ends at `from`. */
async function businessDays(from: Date | null, to: Date | null): Promise<number> {
  const years = Object.assign({}, ...(await prisma.calendar.findMany()).map((calendar) => calendar.years));
  return businessDaysBetween({ version: '', years }, (from?.getTime() ?? 0) - 1, to?.getTime() ?? 0);
}

/** Just before the instant at which something is due. */
const justBefore = (instant: Date | null) => new Date((instant?.getTime() ?? 0) - 5 * 60_000);

/** The workflow has dealt with everything that was due. */
const result = (caseId: string) => company.client.workflow.getHandle(`recommendation:${caseId}`).result();

/** A case that waits in the state, from a draft on. */
async function caseIn(state: string): Promise<string> {
  if (state === 'draft') return company.draft();
  const caseId = await company.submitted(branchLevel);
  if (state === 'supplementing') {
    await company.carryTo(caseId, 'screening');
    await company.answer(caseId, 'office-clerk-1', 'screen', 'return', { reason: '补充征信材料' });
    await company.task(caseId, 'supplement');
    return caseId;
  }
  await company.carryTo(caseId, state);
  await company.until(`a task in ${state}`, () =>
    prisma.task.findFirst({ where: { caseId, status: 'open', step: { startsWith: state } } }),
  );
  return caseId;
}

describe('a deciding task never decides itself', () => {
  test('endorsing goes to the office as well when its three days are up, with half its time again', async () => {
    const caseId = await caseIn('endorsing');
    const task = await company.task(caseId, 'endorse');
    expect(await businessDays(task.openedAt, task.dueAt)).toBe(3);
    await company.passTo(justBefore(task.dueAt));
    expect(await company.task(caseId, 'endorse')).toMatchObject({ level: 0, candidates: ['role:unitHead@central'] });
    await company.passTo(task.dueAt);
    const overdue = await company.task(caseId, 'endorse');
    expect(overdue).toMatchObject({ id: task.id, level: 1, candidates: ['role:unitHead@central', 'role:office@'] });
    expect(await businessDays(task.dueAt, overdue.dueAt)).toBe(2);
    const told = await prisma.notification.findMany({ where: { taskId: task.id, kind: 'taskEscalated' } });
    expect(told.map(({ personId }) => personId).sort()).toEqual(['office-clerk-1', 'office-clerk-2', 'office-head']);
    await company.passTo(new Date((overdue.dueAt as Date).getTime() + 40 * DAY));
    expect(await company.task(caseId, 'endorse')).toMatchObject({ id: task.id, level: 1 });
    await company.answer(caseId, 'office-clerk-1', 'endorse', 'endorse');
    await company.state(caseId, 'screening');
  });

  test('screening goes to the office’s head, then to the vice directors', async () => {
    const caseId = await caseIn('screening');
    const task = await company.task(caseId, 'screen');
    await company.passTo(task.dueAt);
    const atHead = await company.task(caseId, 'screen');
    expect(atHead).toMatchObject({ level: 1, candidates: ['role:office@', 'role:unitHead@office'] });
    expect(await businessDays(task.dueAt, atHead.dueAt)).toBe(2);
    await company.passTo(justBefore(atHead.dueAt));
    expect(await company.task(caseId, 'screen')).toMatchObject({ level: 1 });
    await company.passTo(atHead.dueAt);
    const atVice = await company.task(caseId, 'screen');
    expect(atVice).toMatchObject({
      level: 2,
      candidates: ['role:office@', 'role:unitHead@office', 'seat:seat-2', 'seat:seat-3'],
    });
    await company.passTo(new Date((atVice.dueAt as Date).getTime() + 40 * DAY));
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'screening', closedAt: null });
    await company.answer(caseId, 'vice-director-2', 'screen', 'ineligible', { reason: '不符合办法第二条' });
    await company.state(caseId, 'ineligible');
  });

  test('appointing goes to the vice directors', async () => {
    const caseId = await caseIn('confirming');
    for (const next of ['central-manager-2', 'central-submitter-2', null]) {
      await company.voteAll(caseId, 'confirming', 'against');
      if (next === null) break;
      await company.state(caseId, 'nominating');
      await company.answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId: next });
      await company.state(caseId, 'confirming');
    }
    const task = await company.task(caseId, 'appoint');
    expect(await businessDays(task.openedAt, task.dueAt)).toBe(5);
    await company.passTo(task.dueAt);
    const overdue = await company.task(caseId, 'appoint');
    expect(overdue).toMatchObject({ level: 1, candidates: ['seat:seat-1', 'seat:seat-2', 'seat:seat-3'] });
    expect(await businessDays(task.dueAt, overdue.dueAt)).toBe(3);
    await company.answer(caseId, 'vice-director-1', 'appoint', 'appoint', { managerId: 'central-deputy' });
    await company.state(caseId, 'established');
  });
});

describe('a giving task has a stated consequence', () => {
  test('supplements that do not come within ten days let the case lapse, and the client is free', async () => {
    const form = exampleForm();
    const copy = (target: typeof form) => void Object.assign(target, structuredClone(form));
    const caseId = await company.submitted(copy);
    await company.carryTo(caseId, 'screening');
    await company.answer(caseId, 'office-clerk-1', 'screen', 'return', { reason: '补充征信材料' });
    const task = await company.task(caseId, 'supplement');
    expect(await businessDays(task.openedAt, task.dueAt)).toBe(10);
    await company.passTo(justBefore(task.dueAt));
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'supplementing' });
    await company.passTo(task.dueAt);
    await company.state(caseId, 'lapsed');
    expect(await result(caseId)).toBe('lapsed');
    const again = await company.submitted(copy);
    await company.state(again, 'endorsing');
  });

  test('evaluators and departments who stay silent for five days have no comment, and approving begins', async () => {
    const caseId = await caseIn('evaluating');
    await company.answer(caseId, 'legal-head', 'countersign', 'countersign', { agrees: true, opinion: '无异议' });
    const task = await company.task(caseId, 'evaluate');
    expect(await businessDays(task.openedAt, task.dueAt)).toBe(5);
    await company.passTo(justBefore(task.dueAt));
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'evaluating' });
    await company.passTo(task.dueAt);
    await company.state(caseId, 'approving');
    const silent = await company.facts(caseId, 'silent');
    expect(silent.map((fact) => fact.taskId)).toEqual([task.id]);
    expect(await prisma.task.findUnique({ where: { id: task.id } })).toMatchObject({
      status: 'done',
      outcome: 'silent',
    });
  });

  // Article 7.1: the manager is chosen by the recommending unit.
  test('a unit that does not nominate in five days, nor its head in five more, lets the client go', async () => {
    const form = exampleForm(branchLevel);
    const copy = (target: typeof form) => void Object.assign(target, structuredClone(form));
    const caseId = await company.submitted(copy);
    await company.carryTo(caseId, 'nominating');
    const task = await company.task(caseId, 'nominate');
    expect(await businessDays(task.openedAt, task.dueAt)).toBe(5);
    expect(task.candidates).not.toContain('role:unitHead@central');
    await company.passTo(task.dueAt);
    const atHead = await company.task(caseId, 'nominate');
    expect(atHead.candidates).toContain('role:unitHead@central');
    expect(await businessDays(task.dueAt, atHead.dueAt)).toBe(5);
    await company.passTo(justBefore(atHead.dueAt));
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'nominating' });
    await company.passTo(atHead.dueAt);
    await company.state(caseId, 'lapsed');
    const east = await company.draft(copy, 'east-submitter');
    await submit(deps, {
      personId: 'east-submitter',
      caseId: east,
      outsideTerritoryReason: '客户总部邀请',
      key: key(),
    });
    await company.state(east, 'endorsing');
  });

  test('the head may nominate in his own five days', async () => {
    const caseId = await caseIn('nominating');
    const { dueAt } = await company.task(caseId, 'nominate');
    await company.passTo(dueAt);
    await company.answer(caseId, 'central-head', 'nominate', 'nominate', { managerId: 'central-manager' });
    await company.state(caseId, 'confirming');
  });

  test('a draft the head sent back lapses after 180 idle days', async () => {
    const caseId = await caseIn('endorsing');
    await company.answer(caseId, 'central-head', 'endorse', 'return', { reason: '补充意向书' });
    const task = await company.task(caseId, 'revise');
    expect(task.dueAt?.getTime()).toBe(Date.parse(`${addDays(localDay(task.openedAt.getTime()), 181)}T00:00:00+08:00`));
    await company.passTo(justBefore(task.dueAt));
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'draft', closedAt: null });
    await company.passTo(task.dueAt);
    await company.state(caseId, 'lapsed');
  });

  test('a draft sent back may be submitted again within that time, and is endorsed anew', async () => {
    const caseId = await caseIn('endorsing');
    await company.answer(caseId, 'central-head', 'endorse', 'return', { reason: '补充意向书' });
    await company.task(caseId, 'revise');
    await submit(deps, { personId: 'central-submitter', caseId, key: key() });
    await company.until('second round', () =>
      prisma.task.findFirst({ where: { caseId, kind: 'endorse', round: 2, status: 'open' } }),
    );
    await company.carryTo(caseId, 'screening');
  });

  test('an opinion nobody gives within three days is no comment and holds nothing up', async () => {
    const caseId = await caseIn('screening');
    const { id } = await company.task(caseId, 'screen');
    await consult(deps, {
      personId: 'office-clerk-1',
      taskId: id,
      to: 'finance-expert',
      question: '付款能力如何',
      key: key(),
    });
    const asked = await company.task(caseId, 'opine', 'finance-expert');
    await company.passTo(asked.dueAt);
    await company.until('silence', () => prisma.task.findFirst({ where: { id: asked.id, outcome: 'silent' } }));
    await company.carryTo(caseId, 'evaluating');
  });
});

describe('reminders', () => {
  const remindersOf = (taskId: string) =>
    prisma.notification.findMany({ where: { taskId, kind: 'taskReminder' }, orderBy: { at: 'asc' } });

  test('come at half-time and one day before, once each', async () => {
    const caseId = await caseIn('supplementing');
    const task = await company.task(caseId, 'supplement');
    const { remindHalfAt, remindDayAt, dueAt, openedAt } = task;
    expect(await businessDays(openedAt, remindHalfAt)).toBe(5);
    expect(await businessDays(remindDayAt, dueAt)).toBe(1);
    await company.passTo(justBefore(remindHalfAt));
    expect(await remindersOf(task.id)).toEqual([]);
    await company.passTo(remindHalfAt);
    expect(await remindersOf(task.id)).toMatchObject([{ personId: 'central-submitter' }]);
    await company.passTo(justBefore(remindDayAt));
    expect(await remindersOf(task.id)).toHaveLength(1);
    await company.passTo(remindDayAt);
    expect(await remindersOf(task.id)).toHaveLength(2);
    await company.passTo(justBefore(dueAt));
    expect(await remindersOf(task.id)).toHaveLength(2);
    expect(await company.facts(caseId, 'reminded')).toHaveLength(2);
  });

  test('are not sent to those who have done their part', async () => {
    const caseId = await caseIn('approving');
    await company.vote(caseId, 'east-head', 'for');
    const { remindDayAt } = await company.task(caseId, 'vote', 'south-head');
    await company.passTo(remindDayAt);
    const reminded = await prisma.notification.findMany({ where: { caseId, kind: 'taskReminder' } });
    const persons = new Set(reminded.map(({ personId }) => personId));
    expect(persons.has('south-head')).toBe(true);
    expect(persons.has('east-head')).toBe(false);
  });
});

describe('a holiday published while a task waits', () => {
  async function publish(offDays: string[], workDays: string[]): Promise<string> {
    const known = Object.assign({}, ...(await prisma.calendar.findMany()).map((calendar) => calendar.years));
    const years: Record<string, { off: string[]; work: string[] }> = {};
    for (const day of [...offDays, ...workDays]) {
      const year = day.slice(0, 4);
      const days = years[year] ?? structuredClone(known[year] ?? { off: [], work: [] });
      (offDays.includes(day) ? days.off : days.work).push(day);
      years[year] = days;
    }
    const version = `test-${randomUUID()}`;
    await prisma.calendar.create({ data: { version, years, source: 'test', importedAt: new Date() } });
    return version;
  }

  test('makes its deadline later: the workflow sleeps again', async () => {
    const caseId = await caseIn('supplementing');
    const task = await company.task(caseId, 'supplement');
    const last = localDay((task.dueAt as Date).getTime() - 1);
    const version = await publish([last, addDays(last, 1)], []);
    await company.passTo(task.dueAt);
    const later = await company.task(caseId, 'supplement');
    expect(later).toMatchObject({ id: task.id, calendarVersion: version });
    expect(later.dueAt?.getTime()).toBeGreaterThan(task.dueAt?.getTime() ?? 0);
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'supplementing' });
    await company.passTo(justBefore(later.dueAt));
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'supplementing' });
    await company.passTo(later.dueAt);
    await company.state(caseId, 'lapsed');
    await prisma.calendar.delete({ where: { version } });
  });

  test('makes a ballot’s deadline later for all its seats', async () => {
    const caseId = await caseIn('approving');
    await company.vote(caseId, 'east-head', 'for');
    const { dueAt } = await company.ballot(caseId);
    const last = localDay(dueAt.getTime() - 1);
    const version = await publish([last], []);
    await company.passTo(dueAt);
    const later = await company.ballot(caseId);
    expect(later).toMatchObject({ status: 'open', standing: { extended: false } });
    expect(await businessDays(dueAt, later.dueAt)).toBe(1);
    await company.vote(caseId, 'south-head', 'for');
    const waiting = await prisma.task.findMany({ where: { caseId, kind: 'vote', status: 'open' } });
    expect(new Set(waiting.map((task) => task.dueAt?.getTime()))).toEqual(new Set([later.dueAt.getTime()]));
    await company.passTo(later.dueAt);
    expect(await company.ballot(caseId)).toMatchObject({ standing: { extended: true } });
    await prisma.calendar.delete({ where: { version } });
  });

  test('never makes it earlier', async () => {
    const caseId = await caseIn('supplementing');
    const { dueAt, openedAt } = await company.task(caseId, 'supplement');
    const opened = localDay(openedAt.getTime());
    const weekend = [1, 2, 3, 4, 5, 6, 7]
      .map((count) => addDays(opened, count))
      .filter((day) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));
    const version = await publish([], weekend);
    await company.passTo(justBefore(dueAt));
    expect(await company.task(caseId, 'supplement')).toMatchObject({ dueAt });
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'supplementing' });
    await company.passTo(dueAt);
    await company.state(caseId, 'lapsed');
    await prisma.calendar.delete({ where: { version } });
  });
});

describe('more time', () => {
  test('is given by the office, once a task', async () => {
    const caseId = await caseIn('supplementing');
    const task = await company.task(caseId, 'supplement');
    const more = (personId: string) =>
      extend(deps, { personId, taskId: task.id, days: 4, reason: '资料调取需要时间', key: key() });
    await expect(more('central-submitter')).rejects.toMatchObject({ code: 'forbidden' });
    await more('office-clerk-1');
    await expect(more('office-clerk-2')).rejects.toMatchObject({ code: 'alreadyExtended' });
    const extended = await company.task(caseId, 'supplement');
    expect(await businessDays(task.dueAt, extended.dueAt)).toBe(4);
    await company.passTo(task.dueAt);
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'supplementing' });
    await company.passTo(justBefore(extended.dueAt));
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'supplementing' });
    await company.passTo(extended.dueAt);
    await company.state(caseId, 'lapsed');
  });

  test('holds for all seats of a ballot together', async () => {
    const caseId = await caseIn('approving');
    const { id, dueAt } = await company.task(caseId, 'vote', 'east-head');
    await extend(deps, { personId: 'office-clerk-1', taskId: id, days: 3, reason: '委员出差', key: key() });
    const votes = await prisma.task.findMany({ where: { caseId, kind: 'vote', status: 'open' } });
    const ballot = await company.ballot(caseId);
    expect(await businessDays(dueAt, ballot.dueAt)).toBe(3);
    expect(new Set(votes.map((vote) => vote.dueAt?.getTime()))).toEqual(new Set([ballot.dueAt.getTime()]));
    await company.passTo(dueAt);
    await company.vote(caseId, 'east-head', 'for');
    await company.passTo(justBefore(ballot.dueAt));
    expect(await company.ballot(caseId)).toMatchObject({ status: 'open', standing: { extended: false } });
  });
});

describe('a case ends from outside', () => {
  const states = [
    'draft',
    'endorsing',
    'screening',
    'supplementing',
    'evaluating',
    'approving',
    'nominating',
    'confirming',
  ];

  test.each(states)('withdrawn by its submitter while %s', async (state) => {
    const caseId = await caseIn(state);
    const request = { caseId, reason: '客户计划变更', key: key() };
    await expect(withdraw(deps, { ...request, personId: 'east-submitter' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await withdraw(deps, { ...request, personId: 'central-submitter' });
    expect(await prisma.task.count({ where: { caseId, status: 'open' } })).toBe(0);
    expect(await prisma.ballot.count({ where: { caseId, status: 'open' } })).toBe(0);
    await company.state(caseId, 'withdrawn');
    expect(await result(caseId)).toBe('withdrawn');
    expect(await prisma.recommendationEntity.count({ where: { caseId, open: true } })).toBe(0);
    await expect(withdraw(deps, { ...request, key: key(), personId: 'central-submitter' })).rejects.toMatchObject({
      code: 'caseEnded',
    });
  });

  test('withdrawn by the head of its unit, not by another unit’s', async () => {
    const caseId = await caseIn('screening');
    const request = { caseId, reason: '单位研究决定', key: key() };
    await expect(withdraw(deps, { ...request, personId: 'east-head' })).rejects.toMatchObject({ code: 'forbidden' });
    await withdraw(deps, { ...request, personId: 'central-head' });
    await company.state(caseId, 'withdrawn');
  });

  test('by two administrators, never by one alone, whatever roles he holds', async () => {
    const caseId = await caseIn('approving');
    const propose = (personId: string) =>
      proposeOverride(deps, {
        provenAt: new Date(),
        personId,
        caseId,
        to: 'lapsed',
        reason: '数据录入错误',
        key: key(),
      });
    await expect(propose('office-head')).rejects.toMatchObject({ code: 'forbidden' });
    await propose('system-admin');
    await expect(company.answer(caseId, 'system-admin', 'confirmOverride', 'confirm')).rejects.toMatchObject({
      code: 'notCandidate',
    });
    const both = {
      id: 'both-roles',
      personId: 'system-admin',
      role: 'securityAdmin',
      validFrom: new Date('2020-01-01'),
      document: '任命文件',
    };
    await prisma.roleAssignment.create({ data: both });
    await expect(company.answer(caseId, 'system-admin', 'confirmOverride', 'confirm')).rejects.toMatchObject({
      code: 'separation',
    });
    await prisma.roleAssignment.delete({ where: { id: both.id } });
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'approving', ending: null });
    await company.answer(caseId, 'security-admin', 'confirmOverride', 'confirm');
    await company.state(caseId, 'lapsed');
    expect(await company.facts(caseId, 'overrideProposed', 'overridden')).toMatchObject([
      { actorId: 'system-admin' },
      { actorId: 'security-admin', codes: { to: 'lapsed' } },
    ]);
  });

  test('not when the second administrator refuses; then it goes on', async () => {
    const caseId = await caseIn('endorsing');
    await proposeOverride(deps, {
      provenAt: new Date(),
      personId: 'security-admin',
      caseId,
      to: 'withdrawn',
      reason: '重复录入',
      key: key(),
    });
    await company.answer(caseId, 'system-admin', 'confirmOverride', 'refuse', { reason: '并非重复' });
    await company.carryTo(caseId, 'screening');
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'screening', ending: null });
  });
});

describe('no task waits silently', () => {
  test('overdue in the hands of one who claimed it, it is everybody’s again', async () => {
    const caseId = await caseIn('screening');
    const { id, dueAt } = await company.task(caseId, 'screen');
    await claim(deps, { personId: 'office-clerk-1', taskId: id, key: key() });
    await company.passTo(dueAt);
    expect(await company.task(caseId, 'screen')).toMatchObject({ id, level: 1, assigneeId: null });
    await company.answer(caseId, 'office-clerk-2', 'screen', 'ineligible', { reason: '不符合' });
  });

  test('when a case ends none of its tasks stays open', async () => {
    const caseId = await caseIn('approving');
    await proposeOverride(deps, {
      provenAt: new Date(),
      personId: 'system-admin',
      caseId,
      to: 'lapsed',
      reason: '重复',
      key: key(),
    });
    await company.carryTo(caseId, 'established');
    expect(await prisma.task.count({ where: { caseId, status: 'open' } })).toBe(0);
  });

  // These change the organisation for good, so they come last.
  test('whose last candidate leaves goes to the next level at once, with an alarm on record', async () => {
    const caseId = await company.submitted((form) => {
      form.client.territory = ['440000'];
    }, 'south-submitter');
    await company.answer(caseId, 'south-head', 'endorse', 'endorse');
    await company.answer(caseId, 'office-clerk-1', 'screen', 'return', { reason: '补充征信材料' });
    await company.task(caseId, 'supplement');
    await leave(deps, { adminId: 'security-admin', personId: 'south-submitter', on: today(), document: '离任通知' });
    const moved = await company.until('the head', async () => {
      const task = await company.task(caseId, 'supplement');
      return task.candidates.includes('role:unitHead@south') && task;
    });
    expect(moved.level).toBe(0);
    expect(await company.facts(caseId, 'reassigned')).toMatchObject([
      { taskId: moved.id, codes: { why: 'nobodyLeft' } },
    ]);
    await company.answer(caseId, 'south-head', 'supplement', 'resubmit');
    await company.state(caseId, 'screening');
  });

  test('whose claimant leaves is the group’s again', async () => {
    const caseId = await caseIn('screening');
    const { id } = await company.task(caseId, 'screen');
    await claim(deps, { personId: 'office-clerk-2', taskId: id, key: key() });
    await leave(deps, { adminId: 'security-admin', personId: 'office-clerk-2', on: today(), document: '离任通知' });
    await company.until('release', async () => (await company.task(caseId, 'screen')).assigneeId === null);
    await company.answer(caseId, 'office-clerk-1', 'screen', 'ineligible', { reason: '不符合' });
  });
});
