import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../platform/postgres.ts';

/** Runs some work on an embedded PostgreSQL that exists for it alone. */
export async function withScratchPostgres<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'approvals-scratch-'));
  const postgres = await startPostgres({ folder, port: 0, logFile: join(folder, 'log'), settings: { fsync: 'off' } });
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
