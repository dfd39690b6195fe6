import type { Page } from 'playwright-core';
import { grave } from './accessible.ts';
import { desktop, phone } from './browser.ts';

export type Look = {
  readonly size: 'desktop' | 'phone';
  readonly language: 'zh-CN' | 'en';
  readonly appearance: 'light' | 'dark';
};

/** Every width with every language, every width and every language with every appearance. */
export const looks: readonly Look[] = [
  { size: 'desktop', language: 'zh-CN', appearance: 'light' },
  { size: 'phone', language: 'zh-CN', appearance: 'dark' },
  { size: 'phone', language: 'en', appearance: 'light' },
  { size: 'desktop', language: 'en', appearance: 'dark' },
];

/** Turns to a language and an appearance by the switches that every page has; an open dialog lies over them, so they are not pressed with the mouse. */
async function turn(page: Page, { size, language, appearance }: Look): Promise<void> {
  await page.setViewportSize({ desktop, phone }[size]);
  const shown = page.locator('html');
  if ((await shown.getAttribute('lang')) !== language)
    await page
      .getByRole('button', { name: language === 'en' ? 'Switch to English' : '切换到中文' })
      .dispatchEvent('click');
  if ((await shown.getAttribute('data-appearance')) !== appearance)
    await page.getByRole('button', { name: /^(深色|浅色)模式$|^(Dark|Light) mode$/ }).dispatchEvent('click');
  await page.locator(`html[lang="${language}"][data-appearance="${appearance}"]`).waitFor();
}

/** How far the page, or a dialog over it, goes beyond its window, in pixels; 0 when both fit. */
const overflow = (page: Page) =>
  page.evaluate<number>(
    "Math.max(...[document.documentElement, ...document.querySelectorAll('.ant-modal-wrap')].map((each) => each.scrollWidth - each.clientWidth))",
  );

/** What is wrong with a page as it stands, in every look: what does not fit, and what axe finds. The page is left as it was. */
export async function wrongInAnyLook(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  const size = page.viewportSize()?.width === phone.width ? 'phone' : 'desktop';
  const html = page.locator('html');
  const language = (await html.getAttribute('lang')) as Look['language'];
  const appearance = (await html.getAttribute('data-appearance')) as Look['appearance'];
  for (const look of looks) {
    await turn(page, look);
    const over = await overflow(page);
    if (over > 0) found.push(`${Object.values(look)}: ${over} px too wide`);
    for (const fault of await grave(page)) found.push(`${Object.values(look)}: ${fault}`);
  }
  await turn(page, { size, language, appearance });
  return found;
}
