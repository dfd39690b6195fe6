import { randomUUID } from 'node:crypto';
import type { Company } from './company.ts';

/** A file that lies with a case, as its row alone: what evidence or minutes do in a process does not depend on what stands in them. @returns its id */
export async function fileOf(
  { deps: { prisma } }: Pick<Company, 'deps'>,
  caseId: string,
  { purpose, by }: { readonly purpose: 'evidence' | 'minutes'; readonly by: string },
): Promise<string> {
  const id = `${purpose}-${randomUUID()}`;
  const unread = { name: Buffer.of(1), mime: '', size: 1, keyedHash: '', storedHash: '' };
  await prisma.attachment.create({ data: { id, caseId, purpose, ...unread, uploadedBy: by } });
  return id;
}
