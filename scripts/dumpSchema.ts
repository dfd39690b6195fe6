// npm run dump-schema: writes prisma/schema.sql from the migrations, for reading and for the drift check.
import { writeFile } from 'node:fs/promises';
import { applyMigrations } from '../platform/migrations.ts';
import { dumpSchema, GOLDEN_SCHEMA } from '../platform/schemaDump.ts';
import { withScratchPostgres } from './scratchPostgres.ts';

await withScratchPostgres(async (url) => {
  await applyMigrations(url);
  await writeFile(GOLDEN_SCHEMA, await dumpSchema(url));
});
console.log('Wrote prisma/schema.sql.');
