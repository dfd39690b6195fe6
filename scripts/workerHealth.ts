// npm run worker-health: ends with 0 while a worker of this host is heard of in the database, for the probes of container platforms, where
// a host is one container. A worker listens to nothing.
import { hostname } from 'node:os';
import { SILENT_AFTER_MS } from '../cases/heartbeats.ts';
import { databaseOrExit } from '../platform/database.ts';

const database = databaseOrExit();
try {
  const { rowCount } = await database.pool.query(
    `SELECT 1 FROM heartbeats WHERE kind = 'worker' AND host = $1 AND seen_at > now() - $2 * interval '1 millisecond'`,
    [hostname(), SILENT_AFTER_MS],
  );
  process.exitCode = rowCount ? 0 : 1;
  console.log(rowCount ? 'alive' : 'silent');
} finally {
  await database.close();
}
