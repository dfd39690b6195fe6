import type { Readable } from 'node:stream';
import { DomainError } from '../domain/errors.ts';
import type { Attachments, StoredAttachment } from '../platform/attachments.ts';
import { aad, open, seal } from '../platform/cipher.ts';
import { newId } from '../platform/id.ts';
import type { CaseDeps } from './deps.ts';
import { guardForm } from './drafts.ts';
import { activeActor } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { type CaseTransaction, inCase } from './transaction.ts';

export type Attachment = {
  readonly id: string;
  readonly caseId: string;
  readonly purpose: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly uploadedBy: string;
  readonly at: Date;
};

const place = (id: string): string => aad('attachments', 'name', id);

/** A file whose content lies encrypted in the folder, and which no case knows yet. */
export type Upload = StoredAttachment & {
  readonly id: string;
  readonly caseId: string;
  readonly purpose: string;
  readonly name: string;
};

/** Stores a file's content, encrypted with the case's key. @throws DomainError `tooLarge`, `fileTypeRefused`, `fileTypeMismatch` */
export async function storeUpload(
  deps: CaseDeps,
  files: Attachments,
  upload: { caseId: string; purpose: string; name: string; source: AsyncIterable<Uint8Array>; maxBytes: number },
): Promise<Upload> {
  const { caseId, purpose, name, source, maxBytes } = upload;
  const id = newId();
  const stored = await files.write(id, await deps.keys.get(`case:${caseId}`), source, { fileName: name, maxBytes });
  return { ...stored, id, caseId, purpose, name };
}

/** Attaches a stored file to its case. The caller has made sure that the person may read the case. @throws DomainError `caseEnded` */
export async function attach(
  deps: CaseDeps,
  personId: string,
  upload: Upload,
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const { id, caseId, purpose, name, mime, size, keyedHash, storedHash } = upload;
  return inCase(deps, { caseId, personId }, async (tx) => {
    const actor = activeActor(tx);
    if (tx.case.closedAt !== null) throw new DomainError('caseEnded', { state: tx.case.state });
    await tx.sql(
      'INSERT INTO attachments (id, case_id, purpose, name, mime, size, keyed_hash, stored_hash, uploaded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [id, caseId, purpose, seal(tx.key, name, place(id)), mime, size, keyedHash, storedHash, actor.personId],
    );
    tx.fact({ kind: 'attached', actorId: actor.personId, codes: { attachmentId: id, purpose, storedHash } });
    await keep?.(tx.client, { id });
    return { id };
  });
}

/** The files of a case, names decrypted. */
export async function listAttachments(deps: CaseDeps, caseId: string): Promise<Attachment[]> {
  const { rows } = await deps.pool.query<AttachmentRow>(
    `${SELECT} WHERE case_id = $1 AND removed_at IS NULL ORDER BY at, id`,
    [caseId],
  );
  if (rows.length === 0) return [];
  const key = await deps.keys.get(`case:${caseId}`);
  return rows.map((row) => ({ ...row, name: open(key, row.name, place(row.id)).toString('utf8') }));
}

/** One file's record, without its content. @throws DomainError `notFound` */
export async function findAttachment(deps: CaseDeps, id: string): Promise<Attachment> {
  const { rows } = await deps.pool.query<AttachmentRow>(`${SELECT} WHERE id = $1 AND removed_at IS NULL`, [id]);
  const [row] = rows;
  if (!row) throw new DomainError('notFound');
  const key = await deps.keys.get(`case:${row.caseId}`);
  return { ...row, name: open(key, row.name, place(row.id)).toString('utf8') };
}

/** The content of a file, decrypted and verified as it is read. */
export async function openAttachment(
  deps: CaseDeps,
  files: Attachments,
  attachment: Pick<Attachment, 'id' | 'caseId'>,
): Promise<Readable> {
  return files.read(attachment.id, await deps.keys.get(`case:${attachment.caseId}`));
}

/** Takes a file out of a form while it may be edited; the record stays, the content goes. */
export async function removeAttachment(
  deps: CaseDeps,
  files: Attachments,
  personId: string,
  attachment: Attachment,
): Promise<void> {
  await inCase(deps, { caseId: attachment.caseId, personId }, async (tx) => {
    const actor = activeActor(tx);
    if (attachment.uploadedBy !== actor.personId) throw new DomainError('forbidden', { needed: 'uploader' });
    await guardForm(tx, actor);
    await tx.sql('UPDATE attachments SET removed_at = now() WHERE id = $1', [attachment.id]);
    tx.fact({ kind: 'detached', actorId: actor.personId, codes: { attachmentId: attachment.id } });
  });
  await files.remove(attachment.id);
}

/** Refuses an id that is no file of this case: evidence must lie with what it proves. */
export async function attachedTo(tx: CaseTransaction, id: string, field: string): Promise<void> {
  const rows = await tx.sql('SELECT 1 FROM attachments WHERE id = $1 AND case_id = $2 AND removed_at IS NULL', [
    id,
    tx.case.id,
  ]);
  if (rows.length === 0) throw new DomainError('invalid', { field, reason: 'notOfThisCase' }, field);
}

type AttachmentRow = Omit<Attachment, 'name'> & { readonly name: Buffer };
const SELECT = `SELECT id, case_id AS "caseId", purpose, name, mime, size, uploaded_by AS "uploadedBy", at FROM attachments`;
