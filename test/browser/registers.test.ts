import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addDays, localDay } from '../../domain/calendar.ts';
import { answer, taskOn } from '../support/answering.ts';
import { exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { everySeat, others } from '../support/persons.ts';
import { takenOver } from '../support/takenOver.ts';
import { said, unzip } from '../support/unzip.ts';

const { persons, open, excuse } = await startConsole();
const day = (count: number): string => addDays(localDay(Date.now()), count);

const dialog = (page: Page): Locator => page.getByRole('dialog');

async function choose(page: Page, within: Locator, label: string, option: string): Promise<void> {
  await within.getByLabel(label, { exact: true }).click();
  await within.getByLabel(label, { exact: true }).fill(option.split(' ')[0] ?? option);
  await page.locator('.ant-select-item-option').filter({ hasText: option }).first().click();
}

async function appoint(within: Locator): Promise<void> {
  await within.getByLabel('生效日期').fill(day(0));
  await within.getByLabel('任职文件').fill('公司发〔2026〕12号');
}

async function confirmed(page: Page, name: string): Promise<void> {
  await dialog(page).getByRole('button', { name: '下一步' }).click();
  await dialog(page).getByRole('button', { name, exact: true }).click();
  await dialog(page).waitFor({ state: 'hidden' });
}

test('key accounts are searched, sorted and exported; a client’s contacts open once one says what for', async () => {
  const form = exampleForm();
  const caseId = await persons.approving(form);
  for (const voter of [...others, 'director']) await persons.decide(voter, caseId, 'vote', 'vote', { choice: 'for' });
  await persons.confirmed(caseId);
  const page = await open('office-clerk-1', '/accounts');
  await page.getByLabel('客户名称、代码或档案编号').fill(form.client.name.slice(0, 6));
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: form.client.name }).waitFor();
  await page.getByRole('button', { name: '导出表格' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Excel 工作簿（.xlsx）' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('accounts.xlsx');
  await page.getByRole('link', { name: form.client.name }).click();
  await page.locator('nav.tabs').getByRole('link', { name: '事项', exact: true }).click();
  await page.getByRole('region', { name: '该客户的事项' }).getByRole('link').first().waitFor();
  await page.getByText('更多资料').click();
  await page.getByRole('link', { name: '查看客户与档案' }).click();
  const archive = page.getByRole('region', { name: '信息档案' });
  await archive.getByText('查阅人、时间和用途会记录在案').waitFor();
  expect(await archive.getByText('联系地址').count()).toBe(0);
  await archive.getByLabel('用途').click();
  await page.locator('.ant-select-item-option').filter({ hasText: '回访准备' }).click();
  await archive.getByRole('button', { name: '查阅' }).click();
  await archive.getByText('联系地址').waitFor();
});

test('the list is compiled by the office, approved and ratified, signed by the director, and published with a number; its files say so', async () => {
  const branch = '珠溪示例城建集团有限公司';
  await takenOver(persons, [branch]);
  const office = await open('office-clerk-1', '/editions');
  await office.getByRole('region', { name: '下一期：第1期' }).waitFor();
  await office.getByRole('button', { name: '编制新一期名单' }).click();
  await dialog(office).getByText('第1期', { exact: true }).waitFor();
  await dialog(office).getByRole('button', { name: '开始编制' }).click();
  await office.waitForURL(/\/cases\/[^/]+$/);
  const caseId = new URL(office.url()).pathname.split('/')[2] ?? '';
  const compiling = taskOn(office, '编制大客户名单');
  await compiling.getByLabel('知悉范围').fill('公司领导及各单位负责人');
  await compiling.getByRole('radio', { name: '普通商密', exact: true }).check();
  await compiling.getByLabel('保密期限').fill('3年');
  await answer(office, '编制大客户名单', '提交委员会');
  await persons.allFor(caseId, 'signing', everySeat());

  const director = await open('director', `/cases/${caseId}`);
  await director
    .getByRole('region', { name: '公司级大客户名单' })
    .getByText(/^审定 通过/)
    .waitFor();
  await director
    .getByRole('region', { name: '分公司级大客户名单' })
    .getByText(/^批准 通过/)
    .waitFor();
  await answer(director, '签发大客户名单', '签发');

  const reader = await open('east-submitter', '/editions');
  await reader.getByRole('link', { name: '第1期' }).click();
  await reader.getByRole('heading', { name: '大客户名单（第1期）', level: 1 }).waitFor();
  await reader.getByRole('region', { name: '分公司级大客户名单' }).getByText(branch).waitFor();
  for (const [name, suffix] of [
    ['通知 .docx', 'docx'],
    ['名单 .xlsx', 'xlsx'],
  ] as const) {
    const [file] = await Promise.all([reader.waitForEvent('download'), reader.getByRole('link', { name }).click()]);
    expect(file.suggestedFilename()).toBe(`list-1.${suffix}`);
    const text = said([...unzip(await readFile(await file.path())).values()].join('\n'));
    for (const each of ['第1期', '普通商密★3年', '公司领导及各单位负责人', '公司级1户、分公司级1户', branch])
      expect(text, suffix).toContain(each);
  }
});

test('the head of the office sets a policy version after seeing exactly what changes, and withdraws it', async () => {
  const page = await open('office-head', '/policy');
  await page.getByRole('link', { name: '设定新版本' }).click();
  await page.getByLabel('单位审签').fill('4');
  await page.getByLabel('生效日期').fill(day(-1));
  await page.getByLabel('依据与说明').fill('经营例会纪要〔2026〕3号');
  await page.getByRole('button', { name: '核对变更' }).click();
  await dialog(page).getByText('3 个工作日').waitFor();
  await dialog(page).getByText('4 个工作日').waitFor();
  expect(await dialog(page).locator('.changes li').count()).toBe(1);
  await dialog(page).getByRole('button', { name: '确认设定' }).click();
  // A day that has passed is refused, at its field.
  await page.getByText('须晚于当前时间').first().waitFor();
  await dialog(page).waitFor({ state: 'hidden' });
  await page.getByLabel('生效日期').fill(day(3));
  await page.getByRole('button', { name: '核对变更' }).click();
  await dialog(page).getByRole('button', { name: '确认设定' }).click();
  await dialog(page).waitFor({ state: 'hidden' });
  const version = page.getByRole('region', { name: '第 2 版' });
  await version.getByText('待生效').waitFor();
  await version.getByRole('link', { name: '将会改变什么' }).click();
  await page.getByRole('region', { name: '将会改变什么' }).getByText('没有结果会不同。').waitFor();
  await page.getByRole('link', { name: '各项数值' }).click();
  await page.getByText(/起改为 4 个工作日（经营部部长）/).waitFor();
  await page.getByRole('link', { name: '版本', exact: true }).click();
  await version.getByRole('button', { name: '撤回此版本' }).click();
  await dialog(page).getByLabel('依据与说明').fill('另行研究');
  await dialog(page).getByRole('button', { name: '撤回此版本' }).click();
  await version.getByText(/撤回：另行研究/).waitFor();
  // What was refused above is all that the console complained of.
  excuse(page, / 422 /);
});

test('the office adds a company day off after seeing what it changes, and the year shows it', async () => {
  const page = await open('office-clerk-1', '/calendars?import=company');
  const year = Number(day(0).slice(0, 4)) + 1;
  // A Wednesday of March is nobody's holiday.
  const off = [1, 2, 3, 4, 5, 6, 7]
    .map((each) => `${year}-03-0${each}`)
    .find((each) => new Date(`${each}T00:00:00Z`).getUTCDay() === 3) as string;
  const form = page.getByRole('region', { name: '导入日历' });
  await form.getByLabel('放假日期').fill('2026-13-40');
  await form.getByLabel('版本名称').fill('公司假日');
  await form.getByLabel('依据').fill('公司通知');
  await form.getByRole('button', { name: '检查并比较' }).click();
  await form.getByRole('alert').getByText('“2026-13-40”不是日期').waitFor();
  await form.getByLabel('放假日期').fill(off);
  await form.getByRole('button', { name: '检查并比较' }).click();
  await dialog(page).getByText('1 天由上班改为放假').waitFor();
  await dialog(page).getByText(off).waitFor();
  await dialog(page).getByRole('button', { name: '导入日历' }).click();
  await dialog(page).waitFor({ state: 'hidden' });
  await page.getByRole('cell', { name: '公司假日' }).waitFor();
  await page.getByLabel('年份').click();
  await page
    .locator('.ant-select-item-option')
    .filter({ hasText: String(year) })
    .click();
  const month = page.getByRole('table', { name: `${year} 三月` });
  expect(await month.locator('.day-off').count()).toBe(1);
});

test('the system administrator enters a person and a unit, and dissolves the unit after seeing what that touches', async () => {
  const page = await open('system-admin', '/people?part=units');
  await page.getByRole('button', { name: '新设单位' }).click();
  await dialog(page).getByLabel('单位代码').fill('MARINE');
  await dialog(page).getByLabel('名称', { exact: true }).fill('海工分公司');
  await dialog(page).getByLabel('英文名称').fill('Marine Branch');
  await choose(page, dialog(page), '上级单位', '公司总部');
  await appoint(dialog(page));
  await confirmed(page, '登记');
  await page.goto('/people?part=persons');
  await page.getByRole('button', { name: '登记人员' }).click();
  await dialog(page).getByLabel('登录名').fill('lin.hai');
  await dialog(page).getByLabel('姓名').fill('林海');
  await dialog(page).getByLabel('英文名称').fill('Lin Hai');
  await choose(page, dialog(page), '单位', '海工分公司');
  await appoint(dialog(page));
  await confirmed(page, '登记');
  await page.getByLabel('姓名或登录名').fill('林海');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: '林海' }).click();
  await page.getByText('没有担任过角色或席位').waitFor();
  await page.getByRole('link', { name: '海工分公司' }).click();
  await page.getByRole('button', { name: '撤销单位' }).click();
  await choose(page, dialog(page), '承接单位', '华东分公司');
  await appoint(dialog(page));
  await dialog(page).getByRole('button', { name: '下一步' }).click();
  await dialog(page).getByText('1 名在职人员转入华东分公司').waitFor();
  await dialog(page).getByRole('button', { name: '撤销单位', exact: true }).click();
  await page
    .getByText(`${day(0)} 撤销`)
    .first()
    .waitFor();
  await page.getByRole('region', { name: '变更记录' }).getByText('撤销', { exact: true }).waitFor();
});

