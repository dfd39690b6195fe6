import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { historyArchive } from '../../cases/historyArchive.ts';
import { startApi } from '../support/api.ts';
import { type Browsing, startBrowser, type Watched } from '../support/browser.ts';
import { startCompany } from '../support/company.ts';

const consoleFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));
const workflows = (name: string) => fileURLToPath(new URL(`../support/workflows/${name}.ts`, import.meta.url));
const company = await startCompany({ worker: false });
const api = await startApi(company, (deps) => ({ ...deps, consoleFolder }));
const { deps, client } = company;
const ADMINISTRATOR = 'system-admin';
const workflowOf = (caseId: string) => `recommendation:${caseId}`;

let browsing: Browsing;
let watching: Watched[] = [];
beforeAll(async () => {
  browsing = await startBrowser(api.url);
});
afterEach(async () => {
  await company.stopWorker();
  const faults = watching.flatMap((each) => each.faults);
  await Promise.all(watching.map(({ page }) => page.context().close()));
  watching = [];
  expect(faults).toEqual([]);
});
afterAll(() => browsing?.close());

async function open(path: string): Promise<Page> {
  const watched = await browsing.signedIn(ADMINISTRATOR);
  watching.push(watched);
  await watched.page.goto(path);
  return watched.page;
}

type Problem = { readonly code: string; readonly attempts: number | null; readonly failure: string | null };

/** What is told of a case by the route that the page asks. */
async function problemsOf(caseId: string): Promise<readonly Problem[]> {
  const { body } = await api.get('/workflows/attention', { as: ADMINISTRATOR });
  expect(body.temporal).toBe('compared');
  return body.items.find((each: { caseId: string }) => each.caseId === caseId)?.problems ?? [];
}

/** Waits for a problem of a case: a bell is rung some times, further and further apart, before it is in doubt. */
async function standsOut(caseId: string, code: string): Promise<Problem> {
  let found: Problem | undefined;
  const look = async () => {
    found = (await problemsOf(caseId)).find((each) => each.code === code);
    return found;
  };
  await expect.poll(look, { timeout: 120_000 }).toBeDefined();
  return found as Problem;
}

/** The case in the list of what needs attention. */
async function entryOf(page: Page, caseId: string): Promise<Locator> {
  const { number } = await company.caseRow(caseId);
  return page.getByRole('region', { name: '需要关注的流程' }).locator('li.attention').filter({ hasText: number });
}

describe('what needs attention', () => {
  test('is an execution whose code throws, told in words and without what it threw; a good worker mends it', async () => {
    await company.startWorker({ workflows: workflows('throwing') });
    const caseId = await company.submitted();
    const { attempts, failure } = await standsOut(caseId, 'workflowTaskFailing');
    expect(attempts).toBeGreaterThanOrEqual(2);
    expect(failure).not.toMatch(/秘密/);
    const page = await open('/workflows');
    const entry = await entryOf(page, caseId);
    await entry.getByText('流程代码反复失败').waitFor();
    await entry.getByText(/已试 \d+ 次/).waitFor();
    await entry.getByText('回退或修正版本后会自行继续').waitFor();
    expect(await entry.textContent()).not.toMatch(/秘密/);

    await company.stopWorker();
    await company.startWorker();
    await company.state(caseId, 'endorsing');
    await company.task(caseId, 'endorse');
    await company.until('nothing of it', async () => (await problemsOf(caseId)).length === 0);
    await page.reload();
    await page.getByText('所有事项与其流程一致').waitFor();
  });

  test('is an activity that fails again and again, until it works', async () => {
    const shut = new Proxy(deps.pool, {
      get: (pool, name) =>
        name === 'query' ? () => Promise.reject(new Error('甲方公司的秘密')) : Reflect.get(pool, name, pool),
    });
    await company.startWorker({ workflows: workflows('remote'), deps: { ...deps, pool: shut } });
    const caseId = await company.submitted();
    const { attempts, failure } = await standsOut(caseId, 'activityFailing');
    expect(attempts).toBeGreaterThanOrEqual(5);
    expect(failure).not.toMatch(/秘密/);
    const page = await open('/workflows');
    const entry = await entryOf(page, caseId);
    await entry.getByText('步骤反复失败').waitFor();
    await entry.getByText('外部条件恢复后会自行继续').waitFor();
    expect(await entry.textContent()).not.toMatch(/秘密/);

    await company.stopWorker();
    await company.startWorker({ workflows: workflows('remote') });
    await company.until('an activity that works', async () =>
      (await problemsOf(caseId)).every(({ code }) => code !== 'activityFailing'),
    );
    await page.reload();
    await page.getByRole('region', { name: '需要关注的流程' }).waitFor();
    await entry.getByText('步骤反复失败').waitFor({ state: 'detached' });
    await client.workflow.getHandle(workflowOf(caseId)).terminate();
  });
});

describe('an execution that Temporal no longer keeps', () => {
  test('is read from the archive, as a page, event by event, and as what it is', async () => {
    await company.startWorker();
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'established');
    const workflowId = workflowOf(caseId);
    const handle = client.workflow.getHandle(workflowId);
    await handle.result();
    const { events } = await handle.fetchHistory();
    const folder = join(api.folder, 'histories');
    await company.until('its archive', historyArchive(deps, client, folder));
    await client.workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId },
    });
    // Temporal deletes when it comes to it.
    const inTemporal = () =>
      handle.describe().then(
        ({ status }) => status.name,
        ({ name }: Error) => name,
      );
    await expect.poll(inTemporal, { timeout: 150_000 }).toBe('WorkflowNotFoundError');

    const path = `/workflows/${encodeURIComponent(workflowId)}`;
    const { body } = await api.get(path, { as: ADMINISTRATOR });
    expect(body).toMatchObject({ archived: true, status: 'completed', caseId });
    const read: { eventId: number; type: string }[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: typeof read; nextCursor: string | null; archived: boolean } } = await api.get(
        `${path}/history?limit=7${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
        { as: ADMINISTRATOR },
      );
      expect(page.body.archived).toBe(true);
      read.push(...page.body.items);
      cursor = page.body.nextCursor;
    }
    expect(read.map(({ eventId }) => eventId)).toEqual((events ?? []).map(({ eventId }) => Number(eventId)));
    expect((await api.get(path, { as: 'office-head' })).status).toBe(403);

    const page = await open(path);
    await page.getByText('加密存档（Temporal 已过保留期）').waitFor();
    await page.getByRole('heading', { level: 3, name: '单位审签' }).waitFor();
    await page.getByText('流程完成').waitFor();
    await page.getByRole('link', { name: '原始历史' }).click();
    await page.getByText('WorkflowExecutionStarted').first().waitFor();
    await page.getByText('WorkflowExecutionCompleted').first().waitFor();
  });
});
