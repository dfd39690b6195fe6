// npm run demo: carries the recommendation of examples/ from its form to an established key account and on through its life to the annual review and
// the published list, through the public API alone, as the persons of the demo organisation would; then everything stored is verified. Exits with 1
// where anything is not as expected. --unverified leaves out the last: for a system that holds more than `npm run verify` knows, as a measured one does.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { AccountView } from '../api/contract/accounts.ts';
import type { CaseView } from '../api/contract/cases.ts';
import type { ClientCheckResult } from '../api/contract/clients.ts';
import type { RecommendationForm } from '../api/contract/recommendationForm.ts';
import type { RecommendationView } from '../api/contract/recommendations.ts';
import type { ReceiptView } from '../api/contract/shared.ts';
import type { WorkflowView } from '../api/contract/workflows.ts';
import { tellAccount } from './demo/account.ts';
import { tellAllocation } from './demo/allocation.ts';
import { tellAnnualReview } from './demo/annualReview.ts';
import { type Calls, createCalls, Difference, expectSame, settled } from './demo/calls.ts';
import { tellCoHolder, tellCoHolderEnd } from './demo/coHolder.ts';
import { ballotOf, expectProof } from './demo/committee.ts';
import { tellDesk } from './demo/desk.ts';
import { tellExclusivity } from './demo/exclusivity.ts';
import { tellExit } from './demo/exit.ts';
import { exampleForm, filesOf } from './demo/form.ts';
import { tellLedger } from './demo/ledger.ts';
import { tellProjects } from './demo/projects.ts';
import { tellPublication } from './demo/publication.ts';
import { tellReassignment } from './demo/reassignment.ts';
import { tellRelisting } from './demo/relisting.ts';
import type { Scene } from './demo/scene.ts';
import { createStory, type Told } from './demo/story.ts';
import { tellSuggestion } from './demo/suggestion.ts';
import { findSystem } from './demo/system.ts';
import { tellVerification } from './demo/verification.ts';
import { tellVisits } from './demo/visits.ts';

const SUBMITTER = 'central-submitter';
const HEAD = 'central-head';
const RIVAL = 'east-submitter';
const CLERK = 'office-clerk-1';
const OTHER_CLERK = 'office-clerk-2';
const DIRECTOR = 'director';
const MANAGER = 'central-manager';
const EVALUATORS = ['finance-expert', 'engineering-expert'];
const DEPARTMENTS = ['legal', 'finance'];
const MEMBERS = ['east', 'south', 'southwest', 'north'].flatMap((unit) => [`${unit}-head`, `${unit}-deputy`]);
/** Everybody with a seat who is not of the recommending unit, the director last: eight for, two against, one abstaining. */
const VOTES: readonly (readonly [string, 'for' | 'against' | 'abstain'])[] = [
  ...MEMBERS.map((member, index) => [member, index < 6 ? 'for' : 'against'] as const),
  ['vice-director-1', 'for'],
  ['vice-director-2', 'abstain'],
];

const SCORES = { largeContracts: 5, steadyReturns: 4, partnership: 4, continuousInvestment: 5, goodCredit: 3 };

const { values: options } = parseArgs({ options: { unverified: { type: 'boolean', default: false } } });

type Demo = Scene & { readonly form: RecommendationForm };

try {
  console.log('大客户管理审批演示 · Key account approvals, a demonstration');
  const system = await findSystem();
  console.log(
    system.isOwn
      ? '（没有运行中的系统，已临时启动一套 · on a system of its own）'
      : `（运行中的系统 · on ${system.url}）`,
  );
  try {
    const demo = { calls: createCalls(system), story: createStory(system), form: await exampleForm() };
    await tell(demo);
    if (!options.unverified) await tellVerification(demo, system);
    console.log('\n全部符合预期 · everything was as expected');
  } finally {
    await system.stop();
  }
} catch (cause) {
  if (!(cause instanceof Error)) throw cause;
  console.error(`\n✗ 与预期不符 · not as expected: ${cause instanceof Difference ? cause.message : cause.stack}`);
  process.exitCode = 1;
}

