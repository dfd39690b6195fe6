// npm run check: the gates that need no running system. They are part of `npm test`, each counting as one test.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

// The direction of imports is held by test/unit/architecture.test.ts, which needs no gate of its own.
const GATES = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc', '--noEmit', '-p', '.'] },
  { name: 'types of the console', command: ['tsc', '--noEmit', '-p', 'web'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
] as const;

/** Runs every gate, showing the output of those that fail. Returns how many passed and failed. */
export function runGates(): { passed: number; failed: number } {
  let passed = 0;
  for (const { name, command } of GATES) {
    const [program, ...args] = command;
    const result = spawnSync(`${root}/node_modules/.bin/${program}`, args, { cwd: root, encoding: 'utf8' });
    if (result.status === 0) passed += 1;
    else console.error(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`);
    console.log(`${result.status === 0 ? '✓' : '✗'} ${name}`);
  }
  return { passed, failed: GATES.length - passed };
}

if (import.meta.main) {
  const { passed, failed } = runGates();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
