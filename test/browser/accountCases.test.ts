import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { AccountView } from '../../api/contract/accounts.ts';
import { grave } from '../support/accessible.ts';
import { answer, choose, pick, taskOn } from '../support/answering.ts';
import { phone } from '../support/browser.ts';
import { branchLevel, exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { wrongInAnyLook } from '../support/looks.ts';

const letter = fileURLToPath(new URL('../../examples/会议纪要.pdf', import.meta.url));
const { persons, open, excuse } = await startConsole();
let account = '';

beforeAll(async () => {
  const established = await persons.approving(exampleForm(branchLevel));
  await persons.allFor(established, 'nominating');
  await persons.confirmed(established);
  const { items } = await persons.ask<{ items: readonly AccountView[] }>('office-clerk-1', 'GET', '/accounts');
  account = items[0]?.id ?? '';
});

const accountPage = (personId: string, part: string, options?: Parameters<typeof open>[2]) =>
  open(personId, `/accounts/${account}?part=${part}`, options);
const onPhone = (personId: string, caseId: string) => open(personId, `/cases/${caseId}`, { viewport: phone });
const caseOf = (url: string) => url.split('/').at(-1) as string;

test('another unit is added to an account: proposed by keyboard, decided, its manager nominated and confirmed (Article 7.4)', async () => {
  const page = await accountPage('vice-director-1', 'coHolders');
  await page.getByRole('button', { name: '提议增加' }).press('Enter');
  const dialog = page.getByRole('dialog');
  const unit = dialog.getByRole('combobox', { name: '增加的单位' });
  await unit.fill('华东');
  await page.locator('.ant-select-item-option:visible', { hasText: '华东分公司' }).waitFor();
  await unit.press('Enter');
  await dialog.getByLabel('理由').fill('客户在华东同时启动四个项目。');
  await dialog.getByLabel('涉及合同额（含税）').fill('86000');
  expect(await grave(page)).toEqual([]);
  await dialog.getByRole('button', { name: '提议增加' }).press('Enter');
  await page.getByRole('region', { name: '事项内容' }).getByText('客户在华东同时启动四个项目。').waitFor();
  const caseId = caseOf(page.url());
  await persons.allFor(caseId, 'nominating');
  const officer = await onPhone('east-submitter', caseId);
  await pick(taskOn(officer, '选派客户经理'), officer, '专职客户经理', '华东分公司客户经理');
  await answer(officer, '选派客户经理', '选派');
  await persons.allFor(caseId, 'added');
  await page.goto(`/accounts/${account}?part=coHolders`);
  const added = page.getByRole('listitem').filter({ hasText: '华东分公司' });
  await added.getByText('华东分公司客户经理').waitFor();
  expect(await page.getByRole('button', { name: '退出', exact: true }).count()).toBe(0);
});

test('a manager is replaced: asked for with evidence, heard, voted on, followed by another, and hands over (Article 7.3)', async () => {
  const page = await accountPage('office-clerk-2', 'holdings');
  await page.getByRole('button', { name: '撤换 / 工作调整' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: '不称职' }).press('ArrowRight');
  await dialog.getByLabel('客户方提出人及职务').fill('成本部负责人');
  await dialog.getByLabel('提出日期').fill('2026-11-20');
  await dialog.getByLabel('客户的要求').fill('要求更换对接人');
  const submit = dialog.getByRole('button', { name: '提交经营部受理' });
  await submit.press('Enter');
  await dialog.getByText('请选择佐证材料').waitFor();
  await dialog.locator('input[type=file]').setInputFiles(letter);
  await dialog.getByRole('list', { name: '已选择的文件' }).getByText('会议纪要.pdf').waitFor();
  expect(await wrongInAnyLook(page)).toEqual([]);
  // The network is gone for a moment when the file is on its way: the case stands, and the file is sent again from its page.
  excuse(page, /ERR_FAILED/);
  await page.route('**/api/v1/attachments', (route) => route.abort(), { times: 1 });
  await submit.press('Enter');
  const undelivered = page.getByRole('alert').filter({ hasText: '事项已经发起，但有 1 个文件没有送达' });
  await undelivered.getByRole('button', { name: '重试' }).press('Enter');
  await page.getByRole('region', { name: '附件' }).getByText('会议纪要.pdf').waitFor();
  await undelivered.waitFor({ state: 'hidden' });
  const caseId = caseOf(page.url());

  const clerk = await onPhone('office-clerk-1', caseId);
  await clerk.getByRole('region', { name: '撤换 / 调整事项' }).getByText('要求更换对接人').waitFor();
  await choose(taskOn(clerk, '受理审查'), '受理');
  await answer(clerk, '受理审查', '受理');
  const giver = await onPhone('central-manager', caseId);
  await taskOn(giver, '陈述意见').getByLabel('陈述意见', { exact: true }).fill('愿意配合');
  await answer(giver, '陈述意见', '提交陈述');
  const voter = await onPhone('vice-director-1', caseId);
  const bar = voter.getByRole('region', { name: '我的表决' });
  await bar.getByRole('button', { name: '同意' }).click();
  await voter.getByRole('dialog', { name: '确认表决' }).getByRole('button', { name: '确认：同意' }).click();
  await bar.getByText(/^已表决/).waitFor();
  await persons.allFor(caseId, 'nominating');
  const officer = await open('central-submitter', `/cases/${caseId}`);
  await pick(taskOn(officer, '选派客户经理'), officer, '专职客户经理', '华中分公司客户经理乙');
  await answer(officer, '选派客户经理', '选派');
  await persons.allFor(caseId, 'handover');

  await giver.reload();
  const giving = taskOn(giver, '移交');
  await giving.getByRole('checkbox', { name: '向客户引见接任客户经理' }).check();
  await giving.getByRole('button', { name: '确认移交（1 项）' }).click();
  await giving.getByText(/华中分公司客户经理甲已移交/).waitFor();
  await giving.getByRole('button', { name: '全选' }).click();
  expect(await wrongInAnyLook(giver)).toEqual([]);
  await giving.getByRole('button', { name: /^确认移交（\d+ 项）$/ }).click();
  await giving.waitFor({ state: 'hidden' });
  const taker = await onPhone('central-manager-2', caseId);
  const taking = taskOn(taker, '接收');
  await taking.getByRole('button', { name: '全选' }).press('Enter');
  await taking.getByRole('button', { name: /^确认接收/ }).press('Enter');
  await taker.getByText('已办结').first().waitFor();
  await page.goto(`/accounts/${account}?part=holdings`);
  await page.getByRole('main').getByText('华中分公司 · 华中分公司客户经理乙').first().waitFor();
});

test('who builds a project across regions is asked, spoken about, proposed, decided, and to be seen with the account (Article 7.2)', async () => {
  const page = await accountPage('central-head', 'allocations', { viewport: phone });
  await page.getByRole('button', { name: '确定承建单位' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('项目名称').fill('示例新城综合体');
  const place = dialog.getByRole('combobox', { name: '项目所在地' });
  const chosen = async (name: string) => {
    await place.fill(name);
    await page.locator('.ant-cascader-menu-item:visible').filter({ hasText: name }).first().click();
  };
  await chosen('武汉市');
  await dialog.getByText('推荐单位管辖区域内').first().waitFor();
  expect(await dialog.locator('input[type=file]').count()).toBe(0);
  await chosen('广州市');
  await dialog.getByText('其他单位管辖区域').first().waitFor();
  await dialog.locator('input[type=file]').setInputFiles(letter);
  expect(await wrongInAnyLook(page)).toEqual([]);
  await dialog.getByRole('button', { name: '确定承建单位' }).click();
  await choose(taskOn(page, '行使首选权'), '承建本项目');
  await answer(page, '行使首选权', '承建本项目');
  const caseId = caseOf(page.url());
  await page.getByRole('region', { name: '附件' }).getByText('会议纪要.pdf').waitFor();

  await taskOn(page, '单位意见').getByLabel('意见', { exact: true }).fill('我单位熟悉该客户');
  await answer(page, '单位意见', '提出意见');
  const { manager, holdings } = await persons.ask<AccountView>('office-clerk-1', 'GET', `/accounts/${account}`);
  const coHolders = holdings.flatMap(({ kind, unit, validTo }) => (kind === 'co' && validTo === null ? [unit.id] : []));
  for (const unitId of ['south', ...coHolders])
    await persons.decide(`${unitId}-head`, caseId, 'giveUnitView', 'state', { opinion: '项目在我单位驻地' });
  const client = await onPhone(manager?.id ?? '', caseId);
  await pick(taskOn(client, '登记业主意见'), client, '主张的承建单位', '华南分公司');
  await taskOn(client, '登记业主意见').getByLabel('业主意见', { exact: true }).fill('希望由当地单位承建');
  await answer(client, '登记业主意见', '登记业主意见');
  const clerk = await open('office-clerk-1', `/cases/${caseId}`);
  const proposing = taskOn(clerk, '提出承建方案');
  await pick(proposing, clerk, '承建单位', '华南分公司');
  await proposing.getByLabel(/^理由/).fill('业主与驻地单位意见一致');
  await answer(clerk, '提出承建方案', '提出承建单位');
  await persons.allFor(caseId, 'allocated');
  await page.goto(`/accounts/${account}?part=allocations`);
  await page
    .getByRole('listitem')
    .filter({ hasText: '示例新城综合体' })
    .getByText('华南分公司', { exact: true })
    .waitFor();
});
