import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The browser the tests drive: CHROMIUM_PATH, else the first of the usual names on PATH; null when there is none. */
export function findBrowser(): string | null {
  const given = process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = given ? [given] : NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

/** Whether the system can draw Chinese text; without `fc-list` that cannot be told and counts as no. */
export function hasChineseFont(): boolean {
  try {
    return execFileSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    // macOS has no fontconfig, and always a Chinese font.
    return process.platform === 'darwin';
  }
}

/**
 * Sees to it that a browser and a Chinese font are there, installing them where this is root on a Debian.
 * Errors: names what is missing and how to bring it.
 */
export function ensureBrowser(): void {
  const missing = () => [
    ...(findBrowser() === null ? ['chromium'] : []),
    ...(hasChineseFont() ? [] : ['fontconfig', 'fonts-noto-cjk']),
  ];
  const wanted = missing();
  if (wanted.length > 0 && process.getuid?.() === 0) install(wanted);
  const still = missing();
  if (still.length === 0) return;
  throw new Error(
    `The browser tests need ${still.join(' and ')}: install them (on Debian: apt-get install chromium fonts-noto-cjk), ` +
      'or name a Chromium with CHROMIUM_PATH.',
  );
}

function install(packages: readonly string[]): void {
  console.log(`Installing ${packages.join(' and ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'inherit' });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      stdio: 'inherit',
    });
  } catch (cause) {
    console.error(`apt-get did not do it: ${(cause as Error).message}`);
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
