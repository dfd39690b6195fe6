import type { Connection } from '@temporalio/client';
import type { Pool } from 'pg';
import { temporalExecutions } from '../../api/executions.ts';
import { databaseStanding } from '../../cases/standing.ts';
import { judgePostgres } from '../../domain/health.ts';
import type { Config } from '../../platform/config.ts';
import { refuseWrongLocale } from '../../platform/databaseLocale.ts';
import { dataConverter } from '../../platform/dataConverter.ts';
import type { KeyStore } from '../../platform/keyStore.ts';
import { readMigrations } from '../../platform/migrations.ts';
import { connectToTemporal, temporalClient } from '../../platform/temporal.ts';
import { searchAttributes } from '../../workflows/contracts/case.ts';
import { error, type Finding, messageOf, ok, warning } from './finding.ts';

const OLDEST_POSTGRES = 150_000;
const EXTENSIONS = ['pg_trgm', 'btree_gist'];
const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'];

/** The server itself; `isThere` says whether anything further can be asked of it. */
export async function postgres(pool: Pool, databaseUrl: string): Promise<{ isThere: boolean; findings: Finding[] }> {
  let number: number;
  try {
    const { rows } = await pool.query<{ number: number }>(
      `SELECT current_setting('server_version_num')::int AS number`,
    );
    number = rows[0]?.number ?? 0;
  } catch (cause) {
    return { isThere: false, findings: [error('postgresAway', { problem: messageOf(cause) })] };
  }
  const { version, connections, limit, clockSkewMs } = await databaseStanding(pool);
  const seconds = Math.abs(clockSkewMs / 1000).toFixed(1);
  const skewed = judgePostgres({ connections: 0, limit, clockSkewMs });
  const crowded = judgePostgres({ connections, limit, clockSkewMs: 0 });
  return {
    isThere: true,
    findings: [
      number >= OLDEST_POSTGRES ? ok('postgres', { version }) : error('postgresOld', { version }),
      ...(await extensions(pool)),
      ...(await locale(databaseUrl)),
      ...(await durability(pool)),
      skewed.level === 'green'
        ? ok('clock', { seconds })
        : skewed.level === 'amber'
          ? warning('clockSkew', { seconds })
          : error('clockSkew', { seconds }),
      ...(crowded.level === 'green' ? [] : [warning('connections', { used: connections, limit })]),
    ],
  };
}

async function extensions(pool: Pool): Promise<Finding[]> {
  const { rows } = await pool.query<{ name: string }>(
    'SELECT name FROM pg_available_extensions WHERE name = ANY ($1)',
    [EXTENSIONS],
  );
  const there = rows.map(({ name }) => name);
  return EXTENSIONS.filter((name) => !there.includes(name)).map((extension) =>
    error('extensionMissing', { extension }),
  );
}

async function locale(databaseUrl: string): Promise<Finding[]> {
  try {
    await refuseWrongLocale(databaseUrl);
    return [];
  } catch (cause) {
    return [error('postgresLocale', { problem: messageOf(cause) })];
  }
}

/** As a session of this system finds them: a role or a database may have settings of its own. */
async function durability(pool: Pool): Promise<Finding[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT name FROM pg_settings WHERE name = ANY ($1) AND current_setting(name) = 'off'`,
    [DURABLE],
  );
  return rows.map(({ name }) => error('notDurable', { setting: name }));
}

/** `isCurrent`: the tables are those of this version. */
export async function migrations(pool: Pool): Promise<{ isCurrent: boolean; findings: Finding[] }> {
  const known = await readMigrations();
  const { rows: table } = await pool.query<{ there: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`,
  );
  const { rows } = table[0]?.there
    ? await pool.query<{ name: string; checksum: string }>(
        `SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
      )
    : { rows: [] };
  const strange = rows.find(
    ({ name, checksum }, index) => known[index]?.name !== name || known[index]?.checksum !== checksum,
  );
  if (strange) return { isCurrent: false, findings: [error('migrationsStrange', { name: strange.name })] };
  const count = known.length - rows.length;
  return count === 0
    ? { isCurrent: true, findings: [ok('migrations', { count: known.length })] }
    : { isCurrent: false, findings: [warning('migrationsPending', { count })] };
}

export type TemporalQuestion = Pick<
  Config,
  'temporalNamespace' | 'temporalApiKey' | 'temporalTls' | 'temporalRetentionDays' | 'taskQueue'
> & { readonly temporalAddress: string };

export async function temporal(config: TemporalQuestion, keys: KeyStore | null): Promise<Finding[]> {
  const { temporalNamespace: namespace } = config;
  let connection: Connection;
  try {
    connection = await connectToTemporal(config);
  } catch (cause) {
    return [error('temporalAway', { problem: messageOf(cause) })];
  }
  try {
    const known = await connection.workflowService
      .describeNamespace({ namespace })
      .catch((cause: { code?: number }) => {
        if (cause.code === NOT_FOUND) return null;
        throw cause;
      });
    if (!known) return [error('namespaceMissing', { namespace })];
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(searchAttributes).filter(([name]) => !(name in customAttributes));
    const days = Number(known.config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400;
    const { serverVersion: version } = await connection.workflowService.getSystemInfo({});
    return [
      ok('temporal', { version: version ?? '', namespace }),
      ...missing.map(([name, type]) => error('searchAttributeMissing', { name, type })),
      ...(days < config.temporalRetentionDays
        ? [warning('retention', { days, wanted: config.temporalRetentionDays })]
        : []),
      ...(keys ? await pollers(config, keys) : []),
    ];
  } catch (cause) {
    return [error('temporalAway', { problem: messageOf(cause) })];
  } finally {
    await connection.close();
  }
}

const NOT_FOUND = 5;

async function pollers(config: TemporalQuestion, keys: KeyStore): Promise<Finding[]> {
  const client = temporalClient(config, keys);
  try {
    const executions = temporalExecutions(client, dataConverter(keys, 'client'), {
      keys,
      taskQueue: config.taskQueue,
      archived: async () => null,
    });
    return (await executions.engine()).pollers.length > 0 ? [] : [warning('noPoller', { queue: config.taskQueue })];
  } finally {
    await client.connection.close();
  }
}
