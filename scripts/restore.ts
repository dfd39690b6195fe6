// npm run restore -- --from DIR [--keys-from DIR2] [--temporal-from DIR3 | --without-temporal]: fills empty servers from a backup. The database wins: every execution is started
// again from it, whatever Temporal's store holds. Exits with 0 when everything is restored, with 1 when not; nothing that was there is overwritten.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endStrays, startAllAgain } from '../cases/afterRestore.ts';
import { recordAudit } from '../cases/audit.ts';
import { type Config, loadConfig } from '../platform/config.ts';
import { connectDatabase } from '../platform/database.ts';
import { fillDatabase, refuseUnknown } from '../platform/databaseCopy.ts';
import { takeDataFolder } from '../platform/dataFolder.ts';
import { copyFiles } from '../platform/hashedFiles.ts';
import { folderKeyStore } from '../platform/keyStore.ts';
import { startPostgres } from '../platform/postgres.ts';
import { temporalClient } from '../platform/temporal.ts';
import { temporalStoreFile } from '../platform/temporalStore.ts';
import {
  filesIn,
  KEYS_MANIFEST,
  type KeysManifest,
  MANIFEST,
  type Manifest,
  partsOf,
  readManifest,
  refuseFilled,
  whyNot,
} from './backup/manifest.ts';
import { sample } from './doctor/stored.ts';

const STRAYS_LIMIT_MS = 60_000;

type Given = { from?: string; 'keys-from'?: string; 'temporal-from'?: string; 'without-temporal': boolean };
/** What this restore made, to be taken away should it fail. */
const made: string[] = [];

let given: Given;
try {
  given = parseArgs({
    options: {
      from: { type: 'string' },
      'keys-from': { type: 'string' },
      'temporal-from': { type: 'string' },
      'without-temporal': { type: 'boolean', default: false },
    },
  }).values;
  if (!given.from) throw new Error('--from: 应指明备份所在目录 · should name the folder of a backup.');
  await restore(loadConfig(process.env), resolve(given.from));
} catch (cause) {
  console.error(`✗ 未能恢复 · not restored: ${whyNot(cause)}`);
  process.exitCode = 1;
}

async function restore(config: Config, from: string): Promise<void> {
  const manifest = await readManifest<Manifest>(from, MANIFEST);
  await refuseUnknown(manifest.database);
  const temporalFrom = await temporalStoreIn(config, from, manifest);
  if (config.databaseUrl === null && existsSync(join(config.dataDir, 'postgres', 'cluster')))
    throw new Error(
      `DATA_DIR: ${config.dataDir} 已有数据库，请恢复到新目录 · holds a database already; restore into a new folder.`,
    );
  for (const name of ['files', 'histories'] as const) await refuseFilled(join(config.dataDir, name), 'DATA_DIR');
  const folder = await takeDataFolder(config.dataDir);
  try {
    await restoreKeys(config.keyDir);
    for (const name of ['files', 'histories'] as const) {
      made.push(join(config.dataDir, name));
      await copyFiles(partsOf(from)[name], join(config.dataDir, name), filesIn(manifest, name));
    }
    if (temporalFrom !== null) await restoreTemporalStore(temporalFrom, temporalStoreFile(config.dataDir));
    if (config.databaseUrl === null) made.push(join(config.dataDir, 'postgres'));
    const postgres =
      config.databaseUrl === null
        ? await startPostgres({
            folder: join(config.dataDir, 'postgres'),
            port: config.postgresPort,
            logFile: join(config.dataDir, 'logs', 'postgres.log'),
          })
        : null;
    try {
      await restoreDatabase(config, postgres?.url ?? (config.databaseUrl as string), from, manifest);
    } finally {
      await postgres?.stop();
    }
  } catch (cause) {
    for (const path of made.toReversed()) await rm(path, { recursive: true, force: true });
    throw cause;
  } finally {
    await folder.release();
  }
  console.log('  接着 · next: npm start, npm run verify');
}

