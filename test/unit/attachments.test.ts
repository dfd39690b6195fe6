import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Attachments, attachmentFolder } from '../../platform/attachments.ts';
import { DecryptionError } from '../../platform/cipher.ts';
import { testKeys } from '../support/testKeys.ts';

const CHUNK = 65_536;
const SECRET = 'SECRET-家庭住址';
const limits = { fileName: 'a.txt', maxBytes: 10 * CHUNK };
const key = await testKeys().get('case:1');
const other = await testKeys().get('case:2');

let folder: string;
let files: Attachments;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
  files = await attachmentFolder(folder);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const text = (length: number) => Buffer.from(SECRET.repeat(Math.ceil(length / SECRET.length) + 1)).subarray(0, length);
const inParts = (bytes: Buffer, size: number) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size)),
  );
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a stored file', () => {
  test.each([1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])(
    'of %i bytes is read again as it was, however it arrived',
    async (length) => {
      const content = text(length);
      for (const size of [1000, CHUNK, length]) {
        const stored = await files.write(`f-${size}`, key, inParts(content, size), limits);
        expect(stored).toMatchObject({ size: length, mime: 'text/plain' });
        expect((await buffer(files.read(`f-${size}`, key))).equals(content)).toBe(true);
        expect(stored.storedHash).toBe(sha256(await readFile(join(folder, `f-${size}`))));
        expect(await files.storedHash(`f-${size}`)).toBe(stored.storedHash);
        await files.remove(`f-${size}`);
      }
    },
  );

  test('shows no plain byte on disk, not even while it is being written, and is its owner’s alone', async () => {
    async function* slowly() {
      yield text(3 * CHUNK);
      const [name] = await readdir(folder);
      expect((await readFile(join(folder, name as string))).includes('SECRET')).toBe(false);
      yield text(CHUNK);
    }
    await files.write('f', key, slowly(), limits);
    expect(await readdir(folder)).toEqual(['f']);
    expect((await readFile(join(folder, 'f'))).includes('SECRET')).toBe(false);
    expect((await stat(join(folder, 'f'))).mode & 0o777).toBe(0o600);
  });

  test('has a hash of its content that only the holder of the key can compute', async () => {
    const content = text(100);
    const [one, two, elsewhere] = await Promise.all([
      files.write('f1', key, inParts(content, 10), limits),
      files.write('f2', key, inParts(content, 100), limits),
      files.write('f3', other, inParts(content, 100), limits),
    ]);
    expect(one.keyedHash).toBe(two.keyedHash);
    expect(one.storedHash).not.toBe(two.storedHash);
    expect(elsewhere.keyedHash).not.toBe(one.keyedHash);
    expect(one.keyedHash).not.toBe(sha256(content));
  });

  test('changed in any byte ends in an error, and no wrong byte is given before it', async () => {
    const content = text(2 * CHUNK + 50);
    await files.write('f', key, inParts(content, CHUNK), limits);
    const good = await readFile(join(folder, 'f'));
    for (const at of [0, 1, 2, 20, 49, 50, 70, CHUNK, CHUNK + 70, 2 * CHUNK + 90, good.length - 1]) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] as number) ^ 1;
      await writeFile(join(folder, 'f'), bad);
      const given: Buffer[] = [];
      const reading = (async () => {
        for await (const part of files.read('f', key)) given.push(part);
      })();
      await expect(reading, `byte ${at}`).rejects.toThrow(DecryptionError);
      const read = Buffer.concat(given);
      expect(read.equals(content.subarray(0, read.length))).toBe(true);
    }
  });

  test('cut short, at a chunk’s end too, lengthened, or with chunks exchanged ends in an error', async () => {
    await files.write('f', key, inParts(text(3 * CHUNK), CHUNK), limits);
    const path = join(folder, 'f');
    const good = await readFile(path);
    const sealed = CHUNK + 16;
    for (const length of [0, 10, 49, 50, 51, 50 + sealed, 50 + 2 * sealed, good.length - 1]) {
      await writeFile(path, good);
      await truncate(path, length);
      await expect(buffer(files.read('f', key)), `${length} bytes`).rejects.toThrow(DecryptionError);
    }
    const chunk = (n: number) => good.subarray(50 + n * sealed, 50 + (n + 1) * sealed);
    const exchanged = Buffer.concat([good.subarray(0, 50), chunk(1), chunk(0), chunk(2)]);
    for (const bad of [exchanged, Buffer.concat([good, Buffer.of(0)]), Buffer.concat([good, chunk(2)])]) {
      await writeFile(path, bad);
      await expect(buffer(files.read('f', key))).rejects.toThrow(DecryptionError);
    }
  });

  test('under another key or another id does not open, and one that is gone is an error, not an empty file', async () => {
    await files.write('f', key, inParts(text(100), 100), limits);
    await expect(buffer(files.read('f', other))).rejects.toMatchObject({ reason: 'otherKey' });
    await writeFile(join(folder, 'g'), await readFile(join(folder, 'f')));
    await expect(buffer(files.read('g', key))).rejects.toMatchObject({ reason: 'notAuthentic' });
    await files.remove('f');
    await files.remove('f');
    expect(await files.storedHash('f')).toBeNull();
    await expect(buffer(files.read('f', key))).rejects.toMatchObject({ reason: 'absent' });
  });
});

