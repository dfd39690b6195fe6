// Submits the draft CASE_ID and dies between the commit and the ring.
import { randomUUID } from 'node:crypto';
import '../../cases/processes.ts';
import { submit } from '../../cases/submission.ts';
import { loadConfig } from '../../platform/config.ts';
import { connectDatabase } from '../../platform/database.ts';
import { folderKeyStore } from '../../platform/keyStore.ts';
import { createLog } from '../../platform/log.ts';

const config = loadConfig(process.env);
const { pool, prisma } = connectDatabase(config.databaseUrl ?? '');
const deps = {
  pool,
  prisma,
  keys: await folderKeyStore(config.keyDir),
  log: createLog('silent'),
  changed: () => {},
  ring: () => process.kill(process.pid, 'SIGKILL'),
};
await submit(deps, { personId: 'central-submitter', caseId: process.env.CASE_ID ?? '', key: randomUUID() });
