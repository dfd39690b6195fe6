import { readFile } from 'node:fs/promises';
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
  if (text === null) throw new Error(`${folder} is no whole backup: it has no ${name}, which is written last.`);
  const manifest = JSON.parse(text) as Kind;
  if (manifest.format !== 1)
    throw new Error(`${folder} has format ${manifest.format}, which this version does not know.`);
  const problems = await differences(folder, manifest.files);
  if (problems.length > 0) throw new Error(`${folder} is damaged: ${problems.slice(0, 10).join('; ')}.`);
  return manifest;
}

/** Errors: there is something in the folder already. */
export async function refuseFilled(folder: string, what: string): Promise<void> {
  if ((await namesIn(folder)).length > 0)
    throw new Error(`${what} should be a new or empty folder: ${folder} is not empty.`);
}

/** Whether one folder is, or lies in, the other. */
export const isWithin = (path: string, folder: string): boolean => {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || !(way.startsWith('..') || way === resolve(path));
};
