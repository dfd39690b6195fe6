import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { issueReference } from '../../cases/bySignal.ts';
import { proposeOverride, withdraw } from '../../cases/ending.ts';
import { submit } from '../../cases/submission.ts';
import { extend } from '../../cases/verbs.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { recommendation } from '../../domain/recommendation.ts';
import { branchLevel, startCompany } from '../support/company.ts';
import { fileOf } from '../support/fileOf.ts';
import { keepWalk } from '../support/walks.ts';

/**
 * Every way a recommendation can go, walked to its end. `npm run save-release` runs this file and keeps the histories it makes
 * for the replay gate of every later release.
 */
const company = await startCompany({ timeSkipping: true });
const { deps, client } = company;
const { prisma } = deps;

const key = () => randomUUID();
const members = ['east', 'south', 'southwest', 'north'].flatMap((unit) => [`${unit}-head`, `${unit}-deputy`]);
const clerk = 'office-clerk-1';
const submitter = 'central-submitter';

async function at(state: string, change = branchLevel): Promise<string> {
  const caseId = await company.submitted(change);
  await company.carryTo(caseId, state);
  const kind = kindIn[state];
  if (kind) await company.task(caseId, kind);
  return caseId;
}
const kindIn: Readonly<Record<string, string>> = {
  endorsing: 'endorse',
  screening: 'screen',
  evaluating: 'evaluate',
  approving: 'vote',
  nominating: 'nominate',
  confirming: 'vote',
};
const companyLevel = () => {};

async function supplementing(): Promise<string> {
  const caseId = await at('screening');
  await company.answer(caseId, clerk, 'screen', 'return', { reason: '补充征信材料' });
  await company.task(caseId, 'supplement');
  return caseId;
}

async function sentBack(): Promise<string> {
  const caseId = await at('endorsing');
  await company.answer(caseId, 'central-head', 'endorse', 'return', { reason: '补充意向书' });
  await company.task(caseId, 'revise');
  return caseId;
}

const vote = async (caseId: string, persons: readonly string[], choice: string): Promise<void> => {
  for (const person of persons) await company.vote(caseId, person, choice);
};

async function inquorate(): Promise<string> {
  const caseId = await at('approving', companyLevel);
  await vote(caseId, members.slice(0, 3), 'for');
  for (let time = 0; time < 2; time++) {
    await company.passTo((await company.ballot(caseId)).dueAt);
    await company.task(caseId, 'vote', 'director');
    await company.passTo((await company.ballot(caseId)).directorDueAt);
  }
  await company.task(caseId, 'resolveInquorate');
  return caseId;
}

/** One recused, ten vote: five for, five against. */
async function tied(): Promise<string> {
  const caseId = await at('approving', companyLevel);
  await company.answer(caseId, 'east-head', 'vote', 'recuse', { reason: '与客户存在利益关系' });
  await company.answer(caseId, 'director', 'decideRecusal', 'accept');
  await vote(caseId, members.slice(1, 6), 'for');
  await vote(caseId, [...members.slice(6), 'vice-director-1', 'vice-director-2', 'director'], 'against');
  await company.task(caseId, 'scheduleRunoff');
  return caseId;
}

async function refusedThrice(): Promise<string> {
  const caseId = await at('nominating');
  for (const managerId of ['central-manager', 'central-manager-2', 'central-submitter-2']) {
    await company.answer(caseId, submitter, 'nominate', 'nominate', { managerId });
    await company.task(caseId, 'vote');
    await company.voteAll(caseId, 'confirming', 'against');
  }
  await company.task(caseId, 'appoint');
  return caseId;
}

const minutes = (caseId: string): Promise<string> => fileOf(company, caseId, { purpose: 'minutes', by: clerk });

const withdrawn = async (caseId: string): Promise<string> => {
  await withdraw(deps, { personId: submitter, caseId, reason: '客户计划变更', key: key() });
  return caseId;
};

async function signal(caseId: string, ...args: unknown[]): Promise<void> {
  await client.workflow.getHandle(`recommendation:${caseId}`).signal('decide', ...args);
}

/** As somebody without our key would send it. */
async function signalUndecodable(caseId: string): Promise<void> {
  await company.connection.workflowService.signalWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: `recommendation:${caseId}` },
    signalName: 'decide',
    input: { payloads: [{ metadata: { encoding: Buffer.from('binary/encrypted') }, data: Buffer.from('not ours') }] },
    requestId: key(),
  });
}

