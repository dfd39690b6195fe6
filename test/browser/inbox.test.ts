import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { BallotView } from '../../api/contract/ballots.ts';
import { grave } from '../support/accessible.ts';
import { phone } from '../support/browser.ts';
import { exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';

const { persons, open, enter } = await startConsole();

const formOf = (name: string) =>
  exampleForm((form) => {
    form.client.name = name;
    form.client.shortName = name.slice(0, 4);
    form.client.formerNames = [];
  });

/** A case that waits for the head of the central branch. */
async function endorsing(name: string): Promise<string> {
  const caseId = await persons.drafted(formOf(name));
  await persons.ask('central-submitter', 'POST', `/recommendations/${caseId}/submit`, {});
  await persons.taskOf('central-head', caseId, 'endorse');
  return caseId;
}

const cardOf = (page: Page, name: string): Locator => page.getByRole('link', { name });
const checkboxOf = (page: Page, name: string): Locator => page.getByRole('checkbox', { name: `选择 ${name}` });
const stateOf = async (caseId: string) => (await persons.caseOf(caseId)).state;
const decidedIn = async (caseId: string) =>
  expect.poll(() => stateOf(caseId), { timeout: 60_000 }).not.toBe('endorsing');
const focused = (page: Page) => page.evaluate<string>('document.activeElement?.textContent ?? ""');

test('a member on a phone votes with three touches from the inbox, reads the agenda sheet without one, and is led to the next', async () => {
  const first = await persons.approving(formOf('澄江示例轨道交通投资有限公司'));
  await persons.approving(formOf('洞庭示例港务发展有限公司'));
  const page = await enter('委员会第二副主任', '/inbox', { viewport: phone, hasTouch: true, isMobile: true });
  await page.evaluate(`window.touches = 0; addEventListener('touchstart', () => { window.touches += 1; }, true);`);

  await cardOf(page, '澄江示例轨道交通').tap();
  const sheet = page.getByRole('region', { name: '议题单', exact: true });
  await sheet.waitFor();
  for (const shown of [/亿元/, '推荐单位对五项标准的判断']) await sheet.getByText(shown).first().waitFor();
  const bar = page.getByRole('region', { name: '我的表决' });
  for (const choice of ['同意', '反对', '弃权']) {
    const box = await bar.getByRole('button', { name: choice, exact: true }).boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(phone.height);
    expect(box?.y).toBeGreaterThan(phone.height / 2);
  }
  await bar.getByRole('button', { name: '反对', exact: true }).tap();
  const confirm = page.getByRole('dialog', { name: '确认表决' });
  await confirm.getByText('澄江示例轨道交通投资有限公司').waitFor();
  await confirm.getByText('前可以更改').waitFor();
  expect(await grave(page)).toEqual([]);
  await confirm.getByRole('button', { name: '确认：反对' }).tap();
  await bar.getByText('已表决：反对').waitFor();
  expect(await page.evaluate('window.touches')).toBe(3);

  const { items } = await persons.ask<{ items: BallotView[] }>('vice-director-2', 'GET', `/cases/${first}/ballots`);
  expect(items.at(-1)?.mine?.choice).toBe('against');
  await bar.getByRole('button', { name: '更改' }).tap();
  await bar.getByRole('button', { name: '同意', exact: true }).tap();
  await page.getByRole('dialog').getByRole('button', { name: '确认：同意' }).tap();
  await bar.getByText('已表决：同意').waitFor();
  await bar.getByRole('link', { name: '下一件：洞庭示例港务发展有限公司' }).tap();
  await page.getByRole('heading', { level: 1, name: '洞庭示例港务' }).waitFor();
  await page.getByRole('region', { name: '我的表决' }).getByRole('button', { name: '弃权' }).waitFor();
});

test('the keyboard goes from row to row, chooses several, answers them in one act, and is told what became of each', async () => {
  const names = ['甲示例水务集团', '乙示例文旅投资', '丙示例新能源'];
  const caseIds: string[] = [];
  for (const name of names) caseIds.push(await endorsing(name));
  const page = await open('central-head', '/inbox?box=mine');
  await cardOf(page, '甲示例水务集团').waitFor();
  const order = await page.locator('a.card .title').allTextContents();
  await page.keyboard.press('j');
  expect(await focused(page)).toContain(order[0]);
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toContain(order[2]);
  await page.keyboard.press('k');
  expect(await focused(page)).toContain(order[1]);
  // One stop for Tab, which stays where the reader left it.
  expect(await page.locator('[role=grid] [tabindex="0"]').count()).toBe(2);
  await page.keyboard.press('ArrowLeft');
  expect(await page.evaluate('document.activeElement?.type')).toBe('checkbox');
  await page.keyboard.press('x');
  await page.keyboard.press('Home');
  await page.keyboard.press('x');
  await page.getByRole('status').getByText('已选 2 项').waitFor();
  expect(await grave(page)).toEqual([]);

  await page.keyboard.press('1');
  const dialog = page.getByRole('dialog', { name: '批量办理：审签（2 项）' });
  for (const name of order.slice(0, 2)) await dialog.getByText(name).waitFor();
  expect(await dialog.getByText('经营部初审').count()).toBe(2);
  expect(await grave(page)).toEqual([]);
  await dialog.getByLabel('意见').fill('情况属实');
  await page.keyboard.press('Control+Enter');
  const results = page.getByRole('region', { name: '批量办理结果' });
  await results.getByText('已办理 2 项').waitFor();
  const chosen = names.flatMap((name, index) => (order.slice(0, 2).includes(name) ? [caseIds[index] ?? ''] : []));
  for (const caseId of chosen) await decidedIn(caseId);
  // It stays until it is put away, in another box too.
  await page.getByRole('link', { name: '我办过的' }).click();
  await results.getByText('已办理 2 项').waitFor();
  await results.getByRole('button', { name: '收起' }).click();
  await results.waitFor({ state: 'detached' });
});

test('no key is taken from an input, nor from an input method that composes', async () => {
  const [one, other] = ['丁示例医疗健康', '戊示例产业园'];
  await endorsing(one);
  await endorsing(other);
  const page = await open('central-head', '/inbox?box=mine');
  await cardOf(page, one).waitFor();
  await page.keyboard.press('/');
  const search = page.getByRole('textbox', { name: '客户名称或编号' });
  expect(await search.evaluate((input) => input.matches(':focus'))).toBe(true);
  await page.keyboard.type('jx1?');
  expect(await search.inputValue()).toBe('jx1?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByText('没有符合筛选条件的事项').waitFor();
  await search.fill('');
  await cardOf(page, one).waitFor();

  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/tasks/search')) asked.push(request.postData() ?? '');
  });
  await search.focus();
  const input = await page.context().newCDPSession(page);
  for (const text of ['y', 'yi', 'yil', 'yiliao'])
    await input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  // A new case comes into the list, which it could not if what is being composed were searched for.
  await endorsing('丑示例数据');
  await cardOf(page, '丑示例数据').waitFor();
  expect(asked.every((body) => !body.includes('yi'))).toBe(true);
  expect(await cardOf(page, other).count()).toBe(1);
  await input.send('Input.insertText', { text: '医疗' });
  await cardOf(page, other).waitFor({ state: 'detached' });
  await cardOf(page, one).waitFor();
  await page.getByRole('button', { name: '清除筛选' }).click();
  await cardOf(page, other).waitFor();
});

