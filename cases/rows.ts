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
  /** Row → the columns that changed. */
  readonly #changed = new Map<Row, Set<string>>();

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
    return [...this.#added, ...this.#changed.keys()];
  }

  add(row: Row): Row {
    this.#rows.push(row);
    this.#added.add(row);
    return row;
  }

  change(row: Readonly<Row>, patch: Partial<Row>): void {
    Object.assign(row, patch);
    if (this.#added.has(row)) return;
    const columns = this.#changed.get(row) ?? new Set();
    for (const column of Object.keys(patch)) columns.add(column);
    this.#changed.set(row, columns);
  }

  writes(): Write[] {
    return [
      ...(this.#added.size ? [insertion(this.table, [...this.#added])] : []),
      ...(this.#changed.size ? [this.#update()] : []),
    ];
  }

  #update(): Write {
    const columns = new Set([...this.#changed.values()].flatMap((each) => [...each]));
    const rows = [...this.#changed.keys()].map((row) =>
      Object.fromEntries([...this.#keys, ...columns].map((key) => [key, row[key as keyof Row]])),
    );
    const set = [...columns].map((key) => `${snake(key)} = s.${snake(key)}`).join(', ');
    const where = this.#keys.map((key) => `w.${snake(key)} = s.${snake(key)}`).join(' AND ');
    return {
      sql: `UPDATE ${this.table} w SET ${set} FROM ${source(this.table, rows)} s WHERE ${where}`,
      rows: columnsOf(rows),
    };
  }
}

/** A part of the final statement: SQL with `?` in place of its one parameter, an array of rows. */
export type Write = { readonly sql: string; readonly rows: string };

/** Inserts rows of one shape. Columns that are left out take their defaults. */
export function insertion(table: string, rows: readonly object[]): Write {
  const columns = columnNames(rows[0] ?? {}).join(', ');
  return {
    sql: `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${source(table, rows)}`,
    rows: columnsOf(rows),
  };
}

// Of one row PostgreSQL knows that it is one, and finds its place by the key instead of reading the table for a hundred.
const source = (table: string, rows: readonly object[]): string =>
  rows.length === 1 ? `jsonb_populate_record(NULL::${table}, ? -> 0)` : `jsonb_populate_recordset(NULL::${table}, ?)`;

/** Writes everything in one statement, one round trip. No two parts may touch the same row. */
export async function writeAll(client: PoolClient, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return;
  const parts = writes.map(({ sql }, index) => `w${index} AS (${sql.replace('?', `$${index + 1}::jsonb`)})`);
  const text = `WITH ${parts.join(', ')} SELECT`;
  await client.query({ name: statementName(text), text, values: writes.map(({ rows }) => rows) });
}

// The text depends on the shapes written, of which there are few: its digest names the prepared statement.
const statementName = kept((text) => createHash('sha256').update(text).digest('base64url').slice(0, 40));
const snake = kept((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

const columnNames = (row: object): string[] => Object.keys(row).map(snake);

const columnsOf = (rows: readonly object[]): string => JSON.stringify(rows.map(toColumns));

function toColumns(row: object): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row))
    columns[snake(key)] = Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
  return columns;
}

type Column = { readonly key: string; readonly holds: 'instant' | 'bytes' | 'value' };

const BYTES = ['secret', 'audit_head'];

const columnOf = kept<Column>((column) => ({
  key: column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  holds: /(^|_)at$/.test(column) ? 'instant' : BYTES.includes(column) ? 'bytes' : 'value',
}));

/** A row as `to_json` gives it: instants as ISO text, bytes as `\\x` hex. */
export function fromColumns<Row>(columns: Record<string, unknown>): Row {
  const row: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(columns)) {
    const { key, holds } = columnOf(column);
    if (typeof value !== 'string' || holds === 'value') row[key] = value;
    else row[key] = holds === 'instant' ? new Date(value) : Buffer.from(value.slice(2), 'hex');
  }
  return row as Row;
}

/** A function of a text that is asked again and again of a few texts; what it gave is kept. */
function kept<Value = string>(make: (text: string) => Value): (text: string) => Value {
  const values = new Map<string, Value>();
  return (text) => {
    let value = values.get(text);
    if (value === undefined) {
      value = make(text);
      values.set(text, value);
    }
    return value;
  };
}
