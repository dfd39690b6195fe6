import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { proposeOverride, withdraw } from '../../cases/ending.ts';
import { startReassignment } from '../../cases/reassignmentStart.ts';
import { reassignment } from '../../domain/reassignment.ts';
import type { ReassignmentForm } from '../../forms/reassignment.ts';
import { startCompany } from '../support/company.ts';
import { fileOf } from '../support/fileOf.ts';
import { heldAccount } from '../support/heldAccount.ts';
import { saveHistory } from '../support/histories.ts';
import { type Move, movesOf } from '../support/moves.ts';

/** Every way a reassignment can go, on a clock that jumps; `npm run save-release` keeps the histories for the replay gate. */
const company = await startCompany({ timeSkipping: true });
const { deps, client } = company;
const { prisma } = deps;

const ASKER = 'office-clerk-2';
const CLERK = 'office-clerk-1';
const incompetent: ReassignmentForm = { ground: 'incompetent', of: 'manager', findings: '半年未回访' };
const personnel: ReassignmentForm = {
  ground: 'personnel',
  of: 'manager',
  adjustment: 'transfer',
  effectiveOn: '2026-12-01',
  document: '人字〔2026〕18号',
};
const coHolding: ReassignmentForm = { ...incompetent, of: 'coHolding' };
const FORMS = { incompetent, personnel, coHolding };

async function asked(form: keyof typeof FORMS): Promise<string> {
  const accountId = await heldAccount(deps);
  const holdingId = form === 'coHolding' ? await coHeld(accountId) : undefined;
  const holdings = [{ accountId, holdingId }];
  const { caseId } = await startReassignment(deps, ASKER, { form: FORMS[form], holdings });
  await company.task(caseId, 'admit');
  return caseId;
}

/** South co-holds it. */
async function coHeld(accountId: string): Promise<string> {
  const id = randomUUID();
  const holding = { id, accountId, clientId: accountId, unitId: 'south', managerId: 'south-manager', kind: 'co' };
  await prisma.holding.create({ data: { ...holding, validFrom: new Date(), decisionCaseId: accountId } });
  return id;
}

const ADMISSION = { incompetent: 'admit', personnel: 'arrange', coHolding: 'hear' };

async function admitted(form: keyof typeof FORMS): Promise<string> {
  const caseId = await asked(form);
  await fileOf(company, caseId, { purpose: 'evidence', by: ASKER });
  await company.answer(caseId, CLERK, 'admit', ADMISSION[form]);
  await company.task(caseId, form === 'personnel' ? 'nominate' : 'statement');
  return caseId;
}

async function stated(): Promise<string> {
  const caseId = await admitted('incompetent');
  await company.answer(caseId, 'central-manager', 'statement', 'state', { statement: '客户内部调整所致' });
  await company.task(caseId, 'vote');
  return caseId;
}

/** The co-holding unit has been heard, and the committee votes on its end. */
async function heard(): Promise<string> {
  const caseId = await admitted('coHolding');
  await company.answer(caseId, 'south-head', 'statement', 'state', { statement: '已按计划推进' });
  await company.task(caseId, 'vote');
  return caseId;
}

const nominate = (caseId: string, managerId: string) =>
  company.answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId });

async function confirmed(caseId: string, managerId = 'central-manager-2'): Promise<string> {
  await nominate(caseId, managerId);
  await company.voteAll(caseId, 'confirming', 'for');
  await company.task(caseId, 'takeOver');
  return caseId;
}

async function tickAll(caseId: string, kind: 'handOver' | 'takeOver', personId: string): Promise<void> {
  const itemIds = (await prisma.handoverItem.findMany({ where: { caseId } })).map(({ id }) => id);
  await company.answer(caseId, personId, kind, kind, { itemIds });
}

async function withdrawn(caseId: string): Promise<string> {
  await withdraw(deps, { personId: ASKER, caseId, reason: '已妥善解决', key: randomUUID() });
  return caseId;
}

