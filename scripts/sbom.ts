// npm run sbom: writes the software bill of materials (CycloneDX JSON) of what package-lock.json and the programs of platform/temporalBinary.ts
// bring, to sbom.json or the file named; and says which licences are in it. Exits with 1 where one is not on the list of scripts/sbom/bill.ts.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { temporalWheels } from '../platform/temporalBinary.ts';
import { billOf, componentsOf, type LockFile, unlicensed } from './sbom/bill.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const file = positionals[0] ?? 'sbom.json';
const read = async (name: string) =>
  JSON.parse(await readFile(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8'));

const lock: LockFile = await read('package-lock.json');
const { name, version } = await read('package.json');
const components = componentsOf(lock);
await writeFile(file, `${JSON.stringify(billOf({ name, version }, lock, temporalWheels), null, 2)}\n`);

const counts = new Map<string, number>();
for (const { licenses } of components) {
  const license = licenses[0]?.expression ?? 'none stated';
  counts.set(license, (counts.get(license) ?? 0) + 1);
}
const required = components.filter(({ scope }) => scope === 'required').length;
console.log(
  `${file}: ${components.length} packages, ${required} of them to run, and ${temporalWheels.length} programs.`,
);
for (const [license, count] of [...counts].sort((a, b) => b[1] - a[1]))
  console.log(`  ${String(count).padStart(4)}  ${license}`);
const refused = unlicensed(components);
for (const each of refused) console.error(`✗ ${each}`);
process.exitCode = refused.length > 0 ? 1 : 0;
