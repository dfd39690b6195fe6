import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The file in which the embedded Temporal keeps its state. */
export const temporalStoreFile = (dataDir: string): string => join(dataDir, 'temporal', 'temporal.db');

/**
 * Copies the embedded Temporal's store as of one instant, also while it runs, by SQLite's own way of doing so.
 * @returns false where there is none
 */
export async function copyTemporalStore(dataDir: string, to: string): Promise<boolean> {
  const from = temporalStoreFile(dataDir);
  if (!existsSync(from)) return false;
  // Loaded here only: nothing else needs it, and Node warns of it as still to be finished.
  const { DatabaseSync, backup } = await import('node:sqlite');
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const store = new DatabaseSync(from, { readOnly: true });
  try {
    // All pages at once: between two parts the server might write, and the copy begin anew.
    await backup(store, to, { rate: 1_000_000_000 });
  } finally {
    store.close();
  }
  await chmod(to, 0o600);
  return true;
}
