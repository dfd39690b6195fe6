import pg from 'pg';
import { describeConnectionFault } from './connectionFault.ts';

/**
 * Refuses a database whose locale makes pg_trgm blind to Chinese (ctype C, also under the built-in provider): near names of
 * clients would never be found there. Leaves nothing behind in the database.
 * Errors: the database cannot be reached, and why; or its locale is wrong, and which one to create the database with.
 */
export async function refuseWrongLocale(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect().catch((cause) => {
    throw new Error(describeConnectionFault('PostgreSQL', new URL(databaseUrl).host, cause), { cause });
  });
  try {
    await client.query('BEGIN');
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    const { rows } = await client.query<{ seen: number; locale: string }>(
      `SELECT cardinality(show_trgm('中建二局')) AS seen,
              (SELECT datctype FROM pg_database WHERE datname = current_database()) AS locale`,
    );
    await client.query('ROLLBACK');
    const [row] = rows;
    if (!row || row.seen === 0) {
      throw new Error(
        `The database's locale (${row?.locale}) cannot read Chinese text. Create it with ` +
          "ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C.UTF-8' TEMPLATE template0.",
      );
    }
  } finally {
    await client.end();
  }
}
