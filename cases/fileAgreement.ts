import type { Pool, PoolClient } from 'pg';
import type { Attachments } from '../platform/attachments.ts';
import { aad, open } from '../platform/cipher.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { clientKey } from './clientSecrets.ts';
import { keyOf } from './secretAgreement.ts';
import type { StoredCase } from './storedCase.ts';
import type { Report } from './verificationReport.ts';

type Deps = { readonly pool: Pool; readonly keys: KeyStore; readonly files: Attachments };

/** The file is the one that was stored, by its row and by the fact of its coming, and it decrypts to its end. */
export async function checkAttachments(report: Report, deps: Deps, stored: StoredCase): Promise<void> {
  for (const file of stored.attachments) {
    if (file.removedAt !== null) continue;
    report.examined.attachments += 1;
    const at = `attachment ${file.id}`;
    const told = stored.facts.find((fact) => fact.kind === 'attached' && fact.codes.attachmentId === file.id);
    if (told?.codes.storedHash !== file.storedHash) report.find('attachments', at, ['stored_hash is not the fact’s']);
    await checkStoredFile(report, deps, `case:${stored.row.id}`, file);
  }
}

/** The same of the files of return visits, by what the audit says of their coming. */
export async function checkVisitFiles(report: Report, deps: Deps, client: PoolClient): Promise<void> {
  const { rows } = await client.query<{
    id: string;
    name: Buffer;
    storedHash: string;
    removed: boolean;
    clientId: string;
    told: string | null;
  }>(
    `SELECT f.id, f.name, f.stored_hash AS "storedHash", f.removed_at IS NOT NULL AS removed, a.client_id AS "clientId", e.codes->>'storedHash' AS told
     FROM attachments f JOIN visits v ON v.id = f.visit_id JOIN accounts a ON a.id = v.account_id
       LEFT JOIN audit_entries e ON e.act = 'visit.attached' AND e.codes->>'attachmentId' = f.id
     ORDER BY f.id`,
  );
  for (const { id, name, storedHash, removed, clientId, told } of rows) {
    const key = await keyOf(deps.keys, clientKey(clientId));
    report.examined.secrets += 1;
    try {
      if (!key) throw new Error('no key');
      open(key, name, aad('attachments', 'name', id));
    } catch {
      report.find('secrets', `attachment ${id}`, ['name does not decrypt']);
    }
    if (removed) continue;
    report.examined.attachments += 1;
    if (told !== storedHash) report.find('attachments', `attachment ${id}`, ['stored_hash is not the audit’s']);
    await checkStoredFile(report, deps, clientKey(clientId), { id, storedHash });
  }
}

async function checkStoredFile(
  report: Report,
  deps: Deps,
  scope: string,
  { id, storedHash }: { readonly id: string; readonly storedHash: string },
): Promise<void> {
  const actual = await deps.files.storedHash(id);
  if (actual === storedHash) await checkContent(report, deps, scope, id);
  else if (!(await removedSince(deps.pool, id)))
    report.find('attachments', `attachment ${id}`, [actual === null ? 'gone' : 'changed']);
}

async function checkContent(report: Report, { keys, files }: Deps, scope: string, id: string) {
  const key = await keyOf(keys, scope);
  if (!key) return;
  report.examined.secrets += 1;
  try {
    for await (const _ of files.read(id, key));
  } catch {
    report.find('secrets', `attachment ${id}`, ['does not decrypt']);
  }
}

/** A file may have been taken out while this ran. */
async function removedSince(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM attachments WHERE id = $1 AND removed_at IS NOT NULL', [id]);
  return rowCount !== 0;
}