test('on a case the number keys choose an answer and Ctrl+Enter gives it, from within a text too', async () => {
  const caseId = await endorsing('己示例港航');
  const page = await open('central-head', `/cases/${caseId}`);
  const task = page.getByRole('region', { name: '待办：单位审签' });
  await task.waitFor();
  await page.keyboard.press('2');
  await task.getByLabel('理由').waitFor();
  await task.getByLabel('理由').fill('请补充合作意向');
  await page.keyboard.press('1');
  expect(await task.getByLabel('理由').inputValue()).toBe('请补充合作意向1');
  await page.keyboard.press('Control+Enter');
  await page.locator('.ant-message', { hasText: '已办理' }).waitFor();
  await expect.poll(() => stateOf(caseId), { timeout: 60_000 }).toBe('draft');
});

test('the list of keys is shown, and turns them off', async () => {
  const page = await open('central-head', '/inbox?box=mine');
  await page.locator('a.card').first().waitFor();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: '快捷键' });
  await dialog.waitFor();
  expect(await grave(page)).toEqual([]);
  await dialog.getByRole('checkbox', { name: '启用快捷键' }).uncheck();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  await page.keyboard.press('?');
  expect(await page.evaluate('document.activeElement?.tagName')).not.toBe('A');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('of several answered in one act one was answered elsewhere meanwhile: it is told why, the others are done', async () => {
  const [stays, gone] = [await endorsing('庚示例城建'), await endorsing('辛示例环保')];
  const page = await open('central-head', '/inbox?box=mine');
  await checkboxOf(page, '庚示例城建').check();
  await checkboxOf(page, '辛示例环保').check();
  await page.getByRole('button', { name: '退回修改' }).click();
  const dialog = page.getByRole('dialog', { name: '批量办理：退回修改（2 项）' });
  await dialog.getByLabel('理由').fill('请补充');
  await persons.decide('central-head', gone, 'endorse', 'endorse');
  await dialog.getByRole('button', { name: '确认退回修改 2 项' }).click();
  const results = page.getByRole('region', { name: '批量办理结果' });
  await results.getByText('已办理 1 项').waitFor();
  await dialog.waitFor({ state: 'detached' });
  await results.getByText('未办理 1 项').waitFor();
  await results.getByText('此待办已办结').waitFor();
  expect(await grave(page)).toEqual([]);
  await expect.poll(() => stateOf(stays), { timeout: 60_000 }).toBe('draft');
  expect(await stateOf(gone)).not.toBe('draft');
});

