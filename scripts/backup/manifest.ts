import { readFile, rm, rmdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { DatabaseCopy } from '../../platform/databaseCopy.ts';
import { differences, type HashedFile, namesIn } from '../../platform/hashedFiles.ts';

/** What a backup says about itself, in `manifest.json`, which is written last: a folder without one is no backup. */
export type Manifest = {
  readonly format: 1;
  readonly product: string;
  readonly version: string;
  /** ISO 8601; the copy is of the database's instant, everything else is no older than it needs. */
  readonly takenAt: string;
  /** Names of clients and persons are readable in it; what is confidential is encrypted under keys that are not in it. */
  readonly encrypted: 'confidential parts only';
  readonly database: DatabaseCopy;
  /** `separate`: copied to a folder of their own; `notCopied`: to be kept by other means. */
  readonly keys: 'separate' | 'notCopied';
  /** Whether Temporal's store is in it; it is not where Temporal is a server of one's own. */
  readonly temporal: boolean;
  readonly files: readonly HashedFile[];
};

/** The same of a folder of keys. */
export type KeysManifest = { readonly format: 1; readonly takenAt: string; readonly files: readonly HashedFile[] };

export const MANIFEST = 'manifest.json';
export const KEYS_MANIFEST = 'keys-manifest.json';

/** The folders of a backup. */
export const partsOf = (folder: string) => ({
  database: join(folder, 'database'),
  files: join(folder, 'files'),
  histories: join(folder, 'histories'),
  temporalStore: join(folder, 'temporal', 'temporal.db'),
});

/** Reads what a folder says it holds, and checks every file of it. Errors: no backup, an unknown format, files missing or changed. */
export async function readManifest<Kind extends Manifest | KeysManifest>(folder: string, name: string): Promise<Kind> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => null);
  if (text === null)
    throw new Error(
      `${folder} 不是完整的备份，缺少最后写入的 ${name} · is no whole backup: it has no ${name}, which is written last.`,
    );
  const manifest = parsed<Kind>(text);
  if (manifest === null) throw new Error(`${folder}/${name} 已损坏 · is damaged: it is no JSON.`);
  if (manifest.format !== 1)
    throw new Error(
      `${folder} 的格式 ${manifest.format} 本版本不识，请用更新的版本 · has format ${manifest.format}, which this version does not know: use a newer one.`,
    );
  const problems = await differences(folder, manifest.files);
  if ('database' in manifest) {
    const tables = filesIn(manifest, 'database');
    for (const { name } of manifest.database.tables)
      if (!tables.includes(`${name}.copy.gz`)) problems.push(`the file of table ${name} is not among those it names`);
    if (manifest.temporal && !filesIn(manifest, 'temporal').includes('temporal.db'))
      problems.push('the store of Temporal is not among the files it names');
  }
  if (problems.length > 0)
    throw new Error(
      `${folder} 已损坏，请用另一份备份 · is damaged, use another backup: ${problems.slice(0, 10).join('; ')}.`,
    );
  return manifest;
}

function parsed<Kind>(text: string): Kind | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Takes away what is in a folder, and the folder where it may be. */
export async function takeAway(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) await rm(join(folder, name), { recursive: true, force: true });
  // Where it cannot go, as a place where a disk is mounted, it stays, and is empty.
  await rmdir(folder).catch(() => {});
}

/** Why a copy could not be made or brought back, in words for whoever asked for it. */
export function whyNot(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || /\bdisk is full\b/.test(message))
    return `磁盘已满 · the disk is full (${message})`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `没有写入权限 · it may not be written (${message})`;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return `没有这个选项 · there is no such option (${message})`;
  return cause instanceof Error ? message : String(cause);
}

/** What a backup holds below a folder of it, by paths in that folder: what lies there beside it was not checked, and is not restored. */
export const filesIn = ({ files }: Manifest, folder: string): string[] =>
  files.flatMap(({ path }) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));

/** Errors: there is something in the folder already. */
export async function refuseFilled(folder: string, what: string): Promise<void> {
  if ((await namesIn(folder)).length > 0)
    throw new Error(`${what}: ${folder} 不是空目录，请另指新目录 · should be a new or empty folder, and this is not.`);
}

/** Whether one folder is, or lies in, the other. */
export const isWithin = (path: string, folder: string): boolean => {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || !(way.startsWith('..') || way === resolve(path));
};
