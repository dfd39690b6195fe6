import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError, loadConfig } from '../../platform/config.ts';
import { connectDatabase, type Database } from '../../platform/database.ts';
import { runningNames } from '../../platform/foundServers.ts';
import type { KeyStore } from '../../platform/keyStore.ts';
import { lastPostgresUrl } from '../../platform/postgres.ts';
import { lastTemporalAddress } from '../../platform/temporalServer.ts';
import { error, type Finding, messageOf, note, ok } from './finding.ts';
import { browser, codec, dataFolder, keyStore, ports, programs, signInFile } from './machine.ts';
import { migrations, postgres, temporal } from './servers.ts';
import { backlog, backup, calendars, processes, sample } from './stored.ts';

/**
 * Looks at every prerequisite and changes nothing. A check that cannot be made is a finding like any other, and keeps no other from
 * being made.
 */
export async function examine(env: NodeJS.ProcessEnv, now = new Date()): Promise<Finding[]> {
  const findings: Finding[] = [ok('node', { version: process.versions.node })];
  const check = async (name: string, work: () => Finding[] | Promise<Finding[]>): Promise<void> => {
    try {
      findings.push(...(await work()));
    } catch (cause) {
      findings.push(error('checkFailed', { check: name, problem: messageOf(cause) }));
    }
  };
  let config: Config;
  try {
    config = loadConfig(env);
    findings.push(ok('settings'));
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    return [...findings, ...cause.problems.map((problem) => error('setting', { problem }))];
  }
  const running = await runningNames(config.dataDir);
  let keys: KeyStore | null = null;
  await check('SIGN_IN_FILE', () => signInFile(config, env));
  await check('DATA_DIR', () => dataFolder(config));
  await check('KEY_DIR', async () => {
    const found = await keyStore(config);
    keys = found.keys;
    return found.findings;
  });
  if (keys !== null) await check('codec', () => codec(keys as unknown as KeyStore));
  if (running.size === 0) await check('ports', () => ports(config));
  await check('programs', () => programs(config));
  await check('PostgreSQL', async () => {
    const url =
      config.databaseUrl ?? (running.has('postgres') ? await lastPostgresUrl(join(config.dataDir, 'postgres')) : null);
    if (url === null) return [note('postgresStands')];
    const database = connectDatabase(url, { connections: 2 });
    try {
      return await everythingStored(database, url, { config, keys, now });
    } finally {
      await database.close();
    }
  });
  await check('Temporal', async () => {
    const temporalAddress =
      config.temporalAddress ??
      (running.has('temporal') ? await lastTemporalAddress(join(config.dataDir, 'temporal')) : null);
    return temporalAddress === null ? [note('temporalStands')] : temporal({ ...config, temporalAddress }, keys);
  });
  if (config.databaseUrl !== null || existsSync(join(config.dataDir, 'postgres', 'cluster')))
    await check('backup', () => backup(config.dataDir, now));
  await check('browser', browser);
  return findings;
}

async function everythingStored(
  { pool }: Database,
  url: string,
  { config, keys, now }: { readonly config: Config; readonly keys: KeyStore | null; readonly now: Date },
): Promise<Finding[]> {
  const server = await postgres(pool, url);
  if (!server.isThere) return server.findings;
  const tables = await migrations(pool);
  return [
    ...server.findings,
    ...tables.findings,
    ...(tables.isCurrent
      ? [
          ...(await sample(pool, keys, config.keyDir)),
          ...(await processes(pool)),
          ...(await backlog(pool)),
          ...(await calendars(pool, now)),
        ]
      : []),
  ];
}
