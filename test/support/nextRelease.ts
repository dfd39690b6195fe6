import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SOURCES } from '../../scripts/package/contents.ts';
import { HERE } from './cluster.ts';

export const NEXT = '99.1.0';

/**
 * The sources as a next release might be: the office hears the public 公示 of an approved client before a manager is nominated, a
 * new step behind `patched()`, and the database has a table more.
 */
export async function nextRelease(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'approvals-next-'));
  for (const name of [...SOURCES, 'scripts']) await cp(join(HERE, name), join(folder, name), { recursive: true });
  await mkdir(join(folder, 'web'));
  await symlink(join(HERE, 'web/dist'), join(folder, 'web/dist'));
  await symlink(join(HERE, 'node_modules'), join(folder, 'node_modules'));

  await change(join(HERE, 'package.json'), join(folder, 'package.json'), /("version": )"[^"]+"/, `$1"${NEXT}"`);
  const prose = join(folder, 'workflows/recommendation.ts');
  await change(
    prose,
    prose,
    '    const manager = await confirmedManager',
    "    if (patched('publicity')) await ask('publicity');\n\n    const manager = await confirmedManager",
  );
  await change(
    prose,
    prose,
    'import { runCase }',
    "import { patched } from '@temporalio/workflow';\nimport { runCase }",
  );
  const contract = join(folder, 'workflows/contracts/recommendation.ts');
  await change(
    contract,
    contract,
    '    ...nominationSteps,',
    `    publicity: {
      state: 'nominating',
      article: '系统默认',
      tasks: [
        { kind: 'countersign', candidates: 'office', actions: ['countersign'], due: 'screeningDays', silence: 'escalate' },
      ],
    },
    ...nominationSteps,`,
  );
  const migration = join(folder, 'prisma/migrations/29990101000000_publicity');
  await mkdir(migration);
  await writeFile(join(migration, 'migration.sql'), 'CREATE TABLE publicity (case_id TEXT PRIMARY KEY);');
  await writeFile(join(migration, 'down.sql'), '-- Loses: what was heard.\nDROP TABLE publicity;');
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Errors: there is nothing to change. */
async function change(from: string, to: string, what: string | RegExp, into: string): Promise<void> {
  const text = await readFile(from, 'utf8');
  const changed = text.replace(what, into);
  if (changed === text) throw new Error(`${from} has changed: there is no ${what} in it`);
  await writeFile(to, changed);
}

/** The migration before the next release's own. */
export async function lastMigration(): Promise<string> {
  const entries = await readdir(join(HERE, 'prisma/migrations'), { withFileTypes: true });
  return (
    entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
      .at(-1) ?? ''
  );
}
