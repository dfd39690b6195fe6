import type { Attachment } from '../../cases/attachments.ts';
import type { AttachmentView } from '../contract/cases.ts';
import { timeOf } from './days.ts';
import type { Names } from './names.ts';

export const attachmentView = (file: Attachment, names: Names): AttachmentView => ({
  id: file.id,
  caseId: 'caseId' in file.owner ? file.owner.caseId : null,
  visitId: 'visitId' in file.owner ? file.owner.visitId : null,
  purpose: file.purpose,
  name: file.name,
  mime: file.mime,
  size: file.size,
  uploadedBy: names.person(file.uploadedBy),
  at: timeOf(file.at),
});
