import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderKeyStore } from '../../platform/keyStore.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'keys-')), 'keys');
});
afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true });
});

const secretOf = (key: { secret: { export(): Buffer } }) => key.secret.export().toString('hex');

describe('a key', () => {
  test('is the same after a restart, and differs from scope to scope', async () => {
    const before = await folderKeyStore(folder);
    const key = await before.create('case:1');
    const other = await before.getOrCreate('client:1');
    const after = await folderKeyStore(folder);
    expect(secretOf(await after.get('case:1'))).toBe(secretOf(key));
    expect((await after.get('case:1')).id).toBe(key.id);
    expect(key).toMatchObject({ scope: 'case:1', algorithm: 'A256GCM', id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(secretOf(other)).not.toBe(secretOf(key));
    expect(other.id).not.toBe(key.id);
  });

  test('missing is an error when it is asked for, and a second one is not made', async () => {
    const keys = await folderKeyStore(folder);
    await expect(keys.get('case:1')).rejects.toMatchObject({ code: 'keyMissing' });
    await keys.create('case:1');
    await expect(keys.create('case:1')).rejects.toMatchObject({ code: 'keyExists' });
  });

  test('made by many at once in a new folder is one key for all', async () => {
    const stores = await Promise.all(Array.from({ length: 20 }, () => folderKeyStore(folder)));
    const made = await Promise.all(stores.map((keys) => keys.getOrCreate('temporal')));
    expect(new Set(made.map(secretOf)).size).toBe(1);
    expect((await readdir(folder)).sort()).toEqual(['master.key', 'temporal.key']);
  });

  test('made by several processes at once in a new folder is one key for all', async () => {
    const program = `
      const { folderKeyStore } = await import(process.argv[1]);
      const key = await (await folderKeyStore(process.argv[2])).getOrCreate('temporal');
      console.log(key.secret.export().toString('hex'));`;
    const module = new URL('../../platform/keyStore.ts', import.meta.url).href;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, module, folder]);
    const printed = await Promise.all(Array.from({ length: 4 }, run));
    expect(printed[0]?.stdout).toMatch(/^[0-9a-f]{64}\n$/);
    expect(new Set(printed.map(({ stdout }) => stdout)).size).toBe(1);
  });

  test('destroyed is gone for good, here at once and elsewhere in a short time', async () => {
    let time = 0;
    const here = await folderKeyStore(folder);
    const elsewhere = await folderKeyStore(folder, { cacheMs: 5000, now: () => time });
    const id = (await here.create('case:1')).id;
    await elsewhere.get('case:1');
    await here.destroy('case:1');
    await expect(here.get('case:1')).rejects.toMatchObject({ code: 'keyDestroyed' });
    time = 4999;
    expect((await elsewhere.get('case:1')).id).toBe(id);
    time = 5000;
    for (const attempt of ['get', 'getOrCreate', 'create'] as const) {
      await expect(elsewhere[attempt]('case:1')).rejects.toMatchObject({ code: 'keyDestroyed' });
    }
    const record = await readFile(join(folder, 'case.1.key'), 'utf8');
    expect(Object.keys(JSON.parse(record))).toEqual(['scope', 'destroyedAt']);
  });

  test('asked for all the time is still read again, so that its destruction is noticed', async () => {
    let time = 0;
    const keys = await folderKeyStore(folder, { cacheMs: 5000, now: () => time });
    await keys.create('case:1');
    await (await folderKeyStore(folder)).destroy('case:1');
    for (time = 0; time < 5000; time += 500) await keys.get('case:1');
    await expect(keys.get('case:1')).rejects.toMatchObject({ code: 'keyDestroyed' });
  });

  test('is read again when more keys are in use than are kept in memory', async () => {
    const keys = await folderKeyStore(folder, { cacheSize: 2 });
    for (const scope of ['case:1', 'case:2']) await keys.create(scope);
    await keys.get('case:1');
    await keys.create('case:3');
    for (const scope of ['case:1', 'case:2', 'case:3']) await rm(join(folder, `${scope.replace(':', '.')}.key`));
    await expect(keys.get('case:1')).resolves.toMatchObject({ scope: 'case:1' });
    await expect(keys.get('case:3')).resolves.toMatchObject({ scope: 'case:3' });
    await expect(keys.get('case:2')).rejects.toMatchObject({ code: 'keyMissing' });
  });

  test('stands in no file in plain', async () => {
    const key = await (await folderKeyStore(folder)).create('person:p1');
    const stored = await readFile(join(folder, 'person.p1.key'));
    for (const spelling of ['hex', 'base64', 'latin1'] as const) {
      expect(stored.toString(spelling === 'latin1' ? 'latin1' : 'utf8')).not.toContain(
        key.secret.export().toString(spelling),
      );
    }
    expect((await stat(join(folder, 'person.p1.key'))).mode & 0o777).toBe(0o600);
  });

  test('copied to another scope, or damaged, does not open', async () => {
    const keys = await folderKeyStore(folder);
    await keys.create('case:1');
    await writeFile(join(folder, 'case.2.key'), await readFile(join(folder, 'case.1.key')));
    await writeFile(join(folder, 'case.3.key'), '{"scope":');
    for (const scope of ['case:2', 'case:3']) {
      await expect(keys.getOrCreate(scope)).rejects.toMatchObject({ code: 'keyUnreadable' });
    }
  });

  test.each(['', 'case:../../x', 'case:1/2', 'Case:1', 'case:', 'master', 'case:1:2'])(
    'of the scope %j is refused: it would name another file',
    async (scope) => {
      const keys = await folderKeyStore(folder);
      await expect(keys.getOrCreate(scope)).rejects.toThrow(TypeError);
    },
  );
});

describe('the folder', () => {
  test('and the master key are made for their owner alone', async () => {
    await folderKeyStore(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'master.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'master.key'))).size).toBe(32);
  });

  test('readable by others is refused, and so is such a master key', async () => {
    await mkdir(folder, { mode: 0o700 });
    await chmod(folder, 0o750);
    await expect(folderKeyStore(folder)).rejects.toMatchObject({ code: 'keyStoreUnusable', message: /chmod 700/ });
    await chmod(folder, 0o700);
    await folderKeyStore(folder);
    await chmod(join(folder, 'master.key'), 0o644);
    await expect(folderKeyStore(folder)).rejects.toMatchObject({ code: 'keyStoreUnusable', message: /chmod 600/ });
  });

  test.each([0, 16, 33, 64])('with a master key of %i bytes is refused', async (length) => {
    await folderKeyStore(folder);
    await writeFile(join(folder, 'master.key'), Buffer.alloc(length, 1));
    await expect(folderKeyStore(folder)).rejects.toMatchObject({ code: 'keyStoreUnusable', message: /must have 32/ });
  });

  test('that lost its master key is refused: a new one would make every key unreadable', async () => {
    await (await folderKeyStore(folder)).create('case:1');
    await rm(join(folder, 'master.key'));
    await expect(folderKeyStore(folder)).rejects.toMatchObject({ code: 'keyStoreUnusable', message: /Restore/ });
    expect(await readdir(folder)).toEqual(['case.1.key']);
  });

  test('with another master key opens no key', async () => {
    await (await folderKeyStore(folder)).create('case:1');
    await writeFile(join(folder, 'master.key'), Buffer.alloc(32, 7));
    const keys = await folderKeyStore(folder);
    await expect(keys.get('case:1')).rejects.toMatchObject({ code: 'keyUnreadable' });
  });
});
