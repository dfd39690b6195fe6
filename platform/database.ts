import type { Socket } from 'node:net';
import { availableParallelism } from 'node:os';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Gauge, type Registry } from 'prom-client';
import { PrismaClient } from '../prisma/generated/client.ts';
import { configOrExit, EXIT_CONFIG } from './config.ts';
import { PREFIX } from './metrics.ts';

/** One process's way to PostgreSQL. Hand-written SQL and Prisma have a pool each: a list that takes long keeps no vote waiting. */
export type Database = {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  /** Both pools, by what they are for. */
  readonly pools: Pools;
  close(): Promise<void>;
};
export type Pools = Readonly<Record<'writing' | 'reading', pg.Pool>>;

export type DatabaseOptions = {
  /** Connections of each pool at most; without it three for each processor. More servers at work than that only get in each other's way. */
  readonly connections?: number;
  /** Told of a connection that broke while nobody used it; the pool makes a new one by itself. */
  readonly onBroken?: (error: Error) => void;
};

/**
 * Opens a pool; connects with the first query. The times are short, so that a database that is away is said to be
 * (`unavailable`, 503) before people wonder.
 */
export function connectDatabase(url: string, options: DatabaseOptions = {}): Database {
  const settings: pg.PoolConfig = {
    connectionString: url,
    max: options.connections ?? availableParallelism() * 3,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    query_timeout: 20_000,
    statement_timeout: 15_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 20_000,
  };
  // What is sent without waiting for the answer before goes out at once; the server answers in order.
  const pool = new pg.Pool({ ...settings, pipeline: true });
  const reading = new pg.Pool(settings);
  // A connection may break while nobody uses it, and also between two statements of a transaction: neither may end the process.
  for (const each of [pool, reading]) {
    each.on('error', (error) => options.onBroken?.(error));
    each.on('connect', (client) => client.on('error', (error) => options.onBroken?.(error)));
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(reading) });
  return {
    pool,
    prisma,
    pools: { writing: pool, reading },
    async close() {
      await prisma.$disconnect();
      await Promise.all([pool.end(), reading.end()]);
    },
  };
}

/** The database of the settings, for an errand over one connection; where none is named this is said on standard error, and the process ends with 78. */
export function databaseOrExit(): Database {
  const { databaseUrl } = configOrExit();
  if (databaseUrl === null) {
    console.error('DATABASE_URL: 应指明系统的数据库 · should name the database of the system.');
    process.exit(EXIT_CONFIG);
  }
  return connectDatabase(databaseUrl, { connections: 1 });
}

/** Sends what `send` asks of a connection in one packet instead of one a statement. */
export function together<Sent>(client: pg.PoolClient, send: () => Sent): Sent {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

/** Works on a database by one connection of its own. */
export async function onDatabase<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Shows of each pool how many connections are used, and how many requests wait for one. */
export function showPools(metrics: Registry, pools: Pools): void {
  new Gauge({
    name: `${PREFIX}pool_connections`,
    help: "Connections of this process's pools",
    labelNames: ['pool', 'state'],
    registers: [metrics],
    collect() {
      for (const [name, pool] of Object.entries(pools)) {
        this.set({ pool: name, state: 'idle' }, pool.idleCount);
        this.set({ pool: name, state: 'used' }, pool.totalCount - pool.idleCount);
      }
    },
  });
  new Gauge({
    name: `${PREFIX}pool_waiting`,
    help: 'Requests that wait for a connection',
    labelNames: ['pool'],
    registers: [metrics],
    collect() {
      for (const [name, pool] of Object.entries(pools)) this.set({ pool: name }, pool.waitingCount);
    },
  });
}
