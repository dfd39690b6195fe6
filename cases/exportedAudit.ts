import { createHash } from 'node:crypto';
import type { WireEntry } from '../domain/auditContent.ts';
import { entryHash, GENESIS } from './auditHash.ts';

export type ExportCheck = { readonly entries: number; readonly problems: readonly string[] };

type Exported = WireEntry & { readonly prevHash: string; readonly hash: string };
type Last = { readonly type: 'end'; readonly entries: number; readonly sha256: string };

/**
 * Checks an export in JSON Lines without any system at hand: that its digest is that of its lines, that every entry has the hash its content
 * gives, and that neighbours of one chain are linked. What was searched for is a part of the trail: gaps are no fault.
 */
export function checkExport(text: string): ExportCheck {
  const lines = text.trimEnd().split('\n');
  const problems: string[] = [];
  const last = JSON.parse(lines.at(-1) ?? 'null') as Last | null;
  const entries = lines.slice(1, -1).map((line) => JSON.parse(line) as Exported);
  const digest = createHash('sha256')
    .update(
      lines
        .slice(0, -1)
        .map((line) => `${line}\n`)
        .join(''),
    )
    .digest('hex');
  if (last?.type !== 'end' || last.sha256 !== digest) problems.push('sha256');
  if (last?.entries !== entries.length) problems.push('entries');
  const before = new Map<string, Exported>();
  for (const entry of entries) {
    const at = `${entry.stream} ${entry.seq}`;
    if (hashOf(entry) !== entry.hash) problems.push(`${at}: hash`);
    const previous = before.get(entry.stream);
    if (entry.seq === 1 && entry.prevHash !== Buffer.from(GENESIS).toString('hex')) problems.push(`${at}: link`);
    if (previous?.seq === entry.seq - 1 && previous.hash !== entry.prevHash) problems.push(`${at}: link`);
    before.set(entry.stream, entry);
  }
  return { entries: entries.length, problems };
}

function hashOf({ prevHash, at, contentHash, ...entry }: Exported): string {
  return entryHash(Buffer.from(prevHash, 'hex'), {
    ...entry,
    at: new Date(at),
    contentHash: contentHash === null ? null : Buffer.from(contentHash, 'hex'),
  }).toString('hex');
}
