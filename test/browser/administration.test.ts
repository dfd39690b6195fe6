import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { checkExport } from '../../cases/exportedAudit.ts';
import { connectDatabase } from '../../platform/database.ts';
import { lastPostgresUrl } from '../../platform/postgres.ts';
import { lastTemporalAddress } from '../../platform/temporalServer.ts';
import { grave } from '../support/accessible.ts';
import { exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';

const { instance, persons, open } = await startConsole();
let screening = '';

beforeAll(async () => {
  screening = await persons.drafted(exampleForm());
  await persons.ask('central-submitter', 'POST', `/recommendations/${screening}/submit`, {});
  await persons.decide('central-head', screening, 'endorse', 'endorse');
  await persons.taskOf('office-clerk-1', screening, 'screen');
});

async function temporal<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({
    address: (await lastTemporalAddress(join(instance.dataDir, 'temporal'))) ?? '',
  });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

const said = (page: Page, text: string) => page.locator('.ant-message', { hasText: text }).waitFor();

test('each administrator begins on an overview of what is his, found first in the menu', async () => {
  for (const [personId, section] of [
    ['system-admin', '需要关注的流程'],
    ['security-admin', '即将变动的授权'],
    ['auditor', '被拒绝的操作'],
  ] as const) {
    const page = await open(personId, '/');
    await page.waitForURL(/\/overview$/);
    await page.getByRole('heading', { level: 2, name: section }).waitFor();
    expect(await page.getByRole('navigation', { name: '主导航' }).getByRole('link').first().textContent()).toBe('总览');
  }
});

test('an execution reads as a course of stages in words, and its raw events can be filtered and saved', async () => {
  const page = await open('system-admin', `/workflows/recommendation:${screening}`);
  await page.getByRole('heading', { level: 3, name: '单位审签' }).waitFor();
  await page.getByText('本环节办结：审签').waitFor();
  await page.getByRole('region', { name: '现在等待' }).getByText('经营部初审').waitFor();
  await page.getByRole('link', { name: '原始历史' }).click();
  await page.getByLabel('筛选事件').fill('upsert');
  const events = page.getByRole('list', { name: '执行历史' }).getByRole('listitem');
  await expect.poll(() => events.count()).toBe(2);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载 JSON' }).click(),
  ]);
  const { events: all } = JSON.parse(await readFile(await saved.path(), 'utf8'));
  expect(all[0].type).toBe('workflowExecutionStarted');
});

test('a terminated execution stands out, two administrators start it again, and the case goes on', async () => {
  await temporal((client) => client.workflow.getHandle(`recommendation:${screening}`).terminate());
  const database = connectDatabase((await lastPostgresUrl(join(instance.dataDir, 'postgres'))) ?? '');
  // What happened within the minute is left alone.
  await database.pool.query(
    `UPDATE tasks SET due_at = now() - interval '1 hour' WHERE case_id = $1 AND status = 'open'`,
    [screening],
  );
  await database.close();
  const first = await open('system-admin', '/workflows');
  await first.getByText('事项未结，流程却已结束').waitFor();
  await first.getByRole('button', { name: '提议重新驱动' }).click();
  const asked = first.getByRole('dialog');
  await asked.getByLabel('理由').fill('误操作终止，需要恢复');
  await asked.getByRole('button', { name: /确\s?定|确\s?认/ }).click();
  await said(first, '已提议');
  const second = await open('security-admin', '/overview');
  const waiting = second.getByRole('region', { name: '等您确认' });
  await waiting.getByText('误操作终止，需要恢复').waitFor();
  await waiting.getByRole('button', { name: /确\s?认/ }).click();
  await second
    .getByRole('dialog')
    .getByRole('button', { name: /确\s?认/ })
    .click();
  await said(second, '已答复');
  await first.reload();
  await first.getByText('所有事项与其流程一致').waitFor();
  await persons.decide('office-clerk-1', screening, 'screen', 'return', { reason: '请补充' });
  await persons.taskOf('central-submitter', screening, 'supplement');
});

test('Temporal’s own pages open from an execution, signed in, decoded and read only', async () => {
  const page = await open('system-admin', `/workflows/recommendation:${screening}`);
  const link = page.getByRole('link', { name: '在 Temporal 中打开' });
  const href = (await link.getAttribute('href')) ?? '';
  const [pages, decoded] = await Promise.all([
    page.context().waitForEvent('page'),
    page.context().waitForEvent('response', (response) => response.url().startsWith(`${instance.url}/codec/decode`)),
    link.click(),
  ]);
  expect(decoded.status()).toBe(200);
  await pages.getByText(screening, { exact: false }).first().waitFor();
  // What the workflow began with is stored encrypted; here its one field is read.
  await pages.getByText('caseId', { exact: false }).first().waitFor();
  const refused = await pages.evaluate<number>(
    `fetch('/api/v1/namespaces/default/workflows/x/terminate', { method: 'POST', body: '{}' }).then((answer) => answer.status)`,
  );
  expect(refused).toBe(405);
  // Nobody else sees them, signed in or not.
  expect((await fetch(href)).status).toBe(401);
  const other = await open('auditor', '/audit');
  expect((await other.request.get(href)).status()).toBe(403);
});

test('health tells how each part stands and which processes run', async () => {
  const page = await open('auditor', '/health');
  const worker = page.getByRole('listitem', { name: '工作进程' });
  await worker.getByText('在运行，并在取任务。').waitFor();
  await page.getByRole('table', { name: '进程' }).getByText('服务接口').waitFor();
  await page.getByText('明年的节假日尚未导入。').or(page.getByText('已有所需年份。')).waitFor();
});

