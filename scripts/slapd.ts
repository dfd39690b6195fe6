import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../platform/temporalBinary.ts';

/** A directory server to run: its program, its modules and schemas, and where its own libraries are. */
export type Slapd = {
  readonly program: string;
  readonly modules: string;
  readonly schemas: string;
  readonly libraries: string;
};

/**
 * OpenLDAP's slapd: the installed one, else Debian's package unpacked into the project's cache: nothing is installed, no service
 * starts. Errors: says how to bring it.
 */
export async function findSlapd(): Promise<Slapd> {
  const installed = ['/usr/sbin', ...(process.env.PATH ?? '').split(delimiter)]
    .map((folder) => join(folder, 'slapd'))
    .find(isExecutable);
  if (installed) return { program: installed, modules: '/usr/lib/ldap', schemas: '/etc/ldap/schema', libraries: '' };
  const folder = join(await cacheFolder(), 'slapd');
  if (!isExecutable(join(folder, 'usr/sbin/slapd'))) unpack(folder);
  const libraries = ['usr/lib', 'lib'].flatMap((each) => {
    const path = join(folder, each);
    const own = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('-linux-gnu')) : [];
    return own.map((name) => join(path, name));
  });
  return {
    program: join(folder, 'usr/sbin/slapd'),
    modules: join(folder, 'usr/lib/ldap'),
    schemas: join(folder, 'etc/ldap/schema'),
    libraries: libraries.join(delimiter),
  };
}

/** Unpacks beside the final folder and renames, so that two at once, or a broken one, leave no half a server. */
function unpack(folder: string): void {
  const work = mkdtempSync(`${folder}-`);
  const apt = (...args: string[]) => execFileSync('apt-get', args, { cwd: work, encoding: 'utf8', stdio: 'pipe' });
  try {
    const missing = () => apt('--simulate', '--no-install-recommends', 'install', 'slapd');
    let plan: string;
    try {
      plan = missing();
    } catch {
      // A fresh machine has no lists of packages yet.
      apt('update', '-qq');
      plan = missing();
    }
    const packages = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => String(name));
    apt('download', ...packages);
    for (const file of readdirSync(work).filter((name) => name.endsWith('.deb')))
      execFileSync('dpkg-deb', ['--extract', join(work, file), join(work, 'root')]);
    renameSync(join(work, 'root'), folder);
  } catch (cause) {
    if (isExecutable(join(folder, 'usr/sbin/slapd'))) return;
    throw new Error('The tests of directories need OpenLDAP: install it (on Debian: apt-get install slapd).', {
      cause,
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
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
