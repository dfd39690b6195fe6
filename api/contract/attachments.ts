import { z } from 'zod';
import { attachmentView } from './cases.ts';
import type { Route } from './route.ts';
import { done, id, idParams } from './shared.ts';

export const attachmentPurpose = z.enum(['evidence', 'intent', 'minutes', 'photo', 'other']);

/** What may be uploaded, told before anything is sent. */
export const attachmentLimits = z.strictObject({
  maxBytes: z.number().int(),
  /** Extensions without the dot, in lower case. */
  extensions: z.array(z.string()),
});
export type AttachmentLimits = z.infer<typeof attachmentLimits>;

export const attachmentRoutes = {
  limits: {
    method: 'get',
    path: '/attachment-limits',
    summary: 'Which files may be uploaded, and how large',
    response: attachmentLimits,
  },
  upload: {
    method: 'post',
    path: '/attachments',
    summary: 'Attach a file to a case or to a return visit; its content must be what its name says',
    writes: true,
    multipart: z.strictObject({ caseId: id.optional(), visitId: id.optional(), purpose: attachmentPurpose }),
    status: 201,
    response: attachmentView,
  },
  download: { method: 'get', path: '/attachments/{id}', summary: 'The file itself', params: idParams, files: ['*/*'] },
  remove: {
    method: 'delete',
    path: '/attachments/{id}',
    summary: 'Remove a file: of a case while its form may be edited, of a return visit whoever uploaded it',
    params: idParams,
    response: done,
  },
} as const satisfies Record<string, Route>;