async function tell(demo: Demo): Promise<void> {
  const { story, form } = demo;
  story.title(`一、推荐：${form.client.name}`, 'Recommending a client');
  const caseId = await draft(demo);
  await submit(demo, caseId);
  await refuseRival(demo, caseId);
  story.title('二、审签、初审与审核评估', 'Endorsing, screening, evaluating');
  await examine(demo, caseId);
  story.title('三、委员会审定（线上表决）', 'The committee approves, online');
  await approve(demo, caseId);
  story.title(
    '四、选派并批准专职客户经理（会议表决，代录）',
    'Nominating and confirming the account manager, by meeting',
  );
  await nominate(demo, caseId);
  await confirm(demo, caseId);
  story.title('五、大客户确立', 'An established key account');
  const accountId = await inspect(demo, caseId);
  await tellProjects(demo, accountId);
  await tellExclusivity(demo, accountId);
  await tellAccount(demo, accountId);
  const [ended, ...others] = await tellLedger(demo);
  await tellVisits(demo);
  await tellDesk(demo, accountId);
  await tellSuggestion(demo, accountId);
  await tellCoHolder(demo, accountId);
  await tellAllocation(demo, accountId);
  await tellReassignment(demo, accountId);
  await tellCoHolderEnd(demo, accountId);
  await tellExit(demo, ended);
  await tellRelisting(demo, others[0]);
  await tellAnnualReview(demo, others);
  await tellPublication(demo, accountId);
}

/** Tells a step after seeing that it left the case in this state. */
async function step({ calls, story }: Scene, caseId: string, state: string, told: Told): Promise<CaseView> {
  const seen = await calls.caseOf(SUBMITTER, caseId);
  expectSame(`“${told.zh}”后的状态 · the state after it`, seen.state, state);
  story.step(told, seen.stateKey);
  return seen;
}

/** Free before: a draft saved in two parts, with its files. @returns the case's id */
async function draft({ calls, story, form }: Demo): Promise<string> {
  const by = SUBMITTER;
  expectSame('推荐前查重 · the duplicate check before', (await check(calls, by, form)).result, 'free');
  story.step({ zh: '查重：可以推荐', en: 'duplicate check: free', by, article: '7.1' });

  const { intent: _, ...partial } = form;
  const begun = await calls.post<RecommendationView>(by, '/recommendations', { form: partial });
  const { caseId } = begun;
  expectSame('草稿所缺 · what the draft lacks', begun.missing, ['intent']);
  const saved = { zh: `起草 ${begun.number}（尚缺意向书）`, en: 'draft saved, incomplete', by, article: '7.1' };
  await step({ calls, story }, caseId, 'draft', saved);
  await calls.refused(by, `/recommendations/${caseId}/submit`, {}, 'missing');
  story.check('缺项不能提交', 'an incomplete form cannot be submitted');

  const whole = await calls.put<RecommendationView>(by, `/recommendations/${caseId}`, { form }, begun.version);
  expectSame('补齐后所缺 · what it lacks when completed', whole.missing, []);
  const files = filesOf(form);
  for (const { name, purpose } of files) {
    const stored = await calls.upload(by, caseId, purpose, name);
    expectSame(`附件 · the file ${name}`, [stored.name, stored.purpose], [name, purpose]);
  }
  const completed = { zh: `补齐并上传 ${files.length} 个附件`, en: 'completed, files attached', by, article: '7.1' };
  await step({ calls, story }, caseId, 'draft', completed);
  return caseId;
}

async function submit({ calls, story }: Demo, caseId: string): Promise<void> {
  settled(await calls.post<ReceiptView>(SUBMITTER, `/recommendations/${caseId}/submit`, {}));
  const submitted = { zh: '提交，定为公司级', en: 'submitted; company level', by: SUBMITTER, article: '12' };
  const seen = await step({ calls, story }, caseId, 'endorsing', submitted);
  const holders = seen.holders.flatMap((holder) => holder.persons.map(({ id }) => id));
  expectSame('级别与待办人 · grade, and who holds it', [seen.grade, holders], ['company', [HEAD]]);
  story.check(`预计后续合同 ${seen.recommendation?.expectedYuan} 元，2 亿元以上`, 'CNY 200 million or more');
}

/** Another unit is told no more than that the client is in progress, and cannot submit it (Article 7.1). */
async function refuseRival({ calls, story, form }: Demo, caseId: string): Promise<void> {
  const masked = { result: 'inProgress', holder: null, accountId: null, names: [], withheld: false };
  const { left: _, ...answer } = await check(calls, RIVAL, form);
  expectSame('他单位查重 · the check by another unit', answer, masked);
  const rivalForm = { ...form, recommendingUnit: '华东分公司' };
  const rival = await calls.post<RecommendationView>(RIVAL, '/recommendations', { form: rivalForm });
  const submission = { outsideTerritoryReason: '客户在本单位管辖区域有拟建项目' };
  const path = `/recommendations/${rival.caseId}`;
  const refusal = JSON.stringify(await calls.refused(RIVAL, `${path}/submit`, submission, 'clientInProgress'));
  const { number } = await calls.caseOf(SUBMITTER, caseId);
  const told = ['华中', number, caseId].filter((secret) => refusal.includes(secret));
  expectSame('拒绝时泄露的内容 · what the refusal leaks', told, []);
  await calls.post(RIVAL, `${path}/withdraw`, { reason: '客户已由其他单位推荐' });
  const refused = { zh: '另一单位重复推荐：不予受理', en: 'a second unit is refused', by: RIVAL, article: '7.1' };
  await step({ calls, story }, caseId, 'endorsing', refused);
  story.check('只告知推荐办理中、请询经营部，不透露推荐单位', 'masked: in progress, ask the office');
}

