import { createHash } from 'node:crypto';
import { type Hashed, hashedEntry, hashedSeal, type SealedHead } from '../domain/auditContent.ts';

export type { SealedHead };

/**
 * The arithmetic of the audit log: each stream (one a case, one a day for what belongs to no case) is a chain of entries, each
 * hashed together with the one before; the sealer folds the heads of all streams into one global chain. Pure functions on the
 * shape of the rows; the SQL is elsewhere.
 */

/** What a row of `audit_entries` says. `at` counts to the millisecond, so the column must not keep more. */
export type AuditEntry = {
  readonly stream: string;
  /** From 1, without gaps. */
  readonly seq: number;
  readonly at: Date;
  readonly actorId: string | null;
  readonly onBehalfOf: string | null;
  readonly enteredBy: string | null;
  readonly act: string;
  readonly caseId: string | null;
  readonly taskId: string | null;
  /** Ids, codes and whole numbers only. */
  readonly codes: unknown;
  /** SHA-256 of what was written; of the ciphertext where it is confidential, so that the log tells nothing of it. */
  readonly contentHash: Uint8Array | null;
};

export type ChainedEntry = AuditEntry & { readonly prevHash: Uint8Array; readonly hash: Uint8Array };

/** Where a stream stands. */
export type ChainHead = { readonly stream: string; readonly seq: number; readonly hash: Uint8Array };

/** One row of the global chain, `audit_seals`. */
export type Seal = {
  /** From 1, without gaps. */
  readonly id: number;
  readonly at: Date;
  readonly heads: readonly SealedHead[];
  readonly prevHash: Uint8Array;
  readonly hash: Uint8Array;
};

export type ChainFault = 'stream' | 'sequence' | 'link' | 'hash' | 'heads';
/** `index` counts from 0 and names the first row that is wrong. */
export type ChainCheck =
  | { readonly ok: true; readonly length: number }
  | { readonly ok: false; readonly index: number; readonly fault: ChainFault };

/** What the first row of any chain has as its predecessor: 32 zero bytes. */
export const GENESIS: Uint8Array = new Uint8Array(32);

/** The hash of an entry that follows one with `prevHash` (GENESIS for the first): 32 bytes. */
export function entryHash(prevHash: Uint8Array, entry: AuditEntry): Buffer {
  const { contentHash, at } = entry;
  return linkHash(
    prevHash,
    hashedEntry({ ...entry, at: at.toISOString(), contentHash: contentHash && hex(contentHash) }),
  );
}

/**
 * Checks one stream from its first entry, and that it holds every `sealed` head of that stream: without those, entries cut off the
 * end would not be missed. A sealed head beyond the end, or with another hash, is the fault `heads`.
 */
export function verifyChain(entries: Iterable<ChainedEntry>, sealed: readonly SealedHead[] = []): ChainCheck {
  const sealedHashes = new Map(sealed.map((head) => [head.seq, head.hash]));
  let previous: ChainedEntry | null = null;
  let index = 0;
  for (const entry of entries) {
    const fault = entryFault(previous, entry, sealedHashes.get(entry.seq));
    if (fault) return { ok: false, index, fault };
    previous = entry;
    index += 1;
  }
  if (sealed.some((head) => head.seq > index)) return { ok: false, index, fault: 'heads' };
  return { ok: true, length: index };
}

function entryFault(
  previous: ChainedEntry | null,
  entry: ChainedEntry,
  sealedHash: string | undefined,
): ChainFault | null {
  if (previous && entry.stream !== previous.stream) return 'stream';
  if (entry.seq !== (previous?.seq ?? 0) + 1) return 'sequence';
  if (!same(entry.prevHash, previous?.hash ?? GENESIS)) return 'link';
  if (!same(entry.hash, entryHash(entry.prevHash, entry))) return 'hash';
  if (sealedHash !== undefined && sealedHash !== hex(entry.hash)) return 'heads';
  return null;
}

/**
 * The next seal: the heads of the streams that grew since `previous` (null for the first). Throws TypeError for no heads, or two of
 * one stream.
 */
export function foldHeads(previous: Pick<Seal, 'id' | 'hash'> | null, heads: readonly ChainHead[], at: Date): Seal {
  if (heads.length === 0) throw new TypeError('There is nothing to seal');
  if (new Set(heads.map((head) => head.stream)).size !== heads.length) throw new TypeError('A stream has one head');
  const sealed = heads
    .map((head) => ({ stream: head.stream, seq: head.seq, hash: hex(head.hash) }))
    .sort((a, b) => (a.stream < b.stream ? -1 : 1));
  const prevHash = previous?.hash ?? GENESIS;
  const seal = { id: (previous?.id ?? 0) + 1, at, heads: sealed, prevHash };
  return { ...seal, hash: sealHash(seal) };
}

/**
 * Checks the global chain from its first seal; that no stream ever went back or changed a head already sealed; and that an
 * `exported` seal, kept outside the database, is still in it (fault `heads` when it is not).
 */
export function verifySeals(seals: Iterable<Seal>, exported?: Pick<Seal, 'id' | 'hash'>): ChainCheck {
  const latest = new Map<string, SealedHead>();
  let previous: Seal | null = null;
  let index = 0;
  for (const seal of seals) {
    const fault = sealFault(previous, seal, latest, exported);
    if (fault) return { ok: false, index, fault };
    for (const head of seal.heads) latest.set(head.stream, head);
    previous = seal;
    index += 1;
  }
  if (exported && exported.id > index) return { ok: false, index, fault: 'heads' };
  return { ok: true, length: index };
}

function sealFault(
  previous: Seal | null,
  seal: Seal,
  latest: ReadonlyMap<string, SealedHead>,
  exported: Pick<Seal, 'id' | 'hash'> | undefined,
): ChainFault | null {
  if (seal.id !== (previous?.id ?? 0) + 1) return 'sequence';
  if (!same(seal.prevHash, previous?.hash ?? GENESIS)) return 'link';
  if (!same(seal.hash, sealHash(seal))) return 'hash';
  if (seal.id === exported?.id && !same(seal.hash, exported.hash)) return 'heads';
  for (const head of seal.heads) {
    const before = latest.get(head.stream);
    if (before && (head.seq < before.seq || (head.seq === before.seq && head.hash !== before.hash))) return 'heads';
  }
  return null;
}

function sealHash(seal: Omit<Seal, 'hash'>): Buffer {
  return linkHash(seal.prevHash, hashedSeal({ id: seal.id, at: seal.at.toISOString(), heads: seal.heads }));
}

function linkHash(prevHash: Uint8Array, { prefix, content }: Hashed): Buffer {
  return createHash('sha256').update(prefix).update(prevHash).update(content).digest();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
