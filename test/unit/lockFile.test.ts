import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Locked = { version: string; optionalDependencies?: Record<string, string> };

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, Locked>;
};

/** Whether a package that stands at `path` would find `name`, looking upwards as Node does. */
function isLocked(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (packages[`${folder}${folder === '' ? '' : '/'}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

// npm leaves out what it could not fetch while it wrote the file, and `npm ci` then refuses the whole of it.
test('the lock file names the packages of every platform, so that a fresh clone installs on each', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
  );
  expect(missing).toEqual([]);
});
