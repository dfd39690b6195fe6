import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Files that are there whole or not at all, whatever dies in between: written under a temporary name, synced, then given their
 * name, with the folder synced too. Readable by their owner only.
 */

export const TEMPORARY_SUFFIX = '.tmp';

/** A name beside `path` under which to write what shall become it. */
export function temporaryName(path: string): string {
  return `${path}.${randomUUID()}${TEMPORARY_SUFFIX}`;
}

/** Writes a new file. False when there is one already: of several at once the first wins, and nothing is overwritten. */
export async function writeNew(path: string, bytes: Uint8Array): Promise<boolean> {
  const temporary = await writeTemporary(path, bytes);
  return publishNew(temporary, path);
}

/** Writes a file, in place of one that may be there. */
export async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = await writeTemporary(path, bytes);
  try {
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
  await syncFolder(dirname(path));
}

/** Gives a temporary file, already synced, its name unless that is taken; the temporary name is gone afterwards either way. */
export async function publishNew(temporary: string, path: string): Promise<boolean> {
  try {
    // A link, not a rename: it fails where the name is taken.
    await link(temporary, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
  return true;
}

/** Removes a file for good. One that is not there is no error. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
  await syncFolder(dirname(path));
}

async function writeTemporary(path: string, bytes: Uint8Array): Promise<string> {
  const temporary = temporaryName(path);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  } finally {
    await file.close();
  }
  return temporary;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
