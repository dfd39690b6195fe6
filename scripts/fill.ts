// npm run fill -- --cases N [--open M]: adds N closed cases and M open ones (300) to a running system or to what is stored, to see how it
// does when there are many. They are copies of the cases that are there (npm run demo makes one), each with ids, numbers, names and
// times of its own, and an audit chain that holds. Nobody else can use the system meanwhile.
//
// Left out is what is confidential: the closed copies have no keys, forms, opinions, comments or files, and their notifications are read; open ones
// have a key and a form. npm run verify therefore finds chains, seals, states, holdings and executions in agreement, but says of every
// closed copy that its key is gone, and of its ballots that the votes do not open. It is for measuring, never for a system in use.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../platform/config.ts';
import { findServers } from '../platform/foundServers.ts';
import { folderKeyStore } from '../platform/keyStore.ts';
import { searchAttributes } from '../workflows/contracts/case.ts';
import { fillDatabase } from './fill/fill.ts';

const { values } = parseArgs({ options: { cases: { type: 'string' }, open: { type: 'string', default: '300' } } });
const cases = Number(values.cases);
const open = Number(values.open);
if (![cases, open].every((count) => Number.isInteger(count) && count >= 0)) {
  console.error('Usage: npm run fill -- --cases N [--open M]');
  process.exit(1);
}

const config = loadConfig(process.env);
if (config.production) {
  console.error('NODE_ENV: a system in production is not filled with copies.');
  process.exit(1);
}
const servers = await findServers(config, searchAttributes);
try {
  if (!existsSync(join(config.keyDir, 'master.key')))
    throw new Error(`KEY_DIR: there are no keys in ${config.keyDir}.`);
  const began = Date.now();
  await fillDatabase(servers.databaseUrl, await folderKeyStore(config.keyDir), { cases, open });
  console.log(`${cases} closed and ${open} open cases added in ${((Date.now() - began) / 1000).toFixed(1)} s`);
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
} finally {
  await servers.stop();
}
