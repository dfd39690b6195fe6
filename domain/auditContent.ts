/**
 * What is hashed of an audit entry and of a seal: the same bytes on the server and in the auditor's browser. SHA-256 is taken of the
 * prefix, the 32 bytes of the hash before, and the content, in UTF-8. Pure.
 */

/** An entry as JSON carries it: time in ISO 8601 with milliseconds, hashes in hexadecimal. */
export type WireEntry = {
  readonly stream: string;
  readonly seq: number;
  readonly at: string;
  readonly actorId: string | null;
  readonly onBehalfOf: string | null;
  readonly enteredBy: string | null;
  readonly act: string;
  readonly caseId: string | null;
  readonly taskId: string | null;
  readonly codes: unknown;
  readonly contentHash: string | null;
};

/** A head as a seal keeps it in JSON; the hash in hexadecimal. */
export type SealedHead = { readonly stream: string; readonly seq: number; readonly hash: string };

/** `prefix` keeps the two chains apart and names the version of the arithmetic. */
export type Hashed = { readonly prefix: string; readonly content: string };

export const hashedEntry = (entry: WireEntry): Hashed => ({
  prefix: 'audit entry 1\n',
  content: canonicalJson({
    stream: entry.stream,
    seq: entry.seq,
    at: entry.at,
    actorId: entry.actorId,
    onBehalfOf: entry.onBehalfOf,
    enteredBy: entry.enteredBy,
    act: entry.act,
    caseId: entry.caseId,
    taskId: entry.taskId,
    codes: entry.codes,
    contentHash: entry.contentHash,
  }),
});

export const hashedSeal = (seal: {
  readonly id: number;
  readonly at: string;
  readonly heads: readonly SealedHead[];
}): Hashed => ({
  prefix: 'audit seal 1\n',
  content: canonicalJson(seal),
});

/**
 * JSON with one spelling: keys sorted by code unit, no spaces, members that are undefined left out. Throws TypeError for what has
 * no single spelling: numbers that are not safe integers, and whatever is not JSON.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('Only whole numbers can be hashed; write others as text');
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  throw new TypeError('Only what JSON can hold can be hashed');
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
