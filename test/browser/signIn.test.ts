import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { TOTP } from 'otpauth';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastPostgresUrl } from '../../platform/postgres.ts';
import { type Browsing, phone, startBrowser } from '../support/browser.ts';
import { exampleForm } from '../support/company.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { type Persons, personsOf } from '../support/persons.ts';

const GOOD = 'tile-harbour-quince-71';
let instance: Instance;
let browsing: Browsing;
let persons: Persons;
let database: pg.Client;

beforeAll(async () => {
  instance = await startInstance();
  persons = await personsOf(instance);
  browsing = await startBrowser(instance.url);
  database = new pg.Client((await lastPostgresUrl(join(instance.dataDir, 'postgres'))) ?? '');
  await database.connect();
});
afterAll(async () => {
  await browsing?.close();
  await database?.end();
  await instance?.discard();
});

const issued = (personId: string) =>
  persons.ask<{ password: string }>('security-admin', 'POST', `/persons/${personId}/local-account`);

/** Login and password, typed into the sign-in page. */
async function typed(page: Page, login: string, password: string) {
  await page.goto('/sign-in');
  await page.getByText('本系统账号', { exact: true }).click();
  await page.getByLabel('账号', { exact: true }).fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

async function grave(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id);
}

/** What the console says ill but the refusals that the test provokes. */
const unexpected = (faults: readonly string[]) => faults.filter((fault) => !/status of (401|403|422|429)/.test(fault));

test('a one-time password leads to one’s own, then to the second factor, and the code is asked for from then on', async () => {
  const { password } = await issued('finance-expert');
  const { page, faults } = await browsing.watchedPage({ viewport: phone });
  await typed(page, 'finance-expert', 'not the password');
  await page.getByRole('alert').getByText('账号或密码不正确').waitFor();
  await typed(page, 'finance-expert', password);
  await page.getByRole('heading', { name: '设置您自己的密码' }).waitFor();
  expect(await grave(page)).toEqual([]);
  await page.getByLabel('新密码', { exact: true }).fill('too short');
  await page.getByLabel('再次输入新密码').fill('too short');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('密码至少 15 个字符').waitFor();
  await page.getByLabel('新密码', { exact: true }).fill(GOOD);
  await page.getByLabel('再次输入新密码').fill(GOOD);
  await page.keyboard.press('Enter');
  await page.waitForURL((shown) => shown.pathname === '/inbox');

  await page.goto('/me');
  await page.getByRole('button', { name: '启用动态验证码' }).click();
  const secret = (await page.locator('form#factor code').textContent()) ?? '';
  const totp = new TOTP({ secret });
  expect(await grave(page)).toEqual([]);
  await page.locator('form#factor').getByLabel('动态验证码').fill(totp.generate());
  await page.getByRole('button', { name: '确认启用' }).click();
  await page.getByText('恢复码只显示这一次').waitFor();

  await page.getByRole('button', { name: '退出登录' }).first().click();
  await page.getByText('您已退出登录').waitFor();
  await typed(page, 'finance-expert', GOOD);
  await page.getByRole('heading', { name: '第二步：动态验证码' }).waitFor();
  expect(await grave(page)).toEqual([]);
  await page
    .locator('form#code')
    .getByLabel('动态验证码')
    .fill(totp.generate({ timestamp: Date.now() + 30_000 }));
  await page.keyboard.press('Enter');
  await page.waitForURL((shown) => shown.pathname === '/inbox');
  expect(unexpected(faults)).toEqual([]);
  await page.context().close();
});

