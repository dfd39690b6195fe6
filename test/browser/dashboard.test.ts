import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { type Browsing, phone } from '../support/browser.ts';
import { exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { others } from '../support/persons.ts';

const { persons, open } = await startConsole();

beforeAll(async () => {
  const established = await persons.approving(exampleForm());
  for (const personId of [...others, 'director'])
    await persons.decide(personId, established, 'vote', 'vote', { choice: 'for' });
  await persons.confirmed(established);
  await persons.approving(exampleForm());
});

async function dashboardOf(personId: string, options?: Parameters<Browsing['signedIn']>[1]): Promise<Page> {
  const page = await open(personId, '/dashboard', options);
  await figure(page, '管辖区域与大客户').waitFor();
  return page;
}

const figure = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true }).first();
const cards = (page: Page): Locator => page.locator('a.card');

test('a cell of the grid leads to the cases it counts, and back is where one was', async () => {
  const page = await dashboardOf('office-clerk-1');
  const headings = page.getByRole('table', { name: '各单位的事项' }).getByRole('columnheader');
  expect((await headings.allTextContents()).slice(0, 2)).toEqual(['单位', '合计']);
  await page.getByRole('link', { name: '华中分公司 · 委员会表决：1 件，其中逾期 0 件' }).click();
  await page.waitForURL(/\/cases\?unitId=central&state=approving$/);
  await cards(page).first().waitFor();
  expect(await cards(page).count()).toBe(1);
  await page.goBack();
  await figure(page, '谁在等谁').waitFor();
});

test('by keyboard: a band is reached, says what it is, and leads to the cases that wait', async () => {
  const page = await dashboardOf('director');
  const band = page.getByRole('link', { name: /^华中分公司等待委员会：1 件/ });
  await band.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/waitsFor=committee/);
  await page.getByRole('button', { name: '等待委员会办理' }).waitFor();
  await cards(page).first().waitFor();
  expect(await cards(page).count()).toBe(1);
});

test('by keyboard: the map is one stop, arrows go from tile to tile, Enter opens the accounts there', async () => {
  const page = await dashboardOf('vice-director-1');
  const tiles = page.getByRole('list', { name: '管辖区域与大客户' });
  expect(await tiles.locator('[tabindex="0"]').count()).toBe(1);
  await tiles.locator('[tabindex="0"]').focus();
  const named = (name: string) => tiles.locator(`:focus[aria-label^="${name}"]`);
  for (const [key, name] of [
    ['ArrowDown', '天津'],
    ['ArrowLeft', '河北'],
    ['ArrowLeft', '山西'],
    ['ArrowDown', '河南'],
    ['ArrowDown', '湖北'],
  ] as const) {
    await page.keyboard.press(key);
    await named(name).waitFor();
  }
  expect(await named('湖北').getAttribute('aria-label')).toMatch(
    /^湖北，华中分公司的管辖区域，大客户 1 家，确立时预计后续合同额 [\d.]+亿元$/,
  );
  await page.keyboard.press('Enter');
  await page.waitForURL(/regionCode=420000/);
  await page.getByRole('button', { name: '项目所在：湖北' }).waitFor();
  const accounts = page.getByRole('table', { name: '大客户' }).locator('tbody tr');
  await accounts.first().waitFor();
  expect(await accounts.count()).toBe(1);
});

test('every picture has a table that tells the same', async () => {
  const page = await dashboardOf('office-head');
  for (const [name, cell] of [
    ['谁在等谁', '委员会'],
    ['各状态用时与时限', '委员会表决'],
    ['管辖区域与大客户', '湖北'],
  ] as const) {
    const shown = figure(page, name);
    await shown.getByText('表', { exact: true }).click();
    await shown.getByRole('table').first().getByRole('cell', { name: cell, exact: true }).first().waitFor();
  }
});

test('on a phone the first tap on a tile reads it, the second follows it', async () => {
  const page = await dashboardOf('director', { viewport: phone, hasTouch: true, isMobile: true });
  const tile = page.locator('[data-code="420000"]');
  await tile.tap();
  await page.locator('.tile-words', { hasText: '湖北，华中分公司的管辖区域' }).waitFor();
  expect(page.url()).toMatch(/\/dashboard$/);
  await tile.tap();
  await page.waitForURL(/regionCode=420000/);
});

test('an overseer sees counts, no amount and nothing to follow', async () => {
  const page = await dashboardOf('auditor');
  await page.getByText('各单位的件数，不含金额和内容').waitFor();
  const main = page.getByRole('main');
  expect(await main.textContent()).not.toMatch(/[\d.]+(亿|万)元/);
  expect(await main.getByRole('link').count()).toBe(0);
});