async function examine({ calls, story }: Demo, caseId: string): Promise<void> {
  const scene = { calls, story };
  const endorsed = await calls.decide(HEAD, caseId, 'endorse', 'endorse', { opinion: '同意推荐' });
  await step(scene, caseId, 'screening', { zh: '单位审签：同意', en: 'endorsed', ...endorsed });

  const named = { evaluatorIds: EVALUATORS, departmentIds: DEPARTMENTS, opinion: '材料齐全，予以受理' };
  const screened = await calls.decide(CLERK, caseId, 'screen', 'accept', named);
  await step(scene, caseId, 'evaluating', {
    zh: '初审：受理，指定评估人和会签部门',
    en: 'examiners named',
    ...screened,
  });

  for (const evaluator of EVALUATORS) {
    const scored = await calls.decide(evaluator, caseId, 'evaluate', 'evaluate', { scores: SCORES });
    await step(scene, caseId, 'evaluating', { zh: '按五项标准评分', en: 'scored the five criteria', ...scored });
  }
  for (const [index, department] of DEPARTMENTS.entries()) {
    const opinion = { agrees: true, opinion: '无异议' };
    const signed = await calls.decide(`${department}-head`, caseId, 'countersign', 'countersign', opinion);
    const state = index + 1 < DEPARTMENTS.length ? 'evaluating' : 'approving';
    await step(scene, caseId, state, { zh: '部门会签：同意', en: 'countersigned', ...signed });
  }
}

/** 审定 (4.6): recused by rule, sealed until closing, the director last, the outcome recomputed from its proof. */
async function approve({ calls, story }: Demo, caseId: string): Promise<void> {
  const scene = { calls, story };
  const opened = await ballotOf(calls, CLERK, caseId, 'approving');
  const recused = opened.roll.filter((entry) => entry.recusal !== null).map((entry) => entry.person.id);
  expectSame('回避 · who is recused', recused.toSorted(), ['central-deputy', HEAD]);
  const { matter, tally } = opened;
  expectSame('事项、应到、须到 · act, body, quorum', [matter, tally.expected, tally.quorum], ['approve', 11, 8]);
  story.check('推荐单位 2 席回避，应到 11 人，须到 8 人', 'recused by rule; body and quorum');

  for (const [index, [voter, choice]] of VOTES.entries()) {
    expectSame('他人表态前主任无待办 · not yet the director', await calls.tasks(DIRECTOR, caseId), []);
    const voted = await calls.decide(voter, caseId, 'vote', 'vote', { choice });
    const count = `${index + 1}/${VOTES.length + 1}`;
    // What he chose is not told: it is sealed until the ballot closes.
    await step(scene, caseId, 'approving', { zh: `表决 ${count}`, en: 'voted', ...voted });
    if (index === 0) await expectSealed(scene, caseId, voter);
  }
  const last = await calls.decide(DIRECTOR, caseId, 'vote', 'vote', { choice: 'for', reason: '同意列入公司级大客户' });
  await step(scene, caseId, 'nominating', { zh: '主任末位表态，表决结束', en: 'the director last; closed', ...last });
  const closed = await ballotOf(calls, CLERK, caseId, 'approving');
  const count = [closed.outcome, closed.tally.for, closed.tally.against, closed.tally.abstain];
  expectSame('计票 · the count', count, ['passed', 8, 2, 1]);
  await expectProof(scene, caseId, closed);
}

async function expectSealed({ calls, story }: Scene, caseId: string, voter: string): Promise<void> {
  for (const reader of [DIRECTOR, CLERK, 'south-head']) {
    const seen = await ballotOf(calls, reader, caseId, 'approving');
    const entry = seen.roll.find(({ person }) => person.id === voter);
    const told = [entry?.hasVoted, entry?.choice, seen.tally.for, seen.tally.against, seen.tally.abstain];
    expectSame(`表决结束前 ${reader} 所见 · what he sees while it is open`, told, [true, null, null, null, null]);
  }
  story.check('表决结束前，主任、经营部和其他委员只见“已表决”，不见意见', 'sealed from all but the voter');
}

