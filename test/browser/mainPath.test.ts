import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { RecommendationView } from '../../api/contract/recommendations.ts';
import { criteria } from '../../domain/recommendation.ts';
import { answer, choose, pick, taskOn } from '../support/answering.ts';
import { type Browsing, phone } from '../support/browser.ts';
import { exampleForm, exampleScores } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { others } from '../support/persons.ts';

const form = exampleForm();
const evidence = fileURLToPath(new URL('../../examples/项目清单.xlsx', import.meta.url));

const { persons, enter, excuse } = await startConsole();
let caseId = '';

/** Enters as a person and opens the case from his inbox. */
async function openCase(name: string, box: 'mine' | 'group', options?: Parameters<Browsing['enter']>[2]) {
  const page = await enter(name, `/inbox?box=${box}`, options);
  await page.getByRole('link', { name: form.client.name }).first().click();
  await page.getByRole('heading', { level: 1, name: form.client.name }).waitFor();
  return page;
}

const standing = (page: Page) => page.getByRole('region', { name: '当前状态' });

test('a submitter completes a draft that saves itself, attaches a file and submits it', async () => {
  caseId = await persons.drafted(form);
  const page = await enter('华中分公司经办人', '/inbox?box=initiated');
  await page.getByRole('link', { name: form.client.name }).click();

  const project = page.getByRole('group', { name: '项目 3', exact: true });
  await project.getByLabel('合同额（含税）').fill('9000');
  await project.getByLabel('项目名称').fill('示例光谷智造产业园A、B区');
  const saved = page.getByRole('status').getByText('已保存', { exact: true });
  await saved.waitFor({ state: 'detached' });
  await saved.waitFor();
  const draft = await persons.ask<RecommendationView>('central-submitter', 'GET', `/recommendations/${caseId}`);
  expect(draft.form.projects?.[2]).toMatchObject({ name: '示例光谷智造产业园A、B区', amountYuan: '90000000.00' });

  await page.getByRole('region', { name: '附件', exact: true }).locator('input[type=file]').setInputFiles(evidence);
  await page.getByRole('link', { name: '项目清单.xlsx' }).waitFor();
  await page.getByRole('button', { name: '提交推荐', exact: true }).click();
  await page.waitForURL(`**/cases/${caseId}`);
  await standing(page).getByText('单位审签').first().waitFor();
  await page.getByRole('link', { name: '项目清单.xlsx' }).waitFor();
});

test('his unit endorses, the office names who examines it, and they score and countersign', async () => {
  const head = await openCase('华中分公司经理', 'mine');
  await choose(taskOn(head, '单位审签'), '审签');
  await taskOn(head, '单位审签').getByLabel('意见').fill('情况属实，同意推荐。');
  await answer(head, '单位审签', '审签');
  await standing(head).getByText('经营部初审').first().waitFor();

  const clerk = await openCase('经营部专员甲', 'group');
  await choose(taskOn(clerk, '经营部初审'), '受理');
  // A list of which several may be chosen stays open.
  await pick(clerk, clerk, '评估人', '财务部评估专员');
  await clerk.keyboard.press('Escape');
  await pick(clerk, clerk, '会签部门', '法务部');
  await clerk.keyboard.press('Escape');
  await answer(clerk, '经营部初审', '受理');
  await standing(clerk).getByText('审核评估').first().waitFor();

  const [evaluator, department] = await Promise.all([
    openCase('财务部评估专员', 'mine'),
    openCase('法务部部长', 'mine'),
  ]);
  for (const { code, zh } of criteria) {
    await choose(
      taskOn(evaluator, '审核评估').getByRole('radiogroup', { name: zh, exact: true }),
      String(exampleScores[code]),
    );
  }
  await answer(evaluator, '审核评估', '评分');
  await choose(taskOn(department, '会签'), '同意');
  await taskOn(department, '会签').getByLabel('意见').fill('无异议');
  await answer(department, '会签', '会签');
  await standing(department).getByText('委员会审定').first().waitFor();
});

test('a member votes on a phone with three taps: the case, the choice, the confirmation', async () => {
  const page = await enter('委员会第一副主任', '/inbox', { viewport: phone, hasTouch: true, isMobile: true });
  await page.getByRole('link', { name: form.client.name }).tap();
  const bar = page.getByRole('region', { name: '我的表决' });
  await bar.getByRole('button', { name: '同意', exact: true }).tap();
  await page.getByRole('dialog', { name: '确认表决' }).getByRole('button', { name: '确认：同意' }).tap();
  await bar.getByText('已表决：同意').waitFor();
});

