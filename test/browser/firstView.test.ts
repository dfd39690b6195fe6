import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi } from '../support/api.ts';
import { type Browsing, startBrowser } from '../support/browser.ts';
import { startCompany } from '../support/company.ts';
import { fillCompany } from '../support/filled.ts';

// The first view of the inbox with 100,000 cases stored, each time in a browser that has nothing of the console yet.
const CASES = 100_000;
/** One view within the bound is enough: what is slow now and then has a busy machine to thank, and no view is fast by chance. */
const MOST_VIEWS = 20;
const WITHIN_MS = 1000;
/** What a view costs the page's own thread, whatever else the machine does meanwhile. */
const OWN_MS = 700;
/** So many programs wait for each processor, and a clock on the wall measures them and not the console. */
const BUSY = 3;

const consoleFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));
const company = await startCompany();
const api = await startApi(company, (deps) => ({ ...deps, consoleFolder }));
let browsing: Browsing;

type View = {
  readonly ms: number;
  readonly ownMs: number;
  readonly requests: number;
  readonly bytes: number;
  readonly faults: readonly string[];
};
const views: View[] = [];

beforeAll(async () => {
  await fillCompany(company, { cases: CASES, open: 300 });
  await company.stopWorker();
  browsing = await startBrowser(api.url);
  while (views.length < MOST_VIEWS && !views.some(({ ms }) => ms < WITHIN_MS)) views.push(await view());
}, 900_000);
afterAll(() => browsing?.close());

/** Opens the inbox of a committee member and waits for its first row. */
async function view(): Promise<View> {
  const { page, faults } = await browsing.signedIn('east-head');
  // Milliseconds from the navigation until a row is in the page, as the browser counts them.
  await page.addInitScript(`
    new MutationObserver((_, watching) => {
      if (!document.querySelector('main .inbox-row')) return;
      watching.disconnect();
      requestAnimationFrame(() => console.debug('first row', performance.now()));
    }).observe(document, { childList: true, subtree: true });`);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    sizes.push(
      request.sizes().then(
        ({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize,
        // It ended with its page.
        () => 0,
      ),
    );
  });
  // Told by the page itself: whoever looks into it meanwhile takes of its time.
  const shown = page.waitForEvent('console', (told) => told.text().startsWith('first row'));
  await page.goto('/inbox', { waitUntil: 'commit' });
  const ms = Number((await shown).text().split(' ').at(-1));
  await page.waitForLoadState('load');
  const { metrics } = await session.send('Performance.getMetrics');
  const ownMs = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  const transferred = await Promise.all(sizes);
  await page.context().close();
  const bytes = transferred.reduce((sum, size) => sum + size, 0);
  return { ms: Math.round(ms), ownMs: Math.round(ownMs), requests: transferred.length, bytes, faults };
}

const least = (of: (view: View) => number): number => Math.min(...views.map(of));
const isBusy = (): boolean => (loadavg()[0] ?? 0) / availableParallelism() > BUSY;

test('it is there within one second', () => {
  const times = views.map(({ ms }) => ms).join(', ');
  const own = least(({ ownMs }) => ownMs);
  console.log(
    `first row after ${times} ms, ${own} ms of the page itself; ${views[0]?.requests} requests, ${views[0]?.bytes} bytes`,
  );
  expect(own).toBeLessThan(OWN_MS);
  if (!isBusy()) expect(least(({ ms }) => ms)).toBeLessThan(WITHIN_MS);
});

test('it takes few requests, little is transferred, and no other host is asked', () => {
  for (const { requests, bytes, faults } of views) {
    expect(requests).toBeLessThanOrEqual(40);
    expect(bytes).toBeLessThan(480_000);
    expect(faults).toEqual([]);
  }
});
