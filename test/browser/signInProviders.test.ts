import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../platform/ports.ts';
import { lastPostgresUrl } from '../../platform/postgres.ts';
import { type Browsing, phone, startBrowser } from '../support/browser.ts';
import { exampleForm } from '../support/company.ts';
import { BASE, type DirectoryServer, PASSWORD, READER, startDirectoryServer } from '../support/directoryServer.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { type OpenIdProvider, startOpenIdProvider } from '../support/openId/provider.ts';
import { type Persons, personsOf } from '../support/persons.ts';

let folder: string;
let directory: DirectoryServer;
let provider: OpenIdProvider;
let instance: Instance;
let browsing: Browsing;
let persons: Persons;

const named = (id: string, label: string, labelEn: string) => ({ id, label, labelEn });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'approvals-sign-in-'));
  const port = await freePort();
  [directory, provider] = await Promise.all([
    startDirectoryServer(),
    startOpenIdProvider([`http://127.0.0.1:${port}/api/v1/sign-in/company/callback`], {
      vera: { name: '副主任', employee_number: 'vice-director-1' },
      ada: { name: '华中经办人', employee_number: 'central-submitter' },
      newcomer: { name: '南区新人', preferred_username: 'newcomer' },
    }),
  ]);
  const signInFile = join(folder, 'sign-in.json');
  await writeFile(
    signInFile,
    JSON.stringify({
      publicUrl: `http://127.0.0.1:${port}`,
      methods: [
        {
          ...named('company', '公司账号', 'Company account'),
          kind: 'openIdConnect',
          issuer: provider.issuer,
          clientId: provider.client.id,
          clientSecret: { env: 'COMPANY_CLIENT_SECRET' },
          personBy: 'employee_number',
        },
        {
          ...named('directory', '域账号', 'Domain account'),
          kind: 'directory',
          servers: [directory.tlsUrl],
          caFile: directory.caFile,
          bindDn: READER.dn,
          bindPassword: { env: 'DIRECTORY_PASSWORD' },
          base: BASE,
          personBy: 'employeeNumber',
          roles: [{ group: `cn=heads,ou=groups,${BASE}`, role: 'submitter', unit: 'no-such-unit' }],
        },
      ],
    }),
  );
  instance = await startInstance({
    env: {
      PORT: String(port),
      SIGN_IN_FILE: signInFile,
      COMPANY_CLIENT_SECRET: provider.client.secret,
      DIRECTORY_PASSWORD: READER.password,
    },
  });
  browsing = await startBrowser(instance.url);
  persons = await personsOf(instance);
});
afterAll(async () => {
  await browsing?.close();
  await instance?.discard();
  await Promise.all([provider?.stop(), directory?.discard()]);
  await rm(folder, { recursive: true, force: true });
});

/** Fills in the provider's own form, and agrees where it asks. */
async function atProvider(page: Page, login: string): Promise<void> {
  await typedAtProvider(page, login);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL((url) => url.origin === instance.url);
}

async function typedAtProvider(page: Page, login: string): Promise<void> {
  await page.waitForURL((url) => url.origin === provider.issuer);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any password');
  await page.locator('button[type=submit]').click();
}

/** What the console asked or complained of; the provider's own page is not ours, and would like a font from elsewhere. */
const ownFaults = (faults: readonly string[]) =>
  faults.filter((fault) => !fault.includes(provider.issuer) && !fault.includes('fonts.googleapis.com'));

/** A browser that asks this machine alone, whatever the provider's page would like. */
async function visitor(options?: Parameters<Browsing['watchedPage']>[0]) {
  const watched = await browsing.watchedPage(options);
  await watched.page.route(/^https:/, (route) => route.abort());
  return watched;
}

