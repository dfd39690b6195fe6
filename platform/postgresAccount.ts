import { execFile } from 'node:child_process';
import { chown, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Under which account PostgreSQL's programs run: words put before the command, or a user and group of the system. */
export type PostgresAccount = { prefix: readonly string[]; uid?: number; gid?: number };

/** Mode of folders on the way to the cluster: where root starts it, another user may have to pass (not to list). */
export const PASSABLE = process.getuid?.() === 0 ? 0o711 : 0o700;

const UNSHARE = ['unshare', '--user', '--map-user=1000', '--map-group=1000'] as const;

/**
 * PostgreSQL refuses to run as root. So root runs it in a user namespace where root is somebody else (files stay root's, no
 * account is added to the system), or, where that is forbidden, as the system user `postgres`.
 * `program` and `folder` must be within that user's reach. Errors: says what to do when neither way is open.
 */
export async function postgresAccount(program: string, folder: string): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const [unshare, ...unshareArgs] = UNSHARE;
  const isNamespaceAllowed = await run(unshare, [...unshareArgs, program, '--version']).then(
    () => true,
    () => false,
  );
  if (isNamespaceAllowed) return { prefix: UNSHARE };
  const user = (await systemUser()) ?? (await addSystemUser());
  const isReachable =
    user !== null &&
    (await Promise.all([run(program, ['--version'], user), run('test', ['-x', folder], user)]).then(
      () => true,
      () => false,
    ));
  if (isReachable) return { prefix: [], ...user };
  throw new Error(
    'The embedded PostgreSQL cannot run: it refuses to run as root, user namespaces (unshare) are forbidden here, and ' +
      `the system user "postgres" is missing or may not enter ${dirname(program)} and ${folder}. Start as an ordinary ` +
      'user, move them where others may enter, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}

/** Gives a folder and everything in it to the account that is to use it (an earlier start may have used another way). */
export async function handOver(folder: string, account: PostgresAccount): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const uid = account.uid ?? 0;
  const gid = account.gid ?? 0;
  if ((await stat(folder)).uid === uid) return;
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true })) await chown(join(folder, entry), uid, gid);
}

async function systemUser(): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, 'postgres'])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return null;
  }
}

async function addSystemUser(): Promise<{ uid: number; gid: number } | null> {
  await run('useradd', ['--system', '--user-group', 'postgres']).catch(() => null);
  return systemUser();
}
