// node scripts/package/trimModules.ts FOLDER: takes out what npm keeps without need: packages that only building needs, but which are also
// optional companions of one that runs (`devOptional` in the lock file).
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Trims `node_modules` of a folder that has its lock file beside it. */
export function trimModules(folder: string): void {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { devOptional?: boolean }>;
  };
  for (const [path, { devOptional }] of Object.entries(packages))
    if (devOptional) rmSync(join(folder, path), { recursive: true, force: true });
}

if (import.meta.main) trimModules(process.argv[2] ?? '.');