describe('an upload', () => {
  test('larger than allowed is refused, and one exactly as large is not', async () => {
    const most = { fileName: 'a.txt', maxBytes: CHUNK + 10 };
    await files.write('f', key, inParts(text(CHUNK + 10), 100), most);
    await expect(files.write('g', key, inParts(text(CHUNK + 11), 100), most)).rejects.toMatchObject({
      code: 'tooLarge',
    });
    expect(await readdir(folder)).toEqual(['f']);
  });

  test('that never ends is refused once it is too large', async () => {
    let given = 0;
    async function* endless() {
      for (; ; given += 1) yield text(CHUNK);
    }
    await expect(files.write('f', key, endless(), limits)).rejects.toMatchObject({ code: 'tooLarge' });
    expect(given).toBeLessThan(15);
  });

  test('whose type lies, or that is empty, or that breaks off leaves nothing behind', async () => {
    async function* breaking() {
      yield text(2 * CHUNK);
      throw new Error('connection lost');
    }
    await expect(files.write('f', key, inParts(randomBytes(100), 100), limits)).rejects.toMatchObject({
      code: 'fileTypeMismatch',
    });
    await expect(files.write('f', key, inParts(text(9), 9), { ...limits, fileName: 'a.exe' })).rejects.toMatchObject({
      code: 'fileTypeRefused',
    });
    await expect(files.write('f', key, Readable.from([]), limits)).rejects.toMatchObject({ code: 'invalid' });
    await expect(files.write('f', key, breaking(), limits)).rejects.toThrow('connection lost');
    expect(await readdir(folder)).toEqual([]);
  });

  test('does not overwrite a file', async () => {
    await files.write('f', key, inParts(text(10), 10), limits);
    await expect(files.write('f', key, inParts(text(20), 10), limits)).rejects.toThrow('already');
    expect((await buffer(files.read('f', key))).length).toBe(10);
    expect(await readdir(folder)).toEqual(['f']);
  });

  test('that died is cleared away after a time, and one under way is not', async () => {
    for (const name of ['old.tmp', 'new.tmp', 'kept']) await writeFile(join(folder, name), 'x');
    const long = new Date(Date.now() - 7_200_000);
    for (const name of ['old.tmp', 'kept']) await utimes(join(folder, name), long, long);
    await files.removeAbandoned(3_600_000);
    expect((await readdir(folder)).sort()).toEqual(['kept', 'new.tmp']);
  });

  test.each(['', '../f', 'a/b', 'a.tmp', '.', 'x'.repeat(65)])('with the id %j is refused', async (id) => {
    await expect(files.write(id, key, inParts(text(9), 9), limits)).rejects.toThrow(TypeError);
  });
});