test('a filter is kept under a name with its count, opens the inbox, and is forgotten', async () => {
  await endorsing('壬示例轨道');
  await endorsing('癸示例高新');
  const page = await open('central-head', '/inbox?box=mine');
  await page.getByRole('textbox', { name: '客户名称或编号' }).fill('壬示例');
  await cardOf(page, '癸示例高新').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '管理筛选' }).click();
  const dialog = page.getByRole('dialog', { name: '我的筛选' });
  await dialog.getByLabel('把当前筛选保存为').fill('轨道类');
  await dialog.getByRole('button', { name: '保存筛选' }).click();
  await dialog.getByRole('button', { name: '打开列表时使用“轨道类”' }).click();
  await dialog.getByRole('button', { name: '打开列表时使用“轨道类”', pressed: true }).waitFor();
  expect(await grave(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '轨道类 1', pressed: true }).waitFor();

  await page.goto('/inbox');
  await page.getByRole('button', { name: '轨道类 1', pressed: true }).waitFor();
  await cardOf(page, '壬示例轨道').waitFor();
  await cardOf(page, '癸示例高新').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '管理筛选' }).click();
  await dialog.getByRole('button', { name: '删除“轨道类”' }).click();
  await dialog.getByText('还没有保存的筛选').waitFor();
});

test('an empty box says what comes to whom, and in which box work waits meanwhile', async () => {
  const caseId = await endorsing('鄱阳示例水务投资有限公司');
  await persons.decide('central-head', caseId, 'endorse', 'endorse');
  await persons.taskOf('office-clerk-2', caseId, 'screen');
  const page = await open('office-clerk-2', '/inbox');
  await page.getByText('您领取的事项、指名由您办理的事项会出现在这里。').waitFor();
  await page.getByRole('link', { name: /^本组待领有 \d+ 件$/ }).click();
  await page.waitForURL(/box=group$/);
  await cardOf(page, '鄱阳示例水务').waitFor();
});

test('the bell tells how much is unread, leads to the case, and the title of the page how much waits', async () => {
  const caseId = await endorsing('示例通知公司');
  await persons.ask('central-head', 'POST', `/cases/${caseId}/copies`, { personIds: ['north-manager'] });
  const page = await open('north-manager', '/inbox');
  await page.getByRole('button', { name: '通知（1 条未读）' }).click();
  const list = page.getByRole('dialog', { name: '通知' });
  await list.getByRole('link', { name: '有事项抄送给您' }).waitFor();
  expect(await grave(page)).toEqual([]);
  await list.getByRole('link', { name: '有事项抄送给您' }).click();
  await page.getByRole('heading', { level: 1, name: '示例通知公司' }).waitFor();
  await page.getByRole('button', { name: '通知（0 条未读）' }).click();
  await list.getByText('没有未读通知').waitFor();
  await list.getByText('通知设置').click();
  await list.getByRole('checkbox', { name: '有事项抄送给您' }).click();
  await list.getByRole('checkbox', { name: '有事项抄送给您', checked: false }).waitFor();
  await list.getByRole('button', { name: '全部', exact: true }).click();
  await list.getByText('还没有通知').waitFor();

  const head = await open('central-head', '/inbox');
  await expect.poll(() => head.title(), { timeout: 60_000 }).toMatch(/^\(\d+\) 大客户管理$/);
});
