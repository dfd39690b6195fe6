import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { takeDataFolder } from '../../platform/dataFolder.ts';
import { applyMigrations } from '../../platform/migrations.ts';
import { freePort } from '../../platform/ports.ts';
import type { Postgres } from '../../platform/postgres.ts';
import { type RunningProcess, startProcess } from '../../platform/processes.ts';
import type { Started } from '../../platform/supervisor.ts';
import type { TemporalServer } from '../../platform/temporalServer.ts';
import type { DemoToken } from '../seed.ts';
import { dataServers, environmentOf, logFileOf, root, seeded } from '../system/servers.ts';
import { mountSmallDisk } from './disk.ts';
import { keepPart, type Part } from './part.ts';
import { answersToWrites, commitsOfCases, newTrap, startWire, type Trap, type Wire } from './wire.ts';

type Program = 'api' | 'worker';

/** The whole system as it runs in production, every connection of worker and API on a wire that can be cut. */
export type ChaosSystem = {
  readonly dataDir: string;
  /** PostgreSQL and Temporal themselves, past every wire. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Where clients reach the API: through a wire. */
  readonly url: string;
  readonly tokens: Readonly<Record<string, DemoToken>>;
  readonly env: NodeJS.ProcessEnv;
  readonly parts: {
    readonly postgres: Part<Started>;
    readonly temporal: Part<Started>;
    readonly api: Part<Started>;
    readonly worker: Part<Started>;
  };
  readonly wires: Readonly<Record<'clients' | `${Program}ToPostgres` | `${Program}ToTemporal`, Wire>>;
  /** Snap when the API has said that a write was taken, and when a program has committed on a case. */
  readonly traps: Readonly<Record<'answer' | `${Program}Commit`, Trap>>;
  /** Whether the data folder lies on a small disk of its own, which can be filled. */
  readonly hasSmallDisk: boolean;
  /** What a program is given beside its environment from its next start on. */
  giveEnv(program: Program, env: NodeJS.ProcessEnv): void;
  /** Resolves once everything is up and works together. Errors: it does not within the time. */
  healthy(withinMs: number): Promise<void>;
  stop(): Promise<void>;
};

/** Starts it on an empty folder. `smallDisk`: where mounting is allowed, on a disk of its own. */
export async function startSystem(dataDir: string, { smallDisk }: { smallDisk: boolean }): Promise<ChaosSystem> {
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const undo: (() => Promise<unknown> | unknown)[] = [() => rm(dataDir, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const each of undo.toReversed()) await each();
  };
  try {
    const unmount = smallDisk ? mountSmallDisk(dataDir) : null;
    if (unmount) undo.push(unmount);
    const folder = await takeDataFolder(dataDir);
    undo.push(() => folder.release());
    const keep = async <Kind extends Started>(
      name: string,
      stopSignal: NodeJS.Signals,
      start: (before?: Kind) => Promise<Kind>,
    ): Promise<Part<Kind>> => {
      const part = await keepPart<Kind>(name, async (before) => {
        const started = await start(before);
        // On a full disk it cannot be noted; it is stopped all the same.
        await folder.record(name, started.pid, stopSignal).catch(() => {});
        return started;
      });
      undo.push(() => part.stop());
      return part;
    };

    // A small disk holds little of what PostgreSQL keeps for the next crash.
    const servers = dataServers(dataDir, { max_wal_size: '96MB', min_wal_size: '32MB' });
    const postgres = await keep<Postgres>('postgres', 'SIGINT', (before) => servers.postgres(before?.port));
    const temporal = await keep<TemporalServer>('temporal', 'SIGTERM', (before) => servers.temporal(before?.port));
    const { url: databaseUrl, port: postgresPort } = postgres.current();
    const temporalAddress = temporal.current().address;
    await applyMigrations(databaseUrl);
    const env = environmentOf(dataDir, databaseUrl, temporalAddress);
    const tokens = await seeded(env);

    const apiPort = await freePort();
    const traps = { answer: newTrap(), apiCommit: newTrap(), workerCommit: newTrap() };
    const temporalPort = Number(temporalAddress.split(':')[1]);
    const wires = {
      clients: await startWire(() => apiPort, answersToWrites(traps.answer)),
      apiToPostgres: await startWire(() => postgresPort, commitsOfCases(traps.apiCommit)),
      workerToPostgres: await startWire(() => postgresPort, commitsOfCases(traps.workerCommit)),
      apiToTemporal: await startWire(() => temporalPort),
      workerToTemporal: await startWire(() => temporalPort),
    };
    for (const wire of Object.values(wires)) undo.push(() => wire.stop());

    const extra: Record<Program, NodeJS.ProcessEnv> = { api: {}, worker: {} };
    const program = (name: Program) =>
      keep<RunningProcess>(name, 'SIGTERM', () =>
        startProcess({
          name,
          command: process.execPath,
          args: [join(root, `${name}/main.ts`)],
          cwd: root,
          env: {
            ...env,
            DATABASE_URL: databaseUrl.replace(`:${postgresPort}/`, `:${wires[`${name}ToPostgres`].port}/`),
            TEMPORAL_ADDRESS: `127.0.0.1:${wires[`${name}ToTemporal`].port}`,
            PORT: String(name === 'api' ? apiPort : 0),
            ...extra[name],
          },
          logFile: logFileOf(dataDir, name),
          channel: true,
          graceMs: 15_000,
        }),
      );
    const [worker, api] = await Promise.all([program('worker'), program('api')]);
    return {
      dataDir,
      databaseUrl,
      temporalAddress,
      url: `http://127.0.0.1:${wires.clients.port}`,
      tokens,
      env,
      parts: { postgres, temporal, api, worker },
      wires,
      traps,
      hasSmallDisk: unmount !== null,
      giveEnv(name, given) {
        extra[name] = given;
      },
      async healthy(withinMs) {
        const end = Date.now() + withinMs;
        const lacking = async (): Promise<string | null> => {
          const ready = await fetch(`http://127.0.0.1:${apiPort}/readyz`, { signal: AbortSignal.timeout(3000) })
            .then(async (answer) => (answer.ok ? ((await answer.json()) as { temporal: string }).temporal : 'down'))
            .catch(() => 'away');
          if (ready !== 'up') return `the API is ${ready}`;
          const { ready: isUp } = worker.current();
          return Promise.race([isUp.then(() => null), pause(500, 'the worker is not up')]);
        };
        for (;;) {
          const what = await lacking();
          if (what === null) return;
          if (Date.now() > end) throw new Error(`${what} ${withinMs / 1000} s after it could be`);
          await pause(50);
        }
      },
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/** A connection past every wire, which goes on when PostgreSQL comes back. Errors: it stays away for two minutes. */
export function steadyPool(databaseUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, connectionTimeoutMillis: 3000 });
  pool.on('error', () => {});
  return {
    pool,
    async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
      const end = Date.now() + 120_000;
      for (;;) {
        try {
          return (await pool.query<Row>(text, values)).rows;
        } catch (cause) {
          // What the database itself refuses is a fault of the question.
          if (/^(42|22|23)/.test(String((cause as { code?: string }).code)) || Date.now() > end) throw cause;
          await pause(100);
        }
      }
    },
    stop: () => pool.end(),
  };
}

export type SteadyPool = ReturnType<typeof steadyPool>;
