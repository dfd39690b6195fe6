import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Response } from 'express';
import type { AuditSearch, ChainEntryView } from './contract/audit.ts';
import type { ApiDeps } from './deps.ts';
import { auditEntries, hex } from './views/auditTrail.ts';
import { timeOf } from './views/days.ts';

const BATCH = 500;
const COLUMNS = [
  'stream',
  'seq',
  'at',
  'actorId',
  'onBehalfOf',
  'enteredBy',
  'act',
  'caseId',
  'taskId',
  'codes',
  'contentHash',
  'prevHash',
  'hash',
] as const satisfies readonly (keyof ChainEntryView)[];

/**
 * Streams what a search finds, oldest first. JSON Lines: a line that says what was searched and how far the trail was sealed, a line an entry,
 * and a last line with their number and the SHA-256 of all lines before it, which `npm run verify -- --export` computes again. CSV ends with the same
 * in a line beginning with `#`.
 */
export async function writeExport(
  deps: ApiDeps,
  response: Response,
  search: AuditSearch,
  { format, by }: { readonly format: 'jsonl' | 'csv'; readonly by: string },
): Promise<void> {
  const digest = createHash('sha256');
  let entries = 0;
  const write = async (line: string): Promise<void> => {
    digest.update(`${line}\n`);
    if (!response.write(`${line}\n`)) await once(response, 'drain');
  };
  response.status(200).set({
    'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
    'Content-Disposition': `attachment; filename="audit-${new Date().toISOString().slice(0, 10)}.${format}"`,
  });
  const head = { type: 'audit export 1', at: new Date().toISOString(), by, search, head: await sealOf(deps) };
  await write(format === 'csv' ? COLUMNS.join(',') : JSON.stringify(head));
  for await (const batch of auditEntries(deps.prisma, search, BATCH)) {
    for (const entry of batch) {
      await write(format === 'csv' ? COLUMNS.map((name) => cell(entry[name])).join(',') : JSON.stringify(entry));
      entries += 1;
    }
    if (response.destroyed) return;
  }
  const last = { type: 'end', entries, sha256: digest.digest('hex') };
  response.end(format === 'csv' ? `# ${JSON.stringify({ ...head, ...last })}\n` : `${JSON.stringify(last)}\n`);
}

/** Quoted where it must be; what a spreadsheet would take for a formula is kept from being one. */
function cell(value: unknown): string {
  const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A seal of the global chain, the last where none is named; null where there is none. */
export async function sealOf(
  { prisma }: Pick<ApiDeps, 'prisma'>,
  id?: number,
): Promise<{ id: number; at: string; hash: string } | null> {
  const seal = await prisma.auditSeal.findFirst({
    where: id === undefined ? {} : { id },
    orderBy: { id: 'desc' },
    select: { id: true, at: true, hash: true },
  });
  return seal && { id: seal.id, at: timeOf(seal.at), hash: hex(seal.hash) };
}
