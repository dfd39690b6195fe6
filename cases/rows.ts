import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';

/**
 * The rows of one table a transaction has at hand: loaded ones, new ones, changed ones. They are written together at the end
 * of the transaction, all tables in one statement. Keys are camelCase here and snake_case in the database; instants (`…At`)
 * are Dates, bytes are Buffers.
 */
export class RowSet<Row extends object> {
  readonly table: string;
  readonly #keys: readonly (keyof Row & string)[];
  readonly #rows: Row[] = [];
  readonly #added = new Set<Row>();
  readonly #changed = new Set<Row>();

  constructor(
    table: string,
    keys: readonly (keyof Row & string)[],
    stored: readonly Record<string, unknown>[] | null = [],
  ) {
    this.table = table;
    this.#keys = keys;
    for (const row of stored ?? []) this.#rows.push(fromColumns<Row>(row));
  }

  get all(): readonly Readonly<Row>[] {
    return this.#rows;
  }

  /** Rows that are new or changed. */
  get touched(): readonly Readonly<Row>[] {
    return [...this.#added, ...this.#changed];
  }

  add(row: Row): Row {
    this.#rows.push(row);
    this.#added.add(row);
    return row;
  }

  change(row: Readonly<Row>, patch: Partial<Row>): void {
    Object.assign(row, patch);
    if (!this.#added.has(row)) this.#changed.add(row);
  }

  writes(): Write[] {
    return [
      ...(this.#added.size ? [insertion(this.table, [...this.#added])] : []),
      ...(this.#changed.size ? [update(this.table, this.#keys, [...this.#changed])] : []),
    ];
  }
}

/** A part of the final statement: SQL with `?` in place of its one parameter, an array of rows. */
export type Write = { readonly sql: string; readonly rows: string };

/** Inserts rows of one shape. Columns that are left out take their defaults. */
export function insertion(table: string, rows: readonly object[]): Write {
  const columns = Object.keys(toColumns(rows[0] ?? {})).join(', ');
  return {
    sql: `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, ?)`,
    rows: columnsOf(rows),
  };
}

function update(table: string, keys: readonly string[], rows: readonly object[]): Write {
  const keyColumns = keys.map(snake);
  const columns = Object.keys(toColumns(rows[0] ?? {})).filter((column) => !keyColumns.includes(column));
  const set = columns.map((column) => `${column} = s.${column}`).join(', ');
  const where = keyColumns.map((column) => `w.${column} = s.${column}`).join(' AND ');
  return {
    sql: `UPDATE ${table} w SET ${set} FROM jsonb_populate_recordset(NULL::${table}, ?) s WHERE ${where}`,
    rows: columnsOf(rows),
  };
}

/** Writes everything in one statement, one round trip. No two parts may touch the same row. */
export async function writeAll(client: PoolClient, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return;
  const parts = writes.map(({ sql }, index) => `w${index} AS (${sql.replace('?', `$${index + 1}::jsonb`)})`);
  const text = `WITH ${parts.join(', ')} SELECT`;
  // The text depends on the shapes written, so its digest names the prepared statement.
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 40);
  await client.query({ name, text, values: writes.map(({ rows }) => rows) });
}

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function toColumns(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      snake(key),
      Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value,
    ]),
  );
}

const columnsOf = (rows: readonly object[]): string => JSON.stringify(rows.map(toColumns));

const BYTES = new Set(['secret', 'audit_head']);

/** A row as `to_jsonb` gives it: instants as ISO text, bytes as `\x` hex. */
export function fromColumns<Row>(columns: Record<string, unknown>): Row {
  return Object.fromEntries(
    Object.entries(columns).map(([column, value]) => {
      if (typeof value === 'string' && /(^|_)at$/.test(column)) return [camel(column), new Date(value)];
      if (typeof value === 'string' && BYTES.has(column)) return [camel(column), Buffer.from(value.slice(2), 'hex')];
      return [camel(column), value];
    }),
  ) as Row;
}