async function grave(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

test('one signs in at the company’s provider and is where one was going', async () => {
  const { page, faults } = await visitor();
  await page.goto('/sign-in?next=%2Faccounts');
  await page.getByRole('link', { name: /公司账号/ }).click();
  await atProvider(page, 'ada');
  await page.waitForURL('**/accounts');
  await page.goto('/me');
  await page.getByRole('heading', { name: '我的' }).waitFor();
  expect(ownFaults(faults)).toEqual([]);
});

test('on a phone one signs in with the domain account; a wrong password and a disabled account are told in words', async () => {
  const { page } = await visitor({ viewport: phone });
  await page.goto('/sign-in');
  await page.getByText('域账号', { exact: true }).click();
  const enter = async (login: string, password: string) => {
    await page.getByLabel('账号', { exact: true }).fill(login);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
  };
  await enter('head1', 'wrong');
  await page.getByText('账号或密码不正确').first().waitFor();
  await enter('left1', PASSWORD);
  await page.getByText('您的公司账号已停用').first().waitFor();
  expect(await grave(page)).toEqual([]);
  await enter('head1', PASSWORD);
  await page.waitForURL('**/inbox');
});

test('who is not linked is told whom to ask; the security administrator links him, and he is in', async () => {
  const { page } = await visitor();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: /公司账号/ }).click();
  await atProvider(page, 'newcomer');
  await page.getByText('安全保密管理员').first().waitFor();

  const admin = await browsing.signedIn('security-admin');
  await admin.page.goto('/identities');
  const row = admin.page.getByRole('row', { name: /南区新人/ });
  await row.getByRole('button', { name: '选择人员关联' }).click();
  const dialog = admin.page.getByRole('dialog', { name: '“南区新人”是谁？' });
  await dialog.getByLabel('人员').click();
  await admin.page.keyboard.type('华南分公司经办人');
  await admin.page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: /关\s?联/ }).click();
  await admin.page.getByText('没有等待关联的账号').waitFor();
  await admin.page.getByText('配置中的单位不存在或已撤销').waitFor();
  expect(await grave(admin.page)).toEqual([]);
  expect(admin.faults).toEqual([]);

  await page.goto('/sign-in');
  await page.getByRole('link', { name: /公司账号/ }).click();
  await page.waitForURL('**/inbox');
});

test('a vote waits for the proof at the provider, in a window of its own, and is then cast as it was chosen', async () => {
  const caseId = await persons.approving(exampleForm());
  await persons.taskOf('vice-director-1', caseId, 'vote');
  const database = new pg.Client((await lastPostgresUrl(join(instance.dataDir, 'postgres'))) ?? '');
  await database.connect();
  await database.query(
    `INSERT INTO policy_versions (version, effective_from, values, note)
     SELECT max(version) + 1, now(), '{"stepUpVote": true}'::jsonb, '表决前验证' FROM policy_versions`,
  );
  await database.end();
  const { page, faults } = await visitor({ viewport: phone });
  await page.context().route(/^https:/, (route) => route.abort());
  await page.goto('/sign-in');
  await page.getByRole('link', { name: /公司账号/ }).click();
  await atProvider(page, 'vera');
  await page.waitForURL('**/inbox');
  await page.goto(`/cases/${caseId}`);
  const bar = page.getByRole('region', { name: '我的表决' });
  await bar.getByRole('button', { name: '反对', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: '确认表决' });
  await sheet.getByRole('textbox').fill('账期过长');
  await sheet.getByRole('button', { name: '确认：反对' }).click();
  const dialog = page.getByRole('dialog', { name: '请再次验证身份' });
  await dialog.getByText('按原来的选择自动提交').waitFor();
  expect(await grave(page)).toEqual([]);
  const there = async () => {
    const opened = page.context().waitForEvent('page');
    await dialog.getByRole('link', { name: /公司账号/ }).click();
    return opened;
  };

  // Somebody else proves himself there: nothing is cast, and the window says so.
  const wrong = await there();
  await typedAtProvider(wrong, 'ada');
  await wrong.getByRole('button', { name: 'Continue' }).click();
  await wrong.getByText('身份没有验证成功').waitFor();
  expect(await grave(wrong)).toEqual([]);
  await wrong.close();
  expect(await dialog.isVisible()).toBe(true);

  const proving = await there();
  await typedAtProvider(proving, 'vera');
  await proving.getByRole('button', { name: 'Continue' }).click();
  await dialog.waitFor({ state: 'detached' });
  await bar.getByText('已表决：反对').waitFor();
  expect(ownFaults(faults).filter((fault) => !/status of 403/.test(fault))).toEqual([]);
  await page.context().close();
});

test('who signs out of a session opened at the provider can end that one too', async () => {
  const { page } = await visitor();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: /公司账号/ }).click();
  await atProvider(page, 'ada');
  await page.waitForURL('**/inbox');
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByText('您在“公司账号”的登录仍然有效').waitFor();
  expect(await grave(page)).toEqual([]);
  await page.getByRole('link', { name: '同时退出公司账号' }).click();
  await page.waitForURL((url) => url.origin === provider.issuer);
  await page.getByRole('button', { name: /Yes, sign me out/ }).click();
  await page.waitForURL((url) => url.origin === instance.url && url.pathname === '/sign-in');
  await page.getByRole('link', { name: /公司账号/ }).click();
  await page.locator('input[name=login]').waitFor();
  await page.context().close();
});
