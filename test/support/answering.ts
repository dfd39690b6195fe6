import type { Locator, Page } from 'playwright-core';

/** A task of the reader on the case's page, by the name of its kind. */
export const taskOn = (page: Page, kind: string): Locator =>
  page.getByRole('region', { name: `待办：${kind}`, exact: true });

export const choose = (within: Locator, name: string): Promise<void> =>
  within.getByRole('radio', { name, exact: true }).check();

/** Submits the answer that was filled in, and waits for its receipt. */
export async function answer(page: Page, kind: string, action: string): Promise<void> {
  await taskOn(page, kind)
    .getByRole('button', { name: `提交：${action}`, exact: true })
    .click();
  await page.locator('.ant-message', { hasText: '已办理' }).waitFor();
}

/** Chooses in a drop-down list by typing a part of what is shown. */
export async function pick(within: Locator | Page, page: Page, label: string, text: string): Promise<void> {
  const input = within.getByLabel(label, { exact: true });
  await input.click();
  await input.fill(text);
  await page.locator('.ant-select-item-option:visible', { hasText: text }).first().click();
}
