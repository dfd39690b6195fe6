// npm run try-package -- FILE: tries a package (npm run package) as a stranger would: in an empty folder, without any network but
// loopback, as an ordinary user who cannot write to the code, in production mode. Needs root, for the network namespace.
import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool } from './package/tool.ts';

const NOBODY = '65534';
const [file] = process.argv.slice(2);
if (!file || process.getuid?.() !== 0) {
  console.error('Give the archive to try, and run it as root: npm run try-package -- FILE');
  process.exit(2);
}
const work = await mkdtemp(join(tmpdir(), 'approvals-try-'));
try {
  await chmod(work, 0o755);
  await runTool('tar', ['-xzf', resolve(file)], work);
  const [name = ''] = await readdir(work);
  const installed = join(work, 'installed');
  await runTool('sh', [join(work, name, 'install.sh'), '--to', installed], work);
  await rm(join(work, name), { recursive: true });
  await runTool('chmod', ['-R', 'a-w', installed], work);
  await mkdir(join(work, 'home'));
  await runTool('chown', ['-R', `${NOBODY}:${NOBODY}`, join(work, 'home')], work);
  await runTool(
    'cp',
    [fileURLToPath(new URL('./package/trial.ts', import.meta.url)), join(work, 'home/trial.ts')],
    work,
  );
  const script = [
    'ip link set lo up',
    `cd ${join(work, 'home')}`,
    `exec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups --no-new-privs env -i PATH=/usr/bin:/bin HOME=${join(work, 'home')} LANG=C.UTF-8 ${installed}/bin/node trial.ts ${installed}`,
  ].join(' && ');
  const child = spawn('unshare', ['--net', '--', 'sh', '-c', script], { stdio: 'inherit' });
  process.exitCode = await new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)));
} finally {
  await rm(work, { recursive: true, force: true });
}
