import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import type { Attachments } from '../platform/attachments.ts';
import { accountToKeep } from './accounts.ts';
import { type Actor, actorNow } from './actor.ts';
import { type Attachment, type FileOwner, insertAttachment, type Upload } from './attachments.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { inTransaction } from './transaction.ts';
import { visitStands } from './visits.ts';

type VisitOwner = Extract<FileOwner, { readonly visitId: string }>;

const MOST_FILES = 20;

/**
 * The visit a file is sent for, where the person keeps the account's file: one that was made, as it was corrected last.
 * @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `visitNotDone`
 */
export async function visitToAttachTo(database: Pool | PoolClient, actor: Actor, visitId: string): Promise<VisitOwner> {
  const { rows } = await database.query<{ accountId: string; state: string; stands: boolean }>(
    `SELECT account_id AS "accountId", state, ${visitStands('v')} AS stands FROM visits v WHERE id = $1`,
    [visitId],
  );
  const [visit] = rows;
  if (!visit) throw new DomainError('notFound');
  const { id: accountId, clientId } = await accountToKeep(database, actor, visit.accountId);
  if (visit.state !== 'done' || !visit.stands) throw new DomainError('visitNotDone');
  return { visitId, accountId, clientId };
}

/** Attaches a stored file, a photo as a rule, to a visit. @throws DomainError those of `visitToAttachTo`, `tooMany` */
export async function attachToVisit(
  deps: CaseDeps,
  personId: string,
  upload: Upload<VisitOwner>,
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const { id, owner, purpose, storedHash } = upload;
  return inTransaction(deps, async (client) => {
    await client.query('SELECT 1 FROM visits WHERE id = $1 FOR UPDATE', [owner.visitId]);
    const { visitId, accountId } = await visitToAttachTo(client, await actorNow(client, personId), owner.visitId);
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM attachments WHERE visit_id = $1 AND removed_at IS NULL',
      [visitId],
    );
    if ((rows[0]?.count ?? 0) >= MOST_FILES) throw new DomainError('tooMany', { limit: MOST_FILES });
    await insertAttachment(deps, client, personId, upload);
    await appendAudit(client, {
      act: 'visit.attached',
      actorId: personId,
      codes: { accountId, visitId, attachmentId: id, purpose, storedHash },
    });
    await keep?.(client, { id });
    return { result: { id }, doorbell: null };
  });
}

/** Takes a file off a visit: whoever uploaded it. The record stays, the content goes. @throws DomainError `notFound`, `forbidden`, `accountTerminated` */
export async function removeFromVisit(
  deps: CaseDeps,
  files: Attachments,
  personId: string,
  { id, owner, uploadedBy }: Attachment & { readonly owner: VisitOwner },
): Promise<void> {
  const { visitId, accountId } = owner;
  await inTransaction(deps, async (client) => {
    await accountToKeep(client, await actorNow(client, personId), accountId);
    if (uploadedBy !== personId) throw new DomainError('forbidden', { needed: 'uploader' });
    await client.query('UPDATE attachments SET removed_at = now() WHERE id = $1', [id]);
    await appendAudit(client, {
      act: 'visit.detached',
      actorId: personId,
      codes: { accountId, visitId, attachmentId: id },
    });
    return { result: undefined, doorbell: null };
  });
  await files.remove(id);
}
