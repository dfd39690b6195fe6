// node scripts/package/trimModules.ts FOLDER: takes out of `node_modules` what API and worker do not run on: packages built into the console,
// tools that only prepare the sources, and optional companions of others that npm keeps without need.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

type Locked = {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
};

/** Dependencies of the product that are in `web/dist`, or in what was generated, once it is built. */
const BUILT_IN = new Set([
  ...['@ant-design/icons', '@tanstack/react-query', 'antd', 'i18next', 'pdfjs-dist'],
  ...['react', 'react-dom', 'react-i18next', 'react-router', 'prisma', 'node'],
]);

/** Trims `node_modules` of a folder that has its package.json and lock file beside it. */
export function trimModules(folder: string): void {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
  const needed = new Set<string>();
  const visit = (from: string, names: readonly string[]): void => {
    for (const name of names) {
      const path = placeOf(packages, from, name);
      if (path === null || needed.has(path)) continue;
      needed.add(path);
      visit(path, namesOf(packages[path] ?? {}));
    }
  };
  visit(
    '',
    Object.keys(read('package.json').dependencies).filter((name) => !BUILT_IN.has(name)),
  );
  for (const path of Object.keys(packages))
    if (path !== '' && !needed.has(path) && ![...needed].some((kept) => kept.startsWith(`${path}/`)))
      rmSync(join(folder, path), { recursive: true, force: true });
}

const namesOf = ({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: Locked): string[] => [
  ...Object.keys({ ...dependencies, ...optionalDependencies }),
  ...Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional),
];

/** Where a package that stands at `from` finds `name`, looking upwards as Node does; null where it is not installed. */
function placeOf(packages: Readonly<Record<string, Locked>>, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const path = `${folder}${folder === '' ? '' : '/'}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === '') return null;
  }
}

if (import.meta.main) trimModules(process.argv[2] ?? '.');