/** A path's name, the state it ends in, and how one walks it. */
const paths: readonly (readonly [name: string, ending: string, walk: () => Promise<string>])[] = [
  ['established', 'established', async () => at('established', companyLevel)],
  ['established-branch', 'established', async () => at('established')],
  [
    'established-after-return-and-supplement',
    'established',
    async () => {
      const caseId = await sentBack();
      await submit(deps, { personId: submitter, caseId, key: key() });
      await company.until('second round', () =>
        prisma.task.findFirst({ where: { caseId, kind: 'endorse', round: 2, status: 'open' } }),
      );
      await company.carryTo(caseId, 'screening');
      await company.answer(caseId, clerk, 'screen', 'return', { reason: '补充征信材料' });
      await company.answer(caseId, submitter, 'supplement', 'resubmit', { note: '已补充' });
      await company.state(caseId, 'screening');
      await company.carryTo(caseId, 'established');
      return caseId;
    },
  ],
  [
    'established-from-silence',
    'established',
    async () => {
      // A reminder, an escalation, an extension, and evaluators who say nothing.
      const caseId = await at('endorsing');
      const endorse = await company.task(caseId, 'endorse');
      await company.passTo(endorse.remindHalfAt ?? endorse.remindDayAt);
      await company.passTo(endorse.dueAt);
      await company.answer(caseId, clerk, 'endorse', 'endorse');
      await company.state(caseId, 'screening');
      await company.carryTo(caseId, 'evaluating');
      const { id } = await company.task(caseId, 'evaluate');
      await extend(deps, { personId: clerk, taskId: id, days: 3, reason: '评估人员出差', key: key() });
      await company.passTo((await company.task(caseId, 'evaluate')).dueAt);
      await company.state(caseId, 'approving');
      await company.carryTo(caseId, 'established');
      return caseId;
    },
  ],
  [
    'established-after-runoff',
    'established',
    async () => {
      const caseId = await tied();
      const task = await company.task(caseId, 'scheduleRunoff');
      const on = addDays(localDay(task.openedAt.getTime()), 2);
      await company.answer(caseId, clerk, 'scheduleRunoff', 'schedule', { on });
      await company.passTo(new Date(`${on}T00:00:00+08:00`));
      await company.task(caseId, 'vote', 'vice-director-1');
      await company.voteAll(caseId, 'approving', 'for');
      await company.state(caseId, 'nominating');
      await company.carryTo(caseId, 'established');
      return caseId;
    },
  ],
  [
    'established-with-substitutes',
    'established',
    async () => {
      const caseId = await inquorate();
      const substitutes = [{ seatId: 'seat-4', personId: 'finance-head' }];
      await company.answer(caseId, clerk, 'resolveInquorate', 'substitute', { substitutes });
      await company.task(caseId, 'vote', 'finance-head');
      await company.voteAll(caseId, 'approving', 'for');
      await company.state(caseId, 'nominating');
      await company.carryTo(caseId, 'established');
      return caseId;
    },
  ],
  [
    'established-after-nominee-left',
    'established',
    async () => {
      const caseId = await at('nominating');
      const leaver = 'central-manager-2';
      await company.answer(caseId, submitter, 'nominate', 'nominate', { managerId: leaver });
      await company.task(caseId, 'vote');
      await prisma.person.update({ where: { id: leaver }, data: { active: false } });
      await company.passTo((await company.ballot(caseId, 'confirming')).dueAt);
      await company.task(caseId, 'nominate');
      await prisma.person.update({ where: { id: leaver }, data: { active: true } });
      await company.carryTo(caseId, 'established');
      return caseId;
    },
  ],
  [
    'established-by-reference-signal',
    'established',
    async () => {
      const caseId = await at('endorsing');
      const { id: taskId } = await company.task(caseId, 'endorse');
      const decision = { personId: 'central-head', taskId, action: 'endorse', body: {} };
      const under = { sessionId: await company.sessionOf('central-head') };
      const { reference } = await issueReference(deps, { ...decision, minutes: 10, under, key: 'by-signal' });
      await signal(caseId, { taskId, action: 'endorse', body: {}, reference });
      await company.state(caseId, 'screening');
      await company.carryTo(caseId, 'established');
      return caseId;
    },
  ],
  [
    'established-through-garbage',
    'established',
    async () => {
      const caseId = await at('endorsing');
      const { id: taskId } = await company.task(caseId, 'endorse');
      await signal(caseId);
      await signal(caseId, 'garbage');
      await signal(caseId, { taskId: 'nobody-has-it', action: 'endorse' });
      await signal(caseId, { taskId, action: 'endorse', operatorId: 'system-admin', personId: 'central-head' });
      await signalUndecodable(caseId);
      for (let count = 0; count < 10; count++) await signal(caseId, { taskId, action: 'endorse', reference: 'forged' });
      await company.until(
        'all denied',
        async () => (await prisma.auditEntry.count({ where: { caseId, act: 'denied' } })) >= 15,
      );
      await company.carryTo(caseId, 'established');
      return caseId;
    },
  ],
  [
    'established-as-appointed',
    'established',
    async () => {
      const caseId = await refusedThrice();
      await company.answer(caseId, 'director', 'appoint', 'appoint', { managerId: 'central-deputy' });
      return caseId;
    },
  ],
  [
    'rejected-by-director',
    'rejected',
    async () => {
      const caseId = await refusedThrice();
      await company.answer(caseId, 'director', 'appoint', 'reject', { reason: '无合适人选' });
      return caseId;
    },
  ],
  [
    'rejected-by-committee',
    'rejected',
    async () => {
      const caseId = await at('approving');
      await company.voteAll(caseId, 'approving', 'against');
      return caseId;
    },
  ],
  [
    'rejected-by-second-tie',
    'rejected',
    async () => {
      const caseId = await tied();
      await company.passTo((await company.task(caseId, 'scheduleRunoff')).dueAt);
      await company.task(caseId, 'vote', 'vice-director-1');
      await vote(caseId, members.slice(1, 6), 'for');
      await vote(caseId, [...members.slice(6), 'vice-director-1', 'vice-director-2', 'director'], 'against');
      return caseId;
    },
  ],
  [
    'rejected-by-higher-body',
    'rejected',
    async () => {
      const caseId = await inquorate();
      const minutesAttachmentId = await minutes(caseId);
      const body = { decision: 'failed', body: '总经理办公会', minutesAttachmentId };
      await company.answer(caseId, clerk, 'resolveInquorate', 'recordHigherBody', body);
      return caseId;
    },
  ],
  [
    'ineligible',
    'ineligible',
    async () => {
      const caseId = await at('screening');
      await company.answer(caseId, clerk, 'screen', 'ineligible', { reason: '不符合办法第二条' });
      return caseId;
    },
  ],
  ['withdrawn-draft', 'withdrawn', async () => withdrawn(await company.draft())],
  ['withdrawn-sent-back', 'withdrawn', async () => withdrawn(await sentBack())],
  ['withdrawn-supplementing', 'withdrawn', async () => withdrawn(await supplementing())],
  ...['endorsing', 'screening', 'evaluating', 'approving', 'nominating', 'confirming'].map(
    (state) => [`withdrawn-${state}`, 'withdrawn', async () => withdrawn(await at(state))] as const,
  ),
  [
    'lapsed-sent-back',
    'lapsed',
    async () => {
      const caseId = await sentBack();
      await company.passTo((await company.task(caseId, 'revise')).dueAt);
      return caseId;
    },
  ],
  [
    'lapsed-supplementing',
    'lapsed',
    async () => {
      const caseId = await supplementing();
      await company.passTo((await company.task(caseId, 'supplement')).dueAt);
      return caseId;
    },
  ],
  [
    'lapsed-nominating',
    'lapsed',
    async () => {
      const caseId = await at('nominating');
      for (let level = 0; level < 2; level++) await company.passTo((await company.task(caseId, 'nominate')).dueAt);
      return caseId;
    },
  ],
  [
    'lapsed-inquorate',
    'lapsed',
    async () => {
      const caseId = await inquorate();
      await company.answer(caseId, clerk, 'resolveInquorate', 'lapse', { reason: '不再推进' });
      return caseId;
    },
  ],
  [
    'lapsed-by-administrators',
    'lapsed',
    async () => {
      const caseId = await at('evaluating');
      await proposeOverride(deps, {
        provenAt: new Date(),
        personId: 'system-admin',
        caseId,
        to: 'lapsed',
        reason: '数据录入错误',
        key: key(),
      });
      await company.answer(caseId, 'security-admin', 'confirmOverride', 'confirm');
      return caseId;
    },
  ],
  // The last one: from here on the policy in force accepts what operators signal.
  [
    'established-by-operator-signal',
    'established',
    async () => {
      const { values } = await prisma.policyVersion.findUniqueOrThrow({ where: { version: 1 } });
      const accepting = { ...(values as object), operatorSignals: 'accept' };
      await prisma.policyVersion.create({
        data: { version: 2, effectiveFrom: new Date(Date.now() - 1000), values: accepting, note: '接受操作员信号' },
      });
      const caseId = await at('endorsing');
      const { id: taskId } = await company.task(caseId, 'endorse');
      const entered = { operatorId: 'system-admin', personId: 'central-head' };
      await signal(caseId, { taskId, action: 'endorse', body: {}, ...entered });
      await company.state(caseId, 'screening');
      await company.carryTo(caseId, 'established');
      return caseId;
    },
  ],
];

test.each(paths)('%s ends as %s, and no workflow task failed on the way', async (name, ending, walk) => {
  const caseId = await walk();
  await keepWalk(company, recommendation, { name, caseId, ending });
});

test('every ending there is has a path', () => {
  const endings = Object.entries(recommendation.states).flatMap(([state, { terminal }]) => (terminal ? [state] : []));
  expect(new Set(paths.map(([, ending]) => ending))).toEqual(new Set(endings));
});
