import { aad, openJson, sealJson } from '../platform/cipher.ts';
import type { KeyStore } from '../platform/keyStore.ts';

/**
 * What is kept about a client and belongs to no one case is sealed under the client's own key, and bound to its table and row
 * (Article 11). A new table with such a column `secret` goes into `sealedTables`, so that it is verified.
 */
export const clientKey = (clientId: string): string => `client:${clientId}`;

/** Each table with the SQL that gives the client of a row `t`. */
export const sealedTables: readonly { readonly table: string; readonly clientId: string }[] = [
  { table: 'clients', clientId: 't.id' },
  { table: 'marketing_tasks', clientId: '(SELECT client_id FROM accounts WHERE id = t.account_id)' },
  { table: 'visits', clientId: '(SELECT a.client_id FROM accounts a WHERE a.id = t.account_id)' },
  { table: 'account_reports', clientId: '(SELECT a.client_id FROM accounts a WHERE a.id = t.account_id)' },
  { table: 'projects', clientId: 't.client_id' },
  { table: 'project_changes', clientId: '(SELECT p.client_id FROM projects p WHERE p.id = t.project_id)' },
  { table: 'project_operations', clientId: '(SELECT p.client_id FROM projects p WHERE p.id = t.project_id)' },
  { table: 'plans', clientId: '(SELECT a.client_id FROM accounts a WHERE a.id = t.account_id)' },
  { table: 'reviews', clientId: '(SELECT a.client_id FROM accounts a WHERE a.id = t.account_id)' },
  {
    table: 'plan_measures',
    clientId: '(SELECT a.client_id FROM plans p JOIN accounts a ON a.id = p.account_id WHERE p.id = t.plan_id)',
  },
];

/** Seals what a row of `table` holds in secret. */
export async function sealForClient(
  { keys }: { readonly keys: KeyStore },
  clientId: string,
  table: string,
  id: string,
  value: unknown,
): Promise<Buffer> {
  return sealJson(await keys.getOrCreate(clientKey(clientId)), value, aad(table, 'secret', id));
}

/** Opens it again. @throws DecryptionError, KeyStoreError */
export async function openForClient<Value>(
  { keys }: { readonly keys: KeyStore },
  clientId: string,
  table: string,
  id: string,
  secret: Uint8Array,
): Promise<Value> {
  return openJson(await keys.get(clientKey(clientId)), Buffer.from(secret), aad(table, 'secret', id)) as Value;
}