test('the security administrator appoints a successor to a seat, and its terms tell both', async () => {
  const page = await open('security-admin', '/people');
  const seat = page.getByRole('row', { name: /委员（北方分公司主管营销副经理）/ });
  await seat.getByRole('button', { name: '任命' }).click();
  await choose(page, dialog(page), '任职人', '北方分公司客户经理甲');
  await dialog(page).getByLabel('开始').fill(day(0));
  await dialog(page).getByLabel('任职文件').fill('任免〔2026〕8号');
  await dialog(page).getByRole('button', { name: '下一步' }).click();
  await dialog(page).getByText('北方分公司客户经理甲').last().waitFor();
  await dialog(page).getByRole('button', { name: '任命', exact: true }).click();
  await seat.getByRole('link', { name: '北方分公司客户经理甲' }).waitFor();
  await seat.getByText(`${day(0)} 起`, { exact: true }).click();
  await seat.getByText('任免〔2026〕8号').waitFor();
});

test('whoever is away is seen to be where one chooses him, until he is back', async () => {
  const page = await open('east-head', '/delegations?part=absences');
  await page.getByRole('button', { name: '登记请假' }).click();
  await dialog(page).getByLabel('第一天').fill(day(0));
  await dialog(page).getByLabel('最后一天').fill(day(4));
  await choose(page, dialog(page), '代理人', '华东分公司主管营销副经理');
  await confirmed(page, '保存');
  const row = page.getByRole('table', { name: '我的请假' }).getByRole('row').nth(1);
  await row.getByText('请假中').waitFor();
  await page.goto('/people/east-head');
  await page.getByText(/请假 .* 至 .*华东分公司主管营销副经理 代理/).waitFor();
  await page.goto('/delegations');
  await page.getByText('可委托的全部待办').waitFor();
  await page.goto('/delegations?part=absences');
  await row.getByRole('button', { name: '提前返岗' }).click();
  await row.getByText('已取消').waitFor();
  await page.goto('/people/east-head');
  await page.getByRole('heading', { name: '华东分公司经理' }).waitFor();
  expect(await page.getByText(/请假 .* 至/).count()).toBe(0);
});

