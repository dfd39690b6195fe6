import type pg from 'pg';

/** The rows of a database, a JSON text a table, as PostgreSQL wrote them: no number goes through JavaScript, which would round it. */
export type Rows = ReadonlyMap<string, string>;

const OWN = "c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'";

/** The columns of every table, in alphabetical order. */
export async function columnsOf(client: pg.Client): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attname) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE ${OWN} GROUP BY c.relname ORDER BY c.relname`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** All rows of the tables, of these columns only where they are given. */
export async function readRows(client: pg.Client, columns?: ReadonlyMap<string, readonly string[]>): Promise<Rows> {
  const read = new Map<string, string>();
  for (const [table, own] of await columnsOf(client)) {
    const wanted = columns ? columns.get(table) : own;
    if (!wanted) continue;
    const { rows } = await client.query<{ text: string }>(
      `SELECT coalesce(jsonb_agg(x ORDER BY x::text), '[]')::text AS text
       FROM (SELECT to_jsonb(t) - ARRAY(SELECT k FROM jsonb_object_keys(to_jsonb(t)) k WHERE NOT k = ANY ($1)) AS x
             FROM ${client.escapeIdentifier(table)} t) s`,
      [wanted],
    );
    read.set(table, rows[0]?.text ?? '[]');
  }
  return read;
}

/** Puts rows into tables that are there, in place of what a migration put in them, in any order: what refers to a row may come before it. */
export async function writeRows(client: pg.Client, rows: Rows): Promise<void> {
  await client.query('SET session_replication_role = replica');
  for (const [table, text] of rows) {
    const name = client.escapeIdentifier(table);
    await client.query(`DELETE FROM ${name}`);
    await client.query(`INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`, [text]);
  }
  await client.query('SET session_replication_role = origin');
}

/** Values that a table's CHECK wants otherwise than every column filled. */
const LEFT_EMPTY: Readonly<Record<string, readonly string[]>> = {
  appointment_proposals: ['role'],
  attachments: ['visit_id'],
  imports: ['applied_by', 'applied_at'],
  visits: ['visited_on'],
};

/** What else it wants: SQL, by table and column. */
const EXAMPLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  marketing_tasks: { state: `'done'` },
  // A review that another took the place of is lost on the way back, as it says.
  reviews: { replaced: 'false' },
};

/** A row in every table that has none, with a value in every column. */
export async function fillEmptyTables(client: pg.Client): Promise<void> {
  await client.query('SET session_replication_role = replica');
  for (const table of (await columnsOf(client)).keys()) {
    const name = client.escapeIdentifier(table);
    const { rows } = await client.query(`SELECT 1 FROM ${name} LIMIT 1`);
    if (rows.length > 0) continue;
    const types = await client.query<{ name: string; type: string }>(
      `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [name],
    );
    const filled = types.rows.filter((column) => !LEFT_EMPTY[table]?.includes(column.name));
    const names = filled.map((column) => client.escapeIdentifier(column.name));
    await client.query(
      `INSERT INTO ${name} (${names.join(', ')}) VALUES (${filled.map((column) => EXAMPLES[table]?.[column.name] ?? exampleOf(column.type)).join(', ')})`,
    );
  }
  await client.query('SET session_replication_role = origin');
}

/** A value of a type, as SQL. */
function exampleOf(type: string): string {
  if (type.endsWith('[]')) return `ARRAY[${exampleOf(type.slice(0, -2))}]`;
  if (type.startsWith('timestamp')) return `'2026-03-01T08:00:00.123456Z'`;
  if (type === 'date') return `'2026-03-01'`;
  if (type === 'bytea') return `'\\x00ff'`;
  if (type === 'jsonb') return `'{"code": 1}'`;
  if (type === 'boolean') return 'true';
  if (type === 'integer' || type === 'bigint') return '7';
  return `'示例'`;
}
