// npm run races [-- --times N --seed S --only name --round R]: holds every race of decisions so often, on a system of its own with
// PostgreSQL, Temporal, worker and API over HTTP, and checks each round by what its clients were told and everything at the end by `verify`.
// What is chosen in a round follows from the seed; a round that failed is named, and is run again by --only, --round and --seed. Exits with 1
// where anything did not hold.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openArena } from './races/arena.ts';
import { foundIn, type RaceReport, races, runRace } from './races/run.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    only: { type: 'string', multiple: true },
    round: { type: 'string' },
  },
});
const [times, seed] = [Number(values.times), Number(values.seed)];
const chosen = races.filter(({ name }) => values.only?.includes(name) ?? true);
if (chosen.length === 0 || !Number.isInteger(times) || !Number.isInteger(seed)) {
  console.error(`--times and --seed are whole numbers; --only is one of ${races.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'key-accounts-races-'));
console.log(`seed ${seed}`);
const arena = await openArena(join(folder, 'system'));
let exitCode = 1;
try {
  exitCode = await run();
} finally {
  await arena.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit(exitCode);

async function run(): Promise<number> {
  const reports: RaceReport[] = [];
  for (const race of chosen) {
    const report = await runRace(arena, race, { seed, times, only: values.round ? Number(values.round) : undefined });
    reports.push(report);
    console.log(line(report));
    for (const { race: name, round, why } of report.failures)
      console.log(`✗ --seed ${seed} --only ${name} --round ${round}: ${why}`);
  }
  const verification = await arena.verify();
  const found = foundIn(verification, reports);
  for (const problem of found) console.log(`✗ verify: ${problem}`);
  const { ballots, receipts, executions, chains } = verification.examined;
  console.log(
    `verify: ${chains} audit chains, ${ballots} ballots, ${receipts} receipts, ${executions} executions; ${found.length} findings`,
  );
  const failed = reports.reduce((sum, { failures }) => sum + failures.length, 0) + found.length;
  return failed === 0 && verification.temporal === 'compared' ? 0 : 1;
}

function line({ name, rounds, wallMs, failures, answers }: RaceReport): string {
  const codes = [...answers].sort(([, one], [, other]) => other - one).map(([code, count]) => `${code} ${count}`);
  const mark = failures.length === 0 ? '✓' : '✗';
  return `${mark} ${name.padEnd(18)} ${String(rounds).padStart(4)} rounds, ${(wallMs / rounds).toFixed(0)} ms each: ${codes.join(', ')}`;
}
