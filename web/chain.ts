import type { AuditHeadView, ChainEntryView } from '../api/contract/audit.ts';
import { type Hashed, hashedEntry } from '../domain/auditContent.ts';
import { get, query } from './api/call.ts';

/** A hash chain computed again here, in the browser, from what the server gave: nothing is taken on its word. */
export type ChainResult = {
  readonly entries: number;
  readonly head: string | null;
  /** The first entry that is wrong, and how; null for none. */
  readonly broken: { readonly seq: number; readonly fault: 'sequence' | 'link' | 'hash' | 'sealed' | 'missing' } | null;
  /** How many heads of seals were compared, and up to which entry the chain is sealed. */
  readonly sealed: number;
  readonly sealedUpTo: number;
};

type Fetched = {
  readonly items: readonly ChainEntryView[];
  readonly sealed: readonly { readonly seq: number; readonly hash: string; readonly sealId: number }[];
  readonly nextAfter: number | null;
};

const GENESIS = '0'.repeat(64);

/** Fetches a chain from its beginning and computes every hash; `onProgress` is told how many entries are done. */
export async function computeChain(
  stream: string,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (entries: number) => void },
): Promise<ChainResult> {
  let previous: ChainEntryView | null = null;
  let broken: ChainResult['broken'] = null;
  let after: number | null = 0;
  let entries = 0;
  const sealed: { seq: number; hash: string }[] = [];
  while (after !== null) {
    const page: Fetched = await get(
      `/audit/streams/${encodeURIComponent(stream)}/entries${query({ after, limit: 500 })}`,
      signal,
    );
    for (const entry of page.items) {
      broken ??= await faultOf(previous, entry, stream, page.sealed);
      previous = entry;
      entries += 1;
    }
    sealed.push(...page.sealed);
    onProgress(entries);
    after = page.nextAfter;
  }
  const last: ChainEntryView | null = previous;
  const beyond = sealed.find(({ seq }) => seq > (last?.seq ?? 0));
  if (!broken && beyond) broken = { seq: (last?.seq ?? 0) + 1, fault: 'missing' };
  return {
    entries,
    head: last?.hash ?? null,
    broken,
    sealed: sealed.length,
    sealedUpTo: Math.max(0, ...sealed.map(({ seq }) => seq)),
  };
}

async function faultOf(
  previous: ChainEntryView | null,
  entry: ChainEntryView,
  stream: string,
  sealed: Fetched['sealed'],
): Promise<ChainResult['broken']> {
  const { seq } = entry;
  if (entry.stream !== stream || seq !== (previous?.seq ?? 0) + 1) return { seq, fault: 'sequence' };
  if (entry.prevHash !== (previous?.hash ?? GENESIS)) return { seq, fault: 'link' };
  if ((await hashOf(entry.prevHash, hashedEntry(entry))) !== entry.hash) return { seq, fault: 'hash' };
  return sealed.some((head) => head.seq === seq && head.hash !== entry.hash) ? { seq, fault: 'sealed' } : null;
}

async function hashOf(prevHash: string, { prefix, content }: Hashed): Promise<string> {
  const encoder = new TextEncoder();
  const parts = [encoder.encode(prefix), bytesOf(prevHash), encoder.encode(content)];
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', joined)));
}

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A head that was exported earlier, or null for a file that is none. */
export function headOf(text: string): AuditHeadView | null {
  try {
    const head = JSON.parse(text) as Partial<AuditHeadView>;
    return typeof head.id === 'number' && /^[0-9a-f]{64}$/.test(head.hash ?? '') ? (head as AuditHeadView) : null;
  } catch {
    return null;
  }
}
