import type { Socket } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../prisma/generated/client.ts';

/** One process's way to PostgreSQL: hand-written SQL and Prisma share one pool. */
export type Database = { readonly pool: pg.Pool; readonly prisma: PrismaClient; close(): Promise<void> };

export type DatabaseOptions = {
  /** Connections at most. */
  readonly connections?: number;
  /** Told of a connection that broke while nobody used it; the pool makes a new one by itself. */
  readonly onBroken?: (error: Error) => void;
};

/**
 * Opens a pool; connects with the first query. The times are short, so that a database that is away is said to be
 * (`unavailable`, 503) before people wonder.
 */
export function connectDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 20,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // What is sent without waiting for the answer before goes out at once; the server answers in order.
    pipeline: true,
    query_timeout: 20_000,
    statement_timeout: 15_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 20_000,
  });
  // A connection may break while nobody uses it, and also between two statements of a transaction: neither may end the process.
  pool.on('error', (error) => options.onBroken?.(error));
  pool.on('connect', (client) => client.on('error', (error) => options.onBroken?.(error)));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    prisma,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
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
