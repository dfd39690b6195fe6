import { pipeline } from 'node:stream/promises';
import { accountToRead } from '../../cases/accounts.ts';
import type { Actor } from '../../cases/actor.ts';
import {
  attach,
  type FileOwner,
  findAttachment,
  openAttachment,
  removeAttachment,
  storeUpload,
} from '../../cases/attachments.ts';
import { attachToVisit, removeFromVisit, visitToAttachTo } from '../../cases/visitFiles.ts';
import { DomainError } from '../../domain/errors.ts';
import { acceptedExtensions } from '../../platform/fileKind.ts';
import { authenticate } from '../authentication.ts';
import { attachmentRoutes as routes } from '../contract/attachments.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import { recordAccountReading, recordReading } from '../readings.ts';
import { parse, type Routing } from '../routing.ts';
import { readUpload } from '../upload.ts';
import { attachmentView } from '../views/attachmentView.ts';
import { loadNames } from '../views/names.ts';
import { readableContents } from '../views/readable.ts';

const FILE_NAME = /^[^/\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}$/u;

/** Files of cases and of return visits, encrypted as they arrive and decrypted as they leave. */
export function mountAttachments({ on }: Routing, deps: ApiDeps): void {
  on(routes.limits, async () => ({
    maxBytes: deps.config.uploadLimitBytes,
    extensions: [...acceptedExtensions],
  }));

  on(routes.upload, async ({ actor, key, request }) => {
    const { personId } = actor;
    return readUpload(request, async ({ fields, name, source }) => {
      const { caseId, visitId, purpose } = parse(routes.upload.multipart, fields, request);
      if (!FILE_NAME.test(name)) throw new DomainError('invalid', { field: 'file', reason: 'noFileName' }, 'file');
      const owner = await ownerOf(actor, caseId, visitId);
      const maxBytes = deps.config.uploadLimitBytes;
      const upload = await storeUpload(deps, deps.files, { owner, purpose, name, source, maxBytes });
      // The file's own bytes are not in the key's digest: a second upload is told the first one's id, and its own bytes go.
      const body = { caseId, visitId, purpose, name };
      // The file may have been long on its way.
      const kept = authenticate(deps, request).then(() =>
        once<{ id: string }>(deps, { personId, target: 'attachments', key, body }, (keep) =>
          'caseId' in owner
            ? attach(deps, personId, { ...upload, owner }, keep)
            : attachToVisit(deps, personId, { ...upload, owner }, keep),
        ),
      );
      const id = await kept.then(
        (answer) => answer.id,
        async (error) => {
          // Where the database went away meanwhile it may have been attached all the same: a file too many harms nobody.
          if (!(error instanceof DomainError && error.code === 'unavailable')) await deps.files.remove(upload.id);
          throw error;
        },
      );
      if (id !== upload.id) await deps.files.remove(upload.id);
      const file = await findAttachment(deps, id);
      return attachmentView(file, await loadNames(deps.prisma, { persons: [file.uploadedBy] }));
    });
  });

  on(routes.download, async ({ actor, params, response }) => {
    const file = await findAttachment(deps, params.id);
    if ('caseId' in file.owner) {
      const { row } = await readableContents(deps, actor, file.owner.caseId);
      await recordReading(deps, actor, row, 'attachment', { attachmentId: file.id });
    } else {
      const account = await accountToRead(deps.pool, actor, file.owner.accountId);
      await recordAccountReading(deps, actor, account, 'attachment', { attachmentId: file.id });
    }
    const content = await openAttachment(deps, deps.files, file);
    response.status(200).set({
      'Content-Type': file.mime,
      'Content-Length': String(file.size),
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Content-Security-Policy': "sandbox; default-src 'none'",
    });
    await pipeline(content, response);
    return undefined;
  });

  on(routes.remove, async ({ actor, params }) => {
    const file = await findAttachment(deps, params.id);
    if ('caseId' in file.owner) {
      await readableContents(deps, actor, file.owner.caseId);
      await removeAttachment(deps, deps.files, actor.personId, file, file.owner.caseId);
    } else await removeFromVisit(deps, deps.files, actor.personId, { ...file, owner: file.owner });
    return { done: true as const };
  });

  /** What a file is sent for. @throws DomainError `missing`, `invalid`, `notFound`, `forbidden`, those of `visitToAttachTo` */
  async function ownerOf(actor: Actor, caseId?: string, visitId?: string): Promise<FileOwner> {
    if (caseId !== undefined && visitId !== undefined)
      throw new DomainError('invalid', { field: 'visitId', reason: 'oneOwner' }, 'visitId');
    if (visitId !== undefined) return visitToAttachTo(deps.pool, actor, visitId);
    if (caseId === undefined) throw new DomainError('missing', { field: 'caseId' }, 'caseId');
    await readableContents(deps, actor, caseId);
    return { caseId };
  }
}
