// Brings a clone to where it can start: packages, the database client, the console. Runs before `npm start`, `npm test` and
// the others, on whatever Node (18 or newer) the machine has, so it is plain JavaScript without any package. Each part is
// done only when it is missing or its sources changed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { arePackagesInstalled, bundledNode, ROOT } from './installed.js';

const LOCK = join(ROOT, '.install-lock');

await withLock(async () => {
  if (!arePackagesInstalled()) await step('Installing packages', installPackages);
  await whenChanged({
    name: 'client',
    says: 'Generating the database client',
    sources: ['prisma/schema.prisma', 'prisma.config.ts'],
    result: 'prisma/generated/client.ts',
    work: generateClient,
  });
  await whenChanged({
    name: 'console',
    says: 'Building the console',
    sources: ['web', 'domain', 'forms', 'api/contract', 'docs/manual.zh-CN.md', 'docs/manual.en.md', 'docs/pictures'],
    result: 'web/dist/index.html',
    work: buildConsole,
  });
});

function installPackages() {
  // Development packages too, also where NODE_ENV=production would leave them out: they build the console.
  return run('npm', ['ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']);
}

function generateClient() {
  return run(bundledNode, ['node_modules/prisma/build/index.js', 'generate', '--no-hints'], {
    // Prisma would download its schema engine, which generating does not need, unless it is given some executable.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
  });
}

function buildConsole() {
  return run(bundledNode, ['node_modules/vite/bin/vite.js', 'build', 'web'], { NODE_ENV: 'production' });
}

async function whenChanged({ name, says, sources, result, work }) {
  const stamp = join(ROOT, 'node_modules', '.stamps', name);
  const hash = hashOf(['package-lock.json', ...sources]);
  if (existsSync(join(ROOT, result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  rmSync(stamp, { force: true });
  await step(says, work);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

async function step(says, work) {
  const began = Date.now();
  process.stdout.write(`${says} … `);
  await work();
  process.stdout.write(`${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

/** One installation at a time in this clone; whoever comes second waits and then finds the work done. */
async function withLock(work) {
  let isWaiting = false;
  while (!takeLock()) {
    const owner = lockOwner();
    if (owner !== null && !isAlive(owner)) {
      rmSync(LOCK, { recursive: true, force: true });
      continue;
    }
    if (!isWaiting) process.stdout.write('Waiting for another installation in this folder …\n');
    isWaiting = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  process.on('exit', () => rmSync(LOCK, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
  await work();
}

function takeLock() {
  try {
    mkdirSync(LOCK);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(LOCK, 'pid'), String(process.pid));
  return true;
}

/** The pid of the lock's owner: null while it is still writing it, 0 when it died before it could. */
function lockOwner() {
  try {
    return Number(readFileSync(join(LOCK, 'pid'), 'utf8')) || null;
  } catch {
    const made = statSync(LOCK, { throwIfNoEntry: false });
    return made && Date.now() - made.mtimeMs > 5000 ? 0 : null;
  }
}

function isAlive(pid) {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function run(command, args, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    const fail = (reason) => {
      process.stderr.write(`failed\n${Buffer.concat(output)}\n${command} ${args.join(' ')}: ${reason}\n`);
      process.exit(1);
    };
    child.on('error', (error) => fail(error.message));
    child.on('close', (code, signal) => (code === 0 ? resolve() : fail(signal ?? `exit code ${code}`)));
  });
}

function hashOf(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function filesOf(path) {
  const found = statSync(join(ROOT, path), { throwIfNoEntry: false });
  if (!found || path === 'web/dist') return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(join(ROOT, path))
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`));
}
