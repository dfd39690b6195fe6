import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../scripts/browser.ts';

/** Generous, for a busy machine: nothing waits for time to pass, only for what is to appear. */
const PATIENCE_MS = 60_000;

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

/** A page that is watched: `faults` gathers what its console says ill and whom it asks but its own host. */
export type Watched = { readonly page: Page; readonly faults: readonly string[] };

type BrowsingOptions = BrowserContextOptions & { readonly tour?: boolean };

export type Browsing = Awaited<ReturnType<typeof startBrowser>>;

/** How Chromium is launched. Errors: there is no browser (see scripts/browser.ts). */
function launching() {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('No Chromium on PATH, and CHROMIUM_PATH names none.');
  const environment = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return {
    executablePath,
    // Without a UTF-8 locale Chromium cannot read a file whose name is Chinese.
    env: { ...environment, LC_ALL: 'C.UTF-8' },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}

const viewing = { viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' } as const;

/** A browser whose profile lies in `folder`, as a person's own does; `crash` kills it as if the machine had lost its power. */
export async function startProfile(url: string, folder: string) {
  const context = await chromium.launchPersistentContext(folder, { ...launching(), ...viewing, baseURL: url });
  context.setDefaultTimeout(PATIENCE_MS);
  return {
    context,
    page: context.pages()[0] ?? (await context.newPage()),
    async crash(): Promise<void> {
      const pid = await browserOf(folder);
      const gone = new Promise((resolve) => context.once('close', resolve));
      process.kill(pid, 'SIGKILL');
      await gone;
    },
  };
}

/** The browser's own process among those of its profile: the one that is nobody's helper. */
async function browserOf(folder: string): Promise<number> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(`--user-data-dir=${folder}`) && !command.includes('--type=')) return Number(name);
  }
  throw new Error(`no browser has its profile in ${folder}`);
}

/** Chromium on the console at `url`. Errors: there is no browser (see scripts/browser.ts). */
export async function startBrowser(url: string) {
  const browser = await chromium.launch(launching());

  /**
   * A page with cookies of its own. Motion is reduced, so that nothing is clicked while it moves, and nobody is shown around but by
   * the test of the tour.
   */
  async function watchedPage({ tour = false, ...options }: BrowsingOptions = {}): Promise<Watched> {
    const context = await browser.newContext({
      baseURL: url,
      ...viewing,
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    if (!tour) await context.addInitScript("localStorage.setItem('toured', '*')");
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      // Chromium calls every refusal an error; before anybody has signed in, this one tells the console so.
      if (message.location().url === `${url}/api/v1/me` && message.text().includes('401')) return;
      if (['error', 'warning'].includes(message.type()))
        faults.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
    page.on('request', (request) => {
      const asked = new URL(request.url());
      if (asked.protocol.startsWith('http') && asked.origin !== url) faults.push(`asked ${request.url()}`);
    });
    return { page, faults };
  }

  return {
    watchedPage,
    /** Signed in by choosing the person by name on the sign-in page, and then at `path`. */
    async enter(name: string, path: string, options?: BrowsingOptions): Promise<Watched> {
      const watched = await watchedPage(options);
      await watched.page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
      await watched.page.getByRole('button', { name: new RegExp(`^${name}( |$)`) }).click();
      await watched.page.waitForURL((shown) => shown.pathname + shown.search === path);
      return watched;
    },
    /** Signed in without the page, for tests of other pages. */
    async signedIn(personId: string, options?: BrowsingOptions): Promise<Watched> {
      const watched = await watchedPage(options);
      const answer = await watched.page.request.post('/api/v1/sessions', {
        headers: { 'Idempotency-Key': randomUUID() },
        data: { method: 'demo', personId },
      });
      if (!answer.ok()) throw new Error(`${personId} could not sign in: ${answer.status()} ${await answer.text()}`);
      return watched;
    },
    close: () => browser.close(),
  };
}
