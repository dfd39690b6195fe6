import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { AccountView } from '../../api/contract/accounts.ts';
import type { AccountProjects } from '../../api/contract/projects.ts';
import { phone } from '../support/browser.ts';
import { exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { wrongInAnyLook } from '../support/looks.ts';
import { others } from '../support/persons.ts';

const { persons, open, excuse } = await startConsole();
const MANAGER = 'central-manager';
const { account, client } = await established();

/** The account of a recommendation carried to its end. */
async function established() {
  const form = exampleForm();
  const caseId = await persons.approving(form);
  for (const voter of [...others, 'director']) await persons.decide(voter, caseId, 'vote', 'vote', { choice: 'for' });
  await persons.confirmed(caseId);
  const { items } = await persons.ask<{ items: readonly AccountView[] }>('office-clerk-1', 'GET', '/accounts');
  return { account: items[0]?.id ?? '', client: form.client.name };
}

const projects = () => persons.ask<AccountProjects>(MANAGER, 'GET', `/accounts/${account}/projects`);

async function chosenRegion(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: '所在地区' }).fill(name);
  await page.locator('.ant-cascader-menu-item').filter({ hasText: name }).first().click();
}

test('a manager enters a project on his phone, and is told that another unit’s territory needs an allocation', async () => {
  const page = await open(MANAGER, `/accounts/${account}?part=projects`, { viewport: phone });
  await page.getByRole('heading', { name: /^合同额/ }).waitFor();
  await page.getByRole('region', { name: '即将建设' }).getByRole('listitem').first().waitFor();
  await page.getByRole('button', { name: '登记项目' }).click();
  const dialog = page.getByRole('dialog', { name: '登记项目' });
  await dialog.getByLabel('项目名称').fill('云澜·示例滨江总部基地');
  await dialog.getByLabel('合同额（含税）').fill('15000');
  await dialog.getByText('= 1.5亿元').waitFor();
  await chosenRegion(page, '浦东新区');
  await dialog.getByRole('button', { name: /^保\s?存$/ }).click();
  await page.getByRole('heading', { name: '云澜·示例滨江总部基地' }).waitFor();
  await page.getByText(/跨区域：属华东分公司管辖/).waitFor();
  expect(await wrongInAnyLook(page)).toEqual([]);
});

test('of two who change a project the second is told, gets what the first wrote beside his own, and saves both', async () => {
  const { projects: all } = await projects();
  const [project] = all.filter(({ form }) => form.state === 'upcoming');
  const path = `/projects/${project?.id}`;
  const page = await open(MANAGER, path);
  excuse(page, /412/);
  await page.getByRole('button', { name: '修改项目' }).click();
  const dialog = page.getByRole('dialog', { name: '修改项目' });
  await dialog.getByLabel('承包方式').fill('EPC 总承包');
  await persons.ask(
    'office-clerk-1',
    'PUT',
    path,
    { ...project?.form, bidding: '邀请招标' },
    { 'If-Match': `"${project?.version}"` },
  );
  const save = dialog.getByRole('button', { name: /^保\s?存$/ });
  await save.click();
  await dialog.getByText('该项目刚刚由他人修改').first().waitFor();
  await dialog.getByText('已并入他人刚保存的：招标方式').waitFor();
  await save.click();
  await dialog.waitFor({ state: 'hidden' });
  const changed = (await projects()).projects.find(({ id }) => id === project?.id);
  expect(changed?.form).toMatchObject({ bidding: '邀请招标', contractForm: 'EPC 总承包' });
  await page.getByRole('region', { name: '变更记录' }).getByText('EPC 总承包').waitFor();
});

test('an operation is entered, agreed above what was claimed, told, and added up on the account’s page', async () => {
  const { projects: all } = await projects();
  const project = all.find(({ form }) => form.state === 'past');
  const page = await open(MANAGER, `/projects/${project?.id}`);
  await page.getByRole('button', { name: '登记经营事项' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('类别').click();
  await page.locator('.ant-select-item-option').filter({ hasText: '竣工结算' }).click();
  await dialog.getByLabel('申报金额').fill('300');
  await dialog.getByRole('radio', { name: '已确认' }).check();
  await dialog.getByLabel('确认金额').fill('320');
  await dialog.getByRole('button', { name: /^保\s?存$/ }).click();
  const operations = page.getByRole('region', { name: '二次、三次经营' });
  await operations.getByText('确认金额大于申报金额').waitFor();
  await page.getByRole('link', { name: client }).click();
  const totals = page.getByRole('table', { name: '二次、三次经营' });
  await totals.getByText('320万元').first().waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出表格' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
  expect(await wrongInAnyLook(page)).toEqual([]);
});
