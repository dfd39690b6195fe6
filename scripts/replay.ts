// npm run replay: replays the execution of every open case on the workflows of this release, before an upgrade to it or a return to it,
// and names those that would not go on. With `-- --restart` those are started again from their facts, which loses nothing; cases that wait
// in a step this release does not have are only named. Exits with 0 when every case goes on here, with 1 when one does not, with 2 when it
// cannot be said.
import { parseArgs } from 'node:util';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { recordAudit } from '../cases/audit.ts';
import '../cases/processes.ts';
import { type Config, loadConfig } from '../platform/config.ts';
import { connectDatabase, type Database } from '../platform/database.ts';
import { findServers } from '../platform/foundServers.ts';
import { folderKeyStore } from '../platform/keyStore.ts';
import { temporalClient } from '../platform/temporal.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { replayOpen, type Stuck } from '../worker/replay.ts';
import { searchAttributes } from '../workflows/contracts/case.ts';

const words: Readonly<Record<Stuck['why'], string>> = {
  otherWay: '本版本的流程走法不同 · the workflows of this release go another way',
  unknownStep: '停在本版本没有的环节 · waits in a step this release does not have',
};

const { values: given } = parseArgs({ options: { restart: { type: 'boolean', default: false } } });
// A history that does not replay is what is looked for; the SDK would print each at length.
Runtime.install({ logger: new DefaultLogger('ERROR', () => {}) });
try {
  process.exitCode = await replay(loadConfig(process.env));
} catch (cause) {
  console.error(`✗ 无法回放 · cannot replay: ${cause instanceof Error ? cause.message : cause}`);
  process.exitCode = 2;
}

/** @returns the exit code */
async function replay(config: Config): Promise<number> {
  const servers = await findServers(config, searchAttributes);
  const keys = await folderKeyStore(config.keyDir);
  const client = temporalClient({ ...config, temporalAddress: servers.temporalAddress }, keys);
  const database = connectDatabase(servers.databaseUrl, { connections: 4 });
  try {
    const bundle = await bundleWorkflows();
    const { replayed, stuck } = await replayOpen({ pool: database.pool, client, keys }, bundle);
    for (const { number, why, steps } of stuck) console.log(`✗ ${number}（${steps.join('、')}）: ${words[why]}`);
    console.log(`已回放 ${replayed} 件在办事项 open cases replayed, ${stuck.length} 件不能继续 do not go on`);
    const again = given.restart ? stuck.filter(({ why }) => why === 'otherWay') : [];
    for (const one of again) await startAgain(database, one);
    if (given.restart) console.log(`将按事实重新启动 ${again.length} 件 are started again from their facts`);
    return stuck.length === again.length ? 0 : 1;
  } finally {
    await client.connection.close();
    await database.close();
    await servers.stop();
  }
}

/** Leaves a doorbell that ends the run and starts the workflow anew, which walks the facts to the present place; whoever relays next rings it. */
async function startAgain({ pool }: Database, { caseId, process, runId }: Stuck): Promise<void> {
  await pool.query(
    'INSERT INTO outbox (case_id, process, seq, ends_run) SELECT id, $2, seq, $3 FROM cases WHERE id = $1',
    [caseId, process, runId],
  );
  await recordAudit(pool, { act: 'execution.startedAgain', caseId, codes: { runId } });
}