test('a member changes his vote, another recuses himself with leave, and nobody is told how the others voted', async () => {
  const changing = await openCase('华东分公司经理', 'mine');
  for (const choice of ['反对', '同意']) {
    await choose(taskOn(changing, '委员会表决').getByRole('radiogroup', { name: '表决意见' }), choice);
    await answer(changing, '委员会表决', '表决');
    await changing.getByText(`您已表决：${choice}。`).waitFor();
  }

  const concerned = await openCase('华东分公司主管营销副经理', 'mine');
  await choose(taskOn(concerned, '委员会表决'), '申请回避');
  await taskOn(concerned, '委员会表决').getByLabel('理由').fill('近亲属在该客户任职');
  await answer(concerned, '委员会表决', '申请回避');

  const director = await openCase('委员会主任', 'mine');
  await taskOn(director, '决定是否回避').getByText('近亲属在该客户任职').waitFor();
  await choose(taskOn(director, '决定是否回避'), '准予回避');
  await answer(director, '决定是否回避', '准予回避');
  const byRule = await enter('华中分公司经理', `/cases/${caseId}`);
  await byRule.getByText('您已回避，不参加本次表决。').waitFor();
  // The file is withdrawn from who declared it, on the page he still has open too.
  await concerned.getByText('没有找到，或您无权查看。').first().waitFor();
  await concerned.getByText(form.client.name).first().waitFor({ state: 'hidden' });
  excuse(concerned, /404/);

  const voter = director.getByRole('table', { name: '表决名册' }).getByRole('row', { name: /第一副主任/ });
  await voter.getByText('已表决').waitFor();
  expect(await voter.getByText('同意').count()).toBe(0);
});

test('the director votes last; the outcome is shown with its proof, which gives it again', async () => {
  const voted = ['vice-director-1', 'east-head', 'east-deputy'];
  for (const personId of others.filter((each) => !voted.includes(each)))
    await persons.decide(personId, caseId, 'vote', 'vote', { choice: personId === 'north-head' ? 'against' : 'for' });

  const page = await openCase('委员会主任', 'mine');
  await page.getByText('现为主任表态阶段').waitFor();
  await choose(taskOn(page, '委员会表决').getByRole('radiogroup', { name: '表决意见' }), '同意');
  await answer(page, '委员会表决', '表决');
  const ballot = page.getByRole('region', { name: '审定表决（第 1 轮）' });
  await ballot.getByText('同意 9，反对 1，弃权 0').waitFor();
  await ballot.getByText('通过', { exact: true }).first().waitFor();
  await ballot.getByRole('button', { name: '计票依据' }).click();
  await ballot.getByText('按计票依据重新计算，结果一致').waitFor();
  expect(await ballot.locator('pre').textContent()).toContain('"outcome": "passed"');
});

test('the unit nominates its manager and the committee confirms him: the account shows unit and manager', async () => {
  const page = await openCase('华中分公司经办人', 'group');
  await pick(page, page, '专职客户经理', '华中分公司客户经理甲');
  await answer(page, '选派客户经理', '选派');
  await standing(page).getByText('批准客户经理').first().waitFor();
  const vice = await openCase('委员会第一副主任', 'mine');
  await choose(taskOn(vice, '委员会表决').getByRole('radiogroup', { name: '表决意见' }), '同意');
  await answer(vice, '委员会表决', '表决');
  await persons.allFor(caseId);

  await page.goto('/accounts');
  await page.getByRole('link', { name: form.client.name }).click();
  const holding = page.getByRole('list', { name: '专属对接' }).getByRole('listitem').filter({ hasText: '主推荐单位' });
  await holding.getByText('华中分公司 · 华中分公司客户经理甲').waitFor();
  await holding.getByText('至今').waitFor();
});

test('the administrator sees the closed execution and its history, and nothing the case holds', async () => {
  const page = await enter('系统管理员', '/workflows?part=all');
  const execution = page.getByRole('row').filter({ has: page.locator(`a[href*="${caseId}"]`) });
  await execution.getByText('已完成').waitFor();
  await execution.locator('a[href^="/workflows/"]').first().click();
  await page.getByRole('link', { name: '原始历史', exact: true }).click();
  const events = page.getByRole('list', { name: '执行历史' });
  await events.getByText('WorkflowExecutionStarted').waitFor();
  await events.getByText('WorkflowExecutionSignaled').first().waitFor();
  await page.goto(`/cases/${caseId}`);
  await page.getByText('您可以查看进展，不能查看材料内容。').waitFor();
  await page.getByRole('region', { name: '办理过程' }).getByText('内容不公开或您无权查看').first().waitFor();
  expect(await page.getByText('情况属实').count()).toBe(0);
});
