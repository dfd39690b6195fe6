import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { RecommendationView } from '../../api/contract/recommendations.ts';
import { startProfile } from '../support/browser.ts';
import { exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { poll } from '../support/poll.ts';

const { instance, persons, open, excuse } = await startConsole();
const SUBMITTER = 'central-submitter';
const stored = (caseId: string) =>
  persons.ask<RecommendationView>(SUBMITTER, 'GET', `/recommendations/${caseId}`).then(({ form }) => form);
const state = (page: Page, text: string) => page.locator('.form-foot').getByText(text, { exact: true }).waitFor();
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

async function opened(caseId: string): Promise<Page> {
  const page = await open(SUBMITTER, `/recommendations/${caseId}`);
  // Chromium calls every request without a network an error, and the refusal of what was changed elsewhere.
  excuse(page, /ERR_INTERNET_DISCONNECTED| 412 /);
  await state(page, '已保存');
  return page;
}

/** What the browser has stored of drafts: how many, whether a text can be found in it, whether a key can be taken out. */
const onDevice = (page: Page, text: string) => page.evaluate<OnDevice>(`(${inPage})(${JSON.stringify(text)})`);

type OnDevice = {
  readonly drafts: number;
  readonly keys: number;
  readonly found: boolean;
  readonly exportable: boolean;
};

/** Runs in the page, so it is a text here. */
const inPage = `async (wanted) => {
  const all = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await all(indexedDB.open('unsaved-drafts'));
  const read = database.transaction(['drafts', 'keys']);
  const [drafts, keys] = await Promise.all([
    all(read.objectStore('drafts').getAll()),
    all(read.objectStore('keys').getAll()),
  ]);
  database.close();
  const bytes = drafts.map((entry) => new TextDecoder().decode(entry.sealed) + JSON.stringify(entry));
  const taken = await Promise.allSettled(keys.map((key) => crypto.subtle.exportKey('raw', key)));
  return {
    drafts: drafts.length,
    keys: keys.length,
    found: bytes.some((each) => each.includes(wanted)),
    exportable: taken.some(({ status }) => status === 'fulfilled'),
  };
}`;

describe('a draft whose network is lost', () => {
  test('keeps what is typed on the device, encrypted, and saves it when the network is back', async () => {
    const caseId = await persons.drafted(exampleForm());
    const page = await opened(caseId);
    await page.context().setOffline(true);
    await field(page, '规模').fill('特大型，断网时填写');
    await state(page, '网络不通，恢复后自动保存');
    await state(page, '已加密保留在本机，重新打开后仍在');
    expect(await onDevice(page, '断网时填写')).toEqual({ drafts: 1, keys: 1, found: false, exportable: false });
    await page.context().setOffline(false);
    await state(page, '已保存');
    expect((await stored(caseId)).client?.size).toBe('特大型，断网时填写');
    await poll(async () => (await onDevice(page, '')).drafts).toBe(0);
    await page.context().close();
  });

  test('has it again after the page was killed and opened anew', async () => {
    const caseId = await persons.drafted(exampleForm());
    const page = await opened(caseId);
    const context = page.context();
    await context.setOffline(true);
    await field(page, '行业类别').fill('页面被关时填写');
    await state(page, '已加密保留在本机，重新打开后仍在');
    await page.close({ runBeforeUnload: false });
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`/recommendations/${caseId}`);
    await again.getByText('已找回上次没有保存的修改。').waitFor();
    await state(again, '已保存');
    expect(await field(again, '行业类别').inputValue()).toBe('页面被关时填写');
    expect((await stored(caseId)).client?.industry).toBe('页面被关时填写');
    await context.close();
  });

  test('has it again after the browser crashed', async () => {
    const caseId = await persons.drafted(exampleForm());
    const folder = await mkdtemp(join(tmpdir(), 'profile-'));
    const before = await startProfile(instance.url, folder);
    await before.page.goto(`/sign-in?next=/recommendations/${caseId}`);
    await before.page.getByRole('button', { name: /^华中分公司经办人( |$)/ }).click();
    await state(before.page, '已保存');
    await before.context.setOffline(true);
    await field(before.page, '信誉').fill('浏览器崩溃前填写');
    await state(before.page, '已加密保留在本机，重新打开后仍在');
    await before.crash();

    const after = await startProfile(instance.url, folder);
    await after.page.goto(`/sign-in?next=/recommendations/${caseId}`);
    // Where the session did not survive the crash either, he signs in again.
    await after.page
      .getByRole('button', { name: /^华中分公司经办人( |$)/ })
      .or(field(after.page, '信誉'))
      .first()
      .waitFor();
    if (after.page.url().includes('/sign-in'))
      await after.page.getByRole('button', { name: /^华中分公司经办人( |$)/ }).click();
    await state(after.page, '已保存');
    expect((await stored(caseId)).client?.reputation).toBe('浏览器崩溃前填写');
    await after.context.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('is forgotten by the device when the person signs out, who is asked first', async () => {
    const caseId = await persons.drafted(exampleForm());
    const page = await opened(caseId);
    await page.context().setOffline(true);
    await field(page, '规模').fill('退出前未保存');
    await state(page, '已加密保留在本机，重新打开后仍在');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.locator('.ant-modal-confirm-title', { hasText: '有修改尚未保存' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click();
    // Without a network nobody is signed out, and he is told so; the draft is still his.
    await page.locator('.ant-modal-confirm-title', { hasText: '没有退出成功' }).waitFor();
    // What the page reads again with the network may be answered after the session has ended.
    excuse(page, /ERR_INTERNET_DISCONNECTED| 401 /);
    const context = page.context();
    await context.setOffline(false);
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.waitForURL('**/sign-in**');
    const again = await context.newPage();
    await again.goto('/sign-in');
    expect(await onDevice(again, '')).toMatchObject({ drafts: 0, keys: 0 });
    await context.close();
  });
});

describe('one draft in two browsers', () => {
  test('is joined where each changed something else', async () => {
    const caseId = await persons.drafted(exampleForm());
    const [one, other] = await Promise.all([opened(caseId), opened(caseId)]);
    await field(one, '规模').fill('第一台填写');
    await state(one, '已保存');
    await poll(async () => (await stored(caseId)).client?.size).toBe('第一台填写');
    await field(other, '行业类别').fill('第二台填写');
    await other.getByText('草稿在别处也有修改，已与这里的修改合并，两边都保留。').waitFor();
    await state(other, '已保存');
    expect((await stored(caseId)).client).toMatchObject({ size: '第一台填写', industry: '第二台填写' });
    expect(await field(other, '规模').inputValue()).toBe('第一台填写');
    await Promise.all([one.context().close(), other.context().close()]);
  });

  test('asks which stays where both changed the same, even if one was away and opened anew', async () => {
    const caseId = await persons.drafted(exampleForm());
    const [one, away] = await Promise.all([opened(caseId), opened(caseId)]);
    const context = away.context();
    await context.setOffline(true);
    await field(away, '规模').fill('离线的一台');
    await field(away, '行业类别').fill('只有离线的一台改过');
    await state(away, '已加密保留在本机，重新打开后仍在');
    await away.close({ runBeforeUnload: false });
    await field(one, '规模').fill('在线的一台');
    await state(one, '已保存');
    await poll(async () => (await stored(caseId)).client?.size).toBe('在线的一台');

    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`/recommendations/${caseId}`);
    const conflict = again.getByRole('alert', { name: '同一内容在两处有不同修改' });
    await conflict.getByText('离线的一台', { exact: true }).waitFor();
    await conflict.getByText('在线的一台', { exact: true }).waitFor();
    // Until he has chosen nothing is saved, and nothing is lost.
    expect((await stored(caseId)).client?.size).toBe('在线的一台');
    await conflict.getByRole('radio', { name: '保留这里的' }).check();
    await conflict.getByRole('button', { name: '按所选保存' }).click();
    await state(again, '已保存');
    await poll(async () => (await stored(caseId)).client).toMatchObject({
      size: '离线的一台',
      industry: '只有离线的一台改过',
    });
    await Promise.all([one.context().close(), context.close()]);
  });
});