test('a sign-out that failed says so and leaves nobody in doubt; one that succeeded leaves nothing of the account', async () => {
  const { page } = await browsing.signedIn('south-deputy');
  await page.goto('/cases');
  await page.getByRole('link', { name: '我的' }).first().click();
  await page.getByText('华南分公司主管营销副经理').first().waitFor();
  await page.route('**/api/v1/sessions/current', (route) => route.abort());
  await page.getByRole('button', { name: '退出登录' }).click();
  const told = page.getByRole('dialog', { name: '没有退出成功，您仍处于登录状态' });
  await told.getByText('请检查网络后再试一次').waitFor();
  expect(await grave(page)).toEqual([]);
  expect(new URL(page.url()).pathname).toBe('/me');
  expect((await page.request.get('/api/v1/me')).status()).toBe(200);
  await page.unroute('**/api/v1/sessions/current');
  await told.getByRole('button', { name: '再试一次' }).click();
  await page.getByText('您已退出登录').waitFor();
  expect((await page.request.get('/api/v1/me')).status()).toBe(401);
  expect(await page.content()).not.toContain('华南分公司主管营销副经理（');
  expect(await page.title()).not.toMatch(/^\(/);
  await page.goBack();
  await page.waitForURL(/\/sign-in/);
  await page.context().close();
});

test('one signs out everywhere at a click, and here too if one says so', async () => {
  const [here, there] = await Promise.all([browsing.signedIn('north-deputy'), browsing.signedIn('north-deputy')]);
  const { page } = here;
  await page.goto('/me');
  await page.getByRole('button', { name: '退出所有设备' }).click();
  const dialog = page.getByRole('dialog', { name: '退出所有设备' });
  await dialog.getByText('其他 1 处登录将立即结束').waitFor();
  expect(await grave(page)).toEqual([]);
  await dialog.getByRole('button', { name: '立即退出' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect((await there.page.request.get('/api/v1/me')).status()).toBe(401);
  expect((await page.request.get('/api/v1/me')).status()).toBe(200);
  await page.getByRole('button', { name: '退出所有设备' }).click();
  await dialog.getByText('没有其他登录').waitFor();
  await dialog.getByRole('checkbox', { name: '本机也退出' }).check();
  await dialog.getByRole('button', { name: '立即退出' }).click();
  await page.getByText('您已退出登录').waitFor();
  expect((await page.request.get('/api/v1/me')).status()).toBe(401);
  await Promise.all([page.context().close(), there.page.context().close()]);
});

test('a vote waits for the proof of who gives it, and goes on by itself with what was written', async () => {
  const caseId = await persons.approving(exampleForm());
  await persons.taskOf('vice-director-1', caseId, 'vote');
  const { password } = await issued('vice-director-1');
  await database.query(
    `INSERT INTO policy_versions (version, effective_from, values, note)
     SELECT max(version) + 1, now(), '{"stepUpVote": true}'::jsonb, '表决前验证' FROM policy_versions`,
  );
  const { page, faults } = await browsing.watchedPage({ viewport: phone });
  await typed(page, 'vice-director-1', password);
  await page.getByLabel('新密码', { exact: true }).fill(GOOD);
  await page.getByLabel('再次输入新密码').fill(GOOD);
  await page.keyboard.press('Enter');
  await page.waitForURL((shown) => shown.pathname === '/inbox');
  await database.query(
    `UPDATE sessions SET authenticated_at = now() - interval '6 minutes' WHERE person_id = 'vice-director-1'`,
  );
  await page.goto(`/cases/${caseId}`);
  const bar = page.getByRole('region', { name: '我的表决' });
  await bar.getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('dialog', { name: '确认表决' }).getByRole('button', { name: '确认：同意' }).click();
  const dialog = page.getByRole('dialog', { name: '请再次验证身份' });
  await dialog.getByLabel('密码', { exact: true }).fill('not this one');
  await dialog.getByRole('button', { name: '验证并继续' }).click();
  await dialog.getByRole('alert').waitFor();
  expect(await grave(page)).toEqual([]);
  await dialog.getByLabel('密码', { exact: true }).fill(GOOD);
  await dialog.getByRole('button', { name: '验证并继续' }).click();
  await dialog.waitFor({ state: 'detached' });
  await bar.getByText('已表决：同意').waitFor();
  expect(unexpected(faults)).toEqual([]);
  await page.context().close();
});

test('the security administrator gives out an account, and sees its password once', async () => {
  const { page, faults } = await browsing.signedIn('security-admin');
  await page.goto('/local-accounts');
  await page.getByLabel('人员').click();
  await page.keyboard.type('法务');
  await page.locator('.ant-select-item-option', { hasText: '法务' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '发放账号' }).click();
  const told = page.getByRole('status').locator('code');
  expect(await told.textContent()).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
  expect(await grave(page)).toEqual([]);
  await page.reload();
  await page.getByText('待首次登录').waitFor();
  expect(await page.locator('code').count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});
