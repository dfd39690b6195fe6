import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder } from '../../platform/temporalBinary.ts';

const run = promisify(execFile);
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** There is no Python here, or no package index within reach. */
export class NotAtHand extends Error {}

/**
 * The path of schemathesis, in a virtual environment of the user's cache; installed there once, every file checked against its digest.
 * @throws NotAtHand where it cannot be had
 */
export async function schemathesisProgram(): Promise<string> {
  const digest = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const cache = await cacheFolder();
  const folder = join(cache, `schemathesis-${digest}`);
  const program = join(folder, 'bin', 'st');
  if (await isThere(program)) return program;
  const broken = await mkdtemp(join(cache, 'schemathesis-broken-'));
  try {
    // A virtual environment knows its own path, so it is made where it stays; one that was left half made goes first.
    await rename(folder, join(broken, 'half')).catch(() => {});
    await run('python3', ['-m', 'venv', folder]);
    await run(join(folder, 'bin', 'pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--require-hashes',
      '-r',
      requirements,
    ]);
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw new NotAtHand(
      'schemathesis cannot be installed: it needs Python 3.10 or newer with venv, and the Python package index.',
      { cause },
    );
  } finally {
    await rm(broken, { recursive: true, force: true });
  }
  return program;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