test('the security administrator grants and ends a role; the separation of duties is told before it refuses', async () => {
  const page = await open('security-admin', '/roles');
  await page.getByText('本人的管理员角色须由另一名管理员终止').waitFor();
  await page.getByText('只此一人任“审计员”，须先有继任者').waitFor();
  for (const name of [/的“安全保密管理员”$/, /的“审计员”$/])
    expect(await page.getByRole('button', { name }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: '授予角色' }).click();
  const dialog = page.getByRole('dialog');
  const pick = async (label: string, text: string) => {
    await dialog.getByLabel(label, { exact: true }).click();
    await page.locator('.ant-select-item-option:visible', { hasText: text }).first().click();
  };
  const person = dialog.getByLabel('人员', { exact: true });
  await person.click();
  await person.fill('审计员');
  await page.locator('.ant-select-item-option:visible', { hasText: '审计员' }).click();
  await pick('角色', '系统管理员');
  await dialog.getByRole('alert').getByText('不得兼任').waitFor();
  expect(await dialog.getByRole('button', { name: /提\s?议/ }).isDisabled()).toBe(true);
  await person.click();
  await person.fill('北方分公司客户经理');
  await page.locator('.ant-select-item-option:visible', { hasText: '北方分公司客户经理' }).first().click();
  await pick('角色', '资料管理员');
  await dialog.getByLabel('任职文件').fill('任命〔2026〕9号');
  await dialog.getByRole('button', { name: '授予角色' }).click();
  await said(page, '已授权');
  await page
    .getByRole('row', { name: /任命〔2026〕9号/ })
    .getByRole('button')
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /终\s?止/ })
    .click();
  await said(page, '已终止');
});

test('an administrator is made by two: proposed on the roles page, confirmed by another after what it brings is told', async () => {
  const page = await open('security-admin', '/roles');
  await page.getByRole('button', { name: '授予角色' }).click();
  const dialog = page.getByRole('dialog');
  const person = dialog.getByLabel('人员', { exact: true });
  await person.click();
  await person.fill('法务部评估专员');
  await page.locator('.ant-select-item-option:visible', { hasText: '评估专员' }).first().click();
  await dialog.getByLabel('角色', { exact: true }).click();
  await page.locator('.ant-select-item-option:visible', { hasText: '系统管理员' }).first().click();
  await dialog.getByText('管理员角色须由另一名管理员确认后生效').waitFor();
  await dialog.getByLabel('任职文件').fill('任命〔2026〕10号');
  await dialog.getByLabel('理由').fill('原系统管理员调离');
  expect(await grave(page)).toEqual([]);
  await dialog.getByRole('button', { name: /提\s?议/ }).click();
  await said(page, '已提议');
  await page.getByText(/授予“系统管理员”的提议待确认/).waitFor();
  const other = await open('auditor', '/proposals');
  const card = other.getByRole('listitem').filter({ hasText: '原系统管理员调离' });
  expect(await grave(other)).toEqual([]);
  await card.getByRole('button', { name: /确\s?认/ }).click();
  const confirming = other.getByRole('dialog');
  await confirming.getByText('现有的登录会话和访问令牌随即终止').waitFor();
  await confirming.getByRole('button', { name: /确\s?认/ }).click();
  await said(other, '已答复');
  await page.reload();
  await page.getByRole('row', { name: /任命〔2026〕10号/ }).waitFor();
});

test('the auditor searches, computes a chain again in his browser, finds a changed entry at its place, and exports', async () => {
  const page = await open('auditor', '/audit');
  await page.getByLabel('行为', { exact: true }).fill('submitted');
  await page.getByRole('button', { name: /查\s?询/ }).click();
  await page
    .getByRole('row', { name: /华中分公司经办人/ })
    .getByRole('button', { name: /验证链/ })
    .click();
  await page.getByText(/完整：本机重新计算 \d+ 条/).waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 JSON Lines' }).click(),
  ]);
  expect(checkExport(await readFile(await saved.path(), 'utf8'))).toMatchObject({ problems: [] });

  const database = connectDatabase((await lastPostgresUrl(join(instance.dataDir, 'postgres'))) ?? '');
  const client = await database.pool.connect();
  await client.query('SET session_replication_role = replica');
  await client.query(`UPDATE audit_entries SET actor_id = 'auditor' WHERE stream = $1 AND seq = 2`, [
    `case:${screening}`,
  ]);
  client.release(true);
  await database.close();
  await page.getByRole('button', { name: /关\s?闭/ }).click();
  await page
    .getByRole('row', { name: /华中分公司经办人/ })
    .getByRole('button', { name: /验证链/ })
    .click();
  await page.getByText('在第 2 条断裂：内容与散列值不符').waitFor();

  await page.getByRole('link', { name: '封存与核验' }).click();
  const [head] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载封存值' }).click(),
  ]);
  const kept = JSON.parse(await readFile(await head.path(), 'utf8'));
  await page.getByLabel('与以前下载的封存值比对').setInputFiles(await head.path());
  await page.getByText(`第 ${kept.id} 号封存与文件一致`).waitFor();
  const forged = join(tmpdir(), `head-${kept.id}-${process.pid}.json`);
  await writeFile(forged, JSON.stringify({ ...kept, hash: '0'.repeat(64) }));
  await page.getByLabel('与以前下载的封存值比对').setInputFiles(forged);
  await page.getByText(`第 ${kept.id} 号封存与文件不一致`).waitFor();
});
