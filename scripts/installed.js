// What a clone has already. Plain JavaScript without any package: it is asked before there are any.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
export const bundledNode = join(ROOT, 'node_modules', '.bin', 'node');

/** Compares what npm noted about node_modules with the lock file; packages for other platforms may be missing. */
export function arePackagesInstalled() {
  const note = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(note) || !existsSync(bundledNode)) return false;
  const { '': _root, ...wanted } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages;
  return (
    Object.entries(wanted).every(([path, { version, optional }]) =>
      installed[path] ? installed[path].version === version : optional,
    ) && Object.keys(installed).every((path) => path in wanted)
  );
}
