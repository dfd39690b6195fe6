// npm run migrate: applies what is missing to the database DATABASE_URL names. `npm start` does it by itself.
import { loadConfig } from '../platform/config.ts';
import { applyMigrations } from '../platform/migrations.ts';

const { databaseUrl } = loadConfig(process.env);
if (databaseUrl === null) {
  console.error('DATABASE_URL: should name the database to migrate (the embedded one is migrated by npm start).');
  process.exit(1);
}
const applied = await applyMigrations(databaseUrl);
console.log(applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.join(', ')}.`);
