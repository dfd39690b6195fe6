import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi } from '../support/api.ts';
import { type Browsing, startBrowser } from '../support/browser.ts';
import { startCompany } from '../support/company.ts';
import { fillCompany } from '../support/filled.ts';

// The first view of the inbox with 100,000 cases stored, each time in a browser that has nothing of the console yet.
const CASES = 100_000;
const VIEWS = 8;

const consoleFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));
const company = await startCompany();
const api = await startApi(company, (deps) => ({ ...deps, consoleFolder }));
let browsing: Browsing;

type View = {
  readonly ms: number;
  readonly requests: number;
  readonly bytes: number;
  readonly faults: readonly string[];
};
const views: View[] = [];

beforeAll(async () => {
  await fillCompany(company, { cases: CASES, open: 300 });
  await company.stopWorker();
  browsing = await startBrowser(api.url);
  for (let count = 0; count < VIEWS; count++) views.push(await view());
}, 900_000);
afterAll(() => browsing?.close());

/** Opens the inbox of a committee member and waits for its first card. */
async function view(): Promise<View> {
  const { page, faults } = await browsing.signedIn('east-head');
  // Milliseconds from the navigation until a card is in the page, as the browser counts them.
  await page.addInitScript(`
    new MutationObserver((_, watching) => {
      if (!document.querySelector('main .cards li')) return;
      watching.disconnect();
      requestAnimationFrame(() => { window.firstCard = performance.now(); });
    }).observe(document, { childList: true, subtree: true });`);
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    sizes.push(
      request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
    );
  });
  await page.goto('/inbox');
  const ms = Number(await (await page.waitForFunction('window.firstCard')).jsonValue());
  const transferred = await Promise.all(sizes);
  await page.context().close();
  const bytes = transferred.reduce((sum, size) => sum + size, 0);
  return { ms: Math.round(ms), requests: transferred.length, bytes, faults };
}

test('it is there within a second', () => {
  console.log(
    `first card after ${views.map(({ ms }) => ms).join(', ')} ms; ${views[0]?.requests} requests, ${views[0]?.bytes} bytes`,
  );
  expect(Math.min(...views.map(({ ms }) => ms))).toBeLessThan(1000);
});

test('it takes few requests, little is transferred, and no other host is asked', () => {
  for (const { requests, bytes, faults } of views) {
    expect(requests).toBeLessThanOrEqual(40);
    expect(bytes).toBeLessThan(450_000);
    expect(faults).toEqual([]);
  }
});
