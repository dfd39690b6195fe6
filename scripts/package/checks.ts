import { access, constants, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Architecture, architectures } from './architecture.ts';

/** What must be there for a system to start without a registry. */
const NEEDED = [
  'install.sh',
  'bin/approvals',
  'bin/node',
  'bin/temporal',
  'app/api/main.ts',
  'app/worker/main.ts',
  'app/scripts/start.ts',
  'app/prisma/generated/client.ts',
  'app/prisma/migrations',
  'app/web/dist/index.html',
  'app/node_modules/chinese-days/dist/chinese-days.json',
  'app/node_modules/@swc/core',
  'systemd/key-account-approvals.service',
] as const;

/** What is only for building and testing, and stays out. */
const UNWANTED = [
  'app/test',
  'app/node_modules/vitest',
  'app/node_modules/typescript',
  'app/node_modules/antd',
  'app/.git',
] as const;

/**
 * Checks an assembled folder: everything needed is there, nothing unwanted is, and every program and library is for the machine.
 * Returns how many of these there are. Errors: names what is wrong.
 */
export async function checkFolder(folder: string, arch: Architecture): Promise<{ programs: number }> {
  const isThere = (path: string) =>
    access(join(folder, path), constants.R_OK).then(
      () => true,
      () => false,
    );
  for (const path of NEEDED) if (!(await isThere(path))) throw new Error(`The package lacks ${path}.`);
  for (const path of UNWANTED) if (await isThere(path)) throw new Error(`${path} does not belong into the package.`);
  let programs = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const machine = await elfMachine(join(entry.parentPath, entry.name));
    if (machine === null) continue;
    if (machine !== architectures[arch].elfMachine)
      throw new Error(`${join(entry.parentPath, entry.name)} is for another machine (ELF machine ${machine}).`);
    programs += 1;
  }
  return { programs };
}

/** The machine an ELF file is for; null for every other file. */
export async function elfMachine(file: string): Promise<number | null> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(20);
    const { bytesRead } = await handle.read(head, 0, 20, 0);
    return bytesRead === 20 && head.readUInt32BE(0) === 0x7f454c46 ? head.readUInt16LE(18) : null;
  } finally {
    await handle.close();
  }
}
