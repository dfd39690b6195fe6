import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AuditEntry,
  type ChainedEntry,
  entryHash,
  foldHeads,
  GENESIS,
  type Seal,
  verifyChain,
  verifySeals,
} from '../../cases/auditHash.ts';
import { canonicalJson } from '../../domain/auditContent.ts';

const at = new Date('2026-11-20T08:00:00.123Z');
const blank: AuditEntry = {
  stream: 'case:1',
  seq: 1,
  at,
  actorId: 'p1',
  onBehalfOf: null,
  enteredBy: null,
  act: 'vote',
  caseId: '1',
  taskId: 't1',
  codes: { choice: 'sealed', round: 1 },
  contentHash: Buffer.alloc(32, 9),
};

function chain(length: number, stream = 'case:1'): ChainedEntry[] {
  const entries: ChainedEntry[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const entry = { ...blank, stream, seq, actorId: `p${seq}` };
    const prevHash = entries.at(-1)?.hash ?? GENESIS;
    entries.push({ ...entry, prevHash, hash: entryHash(prevHash, entry) });
  }
  return entries;
}

const headOf = (entries: ChainedEntry[]) => {
  const { stream, seq, hash } = entries.at(-1) as ChainedEntry;
  return { stream, seq, hash };
};

describe('canonical JSON', () => {
  test('spells equal values alike, in whatever order the members come back from the database', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.maxSafeInteger(), fc.string(), fc.boolean())), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ b: [1, { d: null, c: '文' }], a: -0, z: undefined })).toBe(
      '{"a":0,"b":[1,{"c":"文","d":null}]}',
    );
  });

  test('refuses what has no single spelling', () => {
    for (const value of [1.5, Number.NaN, 2 ** 53, 10n, undefined, [undefined], at, new Map(), () => 1]) {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    }
  });
});

describe('the hash of an entry', () => {
  test('stays what it was in earlier releases', () => {
    expect(entryHash(GENESIS, blank).toString('hex')).toBe(
      '789b8c9dfd77b7b4c3b37b471a993ef05598b916f2fcc0fa5de4524e7cd46e36',
    );
  });

  test('changes with every column', () => {
    const changes: Partial<AuditEntry>[] = [
      { stream: 'case:2' },
      { seq: 2 },
      { at: new Date(at.getTime() + 1) },
      { actorId: null },
      { onBehalfOf: 'p2' },
      { enteredBy: 'p2' },
      { act: 'recuse' },
      { caseId: null },
      { taskId: 't2' },
      { codes: { choice: 'sealed', round: 2 } },
      { contentHash: null },
      { contentHash: Buffer.alloc(32, 8) },
    ];
    expect(new Set(changes.map((change) => Object.keys(change)[0]))).toEqual(new Set(Object.keys(blank)));
    const hashes = [blank, ...changes.map((change) => ({ ...blank, ...change }))].map((entry) =>
      entryHash(GENESIS, entry).toString('hex'),
    );
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(entryHash(Buffer.alloc(32, 1), blank).equals(entryHash(GENESIS, blank))).toBe(false);
  });
});

describe('a stream', () => {
  test('that nobody touched is in order', () => {
    expect(verifyChain(chain(5))).toEqual({ ok: true, length: 5 });
    expect(verifyChain([])).toEqual({ ok: true, length: 0 });
  });

  test('names the first entry that was changed, removed, put in, exchanged or taken from another stream', () => {
    const good = chain(5);
    const changed = good.with(2, { ...(good[2] as ChainedEntry), actorId: 'intruder' });
    expect(verifyChain(changed)).toEqual({ ok: false, index: 2, fault: 'hash' });
    expect(verifyChain(good.toSpliced(2, 1))).toEqual({ ok: false, index: 2, fault: 'sequence' });
    expect(verifyChain(good.toSpliced(2, 0, good[2] as ChainedEntry))).toEqual({
      ok: false,
      index: 3,
      fault: 'sequence',
    });
    expect(verifyChain(good.slice(1))).toEqual({ ok: false, index: 0, fault: 'sequence' });
    expect(verifyChain(good.with(3, chain(5, 'case:2')[3] as ChainedEntry))).toEqual({
      ok: false,
      index: 3,
      fault: 'stream',
    });
  });

  test('in which an entry was changed and hashed again breaks at the next one', () => {
    const good = chain(5);
    const forged = { ...(good[2] as ChainedEntry), actorId: 'intruder' };
    const again = good.with(2, { ...forged, hash: entryHash(forged.prevHash, forged) });
    expect(verifyChain(again)).toEqual({ ok: false, index: 3, fault: 'link' });
  });

  test('cut off at its end, or written anew from some entry on, no longer holds its sealed heads', () => {
    const good = chain(5);
    const { heads } = foldHeads(null, [headOf(good)], at);
    expect(verifyChain(good, heads)).toEqual({ ok: true, length: 5 });
    expect(verifyChain(good.slice(0, 4))).toEqual({ ok: true, length: 4 });
    expect(verifyChain(good.slice(0, 4), heads)).toEqual({ ok: false, index: 4, fault: 'heads' });
    const last = { ...(good[4] as ChainedEntry), act: 'forged' };
    const rewritten = good.with(4, { ...last, hash: entryHash(last.prevHash, last) });
    expect(verifyChain(rewritten)).toEqual({ ok: true, length: 5 });
    expect(verifyChain(rewritten, heads)).toEqual({ ok: false, index: 4, fault: 'heads' });
  });
});

