// npm run migrate: applies what is missing to the database DATABASE_URL names; `npm start` does it by itself. With `-- --back-to NAME` it
// takes back every migration after NAME instead, the newest first, on the embedded database too; stop the system before.
import { parseArgs } from 'node:util';
import { type Config, loadConfig } from '../platform/config.ts';
import { findServers } from '../platform/foundServers.ts';
import { applyMigrations, revertMigrations } from '../platform/migrations.ts';
import { searchAttributes } from '../workflows/contracts/case.ts';

const { values: given } = parseArgs({ options: { 'back-to': { type: 'string' } } });
const last = given['back-to'];
try {
  const config = loadConfig(process.env);
  console.log(last === undefined ? await forward(config) : await back(config, last));
} catch (cause) {
  console.error((cause as Error).message);
  process.exitCode = 1;
}

async function forward({ databaseUrl }: Config): Promise<string> {
  if (databaseUrl === null)
    throw new Error('DATABASE_URL: should name the database to migrate (the embedded one is migrated by npm start).');
  const applied = await applyMigrations(databaseUrl);
  return applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.join(', ')}.`;
}

async function back(config: Config, last: string): Promise<string> {
  const servers = await findServers(config, searchAttributes);
  try {
    const taken = await revertMigrations(servers.databaseUrl, last);
    return taken.length === 0 ? 'Nothing to take back.' : `Taken back: ${taken.join(', ')}.`;
  } finally {
    await servers.stop();
  }
}
