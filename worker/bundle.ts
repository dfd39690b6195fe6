import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import { failureConverterPath } from '../platform/dataConverter.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const product = join(root, 'workflows/index.ts');
const cache = join(root, 'node_modules/.cache/workflows');
/** All that the product’s workflows are made of: they import nothing else, which `test/unit/architecture.test.ts` holds; and whoever installs other packages loses the cache with the old ones. */
const sources = ['package.json', 'workflows', 'domain', relative(root, failureConverterPath)];

/** The workflows, bundled from source in about two seconds; the product's own once for each state of what they are made of. */
export async function bundleWorkflows(entry = product): Promise<WorkflowBundle> {
  const bundled = () => bundleWorkflowCode({ workflowsPath: entry, failureConverterPath });
  if (entry !== product) return bundled();
  const file = join(cache, `${fingerprint()}.js`);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return { code: kept };
  const { code } = await bundled();
  await keep(file, code);
  return { code };
}

/** Whole or not at all, for several processes may bundle at once; where an installation cannot be written to, it bundles at each start. */
async function keep(file: string, code: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(cache, { recursive: true });
    await writeFile(draft, code);
    await rename(draft, file);
  } catch (cause) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
  }
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

const filesOf = (path: string): readonly string[] =>
  /\.\w+$/.test(path)
    ? [path]
    : readdirSync(join(root, path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(relative(root, entry.parentPath), entry.name))
        .sort();
