import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastPostgresUrl } from '../../platform/postgres.ts';
import { grave } from '../support/accessible.ts';
import { type Browsing, phone, startBrowser } from '../support/browser.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { wrongInAnyLook } from '../support/looks.ts';
import { type Persons, personsOf } from '../support/persons.ts';

const GOOD = 'tile-harbour-quince-71';
let folder: string;
/** The demo organisation with every kind of sign-in beside it; and a system at its first start. */
let instance: Instance;
let first: Instance;
let browsing: Browsing;
let atFirst: Browsing;
let persons: Persons;

const named = (id: string, label: string, labelEn: string) => ({ id, label, labelEn });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'approvals-sign-in-looks-'));
  const signInFile = join(folder, 'sign-in.json');
  // Nobody is asked there: the pages are looked at alone.
  const methods = [
    {
      ...named('company', '公司账号', 'Company account'),
      kind: 'openIdConnect',
      issuer: 'http://127.0.0.1:9',
      clientId: 'approvals',
    },
    {
      ...named('directory', '域账号', 'Domain account'),
      kind: 'directory',
      servers: ['ldap://127.0.0.1:9'],
      bindDn: 'cn=reader,dc=example,dc=com',
      bindPassword: { env: 'DIRECTORY_PASSWORD' },
      base: 'dc=example,dc=com',
    },
    {
      ...named('wecom', '企业微信', 'WeCom'),
      kind: 'weCom',
      corpId: 'ww1',
      agentId: '1',
      secret: { env: 'APP_SECRET' },
    },
    { ...named('feishu', '飞书', 'Feishu'), kind: 'feishu', appId: 'cli_1', appSecret: { env: 'APP_SECRET' } },
  ];
  await writeFile(signInFile, JSON.stringify({ methods }));
  [instance, first] = await Promise.all([
    startInstance({ env: { SIGN_IN_FILE: signInFile, DIRECTORY_PASSWORD: 'reader', APP_SECRET: 'secret' } }),
    startInstance({ env: { DEMO: 'off' } }),
  ]);
  [browsing, atFirst, persons] = await Promise.all([
    startBrowser(instance.url),
    startBrowser(first.url),
    personsOf(instance),
  ]);
});
afterAll(async () => {
  await Promise.all([browsing?.close(), atFirst?.close()]);
  await Promise.all([instance?.discard(), first?.discard()]);
  await rm(folder, { recursive: true, force: true });
});

const issued = async (personId: string): Promise<string> =>
  (await persons.ask<{ password: string }>('security-admin', 'POST', `/persons/${personId}/local-account`)).password;

async function typed(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByText('本系统账号', { exact: true }).click();
  await page.getByLabel('账号', { exact: true }).fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** The page as a person of the demo organisation comes to it by the first password: up to his own. */
async function firstPassword(page: Page, login: string): Promise<void> {
  await typed(page, login, await issued(login));
  await page.getByRole('heading', { name: '设置您自己的密码' }).waitFor();
}

async function ownPassword(page: Page): Promise<void> {
  await page.getByLabel('新密码', { exact: true }).fill(GOOD);
  await page.getByLabel('再次输入新密码').fill(GOOD);
  await page.keyboard.press('Enter');
  await page.waitForURL((shown) => shown.pathname === '/inbox');
}

/** To where the codes of an authenticator begin. @returns its secret */
async function secondFactor(page: Page): Promise<string> {
  await page.goto('/me');
  await page.getByRole('button', { name: '启用动态验证码' }).click();
  return (await page.locator('form#factor code').textContent()) ?? '';
}

const steps: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'several ways at once': async (page) => {
    await page.goto('/sign-in');
    await page.getByText('域账号', { exact: true }).click();
    await page.getByRole('link', { name: /企业微信/ }).waitFor();
  },
  'a stranger': async (page) => {
    await page.goto('/sign-in?problem=notLinked');
    await page.getByRole('alert').waitFor();
  },
  'a password of one’s own': (page) => firstPassword(page, 'legal-head'),
  'a login that is locked': async (page) => {
    for (let count = 0; count < 5; count += 1) {
      await typed(page, 'nobody-at-all', 'not this one');
      await page.getByRole('alert').waitFor();
    }
    await page.getByText('次数过多').first().waitFor();
  },
  'an authenticator to be added': async (page) => {
    await firstPassword(page, 'engineering-head');
    await ownPassword(page);
    await secondFactor(page);
  },
  'the code of an authenticator': async (page) => {
    await firstPassword(page, 'finance-expert');
    await ownPassword(page);
    const secret = await secondFactor(page);
    await page.locator('form#factor').getByLabel('动态验证码').fill(new TOTP({ secret }).generate());
    await page.getByRole('button', { name: '确认启用' }).click();
    await page.getByText('恢复码只显示这一次').waitFor();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByText('您已退出登录').waitFor();
    await typed(page, 'finance-expert', GOOD);
    await page.getByRole('heading', { name: '第二步：动态验证码' }).waitFor();
  },
  'signed out, and still known to the provider': async (page) => {
    await page.goto('/sign-in?left=company&ends=yes');
    await page.getByRole('link', { name: '同时退出公司账号' }).waitFor();
  },
  'proved to nobody': async (page) => {
    await page.request.post('/api/v1/sessions', {
      headers: { 'Idempotency-Key': 'looks-proved-to-nobody' },
      data: { method: 'demo', personId: 'south-deputy' },
    });
    await page.goto('/proven?problem=providerRefused');
    await page.getByText('身份没有验证成功').waitFor();
  },
};

test.each(Object.entries(steps))('%s: fits, is accessible and in order in every look', async (_what, come) => {
  const { page } = await browsing.watchedPage();
  await come(page);
  expect(await wrongInAnyLook(page)).toEqual([]);
  await page.context().close();
});

test('the first start: fits, is accessible and in order in every look', async () => {
  const { page } = await atFirst.watchedPage();
  await page.goto('/setup');
  await page.getByLabel('启动码').waitFor();
  expect(await wrongInAnyLook(page)).toEqual([]);
  await page.getByRole('button', { name: /^(完成设置|Finish)/ }).click();
  await page.locator('.ant-form-item-explain-error').first().waitFor();
  expect(await wrongInAnyLook(page)).toEqual([]);
  await page.context().close();
});

test('who came in by a way that asks nobody anew is told which way of his does, and signs out to it', async () => {
  const { page } = await browsing.watchedPage({ viewport: phone });
  await firstPassword(page, 'north-deputy');
  await ownPassword(page);
  const database = new pg.Client((await lastPostgresUrl(join(instance.dataDir, 'postgres'))) ?? '');
  await database.connect();
  await database.query(
    `UPDATE sessions SET method = 'feishu', authenticated_at = 'epoch' WHERE person_id = 'north-deputy'`,
  );
  await database.end();
  await page.goto('/me');
  await page.getByRole('button', { name: '启用动态验证码' }).click();
  const dialog = page.getByRole('dialog', { name: '请再次验证身份' });
  await dialog.getByText('您是用飞书登录的，它不能再次验证身份').waitFor();
  await dialog.getByText('请退出后改用本系统账号登录').waitFor();
  expect(await grave(page)).toEqual([]);
  await dialog.getByRole('button', { name: '退出并改用其他方式登录' }).click();
  await page.getByText('您在“飞书”的登录仍然有效').waitFor();
  await page.context().close();
});