/** A path's name, the state it ends in, and how one walks it. */
const paths: readonly (readonly [name: string, ending: string, walk: () => Promise<string>])[] = [
  [
    'completed-after-a-refusal',
    'completed',
    async () => {
      const caseId = await stated();
      await company.voteAll(caseId, 'removing', 'for');
      await nominate(caseId, 'central-submitter-2');
      await company.voteAll(caseId, 'confirming', 'against');
      await confirmed(caseId);
      await tickAll(caseId, 'handOver', 'central-manager');
      await tickAll(caseId, 'takeOver', 'central-manager-2');
      return caseId;
    },
  ],
  [
    'completed-without-fault',
    'completed',
    async () => {
      const caseId = await admitted('personnel');
      await nominate(caseId, 'central-manager-2');
      await company.task(caseId, 'vote');
      await prisma.person.update({ where: { id: 'central-manager-2' }, data: { active: false } });
      await company.passTo((await company.ballot(caseId, 'confirming')).dueAt);
      await company.task(caseId, 'nominate');
      await prisma.person.update({ where: { id: 'central-manager-2' }, data: { active: true } });
      await confirmed(caseId);
      await tickAll(caseId, 'takeOver', 'central-manager-2');
      await tickAll(caseId, 'handOver', 'central-manager');
      return caseId;
    },
  ],
  [
    'completed-through-silence',
    'completed',
    async () => {
      // Nobody states anything, nobody nominates, nobody hands over: the director names, and the office closes.
      const caseId = await admitted('incompetent');
      await company.passTo((await company.task(caseId, 'statement')).dueAt);
      await company.voteAll(caseId, 'removing', 'for');
      for (let level = 0; level < 2; level++) await company.passTo((await company.task(caseId, 'nominate')).dueAt);
      await company.answer(caseId, 'director', 'appoint', 'appoint', { managerId: 'central-manager-2' });
      // A handover nobody confirms goes to the heads and then to the office, ends by nothing but its word, and keeps nobody from his account.
      const handOver = () => company.task(caseId, 'handOver');
      await company.passTo((await handOver()).dueAt);
      await company.until('its escalation', async () =>
        (await handOver()).candidates.includes('role:unitHead@central'),
      );
      await company.asleep(caseId);
      await company.passTo((await handOver()).dueAt);
      await company.until('the office', async () => (await handOver()).candidates.includes('role:office@'));
      expect((await company.caseRow(caseId)).state).toBe('handover');
      await company.answer(caseId, CLERK, 'closeHandover', 'close', { reason: '原客户经理拒不配合' });
      expect(await prisma.handoverItem.count({ where: { caseId, givenAt: null, takenAt: null } })).toBe(1);
      expect(await prisma.holding.count({ where: { decisionCaseId: caseId, managerId: 'central-manager-2' } })).toBe(1);
      return caseId;
    },
  ],
  [
    'dismissed-by-committee',
    'dismissed',
    async () => {
      const caseId = await stated();
      await company.voteAll(caseId, 'removing', 'against');
      return caseId;
    },
  ],
  [
    'dismissed-by-office',
    'dismissed',
    async () => {
      const caseId = await asked('incompetent');
      await company.answer(caseId, CLERK, 'admit', 'dismiss', { reason: '所述与事实不符' });
      return caseId;
    },
  ],
  [
    'completed-with-a-co-holding-ended',
    'completed',
    async () => {
      const caseId = await heard();
      await company.voteAll(caseId, 'ending', 'for');
      await company.task(caseId, 'takeOver');
      await tickAll(caseId, 'handOver', 'south-manager');
      await tickAll(caseId, 'takeOver', 'central-manager');
      return caseId;
    },
  ],
  [
    'dismissed-with-a-co-holding-kept',
    'dismissed',
    async () => {
      const caseId = await admitted('coHolding');
      await company.passTo((await company.task(caseId, 'statement')).dueAt);
      await company.voteAll(caseId, 'ending', 'against');
      return caseId;
    },
  ],
  ['withdrawn-hearing', 'withdrawn', async () => withdrawn(await admitted('coHolding'))],
  ['withdrawn-ending', 'withdrawn', async () => withdrawn(await heard())],
  ['withdrawn-admission', 'withdrawn', async () => withdrawn(await asked('personnel'))],
  ['withdrawn-statement', 'withdrawn', async () => withdrawn(await admitted('incompetent'))],
  ['withdrawn-removing', 'withdrawn', async () => withdrawn(await stated())],
  [
    'lapsed-by-administrators',
    'lapsed',
    async () => {
      const caseId = await asked('personnel');
      const proposal = { caseId, to: 'lapsed', reason: '数据录入错误', key: randomUUID() } as const;
      await proposeOverride(deps, { provenAt: new Date(), personId: 'system-admin', ...proposal });
      await company.answer(caseId, 'security-admin', 'confirmOverride', 'confirm');
      return caseId;
    },
  ],
];

const walked: Move[] = [];

test.each(paths)('a reassignment ends %s', async (name, ending, walk) => {
  const caseId = await walk();
  await company.state(caseId, ending);
  const handle = client.workflow.getHandle(`reassignment:${caseId}`);
  expect(await handle.result()).toBe(ending);
  const facts = await company.facts(caseId);
  const moves = movesOf(reassignment.initial, facts);
  walked.push(...moves);
  const kinds = [...new Set(facts.map(({ kind }) => kind))].sort();
  await saveHistory(`reassignment-${name}`, handle.workflowId, { moves, kinds }, await handle.fetchHistory());
});

test('prose and table agree: every row but the overrides was walked, and nothing else', () => {
  const rowOf = ({ from, on, to }: Move) => `${from} → ${to} on ${on}`;
  const rows = reassignment.transitions.filter(({ by, from }) => by !== 'administrators' || from === 'admission');
  expect([...new Set(walked.map(rowOf))].sort()).toEqual(rows.map(rowOf).sort());
});
