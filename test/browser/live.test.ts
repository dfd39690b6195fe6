import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addComment } from '../../cases/comments.ts';
import words from '../../web/locales/zh-CN.json' with { type: 'json' };
import { startApi } from '../support/api.ts';
import { type Browsing, startBrowser } from '../support/browser.ts';
import { startCompany } from '../support/company.ts';

const consoleFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));
const company = await startCompany();
const api = await startApi(company, (deps) => ({ ...deps, consoleFolder }));
const { deps } = company;

let browsing: Browsing;
const opened: Page[] = [];
beforeAll(async () => {
  browsing = await startBrowser(api.url);
});
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close();
});
afterAll(() => browsing?.close());

/** A page at a path whose stream stands, with what it asked of the API since. */
async function look(personId: string, path: string): Promise<Page> {
  const { page } = await browsing.signedIn(personId);
  opened.push(page);
  await Promise.all([page.waitForResponse((response) => response.url().endsWith('/api/v1/events')), page.goto(path)]);
  await page.waitForLoadState('load');
  return page;
}

test('a vote by another appears in an open page, with no reload', async () => {
  const caseId = await company.submitted();
  await company.carryTo(caseId, 'approving');
  await company.task(caseId, 'vote', 'north-head');
  const page = await look('office-clerk-1', `/cases/${caseId}`);
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  const { name } = await deps.prisma.person.findUniqueOrThrow({ where: { id: 'north-head' } });
  const entry = page.getByRole('row', { name: new RegExp(name) }).first();
  await entry.getByText(words['ballot.notYet']).waitFor();
  await company.vote(caseId, 'north-head', 'for');
  await entry.getByText(words['ballot.voted']).waitFor();
  expect(loads).toBe(0);
});

test('what somebody is asked appears in his inbox, with its count', async () => {
  const page = await look('north-head', '/inbox?box=mine');
  const caseId = await company.submitted();
  const { title } = await company.caseRow(caseId);
  await company.carryTo(caseId, 'approving');
  await page.getByRole('link', { name: title }).first().waitFor();
});

test('that an act was taken is told although the stream has taken its form away before the answer came', async () => {
  const caseId = await company.submitted();
  await company.task(caseId, 'endorse');
  const page = await look('central-head', `/cases/${caseId}`);
  const panel = page.getByRole('region', { name: '待办：单位审签' });
  await panel.waitFor();
  let answer = () => {};
  const formGone = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/transfer', async (route) => {
    const response = await route.fetch();
    await formGone;
    await route.fulfill({ response });
  });
  await panel.getByRole('button', { name: words['act.transfer'] }).click();
  const dialog = page.getByRole('dialog', { name: words['act.transfer'] });
  const { name } = await deps.prisma.person.findUniqueOrThrow({ where: { id: 'central-deputy' } });
  const person = dialog.getByRole('combobox', { name: words['field.person'] });
  await person.fill(name);
  await page.locator('.ant-select-item-option:visible', { hasText: name }).click();
  await dialog.getByLabel(words['field.reason']).fill('出差，由其办理');
  await dialog.getByRole('button', { name: words['do.confirm'] }).click();
  await panel.waitFor({ state: 'detached' });
  answer();
  await page.getByText(words['task.verbDone'].replace('{verb}', words['act.transfer'])).waitFor();
});

test('two tabs of one browser share one stream, and the other takes it over', async () => {
  const caseId = await company.submitted();
  await company.task(caseId, 'endorse');
  const first = await look('central-submitter', `/cases/${caseId}`);
  const second = await first.context().newPage();
  const streams: string[] = [];
  second.on('request', (request) => {
    if (request.url().endsWith('/api/v1/events')) streams.push(request.url());
  });
  await second.goto(`/cases/${caseId}`);
  await second.getByRole('heading', { level: 1 }).waitFor();
  const say = (text: string) => addComment(deps, { personId: 'central-head', caseId, text });
  await say('第一条意见');
  await Promise.all([first, second].map((page) => page.getByText('第一条意见').first().waitFor()));
  expect(streams).toEqual([]);
  await Promise.all([second.waitForRequest((request) => request.url().endsWith('/api/v1/events')), first.close()]);
  await say('第二条意见');
  await second.getByText('第二条意见').first().waitFor();
  expect(streams).toHaveLength(1);
});

test('a lost connection is said quietly, and what was missed is read once it is back', async () => {
  const caseId = await company.submitted();
  await company.task(caseId, 'endorse');
  const page = await look('central-submitter', `/cases/${caseId}`);
  await page.context().setOffline(true);
  await page.getByText(words['live.lost']).waitFor();
  await addComment(deps, { personId: 'central-head', caseId, text: '离线时的意见' });
  await page.context().setOffline(false);
  await page.getByText('离线时的意见').first().waitFor();
  await page.getByText(words['live.lost']).waitFor({ state: 'detached' });
});