describe('the global chain', () => {
  const one = chain(5);
  const other = chain(3, 'day:2026-11-20');
  const first = foldHeads(null, [headOf(one.slice(0, 2)), headOf(other)], at);
  const second = foldHeads(first, [headOf(one)], at);
  const rehash = (seal: Seal, heads: Seal['heads']): Seal =>
    foldHeads(
      seal.id === 1 ? null : { id: seal.id - 1, hash: seal.prevHash },
      heads.map((head) => ({ ...head, hash: Buffer.from(head.hash, 'hex') })),
      seal.at,
    );

  test('folds heads alike in whatever order they come', () => {
    const turned = foldHeads(null, [headOf(other), headOf(one.slice(0, 2))], at);
    expect(turned).toEqual(first);
    expect(first).toMatchObject({
      id: 1,
      heads: [
        { stream: 'case:1', seq: 2 },
        { stream: 'day:2026-11-20', seq: 3 },
      ],
    });
    expect(second.prevHash).toEqual(first.hash);
  });

  test('survives its way through JSON', () => {
    const stored = { ...first, heads: JSON.parse(JSON.stringify(first.heads)) };
    expect(verifySeals([stored, second])).toEqual({ ok: true, length: 2 });
  });

  test('names the first seal that was changed or removed', () => {
    const changed = { ...first, heads: first.heads.slice(1) };
    expect(verifySeals([changed, second])).toEqual({ ok: false, index: 0, fault: 'hash' });
    expect(verifySeals([rehash(first, first.heads.slice(1)), second])).toEqual({ ok: false, index: 1, fault: 'link' });
    expect(verifySeals([second])).toEqual({ ok: false, index: 0, fault: 'sequence' });
    expect(verifySeals([{ ...first, at: new Date(0) }])).toEqual({ ok: false, index: 0, fault: 'hash' });
  });

  test('in which a stream went back, or a sealed head changed, is not in order', () => {
    expect(verifySeals([first, foldHeads(first, [headOf(one.slice(0, 1))], at)])).toMatchObject({ fault: 'heads' });
    const forged = { ...headOf(one.slice(0, 2)), hash: Buffer.alloc(32, 3) };
    expect(verifySeals([first, foldHeads(first, [forged], at)])).toMatchObject({ index: 1, fault: 'heads' });
  });

  test('written anew from the beginning, or cut off, does not hold an exported seal', () => {
    const exported = { id: second.id, hash: second.hash };
    expect(verifySeals([first, second], exported)).toEqual({ ok: true, length: 2 });
    expect(verifySeals([first], exported)).toEqual({ ok: false, index: 1, fault: 'heads' });
    const anew = rehash(first, first.heads.slice(0, 1));
    expect(verifySeals([anew, foldHeads(anew, [headOf(one)], at)], exported)).toEqual({
      ok: false,
      index: 1,
      fault: 'heads',
    });
  });

  test('seals nothing twice and never nothing', () => {
    expect(() => foldHeads(null, [], at)).toThrow(TypeError);
    expect(() => foldHeads(null, [headOf(one), headOf(one)], at)).toThrow(TypeError);
  });
});
