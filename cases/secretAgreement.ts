import type { PoolClient } from 'pg';
import { aad, type DataKey, open, openJson } from '../platform/cipher.ts';
import { type KeyStore, KeyStoreError } from '../platform/keyStore.ts';
import { clientKey, sealedTables } from './clientSecrets.ts';
import type { StoredCase } from './storedCase.ts';
import { factPlace } from './transaction.ts';
import type { Report } from './verificationReport.ts';

type Deps = { readonly keys: KeyStore };

/** Opens whatever is sealed under the case's key; an idle draft's key must be gone. @returns the facts' secrets, by number */
export async function checkSecrets(
  report: Report,
  { keys }: Deps,
  stored: StoredCase,
): Promise<ReadonlyMap<number, unknown>> {
  const { id } = stored.row;
  const secrets = new Map<number, unknown>();
  const key = await keyOf(keys, `case:${id}`);
  const isErased = stored.form?.length === 0 && stored.row.state === 'lapsed';
  if (isErased) {
    if (key) report.find('secrets', `case ${id}`, ['erased, and its key is still there']);
    return secrets;
  }
  if (!key) {
    report.find('secrets', `case ${id}`, ['no key']);
    return secrets;
  }
  const opening = (what: string, work: () => unknown): void => {
    report.examined.secrets += 1;
    try {
      work();
    } catch {
      report.find('secrets', `case ${id}`, [`${what} does not decrypt`]);
    }
  };
  for (const fact of stored.facts) {
    if (!fact.secret) continue;
    opening(`fact ${fact.seq}`, () => secrets.set(fact.seq, openJson(key, fact.secret, factPlace(id, fact.seq))));
  }
  const { form } = stored;
  if (form) opening('form', () => openJson(key, form, aad('recommendations', 'form', id)));
  for (const note of stored.notes)
    opening(`${note.table} ${note.id}`, () => open(key, note.secret, aad(note.table, 'secret', note.id)));
  for (const file of stored.attachments)
    opening(`attachment ${file.id} name`, () => open(key, file.name, aad('attachments', 'name', file.id)));
  return secrets;
}

/** The key of a scope, or null where there is none. */
export async function keyOf(keys: KeyStore, scope: string): Promise<DataKey | null> {
  try {
    return await keys.get(scope);
  } catch (error) {
    if (error instanceof KeyStoreError) return null;
    throw error;
  }
}

/** Opens what is sealed under the clients' keys. */
export async function checkClients(report: Report, { keys }: Deps, client: PoolClient): Promise<void> {
  for (const { table, clientId } of sealedTables) {
    const { rows } = await client.query<{ id: string; clientId: string; secret: Buffer }>(
      `SELECT t.id, ${clientId} AS "clientId", t.secret FROM ${table} t WHERE t.secret IS NOT NULL ORDER BY t.id`,
    );
    for (const row of rows) {
      report.examined.secrets += 1;
      const key = await keyOf(keys, clientKey(row.clientId));
      try {
        if (!key) throw new Error('no key');
        openJson(key, row.secret, aad(table, 'secret', row.id));
      } catch {
        report.find('secrets', table === 'clients' ? `client ${row.id}` : `${table} ${row.id}`, ['does not decrypt']);
      }
    }
  }
}
