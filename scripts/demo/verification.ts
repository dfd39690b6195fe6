import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Difference } from './calls.ts';
import type { Scene } from './scene.ts';
import type { DemoSystem } from './system.ts';

const verify = fileURLToPath(new URL('../verify.ts', import.meta.url));

/** `npm run verify` on the system: everything the demo left there agrees. */
export async function tellVerification({ story }: Scene, { env }: Pick<DemoSystem, 'env'>): Promise<void> {
  story.title('核验', 'Everything stored is checked');
  const { stdout } = await promisify(execFile)(process.execPath, [verify], { env }).catch(
    (failure: Error & { readonly stdout?: string }) => {
      throw new Difference(`核验不符 · it does not agree: ${failure.stdout || failure.message}`);
    },
  );
  for (const line of stdout.trimEnd().split('\n')) story.note(line);
}
