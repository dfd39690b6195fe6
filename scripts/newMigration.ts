// npm run new-migration -- <name>: drafts the migration from what schema.prisma gained since the last one. The folder keeps
// the schema.prisma it leads to, for the next draft; down.sql leads back. Hand-made indexes, constraints and triggers are added by hand.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MIGRATIONS_FOLDER, readMigrations } from '../platform/migrations.ts';
import { migrationDraft } from './schemaEngine.ts';
import { withScratchPostgres } from './scratchPostgres.ts';

const [name] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
  console.error('Usage: npm run new-migration -- <name>, in lower case with underscores.');
  process.exit(1);
}
const last = (await readMigrations()).at(-1);
const lastSchema = last && join(MIGRATIONS_FOLDER, last.name, 'schema.prisma');
const from = lastSchema && existsSync(lastSchema) ? await readFile(lastSchema, 'utf8') : null;
const to = await readFile(join(MIGRATIONS_FOLDER, '..', 'schema.prisma'), 'utf8');
const [sql, down] = await withScratchPostgres(async (url) => [
  await migrationDraft(url, from, to),
  from === null ? '' : await migrationDraft(url, to, from),
]);

const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
const folder = join(MIGRATIONS_FOLDER, `${stamp}_${name}`);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'migration.sql'), `${sql}\n`);
await writeFile(join(folder, 'down.sql'), `-- Loses: say what, or nothing.\n${down}\n`);
await writeFile(join(folder, 'schema.prisma'), to);
console.log(sql === '' ? `schema.prisma is as the last migration left it: ${folder} is empty.` : sql);
console.log(`\nRead and complete migration.sql and down.sql in ${folder}, then run: npm run dump-schema`);
// The engine leaves a timer behind that would keep the process for ten seconds.
process.exit(0);
