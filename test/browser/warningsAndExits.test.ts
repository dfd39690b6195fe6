import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { CaseView } from '../../api/contract/cases.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { answer, choose, pick, taskOn } from '../support/answering.ts';
import { phone } from '../support/browser.ts';
import { startConsole } from '../support/console.ts';
import { wrongInAnyLook } from '../support/looks.ts';
import { others } from '../support/persons.ts';
import { takenOver } from '../support/takenOver.ts';

const { persons, open } = await startConsole();
const names = ['澄江示例轨道交通集团有限公司', '岭南示例置业集团有限公司'];
const [warned, leaving] = await takenOver(persons, names);

const MANAGER = 'central-manager';
const CLERK = 'office-clerk-1';
const today = localDay(Date.now());
const proof = fileURLToPath(new URL('../../examples/信用信息查询记录.pdf', import.meta.url));

/** The case that a dialog went on to. */
async function caseOn(page: Page): Promise<string> {
  await page.waitForURL(/\/cases\/[^/]+$/);
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** Votes one after the other; whoever reads counts them. */
async function voted(caseId: string, choices: readonly string[], voters = [...others, 'director']): Promise<void> {
  for (const [at, choice] of choices.entries())
    await persons.decide(voters[at] ?? '', caseId, 'vote', 'vote', { choice });
}

const stateOf = async (caseId: string) => (await persons.ask<CaseView>(CLERK, 'GET', `/cases/${caseId}`)).state;

test('a warning raised on a phone is weighed from the keyboard, decided, carried out, supervised and closed', async () => {
  const phoned = await open(MANAGER, `/accounts/${warned}?part=warnings`, { viewport: phone });
  await phoned.getByRole('button', { name: '提出预警或建议' }).click();
  const dialog = phoned.getByRole('dialog');
  await choose(dialog, '严重');
  await dialog.getByLabel('依据和情况').fill('业主已拖欠两期进度款，分包单位停工。');
  await dialog.getByLabel('建议采取的措施').fill('先催收，暂停新项目投标。');
  await dialog.getByRole('button', { name: /提\s?交/ }).click();
  const caseId = await caseOn(phoned);
  await phoned.getByRole('region', { name: '风险预警' }).getByText('业主已拖欠两期进度款').waitFor();

  const office = await open(CLERK, `/cases/${caseId}`);
  const weighing = taskOn(office, '审议预警与建议');
  await weighing.waitFor();
  await office.keyboard.press('2');
  await weighing.getByRole('radio', { name: '提请委员会决定', checked: true }).waitFor();
  await weighing.getByLabel('方案目标').fill('收回拖欠的进度款');
  const measure = (ord: number) => weighing.getByRole('group', { name: `措施 ${ord}` });
  for (const [ord, text, owner] of [
    [1, '发函催收并约见董事长', '华中分公司客户经理甲'],
    [2, '核查业主资信与涉诉情况', '法务部评估专员'],
  ] as const) {
    if (ord > 1) await weighing.getByRole('button', { name: '再加一项措施' }).click();
    await measure(ord).getByLabel('措施', { exact: true }).fill(text);
    await pick(measure(ord), office, '负责人', owner);
    await measure(ord).getByLabel('期限').fill(addDays(today, 10));
  }
  await measure(2).getByLabel('期限').press('Control+Enter');
  await office.locator('.ant-message').waitFor();

  // The committee decides on the plan, which lies before whoever votes.
  await persons.taskOf('east-head', caseId, 'vote');
  const voter = await open('east-head', `/cases/${caseId}`, { viewport: phone });
  await voter.getByRole('region', { name: '风险预警' }).getByText('核查业主资信与涉诉情况').waitFor();
  const bar = voter.getByRole('region', { name: '我的表决' });
  await bar.getByText('预警与建议 · 批准').waitFor();
  await bar.getByRole('button', { name: '同意', exact: true }).click();
  await voter.getByRole('dialog').getByRole('button', { name: '确认：同意' }).click();
  await bar.getByText('已表决：同意').waitFor();
  await voted(
    caseId,
    ['for', 'for', 'for', 'for', 'for'],
    others.filter((personId) => personId !== 'east-head'),
  );

  await phoned.goto(`/cases/${caseId}`);
  const mine = taskOn(phoned, '落实措施');
  await mine.getByText('发函催收并约见董事长').waitFor();
  await mine.getByLabel('补充说明').fill('两期进度款均已到账');
  await phoned.getByRole('button', { name: '提交：报告完成' }).click();
  await mine.waitFor({ state: 'detached' });
  await persons.decide('legal-expert', caseId, 'carryOut', 'report', { note: '资信无重大变化' });
  await persons.taskOf(CLERK, caseId, 'supervise');

  await office.goto('/supervision');
  const row = office.getByRole('row', { name: '发函催收并约见董事长' });
  await row.getByText('已报完成，待确认').waitFor();
  await row.getByRole('link', { name: /^W-/ }).click();
  for (const said of ['两期进度款均已到账', '资信无重大变化']) {
    const supervising = taskOn(office, '督办措施').filter({ hasText: said });
    await supervising.getByText(said).waitFor();
    await choose(supervising, '确认完成');
    await supervising.getByRole('button', { name: '提交：确认完成' }).click();
    await supervising.waitFor({ state: 'detached' });
  }
  const closing = taskOn(office, '关闭方案');
  await choose(closing, '关闭方案');
  await choose(closing.getByRole('radiogroup', { name: '方案结果' }), '达到目标');
  await closing.getByLabel('意见').fill('款项全部收回');
  await answer(office, '关闭方案', '关闭方案');
  await expect.poll(() => stateOf(caseId), { timeout: 60_000 }).toBe('closed');
  await phoned.goto(`/accounts/${warned}?part=plans`);
  await phoned.getByText('已完成 2/2 项').waitFor();
  await phoned.goto(`/accounts/${warned}?part=warnings`);
  await phoned.getByRole('listitem').filter({ hasText: '风险预警' }).getByText('已办结').waitFor();
});

test('an exit is put forward, heard, chosen among three and then two options, and shows on the case, the account and the list', async () => {
  const head = await open('central-head', `/accounts/${leaving}?part=warnings`);
  await head.getByRole('button', { name: /年中退出/ }).click();
  const dialog = head.getByRole('dialog');
  await choose(dialog, '破产');
  await dialog.getByLabel('发生日期').fill(addDays(today, -3));
  await dialog.getByLabel('依据（文号、公布处）').fill('（2026）鄂01破申12号');
  await dialog.getByLabel('依据和情况').fill('法院已裁定受理破产申请。');
  await dialog.locator('input[type=file]').setInputFiles(proof);
  await dialog.getByRole('list', { name: '已选择的文件' }).waitFor();
  await dialog.getByRole('button', { name: /提\s?交/ }).click();
  const caseId = await caseOn(head);
  await head.getByRole('button', { name: '预览 信用信息查询记录.pdf' }).waitFor();

  const office = await open(CLERK, `/cases/${caseId}`);
  await choose(taskOn(office, '受理年中退出'), '受理');
  await answer(office, '受理年中退出', '受理');
  await persons.decide(MANAGER, caseId, 'stateManager', 'state', { statement: '债权已申报' });
  await persons.decide('central-head', caseId, 'stateUnit', 'state', { statement: '同意客户经理的说明' });

  // The first ballot: nobody's choice has more than half. The voter reads what was said, and votes by a number key.
  await persons.taskOf('east-head', caseId, 'vote');
  const voter = await open('east-head', `/cases/${caseId}`);
  await voter.getByRole('region', { name: '年中退出' }).getByText('债权已申报').waitFor();
  const vote = taskOn(voter, '委员会表决');
  await vote.getByRole('radio', { name: '终止合作' }).waitFor();
  await voter.keyboard.press('3');
  await vote.getByRole('radio', { name: '终止合作', checked: true }).press('Control+Enter');
  await voter.getByText('已表决：终止合作').first().waitFor();
  const rest = [...others.filter((personId) => personId !== 'east-head'), 'director'];
  const split = ['ended', 'ended', 'ended', 'delisted', 'delisted', 'delisted', 'delisted', 'kept', 'kept', 'abstain'];
  await voted(caseId, split, rest);

  // The second is between the two leading; on the phone they stand within reach of the thumb.
  await persons.taskOf('vice-director-1', caseId, 'vote');
  const second = await open('vice-director-1', `/cases/${caseId}`, { viewport: phone });
  const bar = second.getByRole('region', { name: '我的表决' });
  await bar.getByText('年中退出 · 选项').waitFor();
  expect(await bar.locator('.vote-choice').allTextContents()).toEqual(['调出名单', '终止合作', '弃权']);
  const ballot = second.getByRole('region', { name: '选项表决（第 2 轮）' });
  await ballot.getByText('距到会人数要求还差 6 人').waitFor();
  await bar.getByRole('button', { name: '终止合作' }).click();
  await second.getByRole('dialog').getByRole('button', { name: '确认：终止合作' }).click();
  await ballot.getByText('距到会人数要求还差 5 人').waitFor();
  await voted(caseId, ['ended', 'ended', 'ended', 'ended', 'ended'], others.slice(1));
  const bars = ballot.getByLabel('各选项得票');
  await bars.getByText('6', { exact: true }).waitFor();
  await ballot.getByRole('button', { name: '计票依据' }).click();
  await ballot.getByRole('button', { name: '在本机重新计算' }).click();
  const reckoning = ballot.getByRole('table');
  await reckoning.getByRole('row', { name: '“终止合作”' }).getByText('6 > 6 ÷ 2').waitFor();
  expect(await reckoning.getByRole('row', { name: '维持现状' }).count()).toBe(0);
  const closing = second.getByRole('listitem').filter({ hasText: '表决结束' });
  await closing.filter({ hasText: '均未过半' }).waitFor();
  await closing.filter({ hasText: '终止合作' }).waitFor();
  expect(await wrongInAnyLook(second)).toEqual([]);

  await head.goto(`/cases/${caseId}`);
  await head.getByRole('region', { name: '当前状态' }).getByText('终止合作').first().waitFor();
  await head.goto(`/accounts/${leaving}`);
  await head.getByRole('main').getByText('终止合作', { exact: true }).first().waitFor();
  await office.goto('/accounts');
  await office
    .getByRole('row', { name: names[1] ?? '' })
    .getByText('终止合作', { exact: true })
    .waitFor();
});
