import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadActor } from '../../cases/actor.ts';
import { reportBreach } from '../../cases/breaches.ts';
import { proposeOverride, withdraw } from '../../cases/ending.ts';
import { proposeMembership } from '../../cases/memberships.ts';
import { breach } from '../../domain/breach.ts';
import { localDay } from '../../domain/calendar.ts';
import { type Lifecycle, terminalStates } from '../../domain/lifecycle.ts';
import { membership } from '../../domain/membership.ts';
import { startCompany } from '../support/company.ts';
import { saveHistory } from '../support/histories.ts';
import { movesOf } from '../support/moves.ts';

/** Every way a reported breach and a change of members can go, walked to its end, and kept for the replay gate of later releases. */
const company = await startCompany({ timeSkipping: true });
const { deps, client, answer } = company;
const { prisma } = deps;
const accountId = await account();

async function account(): Promise<string> {
  const id = randomUUID();
  await prisma.client.create({ data: { id, name: '云澜示例集团有限公司', nameKey: id, nearKey: id } });
  const rest = { grade: 'branch', managedBy: 'branch', state: 'active', establishedOn: new Date(), decisionCaseId: id };
  await prisma.account.create({ data: { id, clientId: id, archiveNo: id, ...rest } });
  const holding = { id, accountId: id, clientId: id, unitId: 'central', managerId: 'central-manager', kind: 'lead' };
  await prisma.holding.create({ data: { ...holding, validFrom: new Date(), decisionCaseId: id } });
  return id;
}

const manager = async () => {
  const actor = await loadActor(deps.pool, 'central-manager');
  if (!actor) throw new Error('the demo organisation has a manager in the centre');
  return actor;
};

async function reported(): Promise<string> {
  const happenedOn = localDay(Date.now());
  const form = { accusedUnitId: 'east', happenedOn, evidence: '客户反映其上门洽谈' };
  const { caseId } = await reportBreach(deps, await manager(), accountId, form);
  await company.task(caseId, 'admitBreach');
  return caseId;
}

async function admitted(): Promise<string> {
  const caseId = await reported();
  await answer(caseId, 'office-clerk-1', 'admitBreach', 'admit');
  await company.task(caseId, 'stateBreach');
  return caseId;
}

async function balloting(): Promise<string> {
  const caseId = await admitted();
  await answer(caseId, 'east-head', 'stateBreach', 'state', { statement: '系客户主动来访' });
  await company.task(caseId, 'vote');
  return caseId;
}

async function found(caseId: string): Promise<string> {
  await company.voteAll(caseId, 'deciding', 'for');
  await company.task(caseId, 'concludeBreach');
  return caseId;
}

async function recorded(caseId: string): Promise<string> {
  await answer(caseId, 'office-clerk-2', 'concludeBreach', 'record', { consequence: '责令停止接触' });
  return caseId;
}

async function proposed(): Promise<string> {
  const member = { name: `示例成员${randomUUID().slice(0, 8)}有限公司`, relation: '控股子公司', formerNames: [] };
  const form = { change: 'add' as const, member, evidence: '持股 60%' };
  const { caseId } = await proposeMembership(deps, await manager(), accountId, form);
  await company.task(caseId, 'examineMembership');
  return caseId;
}

async function accepted(): Promise<string> {
  const caseId = await proposed();
  await answer(caseId, 'office-clerk-1', 'examineMembership', 'accept');
  await company.task(caseId, 'checkMembership');
  return caseId;
}

async function withdrawn(caseId: string): Promise<string> {
  await withdraw(deps, { personId: 'central-manager', caseId, reason: '另行办理', key: randomUUID() });
  return caseId;
}

async function overridden(caseId: string): Promise<string> {
  const proposal = { personId: 'system-admin', caseId, to: 'lapsed' as const, reason: '录入有误', key: randomUUID() };
  await proposeOverride(deps, { provenAt: new Date(), ...proposal });
  await answer(caseId, 'security-admin', 'confirmOverride', 'confirm');
  return caseId;
}

type Walk = readonly [name: string, process: Lifecycle<string>, ending: string, walk: () => Promise<string>];

const paths: readonly Walk[] = [
  ['breach-upheld', breach, 'upheld', async () => recorded(await found(await balloting()))],
  [
    'breach-upheld-in-silence',
    breach,
    'upheld',
    async () => {
      const caseId = await admitted();
      await company.passTo((await company.task(caseId, 'stateBreach')).dueAt);
      await company.task(caseId, 'vote');
      return recorded(await found(caseId));
    },
  ],
  [
    'breach-dismissed',
    breach,
    'unfounded',
    async () => {
      const caseId = await reported();
      await answer(caseId, 'office-clerk-1', 'admitBreach', 'dismiss', { reason: '无证据' });
      return caseId;
    },
  ],
  [
    'breach-not-found',
    breach,
    'unfounded',
    async () => {
      const caseId = await balloting();
      await company.voteAll(caseId, 'deciding', 'against');
      return caseId;
    },
  ],
  ['breach-withdrawn-admission', breach, 'withdrawn', async () => withdrawn(await reported())],
  ['breach-withdrawn-statement', breach, 'withdrawn', async () => withdrawn(await admitted())],
  ['breach-withdrawn-deciding', breach, 'withdrawn', async () => withdrawn(await balloting())],
  ['breach-withdrawn-concluding', breach, 'withdrawn', async () => withdrawn(await found(await balloting()))],
  ['breach-lapsed', breach, 'lapsed', async () => overridden(await admitted())],
  [
    'membership-changed-after-a-second-look',
    membership,
    'changed',
    async () => {
      const caseId = await accepted();
      await answer(caseId, 'office-clerk-2', 'checkMembership', 'refuse', { reason: '缺股权证明' });
      await answer(caseId, 'office-head', 'examineMembership', 'accept');
      await answer(caseId, 'office-clerk-2', 'checkMembership', 'confirm');
      return caseId;
    },
  ],
  [
    'membership-refused',
    membership,
    'refused',
    async () => {
      const caseId = await proposed();
      await answer(caseId, 'office-clerk-1', 'examineMembership', 'refuse', { reason: '无股权关系' });
      return caseId;
    },
  ],
  ['membership-withdrawn-examining', membership, 'withdrawn', async () => withdrawn(await proposed())],
  ['membership-withdrawn-checking', membership, 'withdrawn', async () => withdrawn(await accepted())],
  ['membership-lapsed', membership, 'lapsed', async () => overridden(await proposed())],
];

test.each(paths)('%s', async (name, lifecycle, ending, walk) => {
  const caseId = await walk();
  await company.state(caseId, ending);
  const handle = client.workflow.getHandle(`${lifecycle.process}:${caseId}`);
  expect(await handle.result()).toBe(ending);
  const facts = await company.facts(caseId);
  const moves = movesOf(lifecycle.initial, facts);
  const rows = lifecycle.transitions.map(({ from, on, to }) => ({ from, on, to }));
  for (const move of moves) expect(rows).toContainEqual(move);
  const kinds = [...new Set(facts.map(({ kind }) => kind))].sort();
  await saveHistory(name, handle.workflowId, { moves, kinds }, await handle.fetchHistory());
});

test('every ending there is has a path', () => {
  for (const lifecycle of [breach, membership] as readonly Lifecycle<string>[]) {
    const walked = paths.flatMap(([, of, ending]) => (of.process === lifecycle.process ? [ending] : []));
    expect(new Set(walked)).toEqual(new Set(terminalStates(lifecycle)));
  }
});
