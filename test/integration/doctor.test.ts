import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { createDraft } from '../../cases/drafts.ts';
import { LAST_BACKUP } from '../../cases/standingMetrics.ts';
import { folderKeyStore } from '../../platform/keyStore.ts';
import { examine } from '../../scripts/doctor/examine.ts';
import type { Finding } from '../../scripts/doctor/finding.ts';
import { words } from '../../scripts/doctor/words.ts';
import { movableClock } from '../support/clock.ts';
import { exampleForm, startCompany } from '../support/company.ts';
import { createDatabase, dropDatabase } from '../support/databases.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const company = await startCompany();
const { pool } = company.deps;
const folder = await mkdtemp(join(tmpdir(), 'approvals-doctor-'));
const keyDir = join(folder, 'keys');
const dataDir = join(folder, 'data');
const moveClock = await movableClock(company.databaseUrl);
const env = {
  DATA_DIR: dataDir,
  KEY_DIR: keyDir,
  PORT: '0',
  DATABASE_URL: company.databaseUrl,
  TEMPORAL_ADDRESS: inject('temporalAddress'),
  TEMPORAL_RETENTION_DAYS: '1',
  TASK_QUEUE: company.taskQueue,
};
let caseId = '';

beforeAll(async () => {
  await mkdir(dataDir);
  await writeFile(join(dataDir, LAST_BACKUP), `${new Date().toISOString()}\n`);
  const keys = await folderKeyStore(keyDir);
  await keys.getOrCreate('temporal');
  caseId = (await createDraft({ ...company.deps, keys }, 'central-submitter', exampleForm())).caseId;
  for (const kind of ['api', 'worker'])
    await pool.query(
      `INSERT INTO heartbeats (id, kind, pid, host, version, started_at, seen_at, detail) VALUES ($1, $2, 1, 'here', '1', now(), now() + interval '1 hour', '{}')`,
      [randomUUID(), kind],
    );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is found beside what is well, and beside that the tests' PostgreSQL gives up durability. */
async function found(change: NodeJS.ProcessEnv = {}, now = new Date()): Promise<string[]> {
  const findings = await examine({ ...env, ...change }, now);
  const bad = findings.filter(
    ({ level, figures }) => ['error', 'warning'].includes(level) && figures.setting !== 'fsync',
  );
  return bad
    .map(shown)
    .filter((line) => !/^(warning calendarMissing|error notDurable)/.test(line) || now.getTime() > Date.now());
}
const shown = ({ level, code }: Finding): string => `${level} ${code}`;

test('a system that is as it should be is said to be', async () => {
  expect(await found()).toEqual([]);
});

test('every setting that makes no sense is named', async () => {
  expect(await found({ PORT: '99999', TEMPORAL_TLS: 'maybe' })).toEqual(['error setting', 'error setting']);
  expect(await found({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toEqual(['error setting']);
  const file = join(folder, 'sign-in.json');
  await writeFile(file, '{');
  expect(await found({ SIGN_IN_FILE: file })).toEqual(['error signInFile']);
});

test('a data folder that cannot be written', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(await found({ DATA_DIR: join(folder, 'file', 'below') })).toContain('error dataFolderNotWritable');
});

test('a port that is taken', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  expect(await found({ PORT: String((server.address() as AddressInfo).port) })).toEqual(['error portTaken']);
  await new Promise((resolve) => server.close(resolve));
});

test('keys that others may read, that are gone, or that do not open', async () => {
  await chmod(keyDir, 0o755);
  expect(await found()).toContain('error keysUnusable');
  await chmod(keyDir, 0o700);
  expect(await found({ KEY_DIR: join(folder, 'none') })).toEqual(['error keysMissing']);
  const broken = join(folder, 'broken');
  await cp(keyDir, broken, { recursive: true });
  await writeFile(join(broken, 'temporal.key'), '{}');
  expect(await found({ KEY_DIR: broken })).toEqual(expect.arrayContaining(['error keyBroken', 'error codecBroken']));
});

test('keys of another system', async () => {
  const strange = join(folder, 'strange');
  const keys = await folderKeyStore(strange);
  await keys.create(`case:${caseId}`);
  await company.deps.prisma.fact.create({
    data: { caseId, seq: 1000, kind: 'commented', at: new Date(), codes: {}, secret: Buffer.from('sealed elsewhere') },
  });
  expect(await found({ KEY_DIR: strange })).toEqual(['error sampleBroken']);
  await pool.query('ALTER TABLE facts DISABLE TRIGGER USER');
  await pool.query('DELETE FROM facts WHERE seq = 1000');
  await pool.query('ALTER TABLE facts ENABLE TRIGGER USER');
});

test('a PostgreSQL that is away, cannot read Chinese, or was never migrated', async () => {
  expect(await found({ DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c' })).toEqual(['error postgresAway']);
  const name = `doctor_${randomUUID().replaceAll('-', '')}`;
  await pool.query(`CREATE DATABASE ${name} LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0`);
  const blind = new URL(company.databaseUrl);
  blind.pathname = name;
  expect(await found({ DATABASE_URL: blind.href })).toContain('error postgresLocale');
  await dropDatabase(inject('postgresUrl'), name);
  const empty = await createDatabase(inject('postgresUrl'), name);
  expect(await found({ DATABASE_URL: empty })).toEqual(['warning migrationsPending']);
  await dropDatabase(inject('postgresUrl'), name);
});

test('a database of a newer version', async () => {
  await pool.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('later', 'x', '29991231000000_later', now())`,
  );
  expect(await found()).toEqual(['error migrationsStrange']);
  await pool.query(`DELETE FROM _prisma_migrations WHERE id = 'later'`);
});

test('a PostgreSQL that gives up durability', async () => {
  const findings = await examine(env);
  expect(findings).toContainEqual({ level: 'error', code: 'notDurable', figures: { setting: 'fsync' } });
});

test('a clock that is not the database’s', async () => {
  await moveClock(5_000);
  expect(await found()).toContain('warning clockSkew');
  await moveClock(600_000);
  expect(await found()).toContain('error clockSkew');
  await moveClock(0);
});

test('a Temporal that is away, has no such namespace, or keeps too short', async () => {
  expect(await found({ TEMPORAL_ADDRESS: '127.0.0.1:1' })).toEqual(['error temporalAway']);
  expect(await found({ TEMPORAL_NAMESPACE: 'nowhere' })).toEqual(['error namespaceMissing']);
  expect(await found({ TEMPORAL_RETENTION_DAYS: '30' })).toEqual(['warning retention']);
  expect(await found({ TASK_QUEUE: 'nobody' })).toEqual(['warning noPoller']);
});

test('a namespace without the search attributes', async () => {
  const namespace = `doctor-${randomUUID()}`;
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
  await connection.close();
  // The server takes a while to know a new namespace everywhere.
  await vi.waitFor(
    async () =>
      expect(
        (await found({ TEMPORAL_NAMESPACE: namespace })).filter((line) => line.endsWith('searchAttributeMissing')),
      ).toHaveLength(2),
    { timeout: 50_000, interval: 500 },
  );
});

test('no worker, and one that fell silent', async () => {
  await pool.query(`UPDATE heartbeats SET seen_at = now() - interval '1 hour' WHERE kind = 'worker'`);
  expect(await found()).toEqual(['error processesNone']);
  await pool.query(`UPDATE heartbeats SET seen_at = now() + interval '1 hour' WHERE kind = 'worker'`);
});

test('doorbells that nobody takes, and audit entries that nobody seals', async () => {
  await pool.query(
    `INSERT INTO outbox (case_id, process, seq, next_at) SELECT id, process, seq, now() + interval '1 day' FROM cases WHERE id = $1`,
    [caseId],
  );
  await pool.query('ALTER TABLE facts DISABLE TRIGGER USER');
  await pool.query(`UPDATE facts SET at = now() - interval '5 minutes' WHERE case_id = $1`, [caseId]);
  await pool.query('ALTER TABLE facts ENABLE TRIGGER USER');
  expect(await found()).toEqual(['warning relayBehind']);
  await pool.query('DELETE FROM outbox WHERE case_id = $1', [caseId]);
  await pool.query(`INSERT INTO audit_streams (stream, seq, head) VALUES ('day:2020-01-01', 1, 'x')`);
  await pool.query(
    `INSERT INTO audit_entries (stream, seq, at, act, codes, prev_hash, hash) VALUES ('day:2020-01-01', 1, now() - interval '1 hour', 'denied', '{}', 'x', 'x')`,
  );
  expect(await found()).toEqual(['error sealerBehind']);
  await pool.query(`DELETE FROM audit_streams WHERE stream = 'day:2020-01-01'`);
});

test('a year without its holidays, and a backup that is old', async () => {
  expect(await found({}, new Date('2099-03-01'))).toEqual(
    expect.arrayContaining(['error calendarMissing', 'warning backupOld']),
  );
  expect(await found({ DATA_DIR: join(folder, 'other') })).toEqual(['warning backupOld']);
});

test('packages that are not installed, before anything else is loaded', async () => {
  const clone = join(folder, 'clone');
  await mkdir(join(clone, 'scripts'), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'scripts/doctor.js', 'scripts/installed.js'])
    await cp(join(root, file), join(clone, file));
  const run = promisify(execFile)(process.execPath, [join(clone, 'scripts/doctor.js'), '--lang', 'en']);
  await expect(run).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('npm ci') });
});

test('the command says it in words, in either language, or in JSON', async () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(root, 'scripts/doctor.js'), ...args], {
      env: { ...process.env, NODE_ENV: 'development', ...env, PORT: '99999' },
    }).catch((error: { code: number; stdout: string }) => error);
  const [zh, en, no] = await Promise.all([run(), run('--lang', 'en', '--json'), run('--language', 'en')]);
  expect(no).toMatchObject({ code: 1, stderr: expect.stringMatching(/没有其他选项.*no other options/) });
  expect(zh).toMatchObject({ code: 1, stdout: expect.stringContaining('设置有误：PORT=99999') });
  expect(JSON.parse(en.stdout)).toMatchObject({
    ok: false,
    findings: expect.arrayContaining([
      expect.objectContaining({ code: 'setting', do: expect.stringContaining('README') }),
    ]),
  });
});

test('whatever is wrong is said with its reason and what to do', () => {
  const figures = new Proxy({}, { get: () => 'x' }) as Finding['figures'];
  const bare = [
    'node',
    'settings',
    'dataFolder',
    'disk',
    'portFree',
    'keys',
    'keysNone',
    'sample',
    'codec',
    'postgresStands',
    'postgres',
    'migrations',
    'clock',
    'temporalStands',
    'temporal',
    'processes',
    'relay',
    'sealer',
    'calendars',
    'backup',
    'browser',
  ];
  for (const [code, { zh, en }] of Object.entries(words))
    for (const said of [zh, en]) {
      expect(said.what(figures), code).not.toBe('');
      if (!bare.includes(code)) expect([said.why?.(figures), said.how?.(figures)], code).not.toContain(undefined);
    }
});
