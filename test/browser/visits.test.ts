import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { AccountView } from '../../api/contract/accounts.ts';
import type { VisitList } from '../../api/contract/visits.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { answer } from '../support/answering.ts';
import { phone } from '../support/browser.ts';
import { exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { others } from '../support/persons.ts';
import { poll } from '../support/poll.ts';

const { persons, open, excuse } = await startConsole();
const MANAGER = 'central-manager';
const today = localDay(Date.now());
let account = '';

beforeAll(async () => {
  const caseId = await persons.approving(exampleForm());
  for (const personId of [...others, 'director'])
    await persons.decide(personId, caseId, 'vote', 'vote', { choice: 'for' });
  await persons.confirmed(caseId);
  const { items } = await persons.ask<{ items: readonly AccountView[] }>(MANAGER, 'GET', '/accounts');
  account = items[0]?.id ?? '';
});

const visits = () => persons.ask<VisitList>(MANAGER, 'GET', `/accounts/${account}/visits`);
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

/** A picture of one point. */
const photo = {
  name: '现场.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

// Within a minute on a phone: two inputs must be given, a tap and a few words.
test('a manager logs a visit on a phone by four taps and a sentence, with a photo', async () => {
  const page = await open(MANAGER, '/visits', { viewport: phone, hasTouch: true });
  let taps = 0;
  const tap = async (what: ReturnType<Page['locator']>) => {
    taps += 1;
    await what.tap();
  };
  await tap(page.getByRole('link', { name: '记一次回访' }));
  await page.getByRole('form', { name: '记一次回访' }).waitFor();
  expect(await page.getByText('必填').count()).toBe(2);
  await page.getByRole('button', { name: '保存回访' }).tap();
  await page.getByText('请点选见到的人').waitFor();
  await tap(page.locator('.chips label').first());
  await tap(field(page, '谈了什么 · 必填'));
  await page.keyboard.type('二期十二月招标');
  await page.locator('input[type=file]').setInputFiles(photo);
  await tap(page.getByRole('button', { name: '保存回访' }));
  await page.waitForURL(new RegExp(`/accounts/${account}\\?part=visits`));
  await page.getByText('二期十二月招标').waitFor();
  expect(taps).toBeLessThanOrEqual(4);
  const { items } = await visits();
  expect(items).toMatchObject([
    {
      visitedOn: today,
      contents: { place: '客户单位', met: ['董事长'], ours: [{ id: MANAGER }], summary: '二期十二月招标' },
      files: [{ name: '现场.png', mime: 'image/png' }],
    },
  ]);
  await page.getByRole('button', { name: '预览 现场.png' }).tap();
  await page.getByRole('img', { name: '现场.png' }).waitFor();
});

test('what is typed without a network stays on the phone, encrypted, and is saved when it is back', async () => {
  const page = await open(MANAGER, `/accounts/${account}/visits/new`, { viewport: phone });
  excuse(page, /ERR_INTERNET_DISCONNECTED/);
  await page.locator('.chips label').first().click();
  await page.context().setOffline(true);
  await field(page, '谈了什么 · 必填').fill('地铁里填写');
  await page.getByText('已加密保留在本机').waitFor();
  await page.getByRole('button', { name: '保存回访' }).click();
  await page.getByRole('alert').first().waitFor();
  await page.context().setOffline(false);
  await poll(async () => (await visits()).items.some(({ contents }) => contents?.summary === '地铁里填写')).toBe(true);
  await page.waitForURL(/part=visits/);
});

test('a visit is planned from the calendar, and a marketing task set and fulfilled, on the account’s page', async () => {
  const page = await open(MANAGER, `/accounts/${account}`);
  await page.getByRole('button', { name: '计划回访' }).click();
  const dialog = page.getByRole('dialog');
  await field(page, '计划日期').fill(addDays(today, 10));
  await dialog.getByRole('button', { name: '加入计划' }).click();
  await page
    .getByRole('listitem')
    .filter({ hasText: addDays(today, 10) })
    .getByText('计划', { exact: true })
    .waitFor();

  await page.getByRole('link', { name: '营销任务' }).click();
  await page.getByRole('button', { name: '下达任务' }).first().click();
  await field(page, '做什么').fill('邀请业主来访');
  await field(page, '完成期限').fill(addDays(today, 20));
  await page.getByRole('dialog').getByRole('button', { name: '下达任务' }).click();
  const task = page.getByRole('listitem').filter({ hasText: '邀请业主来访' });
  await task.getByRole('button', { name: '完成' }).click();
  await field(page, '完成情况').fill('业主已来访');
  await task.getByRole('button', { name: '完成' }).click();
  await page.getByText('已完成、取消或关闭（1）').click();
  await page.getByText('业主已来访').waitFor();
  await page.getByRole('link', { name: '大事记' }).click();
  await page.getByText('营销任务完成').waitFor();
});

test('a year’s report is filled in on a phone from what is known, what changed is marked, the head endorses it, and the archive shows it', async () => {
  await persons.ask('office-clerk-1', 'POST', '/campaigns', {});
  const reviews = () =>
    persons.ask<{ items: readonly { id: string }[] }>(MANAGER, 'POST', '/cases/search', { process: 'review' });
  await poll(async () => (await reviews()).items.length).toBe(1);
  const caseId = (await reviews()).items[0]?.id ?? '';
  await persons.taskOf(MANAGER, caseId, 'reportYear');
  const page = await open(MANAGER, `/cases/${caseId}`, { viewport: phone, hasTouch: true });
  await page.getByRole('link', { name: '填写年度上报' }).tap();
  // What is changed is marked in the field's own name.
  const size = page.getByLabel(/^规模/);
  const before = await size.inputValue();
  const complete = page.getByRole('button', { name: /^完整率 \d+%$/ });
  const percent = await complete.textContent();
  await size.fill('特大型');
  await page.locator('.report-before').getByText(before).waitFor();
  await page.getByText('已加密保留在本机').waitFor();
  // What is typed is there again after the page was left.
  await page.reload();
  await page.getByText('上次没有保存的内容已恢复').waitFor();
  expect(await size.inputValue()).toBe('特大型');
  await page.getByLabel('付款情况').fill('按合同付款');
  await page.getByLabel('本年变化').fill('规模扩大，其余无变化');
  for (const name of ['履约评分', '合作评分', '信用评分'])
    await page.getByRole('radiogroup', { name }).getByRole('radio', { name: '较好', exact: true }).check();
  await poll(async () => (await complete.textContent()) === percent).toBe(false);
  await page.getByRole('button', { name: '上报', exact: true }).tap();
  await page.waitForURL(new RegExp(`/cases/${caseId}$`));

  const head = await open('central-head', `/cases/${caseId}/yearly-report`);
  const changes = head.getByRole('region', { name: '与档案、上年的不同（2 项）' });
  await changes.getByText('特大型').waitFor();
  await changes.getByText(before, { exact: true }).waitFor();
  await answer(head, '审签年度上报', '审签');
  await head.getByText(/信息档案已按此更新/).waitFor();
  await head.goto(`/cases/${caseId}`);
  const updated = head.getByRole('listitem').filter({ hasText: '按上报更新信息档案' });
  await updated.getByText('规模、付款情况').waitFor();
  await updated.getByRole('link', { name: '改动前后的内容见年度上报' }).waitFor();

  const { client } = await persons.ask<AccountView>(MANAGER, 'GET', `/accounts/${account}`);
  await head.goto(`/clients/${client.id}`);
  const archive = head.getByRole('region', { name: '信息档案', exact: true });
  await archive.getByLabel('用途').click();
  await head.locator('.ant-select-item-option', { hasText: '审议、评价' }).click();
  await archive.getByRole('button', { name: '查阅' }).click();
  await archive.getByText('特大型').waitFor();
  await archive.getByRole('region', { name: '信用' }).getByText('按合同付款').waitFor();
});
