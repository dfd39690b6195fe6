import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { copyFiles, copyFolder, hashFolder, ownFolder } from '../../platform/hashedFiles.ts';
import { filesIn, MANIFEST, type Manifest, readManifest } from '../../scripts/backup/manifest.ts';

const folder = await mkdtemp(join(tmpdir(), 'approvals-manifest-'));
const backup = join(folder, 'backup');
afterAll(() => rm(folder, { recursive: true, force: true }));

const table = { name: 'cases', columns: ['id'], rows: 0 };

beforeEach(async () => {
  await rm(backup, { recursive: true, force: true });
  for (const name of ['database', 'files', 'outside']) await mkdir(join(backup, name), { recursive: true });
  await writeFile(join(backup, 'database', 'cases.copy.gz'), 'rows');
  await writeFile(join(backup, 'files', 'one'), 'one');
});

/** Writes a manifest of what lies there, but for `change`, and reads it. */
async function read(change: (manifest: Manifest) => Partial<Manifest> = () => ({})): Promise<Manifest> {
  const manifest: Manifest = {
    format: 1,
    product: 'x',
    version: '1',
    takenAt: '2026-11-28T00:00:00.000Z',
    encrypted: 'confidential parts only',
    database: { at: '', serverVersion: '', migrations: [], tables: [table], sequences: [] },
    keys: 'notCopied',
    temporal: false,
    files: await hashFolder(backup),
  };
  await writeFile(join(backup, MANIFEST), JSON.stringify({ ...manifest, ...change(manifest) }));
  return readManifest<Manifest>(backup, MANIFEST);
}

test('a manifest whose files lie outside the backup, or behind a link, is refused', async () => {
  await writeFile(join(folder, 'secret'), 'secret');
  await symlink(join(folder, 'secret'), join(backup, 'files', 'link'));
  const [, one] = await hashFolder(backup);
  for (const path of ['../secret', 'files/../../secret', 'files/link', join(folder, 'secret')])
    await expect(read(({ files }) => ({ files: [...files, { ...one, path } as (typeof files)[0]] }))).rejects.toThrow(
      `${path} is missing`,
    );
});

test('a table whose rows are in no file that was checked is refused', async () => {
  for (const name of ['persons', '../../secret'])
    await expect(
      read(({ database }) => ({ database: { ...database, tables: [table, { ...table, name }] } })),
    ).rejects.toThrow(`the file of table ${name}`);
  await expect(read(() => ({ temporal: true }))).rejects.toThrow('the store of Temporal');
});

test('what lies in a backup and is not in its manifest is not restored, nor what a linked folder leads to', async () => {
  const manifest = await read();
  await writeFile(join(backup, 'files', 'added'), 'added');
  await mkdir(join(folder, 'elsewhere'));
  await writeFile(join(folder, 'elsewhere', 'secret'), 'secret');
  await symlink(join(folder, 'elsewhere'), join(backup, 'histories'));
  for (const name of ['files', 'histories'])
    await copyFiles(join(backup, name), join(folder, 'restored', name), filesIn(manifest, name));
  expect(await readdir(join(folder, 'restored'), { recursive: true })).toEqual(
    expect.arrayContaining(['files', 'histories', join('files', 'one')]),
  );
  expect(await readdir(join(folder, 'restored'), { recursive: true })).toHaveLength(3);
});

test('nobody but its owner looks into a copy, whatever the folder allowed before', async () => {
  const to = join(folder, 'open');
  await mkdir(to);
  await chmod(to, 0o777);
  await chmod(join(backup, 'files', 'one'), 0o666);
  await ownFolder(to);
  await copyFolder(backup, join(to, 'copy'));
  const modes = ['.', 'copy', 'copy/files', 'copy/files/one'].map(async (path) => (await stat(join(to, path))).mode);
  expect((await Promise.all(modes)).map((mode) => mode & 0o777)).toEqual([0o700, 0o700, 0o700, 0o600]);
});
