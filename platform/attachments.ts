import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../domain/errors.ts';
import { aad, algorithms, checkHeader, type DataKey, DecryptionError, HEADER_LENGTH, sealedHeader } from './cipher.ts';
import { publishNew, removeFile, TEMPORARY_SUFFIX, temporaryName } from './durableFile.ts';
import { SNIFF_LENGTH, sniff } from './fileKind.ts';

export type StoredAttachment = {
  /** Of the plain content, in bytes. */
  readonly size: number;
  readonly mime: string;
  /** HMAC-SHA-256 of the plain content under the data key, hexadecimal: without the key it tells nothing. */
  readonly keyedHash: string;
  /** SHA-256 of the file as stored, hexadecimal: whoever has no key can check that the file is unchanged. */
  readonly storedHash: string;
};

/** Files, encrypted, one a folder entry. No plain byte reaches the disk. An id is letters, digits and `-`. */
export type Attachments = {
  /**
   * Stores what `source` yields, whole or not at all. DomainErrors `tooLarge`, `fileTypeRefused`, `fileTypeMismatch`, `invalid`;
   * what the source throws is passed on.
   */
  write(
    id: string,
    key: DataKey,
    source: AsyncIterable<Uint8Array>,
    limits: { readonly fileName: string; readonly maxBytes: number },
  ): Promise<StoredAttachment>;
  /** The plain content. Every byte is verified before it is given; a file changed, cut or gone ends the stream with a DecryptionError. */
  read(id: string, key: DataKey): Readable;
  /** The hash of the file as it is stored now; null when it is gone. */
  storedHash(id: string): Promise<string | null>;
  remove(id: string): Promise<void>;
  /** The ids of the files that were stored more than `olderThanMs` ago. */
  storedBefore(olderThanMs: number): Promise<string[]>;
  /** Removes what uploads left behind that died more than `olderThanMs` ago. */
  removeAbandoned(olderThanMs: number): Promise<void>;
};

const CHUNK = SNIFF_LENGTH;
const SALT_LENGTH = 32;
const PREFIX_LENGTH = HEADER_LENGTH + SALT_LENGTH;

/**
 * Stored as: header (see `cipher.ts`), salt (32 bytes), then chunks of 64 KiB each sealed under a key of this file's own. A chunk's iv
 * is its number and whether it is the last, so that chunks cannot be exchanged, left out or cut off.
 */
export async function attachmentFolder(folder: string): Promise<Attachments> {
  await mkdir(folder, { recursive: true, mode: 0o700 });

  return {
    async write(id, key, source, limits) {
      const path = pathOf(folder, id);
      const temporary = temporaryName(path);
      const file = await open(temporary, 'wx', 0o600);
      try {
        const stored = await writeSealed(file, id, key, source, limits);
        await file.sync();
        if (!(await publishNew(temporary, path))) throw new Error(`There is an attachment ${id} already`);
        return stored;
      } finally {
        await file.close();
        await rm(temporary, { force: true });
      }
    },
    read(id, key) {
      return Readable.from(readSealed(pathOf(folder, id), id, key), { objectMode: false });
    },
    async storedHash(id) {
      const hash = createHash('sha256');
      try {
        await pipeline(createReadStream(pathOf(folder, id)), hash);
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw cause;
      }
      return hash.digest('hex');
    },
    async remove(id) {
      await removeFile(pathOf(folder, id));
    },
    async storedBefore(olderThanMs) {
      return (await olderThan(folder, olderThanMs)).filter((name) => ID.test(name));
    },
    async removeAbandoned(olderThanMs) {
      for (const name of await olderThan(folder, olderThanMs))
        if (name.endsWith(TEMPORARY_SUFFIX)) await rm(join(folder, name), { force: true });
    },
  };
}

/** The names in a folder that were written more than so many milliseconds ago. */
async function olderThan(folder: string, ms: number): Promise<string[]> {
  const old: string[] = [];
  for (const name of await readdir(folder)) {
    const written = await stat(join(folder, name)).catch(() => null);
    if (written && Date.now() - written.mtimeMs > ms) old.push(name);
  }
  return old;
}

