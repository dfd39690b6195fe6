import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { DomainError } from '../domain/errors.ts';

/** Label of an authenticated cipher, as it is stored beside a key. */
export type AlgorithmLabel = 'A256GCM';

/** A secret that encrypts one scope's values. Only its id may be shown; `secret` prints as nothing. */
export type DataKey = {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly scope: string;
  readonly algorithm: AlgorithmLabel;
  readonly secret: KeyObject;
};

/** One authenticated cipher. `seal` answers tag and data as one piece; `open` throws when the piece is not authentic. */
type Algorithm = {
  /** The byte that names it in stored values: never reuse one. */
  readonly code: number;
  readonly secretLength: number;
  readonly ivLength: number;
  readonly tagLength: number;
  seal(secret: KeyObject, iv: Uint8Array, plaintext: Uint8Array, additional: Uint8Array): Buffer;
  open(secret: KeyObject, iv: Uint8Array, piece: Uint8Array, additional: Uint8Array): Buffer;
};

const TAG_LENGTH = 16;

/** SM4 (company policy may ask for it) would be one more row: OpenSSL has no SM4-GCM, so as SM4-CTR with HMAC-SM3. */
export const algorithms: Readonly<Record<AlgorithmLabel, Algorithm>> = {
  A256GCM: {
    code: 1,
    secretLength: 32,
    ivLength: 12,
    tagLength: TAG_LENGTH,
    seal(secret, iv, plaintext, additional) {
      const cipher = createCipheriv('aes-256-gcm', secret, iv, { authTagLength: TAG_LENGTH }).setAAD(additional);
      const data = [cipher.update(plaintext), cipher.final()];
      return Buffer.concat([cipher.getAuthTag(), ...data]);
    },
    open(secret, iv, piece, additional) {
      const decipher = createDecipheriv('aes-256-gcm', secret, iv, { authTagLength: TAG_LENGTH })
        .setAAD(additional)
        .setAuthTag(piece.subarray(0, TAG_LENGTH));
      return Buffer.concat([decipher.update(piece.subarray(TAG_LENGTH)), decipher.final()]);
    },
  },
};

export type DecryptionReason = 'absent' | 'malformed' | 'unknownFormat' | 'otherKey' | 'notAuthentic';

/** What is stored does not decrypt. It is always an error, never an empty field (Article 11). */
export class DecryptionError extends DomainError {
  readonly reason: DecryptionReason;
  constructor(reason: DecryptionReason) {
    super('undecipherable', { reason });
    this.name = 'DecryptionError';
    this.reason = reason;
  }
}

const FORMAT = 1;
const KEY_ID_LENGTH = 16;
/** Format, algorithm, key id. */
export const HEADER_LENGTH = 2 + KEY_ID_LENGTH;

/** The first bytes of everything sealed under `key`. */
export function sealedHeader(key: DataKey): Buffer {
  return Buffer.concat([Buffer.of(FORMAT, algorithms[key.algorithm].code), Buffer.from(key.id, 'hex')]);
}

/** Throws DecryptionError unless `sealed` begins as sealed under `key`. */
export function checkHeader(key: DataKey, sealed: Uint8Array): void {
  if (sealed.length < HEADER_LENGTH) throw new DecryptionError('malformed');
  if (sealed[0] !== FORMAT || sealed[1] !== algorithms[key.algorithm].code) throw new DecryptionError('unknownFormat');
  if (Buffer.from(key.id, 'hex').compare(sealed, 2, HEADER_LENGTH) !== 0) throw new DecryptionError('otherKey');
}

/** Binds a value to its place, so that a value moved to another row or column does not decrypt. */
export function aad(table: string, column: string, row: string): string {
  return JSON.stringify([table, column, row]);
}

/**
 * Encrypts under `key`. The answer is: format (1 byte), algorithm (1), key id (16), iv (12), tag (16), data. `place` comes from `aad`,
 * and must be the same to open it. A random iv allows 2^32 values a key.
 */
export function seal(key: DataKey, plaintext: Uint8Array | string, place: string): Buffer {
  const algorithm = algorithms[key.algorithm];
  const header = sealedHeader(key);
  const iv = randomBytes(algorithm.ivLength);
  const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
  return Buffer.concat([header, iv, algorithm.seal(key.secret, iv, bytes, additionalData(header, place))]);
}

/** Decrypts what `seal` made. Throws DecryptionError, also for a missing or an empty value. */
export function open(key: DataKey, sealed: Uint8Array | null | undefined, place: string): Buffer {
  if (!sealed || sealed.length === 0) throw new DecryptionError('absent');
  checkHeader(key, sealed);
  const algorithm = algorithms[key.algorithm];
  const start = HEADER_LENGTH + algorithm.ivLength;
  if (sealed.length < start + algorithm.tagLength) throw new DecryptionError('malformed');
  const iv = sealed.subarray(HEADER_LENGTH, start);
  try {
    const header = sealed.subarray(0, HEADER_LENGTH);
    return algorithm.open(key.secret, iv, sealed.subarray(start), additionalData(header, place));
  } catch {
    throw new DecryptionError('notAuthentic');
  }
}

function additionalData(header: Uint8Array, place: string): Buffer {
  return Buffer.concat([header, Buffer.from(place, 'utf8')]);
}

/** As `open`, for a text. */
export function openText(key: DataKey, sealed: Uint8Array | null | undefined, place: string): string {
  return open(key, sealed, place).toString('utf8');
}

/** As `seal`, for anything JSON can hold. Throws TypeError for what it cannot (undefined, functions). */
export function sealJson(key: DataKey, value: unknown, place: string): Buffer {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError('Only what JSON can hold can be sealed');
  return seal(key, text, place);
}

/** As `open`, for what `sealJson` made. */
export function openJson(key: DataKey, sealed: Uint8Array | null | undefined, place: string): unknown {
  const text = openText(key, sealed, place);
  try {
    return JSON.parse(text);
  } catch {
    throw new DecryptionError('malformed');
  }
}