/** The store to begin with; null: none, so that every execution starts anew. */
async function temporalStoreIn(config: Config, from: string, manifest: Manifest): Promise<string | null> {
  if (config.temporalAddress !== null || given['without-temporal']) return null;
  const other = given['temporal-from'] ? resolve(given['temporal-from']) : null;
  const has = other === null ? manifest.temporal : (await readManifest<Manifest>(other, MANIFEST)).temporal;
  if (other !== null && !has)
    throw new Error(`--temporal-from: ${other} 中没有 Temporal 存储 · there is no store of Temporal in it.`);
  return has ? partsOf(other ?? from).temporalStore : null;
}

async function restoreKeys(keyDir: string): Promise<void> {
  const isThere = existsSync(join(keyDir, 'master.key'));
  if (given['keys-from'] === undefined) {
    // An empty key store would be made by the next start, and nothing confidential could be read ever again.
    if (!isThere)
      throw new Error(
        `--keys-from: ${keyDir} 中没有密钥，请指明密钥的备份 · there are no keys in it; name the folder of their backup.`,
      );
    return;
  }
  if (isThere)
    throw new Error(
      `KEY_DIR: ${keyDir} 中已有密钥，要用它们请去掉 --keys-from · there are keys in it already; leave out --keys-from to use them.`,
    );
  await refuseFilled(keyDir, 'KEY_DIR');
  const from = resolve(given['keys-from']);
  const { files } = await readManifest<KeysManifest>(from, KEYS_MANIFEST);
  made.push(keyDir);
  await copyFiles(
    from,
    keyDir,
    files.map(({ path }) => path),
  );
  await folderKeyStore(keyDir);
  console.log(`✓ 密钥 · keys: ${files.length}`);
}

async function restoreTemporalStore(from: string, to: string): Promise<void> {
  if (existsSync(to)) throw new Error(`DATA_DIR: 已有 Temporal 存储 · there is a store of Temporal already, ${to}.`);
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  made.push(to);
  await copyFile(from, to);
  console.log('✓ Temporal 存储 · store of Temporal');
}

async function restoreDatabase(config: Config, url: string, from: string, manifest: Manifest): Promise<void> {
  await fillDatabase(url, partsOf(from).database, manifest.database);
  const database = connectDatabase(url, { connections: 2 });
  try {
    const opened = await sample(database.pool, await folderKeyStore(config.keyDir), config.keyDir);
    if (opened.some(({ level }) => level === 'error'))
      throw new Error(
        `KEY_DIR: 这些密钥打不开备份的内容，属于另一系统或另一时间 · these keys do not open what is in the backup; they are of another system or time. Rows restored to a DATABASE_URL stay: drop that database.`,
      );
    await recordAudit(database.pool, {
      act: 'restored',
      codes: { takenAt: manifest.takenAt, version: manifest.version },
    });
    const again = await startAllAgain(database.pool, config.temporalRetentionDays);
    console.log(
      `✓ 数据库 · database: ${manifest.takenAt}; ${again} 个流程将由数据库重建 executions are to be started again from it`,
    );
    if (config.temporalAddress !== null) await endStraysOf(config, config.temporalAddress, database.pool);
  } finally {
    await database.close();
  }
}

/** Temporal may have lived on while the database went back. */
async function endStraysOf(config: Config, temporalAddress: string, pool: ReturnType<typeof connectDatabase>['pool']) {
  const client = temporalClient({ ...config, temporalAddress }, await folderKeyStore(config.keyDir));
  try {
    const ended = await client.withDeadline(Date.now() + STRAYS_LIMIT_MS, () => endStrays(pool, client));
    console.log(`✓ Temporal: ${ended} 个数据库中没有的流程已终止 executions without a case were ended`);
  } catch (error) {
    console.log(
      `! Temporal ${temporalAddress} 未应答，其中多余的流程未终止 · did not answer; executions of cases that are no more were not ended: ${(error as Error).message}`,
    );
  } finally {
    await client.connection.close();
  }
}
