import { pipeline } from 'node:stream/promises';
import { attach, findAttachment, openAttachment, removeAttachment, storeUpload } from '../../cases/attachments.ts';
import { DomainError } from '../../domain/errors.ts';
import { acceptedExtensions } from '../../platform/fileKind.ts';
import { authenticate } from '../authentication.ts';
import { attachmentRoutes as routes } from '../contract/attachments.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import { recordReading } from '../readings.ts';
import { parse, type Routing } from '../routing.ts';
import { readUpload } from '../upload.ts';
import { attachmentView } from '../views/attachmentView.ts';
import { loadNames } from '../views/names.ts';
import { readableContents } from '../views/readable.ts';

const FILE_NAME = /^[^/\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}$/u;

/** Files of a case, encrypted as they arrive and decrypted as they leave. */
export function mountAttachments({ on }: Routing, deps: ApiDeps): void {
  on(routes.limits, async () => ({
    maxBytes: deps.config.uploadLimitBytes,
    extensions: [...acceptedExtensions],
  }));

  on(routes.upload, async ({ actor, key, request }) => {
    const { personId } = actor;
    return readUpload(request, async ({ fields, name, source }) => {
      const { caseId, purpose } = parse(routes.upload.multipart, fields, request);
      if (!FILE_NAME.test(name)) throw new DomainError('invalid', { field: 'file', reason: 'noFileName' }, 'file');
      await readableContents(deps, actor, caseId);
      const maxBytes = deps.config.uploadLimitBytes;
      const upload = await storeUpload(deps, deps.files, { caseId, purpose, name, source, maxBytes });
      // The file's own bytes are not in the key's digest: a second upload is told the first one's id, and its own bytes go.
      const body = { caseId, purpose, name };
      // The file may have been long on its way.
      const kept = authenticate(deps, request).then(() =>
        once<{ id: string }>(deps, { personId, target: 'attachments', key, body }, (keep) =>
          attach(deps, personId, upload, keep),
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
    const { row } = await readableContents(deps, actor, file.caseId);
    await recordReading(deps, actor, row, 'attachment', { attachmentId: file.id });
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
    await readableContents(deps, actor, file.caseId);
    await removeAttachment(deps, deps.files, actor.personId, file);
    return { done: true as const };
  });
}
