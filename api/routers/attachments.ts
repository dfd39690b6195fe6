import { pipeline } from 'node:stream/promises';
import { addAttachment, findAttachment, openAttachment, removeAttachment } from '../../cases/attachments.ts';
import { DomainError } from '../../domain/errors.ts';
import { attachmentRoutes as routes } from '../contract/attachments.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import { recordReading } from '../readings.ts';
import { parse, type Routing } from '../routing.ts';
import { readUpload } from '../upload.ts';
import { attachmentView } from '../views/attachmentView.ts';
import { loadNames } from '../views/names.ts';
import { readableContents } from '../views/readable.ts';

const FILE_NAME = /^[^/\\\p{Cc}]{1,200}$/u;

/** Files of a case, encrypted as they arrive and decrypted as they leave. */
export function mountAttachments({ on }: Routing, deps: ApiDeps): void {
  on(routes.upload, async ({ actor, key, request }) => {
    const { personId } = actor;
    return readUpload(request, async ({ fields, name, source }) => {
      const { caseId, purpose } = parse(routes.upload.multipart, fields, request);
      if (!FILE_NAME.test(name)) throw new DomainError('invalid', { field: 'file', reason: 'name' }, 'file');
      await readableContents(deps, actor, caseId);
      // The file's own bytes are not in the key's digest: they are gone by when a second upload could be compared.
      const body = { caseId, purpose, name };
      const { id } = await once(deps, { personId, target: 'attachments', key, body }, async () => {
        const maxBytes = deps.config.uploadLimitBytes;
        const added = await addAttachment(deps, deps.files, { personId, caseId, purpose, name, source, maxBytes });
        return { id: added.id };
      });
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
