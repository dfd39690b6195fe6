import type { PoolClient } from 'pg';
import type { Attachments } from '../platform/attachments.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { type ImportRow, openTable, readReport } from './imports.ts';

type Stored = Pick<ImportRow, 'id' | 'state' | 'kind' | 'secret' | 'newRows'> & {
  readonly storedHash: string;
  /** Accounts that rest on it. */
  readonly entries: number;
};

export type ImportProblem = {
  readonly check: 'holdings' | 'attachments' | 'secrets';
  readonly at: string;
  readonly problem: string;
};

/** Each import that was not withdrawn has its file as it came and its report, and as many accounts rest on it as it says. */
export async function importProblems(
  client: PoolClient,
  deps: { readonly keys: KeyStore; readonly files: Attachments },
): Promise<ImportProblem[]> {
  const { rows } = await client.query<Stored>(
    `SELECT i.id, i.state, i.kind, i.secret, i.new_rows AS "newRows", i.stored_hash AS "storedHash",
       (SELECT count(*)::int FROM ledger_entries l WHERE l.import_id = i.id) AS entries FROM imports i ORDER BY i.id`,
  );
  const problems: ImportProblem[] = [];
  for (const row of rows) problems.push(...(await problemsOf(row, deps)));
  return problems;
}

async function problemsOf(
  row: Stored,
  deps: { readonly keys: KeyStore; readonly files: Attachments },
): Promise<ImportProblem[]> {
  const at = `import ${row.id}`;
  const found: ImportProblem[] = [];
  if (row.state !== 'applied' && row.entries > 0)
    found.push({ check: 'holdings', at, problem: `${row.state}, and ${row.entries} accounts rest on it` });
  if (row.state === 'applied' && row.kind === 'ledger' && row.entries === 0)
    found.push({ check: 'holdings', at, problem: 'applied, and no account rests on it' });
  if (row.state === 'withdrawn') return found;
  if ((await deps.files.storedHash(row.id)) !== row.storedHash)
    found.push({ check: 'attachments', at, problem: 'its file is gone or changed' });
  try {
    await readReport(deps, row);
    for await (const _ of await openTable(deps, deps.files, row.id));
  } catch {
    found.push({ check: 'secrets', at, problem: 'does not decrypt' });
  }
  return found;
}
