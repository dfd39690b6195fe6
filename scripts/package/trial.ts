// Runs on the package's own Node.js, without network: starts the whole system, makes the first administrators, signs in, and then runs an
// API and a worker as processes of their own beside it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';

const [installed = ''] = process.argv.slice(2);
const approvals = `${installed}/bin/approvals`;
const data = `${process.cwd()}/data`;
const LIMIT_MS = 300_000;
const password = 'tile-harbour-quince-71';

const check = (what: string, holds: boolean): void => {
  if (!holds) throw new Error(`✗ ${what}`);
  console.log(`✓ ${what}`);
};

function run(
  command: string,
  env: Record<string, string>,
): { child: ChildProcess; said(): string; ended: Promise<number | null> } {
  const child = spawn(approvals, [command], {
    env: { ...process.env, DATA_DIR: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  return { child, said: () => output, ended: new Promise((done) => child.once('exit', (code) => done(code))) };
}

async function until<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  said: () => string,
): Promise<NonNullable<Value>> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`✗ ${what}\n${said()}`);
    await new Promise((next) => setTimeout(next, 100));
  }
}

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });

const post = (url: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify(body),
  });
const isReady = (url: string) =>
  fetch(`${url}/readyz`).then(
    (answer) => (answer.ok ? answer.json() : null),
    () => null,
  );

check('no network but loopback', Object.keys(networkInterfaces()).join() === 'lo');
let isReadOnly = false;
try {
  mkdirSync(`${installed}/app/written`);
} catch {
  isReadOnly = true;
}
check('the code cannot be written to', isReadOnly);

const ports = { PORT: '0', POSTGRES_PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0' };
const system = run('start', { ...ports, TRUST_PROXY: '1' });
let isOver = false;
system.ended.then(() => (isOver = true));
try {
  const began = Date.now();
  const url = await until(
    'it starts',
    () => {
      if (isOver) throw new Error(`✗ it starts\n${system.said()}`);
      return /^ {2}(http:\/\/\S+)$/m.exec(system.said())?.[1];
    },
    system.said,
  );
  check(`it starts in production mode (${Math.round((Date.now() - began) / 1000)} s)`, true);
  check('it is alive', (await fetch(`${url}/healthz`)).ok);
  check('database and Temporal answer', ((await isReady(url)) as { temporal?: string } | null)?.temporal === 'up');
  check('the console is there', (await (await fetch(`${url}/`)).text()).includes('<div id="root"'));

  const code = /^ {4}([a-z]\S+)$/m.exec(system.said())?.[1] ?? '';
  const person = (login: string) => ({ name: '首任', nameEn: 'First', login, password });
  const made = await post(`${url}/api/v1/setup`, {
    code,
    company: { name: '公司', nameEn: 'Company' },
    systemAdmin: person('first-system'),
    securityAdmin: person('first-security'),
  });
  check(`the first administrators are made by the code it printed (${made.status})`, made.status === 201);
  const signIn = (where: string) =>
    post(`${where}/api/v1/sign-in/password`, { method: 'local', login: 'first-system', password });
  const entered = await signIn(url);
  check(`one of them signs in (${entered.status})`, entered.ok);

  const read = (path: string) => readFileSync(`${data}/${path}`, 'utf8').trim();
  const urlFile = `${process.cwd()}/database-url`;
  const database = `postgresql://approvals:${read('postgres/password')}@127.0.0.1:${read('postgres/port')}/approvals`;
  writeFileSync(urlFile, database, { mode: 0o600 });
  const port = await freePort();
  const own = {
    DATABASE_URL_FILE: urlFile,
    TEMPORAL_ADDRESS: `127.0.0.1:${read('temporal/port')}`,
    PORT: String(port),
    TRUST_PROXY: '1',
  };
  const api = run('api', own);
  const worker = run('worker', own);
  const second = `http://127.0.0.1:${port}`;
  await until('a second API is ready', () => isReady(second), api.said);
  check('a second API, by itself, with its connection string in a file', (await signIn(second)).ok);
  await until('a second worker is up', () => worker.said().includes('worker is up'), worker.said);
  check('a second worker likewise', true);
  const health = run('worker-health', own);
  const healthy = await health.ended;
  check(`the worker's health is told${healthy === 0 ? '' : `: ${health.said()}`}`, healthy === 0);
  const migrate = run('migrate', own);
  check(
    'migrations are a step of their own',
    (await migrate.ended) === 0 && migrate.said().includes('Nothing to apply'),
  );
  const prepare = run('prepare-temporal', own);
  const prepared = await prepare.ended;
  check(`Temporal is prepared by a step of its own${prepared === 0 ? '' : `: ${prepare.said()}`}`, prepared === 0);
  for (const [name, part] of [
    ['API', api],
    ['worker', worker],
  ] as const) {
    part.child.kill('SIGTERM');
    check(`the ${name} ends in order when asked`, (await part.ended) === 0);
  }
} catch (cause) {
  console.error((cause as Error).message);
  process.exitCode = 1;
} finally {
  system.child.kill('SIGTERM');
  const code = await system.ended;
  console.log(code === 0 ? '✓ all of it ends in order' : `✗ it ended with ${code}`);
  process.exitCode ||= code === 0 ? 0 : 1;
}
