// npm run backup -- --to DIR [--keys-to DIR2]: copies the database, the files and the embedded Temporal's store, while the system runs or stands. Keys go to a folder of
// their own, or are left out and said to be. Exits with 0 when everything is copied, with 1 when not.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LAST_BACKUP } from '../cases/standingMetrics.ts';
import packageJson from '../package.json' with { type: 'json' };
import { type Config, loadConfig } from '../platform/config.ts';
import { copyDatabase } from '../platform/databaseCopy.ts';
import { findServers } from '../platform/foundServers.ts';
import { copyFolder, hashFolder, ownFolder } from '../platform/hashedFiles.ts';
import { copyTemporalStore } from '../platform/temporalStore.ts';
import { searchAttributes } from '../workflows/contracts/case.ts';
import {
  isWithin,
  KEYS_MANIFEST,
  type KeysManifest,
  MANIFEST,
  type Manifest,
  partsOf,
  refuseFilled,
  takeAway,
  whyNot,
} from './backup/manifest.ts';

try {
  const { values: given } = parseArgs({ options: { to: { type: 'string' }, 'keys-to': { type: 'string' } } });
  if (!given.to)
    throw new Error(
      '--to: 应指明一个新目录 · should name a new folder, as in npm run backup -- --to /backups/2026-11-28 --keys-to /keys/2026-11-28.',
    );
  await backup(loadConfig(process.env), resolve(given.to), given['keys-to'] ? resolve(given['keys-to']) : null);
} catch (cause) {
  console.error(`✗ 未能备份 · no backup: ${whyNot(cause)}`);
  process.exitCode = 1;
}

async function backup(config: Config, to: string, keysTo: string | null): Promise<void> {
  await refuseFilled(to, '--to');
  if (keysTo !== null) {
    await refuseFilled(keysTo, '--keys-to');
    if (isWithin(keysTo, to) || isWithin(to, keysTo))
      throw new Error(
        '--keys-to: 密钥不得与数据同放，请另指目录 · keys are not to lie beside the data they open. Name a folder elsewhere.',
      );
  }
  await ownFolder(to);
  // Of two at once on one folder the second ends here.
  await mkdir(partsOf(to).database, { mode: 0o700 });
  try {
    await copyEverything(config, to, keysTo);
  } catch (cause) {
    // Half a backup is none, and would stand in the way of the next.
    await takeAway(to);
    if (keysTo !== null) await takeAway(keysTo);
    throw cause;
  }
}

async function copyEverything(config: Config, to: string, keysTo: string | null): Promise<void> {
  const parts = partsOf(to);
  const servers = await findServers(config, searchAttributes);
  try {
    // In this order nothing is missing: an execution never knows more than the database, and a row's file and key are there before the row.
    const temporal = config.temporalAddress === null && (await copyTemporalStore(config.dataDir, parts.temporalStore));
    const database = await copyDatabase(servers.databaseUrl, parts.database);
    await copyFolder(join(config.dataDir, 'files'), parts.files);
    await copyFolder(join(config.dataDir, 'histories'), parts.histories);
    if (keysTo !== null) await backUpKeys(config.keyDir, keysTo, database.at);
    const files = await hashFolder(to);
    const manifest: Manifest = {
      format: 1,
      product: packageJson.name,
      version: packageJson.version,
      takenAt: database.at,
      encrypted: 'confidential parts only',
      database,
      keys: keysTo === null ? 'notCopied' : 'separate',
      temporal,
      files,
    };
    await writeManifest(to, MANIFEST, manifest);
    await writeFile(join(config.dataDir, LAST_BACKUP), `${manifest.takenAt}\n`);
    tell(config, manifest, to, keysTo);
  } finally {
    await servers.stop();
  }
}

async function backUpKeys(keyDir: string, to: string, takenAt: string): Promise<void> {
  await copyFolder(keyDir, to);
  const manifest: KeysManifest = { format: 1, takenAt, files: await hashFolder(to) };
  await writeManifest(to, KEYS_MANIFEST, manifest);
}

function writeManifest(folder: string, name: string, manifest: Manifest | KeysManifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  return writeFile(join(folder, name), text, { flag: 'wx', mode: 0o600, flush: true });
}

function tell(
  { keyDir, temporalAddress }: Config,
  { database, files, temporal, takenAt }: Manifest,
  to: string,
  keysTo: string | null,
) {
  const rows = database.tables.reduce((sum, table) => sum + table.rows, 0);
  const megabytes = (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1);
  console.log(
    `✓ ${to}: ${takenAt}, ${database.tables.length} tables 表, ${rows} rows 行, ${files.length} files 文件, ${megabytes} MB`,
  );
  if (!temporal)
    console.log(
      temporalAddress === null
        ? '  无 Temporal 存储，恢复时由数据库重建 · there is no store of Temporal; executions are started again from the database'
        : `  ${temporalAddress} 的 Temporal 不在其中，恢复时由数据库重建 · the Temporal there is not in it; executions are started again from the database`,
    );
  console.log(
    '  客户与人员名称可读，请存放于加密介质 · names of clients and persons can be read in it: keep it on an encrypted medium',
  );
  console.log(
    keysTo === null
      ? `! 未备份密钥 · keys were not copied: without ${keyDir} nothing confidential in this backup can ever be read. Use --keys-to, on another medium.`
      : `✓ ${keysTo}: 密钥 keys；勿与数据同放，并尽快以新换旧 · keep them away from the data, and replace them soon by newer ones`,
  );
}
