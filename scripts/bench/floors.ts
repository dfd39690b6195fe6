// The floors, in a process of their own as the product's are: an Express route that does one small transaction (F1), and a worker whose
// workflows do nothing (F2, F3, F4). Nobody signs in, nothing is checked, encrypted or audited.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import express from 'express';
import pg from 'pg';

const { DATABASE_URL = '', TEMPORAL_ADDRESS = '', TEMPORAL_NAMESPACE = 'default', PORT = '0' } = process.env;
/** As many connections as the API has. */
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: availableParallelism() * 3 });
await pool.query(
  `CREATE TABLE IF NOT EXISTS floor_rows (id int PRIMARY KEY, votes int NOT NULL DEFAULT 0);
   CREATE TABLE IF NOT EXISTS floor_votes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, row_id int NOT NULL, choice text NOT NULL, at timestamptz NOT NULL DEFAULT now());
   INSERT INTO floor_rows (id) SELECT generate_series(0, 999) ON CONFLICT DO NOTHING`,
);

const app = express();
app.use(express.json());
app.post('/votes/:row', async (request, response) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT votes FROM floor_rows WHERE id = $1 FOR UPDATE', [request.params.row]);
    await client.query('INSERT INTO floor_votes (row_id, choice) VALUES ($1, $2)', [
      request.params.row,
      request.body.choice,
    ]);
    await client.query('UPDATE floor_rows SET votes = votes + 1 WHERE id = $1', [request.params.row]);
    await client.query('COMMIT');
    response.json({ taken: true });
  } finally {
    client.release();
  }
});
const server = app.listen(Number(PORT), '127.0.0.1');

Runtime.install({ logger: { log: () => {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} } });
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: TEMPORAL_ADDRESS }),
  namespace: TEMPORAL_NAMESPACE,
  taskQueue: 'floors',
  workflowsPath: fileURLToPath(new URL('floorWorkflows.ts', import.meta.url)),
});
const running = worker.run();
process.send?.('ready');
process.once('SIGTERM', () => worker.shutdown());
await running;
server.close();
await pool.end();
