import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

// The arrows of docs/architecture.md ("Rooms"): which folder may import which, besides itself.
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  forms: ['domain'],
  workflows: ['domain'],
  platform: ['domain', 'prisma/generated'],
  cases: ['workflows/contracts', 'platform', 'forms', 'domain', 'prisma/generated'],
  activities: ['cases', 'workflows/contracts', 'platform', 'domain', 'prisma/generated'],
  worker: ['workflows', 'activities', 'cases', 'platform', 'domain'],
  api: ['cases', 'forms', 'workflows/contracts', 'platform', 'domain', 'prisma/generated'],
  'api/contract': ['forms', 'domain'],
  web: ['api/contract', 'domain'],
};

type Import = { from: string; to: string; isType: boolean };

const root = fileURLToPath(new URL('../..', import.meta.url));
const IMPORT =
  /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

/** Imports of a file; those of the project as paths from its root, packages by their names. */
function importsOf(file: string): Import[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].map(([, type, ...targets]) => {
    const target = targets.find((found) => found !== undefined) as string;
    const to = target.startsWith('.') ? relative(root, resolve(root, file, '..', target)) : target;
    return { from: file, to, isType: type !== undefined };
  });
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'dist' ? [] : sourcesIn(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const folders = Object.keys(MAY_IMPORT).filter((folder) => readdirSync(root).includes(folder));
const imports = folders.flatMap((folder) => sourcesIn(folder).flatMap(importsOf));
const inside = (path: string, folder: string) => path.startsWith(`${folder}/`);
const isPackage = (path: string) =>
  !Object.keys(MAY_IMPORT).some((folder) => inside(path, folder)) && !inside(path, 'prisma');
const shown = ({ from, to }: Import) => `${from} → ${to}`;

/** A circle of imports that exist at run time, as the files in its order; null when there is none. */
function findCircle(edges: readonly Import[]): string[] | null {
  const next = Map.groupBy(
    edges.filter(({ isType }) => !isType),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const { to } of next.get(file) ?? []) {
      const circle = visit(to, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of next.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return null;
}

describe('the rooms', () => {
  test('are read: imports were found in every folder there is', () => {
    for (const folder of folders) expect(imports.some(({ from }) => inside(from, folder))).toBe(true);
  });

  test.each(Object.entries(MAY_IMPORT))('%s imports only itself and %j', (folder, others) => {
    const wrong = imports.filter(
      ({ from, to, isType }) =>
        inside(from, folder) &&
        !isPackage(to) &&
        ![folder, ...others].some((allowed) => inside(to, allowed)) &&
        // A type is gone when a workflow is bundled.
        !(folder === 'workflows' && isType),
    );
    expect(wrong.map(shown)).toEqual([]);
  });

  test('domain is pure: it imports no package, not even of Node', () => {
    expect(imports.filter(({ from, to }) => inside(from, 'domain') && isPackage(to)).map(shown)).toEqual([]);
  });

  test('workflows run nothing but Temporal and the domain', () => {
    const wrong = imports.filter(
      ({ from, to, isType }) => inside(from, 'workflows') && isPackage(to) && to !== '@temporalio/workflow' && !isType,
    );
    expect(wrong.map(shown)).toEqual([]);
  });

  test('no file imports itself in a circle', () => {
    expect(findCircle(imports)).toBeNull();
  });
});
