import pg from 'pg';
import { seal as sealHeads } from '../../cases/sealer.ts';
import { aad, openJson, sealJson } from '../../platform/cipher.ts';
import type { KeyStore } from '../../platform/keyStore.ts';
import { filledTables, multiplyCases } from './multiply.ts';

export type Filling = {
  /** Closed cases to add. */
  readonly cases: number;
  /** Open cases to add, where there are open ones to copy. */
  readonly open: number;
};

/** The latest copy is so old that Temporal would have dropped its execution; the oldest three years older. */
const CLOSED_EARLIER = `interval '45 days' + i * (interval '3 years' / $2::int)`;
const OPEN_EARLIER = `i * (interval '6 days' / $2::int)`;

/**
 * Fills a database with copies of the cases that are there: in one transaction, without the indexes meanwhile, then vacuumed, analysed and sealed.
 * Errors: there is no closed case to copy.
 */
export async function fillDatabase(url: string, keys: KeyStore, { cases, open }: Filling): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL work_mem = '64MB'`);
    // The references of a copy hold because those of its pattern do; only a superuser may leave out checking them.
    const { rows } = await client.query('SHOW is_superuser');
    if (rows[0]?.is_superuser === 'on') await client.query('SET LOCAL session_replication_role = replica');
    const closedOnes = await patternsOf(client, 'c.closed_at IS NOT NULL AND c.seq > 0');
    const openOnes = await patternsOf(client, `c.closed_at IS NULL AND c.state <> 'draft'`);
    if (closedOnes.length === 0) throw new Error('There is no closed case to copy; npm run demo makes one.');
    const indexes = await dropIndexes(client);
    if (cases > 0) await multiplyCases(client, { patterns: closedOnes, count: cases, earlier: CLOSED_EARLIER });
    if (open > 0 && openOnes.length > 0) {
      const copies = await multiplyCases(client, { patterns: openOnes, count: open, earlier: OPEN_EARLIER });
      for (const { id, patternId } of copies) await giveForm(client, keys, id, patternId);
    }
    for (const definition of indexes) await client.query(definition);
    await client.query('COMMIT');
    // Also which rows all may see: without it no index alone answers how many there are.
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    while ((await sealHeads(pool)) > 0);
  } finally {
    await pool.end();
  }
}

/** Cases that people brought here: a copy has no form, and so has an erased draft. */
async function patternsOf(client: pg.Client, condition: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT c.id FROM cases c JOIN recommendations r ON r.case_id = c.id WHERE length(r.form) > 0 AND ${condition} ORDER BY c.id LIMIT 20`,
  );
  return rows.map((row) => row.id);
}

/** @returns the statements that make them again */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     WHERE i.indrelid = ANY ($1::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)`,
    [filledTables],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map((row) => row.definition);
}

/** An open case goes on: it needs its key, and the form that people still read. */
async function giveForm(client: pg.Client, keys: KeyStore, id: string, patternId: string): Promise<void> {
  const place = (caseId: string) => aad('recommendations', 'form', caseId);
  const { rows } = await client.query<{ form: Buffer }>('SELECT form FROM recommendations WHERE case_id = $1', [
    patternId,
  ]);
  const form = openJson(await keys.get(`case:${patternId}`), rows[0]?.form ?? null, place(patternId));
  const sealed = sealJson(await keys.create(`case:${id}`), form, place(id));
  await client.query('UPDATE recommendations SET form = $2 WHERE case_id = $1', [id, sealed]);
}