async function nominate({ calls, story }: Demo, caseId: string): Promise<void> {
  const body = { managerId: MANAGER, reason: '长期跟踪该客户' };
  const nominated = await calls.decide('central-deputy', caseId, 'nominate', 'nominate', body);
  await step({ calls, story }, caseId, 'confirming', {
    zh: `选派 ${story.named(MANAGER)}`,
    en: 'nominated',
    ...nominated,
  });
}

/** The committee met: the office records its votes seat by seat from the minutes 代录, and a second clerk checks them. */
async function confirm({ calls, story }: Demo, caseId: string): Promise<void> {
  const scene = { calls, story };
  const ballot = await ballotOf(calls, CLERK, caseId, 'confirming');
  const minutes = await calls.upload(CLERK, caseId, 'minutes', '会议纪要.pdf');
  const seats = ballot.roll.map(({ seatId, recusal, person }) => ({
    seatId,
    mark: recusal ? 'recused' : person.id === 'north-deputy' ? 'absent' : 'for',
  }));
  const sheet = { meetingOn: ballot.openedAt.slice(0, 10), minutesAttachmentId: minutes.id, seats };
  const recorded = await calls.decide(CLERK, caseId, 'record', 'record', sheet);
  await step(scene, caseId, 'confirming', { zh: '依会议纪要逐席代录表决', en: 'the meeting recorded', ...recorded });
  const { id } = await calls.taskOf(OTHER_CLERK, caseId, 'checkRecording');
  await calls.refused(CLERK, `/tasks/${id}/decisions`, { action: 'confirm', body: {} }, 'separation');
  story.check('代录人不能自行复核', 'nobody checks his own recording');

  const checked = await calls.decide(OTHER_CLERK, caseId, 'checkRecording', 'confirm');
  await step(scene, caseId, 'established', {
    zh: '第二人复核，表决结束',
    en: 'checked by a second person',
    ...checked,
  });
  await expectProof(scene, caseId, await ballotOf(calls, CLERK, caseId, 'confirming'));
}

/** What came of it: the account, its holders, the exclusivity, the workflow and the audit chain. @returns the account's id */
async function inspect({ calls, story, form }: Demo, caseId: string): Promise<string> {
  const { recommendation } = await calls.caseOf(SUBMITTER, caseId);
  const account = await calls.get<AccountView>(CLERK, `/accounts/${recommendation?.accountId}`);
  const facts = [account.client.name, account.grade, account.managedBy, account.state, account.entities.length];
  const expected = [form.client.name, 'company', 'company', 'active', 1 + form.client.members.length];
  expectSame('大客户及成员单位 · the account and its group', facts, expected);
  const holdings = account.holdings.map(({ kind, unit, manager, validTo }) => [kind, unit.id, manager?.id, validTo]);
  expectSame('推荐单位与客户经理 · its holders', holdings, [['lead', 'central', MANAGER, null]]);
  story.check(`${account.archiveNo} ${account.client.name}`, 'on file');
  story.check(`由${account.unit?.name}、${account.manager?.name}专属对接（《办法》第 7.3 条）`, 'held exclusively');

  // It is not on a published list yet, so that its holder is still masked.
  expectSame('确立后他单位查重 · the check afterwards', (await check(calls, RIVAL, form)).result, 'inProgress');
  story.check('其他单位不能再推荐该客户', 'no other unit may recommend it');

  const workflow = await completed(calls, `/workflows/recommendation:${caseId}`);
  story.check(`流程执行已完成，共 ${workflow.historyLength} 个事件`, 'the workflow has completed');

  const chainPath = `/audit/streams/case:${caseId}/verification`;
  const chain = await calls.get<{ intact: boolean; entries: number }>('auditor', chainPath);
  expectSame('审计链完整 · the audit chain is intact', chain.intact, true);
  story.check(`审计链 ${chain.entries} 条，完整`, 'the audit chain is intact');
  return account.id;
}

/** The workflow's last step is to complete, a moment after the case it concluded has closed. */
async function completed(calls: Calls, path: string): Promise<WorkflowView> {
  const end = Date.now() + 10_000;
  for (;;) {
    const workflow = await calls.get<WorkflowView>('system-admin', path);
    const isOver = workflow.status.toLowerCase() !== 'running' || Date.now() > end;
    if (isOver) {
      expectSame('流程执行 · the workflow', workflow.status.toLowerCase(), 'completed');
      return workflow;
    }
    await pause(100);
  }
}

function check(calls: Calls, personId: string, { client }: RecommendationForm): Promise<ClientCheckResult> {
  return calls.post(personId, '/clients/check', { code: client.uscc, name: client.name });
}