const ID = /^[A-Za-z0-9-]{1,64}$/;

function pathOf(folder: string, id: string): string {
  if (!ID.test(id)) throw new TypeError('Not an attachment id');
  return join(folder, id);
}

async function writeSealed(
  file: FileHandle,
  id: string,
  key: DataKey,
  source: AsyncIterable<Uint8Array>,
  limits: { readonly fileName: string; readonly maxBytes: number },
): Promise<StoredAttachment> {
  const salt = randomBytes(SALT_LENGTH);
  const chunkCipher = cipherOf(id, key, salt);
  const keyedHash = createHmac('sha256', derive(key, '', 'attachment hash'));
  const storedHash = createHash('sha256');
  const put = async (bytes: Uint8Array) => {
    storedHash.update(bytes);
    await file.writeFile(bytes);
  };
  let size = 0;
  let mime = '';
  await put(Buffer.concat([sealedHeader(key), salt]));
  for await (const { bytes, last } of chunksOf(source, CHUNK)) {
    size += bytes.length;
    if (size > limits.maxBytes) throw new DomainError('tooLarge', { limit: `${limits.maxBytes} bytes` }, 'file');
    mime ||= (await sniff(bytes, limits.fileName)).mime;
    keyedHash.update(bytes);
    await put(chunkCipher.seal(bytes, last));
  }
  return { size, mime, keyedHash: keyedHash.digest('hex'), storedHash: storedHash.digest('hex') };
}

async function* readSealed(path: string, id: string, key: DataKey): AsyncGenerator<Buffer> {
  const prefix = await readPrefix(path);
  checkHeader(key, prefix);
  if (prefix.length < PREFIX_LENGTH) throw new DecryptionError('malformed');
  const chunkCipher = cipherOf(id, key, prefix.subarray(HEADER_LENGTH));
  const pieces = createReadStream(path, { start: PREFIX_LENGTH });
  for await (const { bytes, last } of chunksOf(pieces, CHUNK + algorithms[key.algorithm].tagLength)) {
    yield chunkCipher.open(bytes, last);
  }
}

async function readPrefix(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for await (const part of createReadStream(path, { end: PREFIX_LENGTH - 1 })) parts.push(part);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new DecryptionError('absent');
    throw cause;
  }
  return Buffer.concat(parts);
}

/** Seals and opens one file's chunks, in their order. */
function cipherOf(id: string, key: DataKey, salt: Uint8Array) {
  const algorithm = algorithms[key.algorithm];
  const secret = derive(key, salt, 'attachment content');
  const place = Buffer.concat([sealedHeader(key), Buffer.from(aad('attachments', 'content', id))]);
  let number = 0;
  const nextIv = (last: boolean) => {
    const iv = Buffer.alloc(algorithm.ivLength);
    iv.writeUInt32BE(number, 0);
    iv[algorithm.ivLength - 1] = last ? 1 : 0;
    number += 1;
    return iv;
  };
  return {
    seal: (bytes: Uint8Array, last: boolean): Buffer => algorithm.seal(secret, nextIv(last), bytes, place),
    open(piece: Uint8Array, last: boolean): Buffer {
      try {
        return algorithm.open(secret, nextIv(last), piece, place);
      } catch {
        throw new DecryptionError('notAuthentic');
      }
    },
  };
}

function derive(key: DataKey, salt: Uint8Array | string, purpose: string): KeyObject {
  const length = algorithms[key.algorithm].secretLength;
  return createSecretKey(Buffer.from(hkdfSync('sha256', key.secret, salt, purpose, length)));
}

/** Cuts a stream into pieces of `size` bytes; the last may be shorter, and is there even when the stream is empty. */
async function* chunksOf(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly bytes: Buffer; readonly last: boolean }> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const part of source) {
    parts.push(part);
    held += part.length;
    if (held <= size) continue;
    let bytes = Buffer.concat(parts);
    for (; bytes.length > size; bytes = bytes.subarray(size)) yield { bytes: bytes.subarray(0, size), last: false };
    parts = [bytes];
    held = bytes.length;
  }
  yield { bytes: Buffer.concat(parts), last: true };
}
