import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const SIZE_MB = 700;

/** A small disk of its own for a folder, in memory. @returns what takes it away; null where this machine lets nobody mount one */
export function mountSmallDisk(folder: string): (() => void) | null {
  try {
    // Mode and names are those of a folder that the account of PostgreSQL may enter.
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=0755`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return () => {
    execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
  };
}

/** Fills the disk of a folder to its last byte (ENOSPC). @returns what frees it again */
export function fillDisk(folder: string): () => void {
  const ballast = join(folder, 'ballast');
  const file = openSync(ballast, 'w');
  for (const piece of [Buffer.alloc(1 << 20), Buffer.alloc(1 << 12)]) {
    for (;;) {
      try {
        writeSync(file, piece);
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause;
        break;
      }
    }
  }
  closeSync(file);
  return () => rmSync(ballast, { force: true });
}