test('one’s language goes to the next device; tokens are shown once and other sessions end at a click', async () => {
  const page = await open('finance-expert', '/me');
  const other = await open('finance-expert', '/me');
  // Whose session has ended is told so.
  excuse(other, /401/);
  await page.getByLabel('名称').fill('报表');
  await page.getByRole('button', { name: '新建令牌' }).click();
  await page.getByRole('status').locator('code').waitFor();
  await page.getByRole('button', { name: '已保存，隐藏' }).click();
  expect(await page.getByRole('status').locator('code').count()).toBe(0);
  await page.reload();
  await page.getByRole('button', { name: '退出所有设备' }).click();
  await page.getByRole('dialog', { name: '退出所有设备' }).getByRole('button', { name: '立即退出' }).click();
  await page.getByRole('dialog', { name: '退出所有设备' }).waitFor({ state: 'hidden' });
  await other.reload();
  await other.waitForURL(/\/sign-in/);
  const saved = page.waitForResponse((answer) => answer.url().endsWith('/me/preferences') && answer.ok());
  await page.getByLabel('语言').click();
  await page.locator('.ant-select-item-option').filter({ hasText: 'English' }).click();
  await saved;
  const next = await open('finance-expert', '/me');
  await next.getByRole('heading', { name: 'My tokens' }).or(next.getByText('Access tokens')).first().waitFor();
});
