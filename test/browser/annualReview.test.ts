import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addDays, localDay } from '../../domain/calendar.ts';
import { assessmentYear } from '../../domain/campaign.ts';
import { answer, choose, pick, taskOn } from '../support/answering.ts';
import { phone } from '../support/browser.ts';
import { startConsole } from '../support/console.ts';
import { others } from '../support/persons.ts';
import { takenOver } from '../support/takenOver.ts';
import { underReview } from '../support/underReview.ts';

const { persons, open } = await startConsole();
const year = assessmentYear(Date.now());
const names = [
  '沅江示例轨道交通集团有限公司',
  '澄江示例水务集团有限公司',
  '云澜示例能源集团有限公司',
  '岭南示例港航集团有限公司',
] as const;
const [pursued = '', kept = '', also = '', pulled = ''] = await takenOver(persons, names);

const MANAGER = 'central-manager';
const CLERK = 'office-clerk-1';
const MEMBER = 'east-head';

await persons.ask(CLERK, 'POST', '/campaigns', {});
const matterOn = (page: Page) => page.getByRole('region', { name: `${year} 年度评价`, exact: true });

test('an account is evaluated, a member dissents on his phone and votes, the committee chooses to intensify, and the plan is carried out under supervision', async () => {
  const caseId = await underReview(persons, pursued);
  const office = await open(CLERK, `/cases/${caseId}`);
  await matterOn(office).getByRole('list', { name: '各项得分' }).waitFor();
  const assessing = taskOn(office, '评估大客户');
  await choose(assessing, '加强攻关');
  await assessing.getByLabel(/^理由/).fill('明年有三个轨道项目招标');
  await answer(office, '评估大客户', '提出评价意见');

  await persons.taskOf(MEMBER, caseId, 'vote');
  const voter = await open(MEMBER, `/cases/${caseId}`, { viewport: phone });
  await matterOn(voter).getByText('明年有三个轨道项目招标').waitFor();
  await matterOn(voter).getByRole('button', { name: '提出不同意见' }).click();
  const dialog = voter.getByRole('dialog');
  await dialog.getByLabel(/^理由/).fill('回款没有改善，维持即可');
  await dialog.getByRole('button', { name: /确\s?定/ }).click();
  await matterOn(voter).getByRole('listitem').filter({ hasText: '回款没有改善，维持即可' }).waitFor();
  const bar = voter.getByRole('region', { name: '我的表决' });
  expect(await bar.locator('.vote-choice').allTextContents()).toEqual(['维持现状', '加强攻关', '终止合作', '弃权']);
  await bar.getByRole('button', { name: '维持现状' }).click();
  await dialog.getByRole('button', { name: '确认：维持现状' }).click();
  await bar.getByText('已表决：维持现状').waitFor();

  await persons.allFor(caseId, 'planning', [...others, 'director'], 'intensify');
  const manager = await open(MANAGER, `/cases/${caseId}`, { viewport: phone });
  const planning = taskOn(manager, '制定措施方案');
  await planning.getByLabel('方案目标').fill('中标两个轨道项目');
  const measure = planning.getByRole('group', { name: '措施 1' });
  await measure.getByLabel('措施', { exact: true }).fill('每季度高层互访');
  await pick(measure, manager, '负责人', '华中分公司客户经理甲');
  await measure.getByLabel('期限').fill(addDays(localDay(Date.now()), 20));
  await answer(manager, '制定措施方案', '提交方案');
  await matterOn(manager).getByText('每季度高层互访').waitFor();

  await persons.decide(MANAGER, caseId, 'carryOut', 'report', { note: '两次互访，项目已中标' });
  await persons.taskOf(CLERK, caseId, 'supervise');
  await office.goto('/supervision');
  await office.getByRole('row', { name: '每季度高层互访' }).waitFor();
  await persons.decide(CLERK, caseId, 'supervise', 'confirmMeasure');
  await persons.decide(CLERK, caseId, 'closePlan', 'closePlan', { result: 'achieved', opinion: '措施落实' });
  await manager.goto(`/accounts/${pursued}?part=reviews`);
  await manager.getByRole('link', { name: `${year} 年度评价` }).waitFor();
  await manager.getByRole('main').getByText('加强攻关', { exact: true }).first().waitFor();
});

test('on his phone a member has one account decided singly and maintains the others in one act; what became of each is still there after a reload', async () => {
  const [, , pulledCase] = await Promise.all(
    [kept, also, pulled].map((accountId) => underReview(persons, accountId, 'maintain')),
  );
  const page = await open(MEMBER, `/campaigns/${year}/agenda`, { viewport: phone });
  const together = page.getByRole('region', { name: '可一并维持现状' });
  await together.getByRole('button', { name: `提出单独审议：${names[3]}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('理由').fill('需核实履约情况');
  await dialog.getByRole('button', { name: /确\s?定/ }).click();
  await page.getByRole('region', { name: '须单独表决' }).getByRole('link', { name: names[3] }).waitFor();

  await page.getByRole('button', { name: '全选 2 户' }).click();
  await page.getByRole('button', { name: '所选客户维持现状' }).click();
  await dialog.getByText('对 2 户表决“维持现状”').waitFor();
  for (const name of names.slice(1, 3)) await dialog.getByText(name).waitFor();
  await dialog.getByRole('button', { name: '确认维持 2 户' }).click();
  const results = page.getByRole('region', { name: '批量表决结果' });
  await results.getByText('已表决 2 户').waitFor();
  await page.reload();
  await results.getByText('已表决 2 户').waitFor();
  for (const name of names.slice(1, 3))
    await results.getByRole('listitem').filter({ hasText: name }).getByText('已表决维持现状').waitFor();
  await page.getByRole('region', { name: '无需您现在表决' }).getByRole('link', { name: names[1] }).waitFor();

  // Whoever opens the other sees who wants it looked at by itself, and why.
  const fellow = await open('south-deputy', `/cases/${pulledCase}`, { viewport: phone });
  const singly = matterOn(fellow).getByRole('region', { name: '已提出单独审议' });
  await singly.getByText('需核实履约情况').waitFor();
  await singly.getByText(/^华东分公司经理提出/).waitFor();
});
