import type { Readable } from 'node:stream';
import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import type { Attachments, StoredAttachment } from '../platform/attachments.ts';
import { aad, open, seal } from '../platform/cipher.ts';
import { newId } from '../platform/id.ts';
import { clientKey } from './clientSecrets.ts';
import type { CaseDeps } from './deps.ts';
import { guardForm } from './drafts.ts';
import { activeActor } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { type CaseTransaction, inCase } from './transaction.ts';

/** What a file belongs to: a case, or a return visit of a client's account. It lies under the key of the case, or of the client. */
export type FileOwner =
  | { readonly caseId: string }
  | { readonly visitId: string; readonly accountId: string; readonly clientId: string };

export type Attachment = {
  readonly id: string;
  readonly owner: FileOwner;
  readonly purpose: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly uploadedBy: string;
  readonly at: Date;
};

const place = (id: string): string => aad('attachments', 'name', id);

const keyOf = (owner: FileOwner): string => ('caseId' in owner ? `case:${owner.caseId}` : clientKey(owner.clientId));

/** A file whose content lies encrypted in the folder, and which its owner does not know yet. */
export type Upload<Owner extends FileOwner> = StoredAttachment & {
  readonly id: string;
  readonly owner: Owner;
  readonly purpose: string;
  readonly name: string;
};

/** Stores a file's content, encrypted with its owner's key. @throws DomainError `tooLarge`, `fileTypeRefused`, `fileTypeMismatch` */
export async function storeUpload<Owner extends FileOwner>(
  deps: CaseDeps,
  files: Attachments,
  upload: { owner: Owner; purpose: string; name: string; source: AsyncIterable<Uint8Array>; maxBytes: number },
): Promise<Upload<Owner>> {
  const { owner, purpose, name, source, maxBytes } = upload;
  const id = newId();
  const stored = await files.write(id, await deps.keys.get(keyOf(owner)), source, { fileName: name, maxBytes });
  return { ...stored, id, owner, purpose, name };
}

/** The row of a stored file. The caller has made sure that the person may add one. */
export async function insertAttachment(
  { keys }: Pick<CaseDeps, 'keys'>,
  client: Pick<PoolClient, 'query'>,
  personId: string,
  upload: Upload<FileOwner>,
): Promise<void> {
  const { id, owner, purpose, name, mime, size, keyedHash, storedHash } = upload;
  await client.query(
    'INSERT INTO attachments (id, case_id, visit_id, purpose, name, mime, size, keyed_hash, stored_hash, uploaded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [
      id,
      'caseId' in owner ? owner.caseId : null,
      'caseId' in owner ? null : owner.visitId,
      purpose,
      seal(await keys.get(keyOf(owner)), name, place(id)),
      mime,
      size,
      keyedHash,
      storedHash,
      personId,
    ],
  );
}

/** Attaches a stored file to its case. The caller has made sure that the person may read the case. @throws DomainError `caseEnded` */
export async function attach(
  deps: CaseDeps,
  personId: string,
  upload: Upload<{ readonly caseId: string }>,
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const { id, owner, purpose, storedHash } = upload;
  return inCase(deps, { caseId: owner.caseId, personId }, async (tx) => {
    const actor = activeActor(tx);
    if (tx.case.closedAt !== null) throw new DomainError('caseEnded', { state: tx.case.state });
    await insertAttachment(deps, tx.client, actor.personId, upload);
    tx.fact({ kind: 'attached', actorId: actor.personId, codes: { attachmentId: id, purpose, storedHash } });
    await keep?.(tx.client, { id });
    return { id };
  });
}

/** The files of a case, names decrypted. */
export const listAttachments = (deps: CaseDeps, caseId: string): Promise<Attachment[]> =>
  attachmentsWhere(deps, 'f.case_id = $1', caseId);

/** The files of some visits, names decrypted. */
export const listVisitFiles = (deps: CaseDeps, visitIds: readonly string[]): Promise<Attachment[]> =>
  attachmentsWhere(deps, 'f.visit_id = ANY ($1)', visitIds);

/** One file's record, without its content. @throws DomainError `notFound` */
export async function findAttachment(deps: CaseDeps, id: string): Promise<Attachment> {
  const [file] = await attachmentsWhere(deps, 'f.id = $1', id);
  if (!file) throw new DomainError('notFound');
  return file;
}

/** The content of a file, decrypted and verified as it is read. */
export async function openAttachment(
  deps: CaseDeps,
  files: Attachments,
  { id, owner }: Pick<Attachment, 'id' | 'owner'>,
): Promise<Readable> {
  return files.read(id, await deps.keys.get(keyOf(owner)));
}

/** Takes a file out of a form while it may be edited; the record stays, the content goes. */
export async function removeAttachment(
  deps: CaseDeps,
  files: Attachments,
  personId: string,
  { id, uploadedBy }: Attachment,
  caseId: string,
): Promise<void> {
  await inCase(deps, { caseId, personId }, async (tx) => {
    const actor = activeActor(tx);
    if (uploadedBy !== actor.personId) throw new DomainError('forbidden', { needed: 'uploader' });
    await guardForm(tx, actor);
    await tx.sql('UPDATE attachments SET removed_at = now() WHERE id = $1', [id]);
    tx.fact({ kind: 'detached', actorId: actor.personId, codes: { attachmentId: id } });
  });
  await files.remove(id);
}

/** Refuses an id that is no file of this case: evidence must lie with what it proves. */
export async function attachedTo(tx: CaseTransaction, id: string, field: string): Promise<void> {
  const rows = await tx.sql('SELECT 1 FROM attachments WHERE id = $1 AND case_id = $2 AND removed_at IS NULL', [
    id,
    tx.case.id,
  ]);
  if (rows.length === 0) throw new DomainError('invalid', { field, reason: 'notOfThisCase' }, field);
}

/** Whether evidence lies with the case. */
export async function hasEvidence(tx: CaseTransaction): Promise<boolean> {
  const rows = await tx.sql(
    `SELECT 1 FROM attachments WHERE case_id = $1 AND purpose = 'evidence' AND removed_at IS NULL LIMIT 1`,
    [tx.case.id],
  );
  return rows.length > 0;
}

type AttachmentRow = Omit<Attachment, 'name'> & { readonly name: Buffer };

/** The files a condition on `f` holds for, the oldest first, names decrypted. */
async function attachmentsWhere(
  { pool, keys }: CaseDeps,
  condition: string,
  value: string | readonly string[],
): Promise<Attachment[]> {
  const { rows } = await pool.query<AttachmentRow>(
    `SELECT f.id, f.purpose, f.name, f.mime, f.size, f.uploaded_by AS "uploadedBy", f.at,
       CASE WHEN f.visit_id IS NULL THEN json_build_object('caseId', f.case_id)
         ELSE json_build_object('visitId', f.visit_id, 'accountId', a.id, 'clientId', a.client_id) END AS owner
     FROM attachments f LEFT JOIN visits v ON v.id = f.visit_id LEFT JOIN accounts a ON a.id = v.account_id
     WHERE ${condition} AND f.removed_at IS NULL ORDER BY f.at, f.id`,
    [value],
  );
  return Promise.all(
    rows.map(async (row) => {
      const key = await keys.get(keyOf(row.owner));
      return { ...row, name: open(key, row.name, place(row.id)).toString('utf8') };
    }),
  );
}
