import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Browsing, phone } from '../support/browser.ts';
import { exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { poll } from '../support/poll.ts';

const { open, persons } = await startConsole();

async function newcomer(personId: string, options: Parameters<Browsing['signedIn']>[1] = {}): Promise<Page> {
  const page = await open(personId, '/inbox', { ...options, tour: true });
  await page.getByRole('navigation').first().waitFor();
  return page;
}

const tour = (page: Page) => page.locator('.ant-tour');
/** The person is signed in and his page is there, and no tour with it. */
async function withoutTour(page: Page): Promise<void> {
  await page.getByRole('main').getByText('暂无').first().waitFor();
  expect(await tour(page).count()).toBe(0);
}

test.each([
  ['central-submitter', '您是单位经办人'],
  ['director', '您是委员会成员'],
  ['office-clerk-1', '您在经营部'],
  ['finance-expert', '需要您评估、会签'],
  ['auditor', '您是管理员'],
])('%s is shown around by what he does, to the end by the keyboard alone', async (personId, words) => {
  const page = await newcomer(personId);
  await tour(page).getByText(words).waitFor();
  const [, total = ''] = /共 (\d+) 步/.exec((await tour(page).textContent()) ?? '') ?? [];
  for (let step = 1; step < Number(total); step += 1) {
    await tour(page).getByText(`第 ${step} 步`).waitFor();
    await page.locator('.ant-tour button:focus', { hasText: '下一步' }).waitFor();
    await page.keyboard.press('Enter');
  }
  await page.locator('.ant-tour button:focus', { hasText: '开始使用' }).waitFor();
  await page.keyboard.press('Enter');
  await tour(page).waitFor({ state: 'detached' });
});

test('skipped once it does not come again, on another device neither, until it is asked for', async () => {
  const first = await newcomer('east-submitter', { viewport: phone });
  await tour(first).getByRole('button', { name: '跳过' }).click();
  await tour(first).waitFor({ state: 'detached' });
  await first.waitForFunction("fetch('/api/v1/me').then((me) => me.json()).then((me) => me.preferences.toured)");
  await first.reload();
  await withoutTour(first);

  const other = await newcomer('east-submitter');
  await withoutTour(other);
  await other.getByRole('button', { name: '帮助' }).click();
  await other.getByText('重看引导').click();
  await tour(other).getByText('您是单位经办人').waitFor();
  await other.keyboard.press('Escape');
  await tour(other).waitFor({ state: 'detached' });
});

test('where work waits the tour is offered and lies over nothing: a newcomer votes on a phone with three taps', async () => {
  const form = exampleForm();
  await persons.approving(form);
  const page = await newcomer('vice-director-2', { viewport: phone, hasTouch: true, isMobile: true });
  const offer = page.getByRole('complementary', { name: '欢迎使用大客户管理' });
  await offer.waitFor();
  await page.getByRole('link', { name: form.client.name }).tap();
  const bar = page.getByRole('region', { name: '我的表决' });
  await bar.getByRole('button', { name: '同意', exact: true }).tap();
  await page.getByRole('dialog', { name: '确认表决' }).getByRole('button', { name: '确认：同意' }).tap();
  await bar.getByText('已表决：同意').waitFor();
  await offer.getByRole('button', { name: '看引导' }).tap();
  await tour(page).getByText('您是委员会成员').waitFor();
  await tour(page).getByRole('button', { name: '跳过' }).tap();
  await tour(page).waitFor({ state: 'detached' });
  expect(await offer.count()).toBe(0);
});

test('help opens at the chapter about the page, with its pictures', async () => {
  const page = await open('vice-director-1', '/dashboard');
  await page.getByRole('heading', { level: 1, name: '看板' }).waitFor();
  await page.getByRole('button', { name: '帮助' }).click();
  await page.getByText('本页说明').click();
  await page.waitForURL(/\/help\/dashboard$/);
  const picture = page.getByRole('article').getByRole('img', { name: '看板' });
  await picture.waitFor();
  await poll(() => page.evaluate<boolean>("document.querySelector('article img')?.naturalWidth > 600")).toBe(true);
  await page.getByRole('link', { name: '下一章：大客户' }).click();
  await page.getByRole('heading', { level: 2, name: '大客户' }).waitFor();
});
