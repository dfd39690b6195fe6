import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, constants, copyFile, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TEMPORARY_SUFFIX } from './durableFile.ts';

/** A file of a folder: its path in it with `/`, its length in bytes, and its SHA-256, hexadecimal. */
export type HashedFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

/** Every file below a folder, in order; none where there is no folder. What is only being written is left out. */
export async function hashFolder(folder: string): Promise<HashedFile[]> {
  const files: HashedFile[] = [];
  for (const path of await filesBelow(folder)) files.push(await hashFile(folder, path));
  return files;
}

/** Copies every file below a folder into another one, readable by their owner only. A file that goes away meanwhile is left out. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await copyFiles(from, to, await filesBelow(from));
}

/** The same of these files alone, by their paths in the folder. */
export async function copyFiles(from: string, to: string, paths: readonly string[]): Promise<void> {
  await ownFolder(to);
  for (const path of paths) await copyOne(join(from, path), join(to, path));
}

/** Makes a folder that nobody but its owner may look into, also where it was there already. */
export async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
}

/** The names in a folder; none where there is no folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

/** What differs between a folder and what is known of it, a line each; `known` names every file that should be there. */
export async function differences(folder: string, known: readonly HashedFile[]): Promise<string[]> {
  const found = new Set(await filesBelow(folder));
  const problems: string[] = [];
  for (const { path, sha256, bytes } of known) {
    if (!found.has(path)) problems.push(`${path} is missing`);
    else {
      const now = await hashFile(folder, path);
      if (now.sha256 !== sha256 || now.bytes !== bytes) problems.push(`${path} was changed`);
    }
  }
  return problems;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(TEMPORARY_SUFFIX))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

async function hashFile(folder: string, path: string): Promise<HashedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    createReadStream(join(folder, path)),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        yield chunk;
      }
    },
    hash,
  );
  return { path, bytes, sha256: hash.digest('hex') };
}

async function copyOne(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const file = await open(to, 'r+');
  await file.chmod(0o600);
  await file.sync();
  await file.close();
}
