// npm run schemathesis: asks a system of its own, which the demo has filled, everything its OpenAPI description allows and much that it does
// not, as persons of several roles and as nobody, and judges every answer by the description. `-- --examples 50 --seed 7 --as auditor,director`.
// What each run said is in test/.artifacts/schemathesis. Exits with 1 where an answer is not as described; says so and exits with 0 where
// schemathesis cannot be had.
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startOwnSystem } from './demo/system.ts';
import { NotAtHand, schemathesisProgram } from './schemathesis/program.ts';
import { runSchemathesis } from './schemathesis/run.ts';

const PERSONS = 'central-submitter,office-head,director,system-admin,security-admin,auditor,nobody';
/** The limit of one person is 50. */
const PER_SECOND = 45;
const folder = fileURLToPath(new URL('../test/.artifacts/schemathesis', import.meta.url));

const { values: given } = parseArgs({
  options: {
    examples: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    as: { type: 'string', default: PERSONS },
    phases: { type: 'string', default: 'coverage,fuzzing,stateful' },
  },
});

try {
  process.exitCode = await runAll(await schemathesisProgram());
} catch (cause) {
  if (!(cause instanceof NotAtHand)) throw cause;
  console.log(`Skipped: ${cause.message}`);
}

async function runAll(program: string): Promise<number> {
  const system = await startOwnSystem();
  try {
    const demo = fileURLToPath(new URL('demo.ts', import.meta.url));
    const filled = spawnSync(process.execPath, [demo], {
      env: { ...process.env, DATA_DIR: system.dataDir },
      encoding: 'utf8',
    });
    if (filled.status !== 0) throw new Error(`The demo failed:\n${filled.stdout}${filled.stderr}`);
    await mkdir(folder, { recursive: true });
    const codes = await Promise.all(given.as.split(',').map((person) => runAs(program, system, person)));
    return codes.some((code) => code !== 0) ? 1 : 0;
  } finally {
    await system.stop();
  }
}

async function runAs(
  program: string,
  { url, tokens }: Awaited<ReturnType<typeof startOwnSystem>>,
  person: string,
): Promise<number> {
  const token = person === 'nobody' ? null : tokens[person]?.token;
  if (token === undefined) throw new Error(`--as: there is no ${person} in the demo organisation.`);
  const { code, output } = await runSchemathesis(program, {
    url,
    token,
    phases: given.phases,
    examples: Number(given.examples),
    seed: Number(given.seed),
    perSecond: PER_SECOND,
  });
  const file = join(folder, `${person}.txt`);
  await writeFile(file, output);
  const summary = output.slice(Math.max(output.lastIndexOf(' SUMMARY '), 0));
  console.log(`${code === 0 ? '✓' : '✗'} ${person} (${file})\n${summary}`);
  return code;
}
