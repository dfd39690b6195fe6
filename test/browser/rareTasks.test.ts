import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { BallotView } from '../../api/contract/ballots.ts';
import type { CaseView } from '../../api/contract/cases.ts';
import type { RecommendationForm } from '../../api/contract/recommendationForm.ts';
import { answer, choose, pick, taskOn } from '../support/answering.ts';
import { branchLevel, exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { others } from '../support/persons.ts';
import { poll } from '../support/poll.ts';

const minutes = fileURLToPath(new URL('../../examples/会议纪要.pdf', import.meta.url));

const { persons, open } = await startConsole();
const opened = (personId: string, caseId: string) => open(personId, `/cases/${caseId}`);

const form = (change: (form: RecommendationForm) => void = () => {}) => exampleForm(change);
const ballotsOf = async (caseId: string) =>
  (await persons.ask<{ items: BallotView[] }>('office-clerk-1', 'GET', `/cases/${caseId}/ballots`)).items;
const stateOf = async (caseId: string) =>
  (await persons.ask<CaseView>('office-clerk-1', 'GET', `/cases/${caseId}`)).state;

async function screening(given: RecommendationForm): Promise<string> {
  const caseId = await persons.drafted(given);
  await persons.ask('central-submitter', 'POST', `/recommendations/${caseId}/submit`, {});
  await persons.decide('central-head', caseId, 'endorse', 'endorse');
  await persons.taskOf('office-clerk-1', caseId, 'screen');
  return caseId;
}

async function strike(caseId: string, personIds: readonly string[]): Promise<void> {
  for (const personId of personIds) {
    await persons.decide(personId, caseId, 'vote', 'recuse', { reason: '与该客户有利害关系' });
    await persons.decide('director', caseId, 'decideRecusal', 'accept');
  }
}

/** Whoever has an open vote gives it, until nobody has or the ballot is closed. */
async function allVote(caseId: string, choiceOf: (index: number) => string): Promise<void> {
  let index = 0;
  for (const personId of [...others, 'director']) {
    const mine = await persons
      .ask<CaseView>(personId, 'GET', `/cases/${caseId}`)
      .then(({ myTaskIds }) => myTaskIds)
      .catch(() => []);
    for (const id of mine) {
      const vote = { action: 'vote', body: { choice: choiceOf(index) } };
      index += 1;
      await persons.ask(personId, 'POST', `/tasks/${id}/decisions`, vote).catch((error: Error) => {
        if (!/(ballotClosed|taskClosed|caseEnded|notYourMatter)$/.test(error.message)) throw error;
      });
    }
  }
}

describe('beside the screening', () => {
  test('an added approver answers, and the first unit’s head a unit that asks to join', async () => {
    const given = form();
    const caseId = await screening(given);
    const { id } = await persons.taskOf('office-clerk-1', caseId, 'screen');
    const question = '请核实项目清单';
    await persons.ask('office-clerk-1', 'POST', `/tasks/${id}/add-approver`, {
      personId: 'engineering-head',
      question,
    });
    const approver = await opened('engineering-head', caseId);
    await taskOn(approver, '加签').getByText(question).waitFor();
    await choose(taskOn(approver, '加签'), '同意');
    await taskOn(approver, '加签').getByLabel('意见').fill('清单属实');
    await answer(approver, '加签', '同意');

    const { caseId: own } = await persons.ask<{ caseId: string }>('east-submitter', 'POST', '/recommendations', {
      form: { ...given, recommendingUnit: '华东分公司' },
    });
    await persons.ask('east-submitter', 'POST', '/co-recommendations', { caseId: own, reason: '我单位亦长期跟踪' });
    const head = await opened('central-head', caseId);
    await taskOn(head, '答复共同推荐').getByText('华东分公司', { exact: true }).waitFor();
    await choose(taskOn(head, '答复共同推荐'), '同意共同推荐');
    await answer(head, '答复共同推荐', '同意共同推荐');
    await persons.taskOf('office-clerk-1', caseId, 'answerCoRecommendation');
  });
});

describe('a meeting', () => {
  test('is entered seat by seat from the keyboard by one clerk and checked by another, and decides the ballot', async () => {
    const caseId = await persons.approving(form());
    const clerk = await opened('office-clerk-1', caseId);
    await clerk.getByText('已召开会议？在此代录会议表决').click();
    const task = taskOn(clerk, '会议表决代录');
    await task.getByLabel('会议日期').fill('2026-01-05');
    await task.locator('input[type=file]').setInputFiles(minutes);
    await task.getByTitle('会议纪要.pdf').first().waitFor();
    await task.getByText('已记录 2 席，共 13 席').waitFor();
    const rows = task.locator('.seat:not(:has(.chip))');
    await rows.first().getByRole('radio').first().focus();
    for (const key of '1111211314') await clerk.keyboard.press(key);
    await task.getByText('已记录 12 席，共 13 席').waitFor();
    await clerk.keyboard.press('1');
    await task.getByText('已记录 13 席，共 13 席').waitFor();
    await answer(clerk, '会议表决代录', '代录');

    const checker = await opened('office-clerk-2', caseId);
    const check = taskOn(checker, '复核代录');
    await check.getByRole('table', { name: '代录内容' }).getByText('弃权').waitFor();
    await choose(check, '复核无误');
    await answer(checker, '复核代录', '复核无误');
    const ballot = checker.getByRole('region', { name: '审定表决（第 1 轮）' });
    await ballot.getByText('同意 8，反对 1，弃权 1').waitFor();
    await ballot.getByText('依会议纪要代录').waitFor();
    await checker.getByRole('link', { name: '审批表' }).click();
    const paper = checker.getByRole('article', { name: '审批表' });
    await paper
      .getByText(/：缺席$/)
      .first()
      .waitFor();
    expect(await paper.getByText('未表决').count()).toBe(0);
  });
});

describe('a ballot that did not decide', () => {
  test('with exactly half is given a new day by the office', async () => {
    const caseId = await persons.approving(form(branchLevel));
    await strike(caseId, ['north-head']);
    await allVote(caseId, (index) => (index % 2 === 0 ? 'for' : 'against'));
    await persons.taskOf('office-clerk-1', caseId, 'scheduleRunoff');
    const clerk = await opened('office-clerk-1', caseId);
    const task = taskOn(clerk, '安排再次表决');
    const soon = new Date(Date.now() + 3 * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
    await task.getByLabel('再次表决日期').fill(soon);
    await answer(clerk, '安排再次表决', '确定日期');
    const last = (await ballotsOf(caseId)).at(-1);
    expect([last?.outcome, last?.reasonCode]).toEqual(['deferred', 'exactlyHalf']);
  });

  /** A case before the office after its ballot had no quorum. */
  async function inquorate(): Promise<string> {
    const caseId = await persons.approving(form());
    await strike(caseId, ['southwest-head', 'southwest-deputy', 'north-head', 'north-deputy', 'south-deputy']);
    await persons.taskOf('office-clerk-1', caseId, 'resolveInquorate');
    return caseId;
  }

  test('without a quorum is given substitutes by the office, by name', async () => {
    const caseId = await inquorate();
    const clerk = await opened('office-clerk-1', caseId);
    const task = taskOn(clerk, '处理流会');
    await choose(task, '指定替补');
    await pick(task, clerk, '委员（西南分公司经理）', '西南分公司客户经理');
    await pick(task, clerk, '委员（北方分公司经理）', '北方分公司客户经理');
    await answer(clerk, '处理流会', '指定替补');
    await poll(async () => (await ballotsOf(caseId)).at(-1)?.substituted).toBe(true);
  });

  test('without a quorum is decided by a higher body, whose minutes the office records', async () => {
    const caseId = await inquorate();
    const clerk = await opened('office-clerk-1', caseId);
    const task = taskOn(clerk, '处理流会');
    await choose(task, '登记上级机构决定');
    await choose(task.getByRole('radiogroup', { name: '决定' }), '通过');
    await task.getByLabel('上级机构', { exact: true }).fill('公司总经理办公会');
    await task.locator('input[type=file]').setInputFiles(minutes);
    await task.getByTitle('会议纪要.pdf').first().waitFor();
    await answer(clerk, '处理流会', '登记上级机构决定');
    await poll(() => stateOf(caseId)).toBe('nominating');
    const ballot = (await ballotsOf(caseId)).at(-1);
    expect([ballot?.outcome, ballot?.closedBy]).toEqual(['passed', 'higherBody']);
    const shown = clerk.getByRole('region', { name: '审定表决（第 1 轮）' });
    await shown.getByText('上级机构决定').first().waitFor();
    await shown.getByText('通过', { exact: true }).first().waitFor();
  });

  test('without a quorum lapses when the office says why', async () => {
    const caseId = await inquorate();
    const clerk = await opened('office-clerk-1', caseId);
    const task = taskOn(clerk, '处理流会');
    await choose(task, '终结');
    await task.getByLabel('理由').fill('委员会无法形成法定人数');
    await answer(clerk, '处理流会', '终结');
    await poll(() => stateOf(caseId)).toBe('lapsed');
    await clerk.getByRole('region', { name: '当前状态' }).getByText('逾期终结').first().waitFor();
  });
});

describe('after the ballot', () => {
  test('a recusal declared too late is noted by the office, and after three refusals the director names the manager', async () => {
    const caseId = await persons.approving(form(branchLevel));
    await allVote(caseId, () => 'for');
    await poll(() => stateOf(caseId)).toBe('nominating');
    const [ballot] = await persons
      .ask<{ items: BallotView[] }>('south-deputy', 'GET', `/cases/${caseId}/ballots`)
      .then(({ items }) => items);
    await persons.ask('south-deputy', 'POST', `/tasks/${ballot?.mine?.taskId}/decisions`, {
      action: 'recuse',
      body: { reason: '事后得知有利害关系' },
    });
    const clerk = await opened('office-clerk-1', caseId);
    const review = taskOn(clerk, '核查表决后申报的回避');
    await review.getByText('事后得知有利害关系').waitFor();
    await review.getByLabel('意见').fill('不影响结果');
    await answer(clerk, '核查表决后申报的回避', '记录核查意见');

    for (const managerId of ['central-manager', 'central-manager-2', 'central-submitter-2']) {
      await persons.decide('central-deputy', caseId, 'nominate', 'nominate', { managerId });
      await poll(() => stateOf(caseId)).toBe('confirming');
      await allVote(caseId, () => 'against');
      await poll(() => stateOf(caseId)).toBe('nominating');
    }
    await persons.taskOf('director', caseId, 'appoint');
    const director = await opened('director', caseId);
    const task = taskOn(director, '指定客户经理');
    await choose(task, '指定');
    await pick(task, director, '专职客户经理', '华中分公司经办人');
    await answer(director, '指定客户经理', '指定');
    await poll(() => stateOf(caseId)).toBe('established');
  });
});
