// npm run chaos [-- --minutes N] [--faults a,b] [--points N] [--seed S]: load and faults together, on servers of its own, judged by what
// the clients know. Without --minutes it goes on until each kind of fault has happened --points times (20). The seed draws the faults,
// their moments and what happens to the cases; the machine's own timing it does not. Exits with 1 where a promise is broken.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadConfig } from '../platform/config.ts';
import { createClients } from './chaos/clients.ts';
import { clockMeans } from './chaos/clock.ts';
import { type FaultKind, faults } from './chaos/faults.ts';
import { startJournal } from './chaos/journal.ts';
import { judge } from './chaos/judge.ts';
import { startLoad } from './chaos/load.ts';
import { startSystem, steadyPool } from './chaos/system.ts';
import { chanceFrom } from './system/random.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    faults: { type: 'string' },
    points: { type: 'string', default: '20' },
    seed: { type: 'string' },
    cases: { type: 'string', default: '5' },
  },
});
const HEALED_WITHIN_MS = 180_000;
const began = Date.now();
const kinds = kindsGiven();
const points = numberGiven('points', values.points, 1);
const atOnce = numberGiven('cases', values.cases, 1);
const minutes = values.minutes === undefined ? null : numberGiven('minutes', values.minutes, 0);
const seed = values.seed === undefined ? Date.now() % 1_000_000 : numberGiven('seed', values.seed, 0);

const folder = join(loadConfig(process.env).dataDir, 'chaos');
await mkdir(folder, { recursive: true });
say(`seed ${seed}: ${kinds.join(', ')}; ${minutes === null ? `${points} points each` : `${minutes} minutes`}`);
const system = await startSystem(join(folder, 'system'), { smallDisk: kinds.includes('disk') });
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => system.stop().finally(() => process.exit(130)));
let exitCode = 1;
try {
  exitCode = await run();
} finally {
  await system.stop();
}
process.exit(exitCode);

async function run(): Promise<number> {
  await system.healthy(HEALED_WITHIN_MS);
  const possible = kinds.filter((kind) => kind !== 'disk' || system.hasSmallDisk);
  if (possible.length < kinds.length)
    say('disk: left out, for this machine lets nobody mount a small one (root is needed)');
  if (kinds.includes('clock')) say(`clock: moved by ${clockMeans()}`);
  const database = steadyPool(system.databaseUrl);
  const journal = startJournal(join(folder, 'journal.jsonl'));
  const chance = chanceFrom(seed);
  const load = startLoad({ clients: createClients(system, journal), database }, chance.another(), atOnce);
  const made = new Map<FaultKind, number>(possible.map((kind) => [kind, 0]));
  const notHealed: string[] = [];

  const until = began + (minutes ?? 0) * 60_000;
  const queue =
    minutes === null ? chance.shuffled(possible.flatMap((kind) => Array.from({ length: points }, () => kind))) : [];
  while (minutes === null ? queue.length > 0 : Date.now() < until) {
    const kind = minutes === null ? (queue.shift() as FaultKind) : chance.of(possible);
    const did = await faults[kind]({ system, database, chance: chance.another() });
    if (did === null) {
      // Its moment did not come; it is a point all the same that is owed.
      if (minutes === null) queue.push(kind);
      continue;
    }
    made.set(kind, (made.get(kind) ?? 0) + 1);
    say(`${kind} ${made.get(kind)}: ${did}`);
    // In a longer run the next fault sometimes comes before the last is healed.
    if (minutes !== null && chance.is(0.3)) await pause(chance.between(0, 1000));
    else
      await system.healthy(HEALED_WITHIN_MS).catch((cause: Error) => notHealed.push(`after ${kind}: ${cause.message}`));
  }

  load.close();
  say('healing: every case goes on to its end');
  await system.healthy(HEALED_WITHIN_MS).catch((cause: Error) => notHealed.push(cause.message));
  const stuck = await load.ended();
  const verdicts = await judge(system, database, journal, [...notHealed, ...stuck]);
  await database.stop();

  const retried = journal.acts.filter((act) => act.attempts > 1).length;
  const taken = journal.acts.filter((act) => act.outcome === 'taken').length;
  console.log(`\nseed ${seed}, ${((Date.now() - began) / 60_000).toFixed(1)} minutes, ${load.count()} cases`);
  console.log(
    `acts ${journal.acts.length}: ${taken} taken, ${journal.acts.length - taken} refused, ${retried} asked again until answered`,
  );
  console.log(`faults: ${[...made].map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
  for (const part of Object.values(system.parts))
    if (part.ownEnds.length > 0)
      console.log(
        `${part.name} ended by itself ${part.ownEnds.length} times: ${[...new Set(part.ownEnds)].join('; ')}`,
      );
  for (const { promise, examined, broken } of verdicts) {
    console.log(`${broken.length === 0 ? '✓' : '✗'} ${promise} (${examined})`);
    for (const each of broken.slice(0, 20)) console.log(`    ${each}`);
  }
  return verdicts.every(({ broken }) => broken.length === 0) ? 0 : 1;
}

function kindsGiven(): FaultKind[] {
  const all = Object.keys(faults) as FaultKind[];
  const given = values.faults?.split(',').map((each) => each.trim()) ?? all;
  const unknown = given.filter((each) => !(all as string[]).includes(each));
  if (unknown.length > 0) throw new Error(`--faults ${unknown.join(',')}: should be some of ${all.join(',')}`);
  return given as FaultKind[];
}

function numberGiven(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!(number >= least)) throw new Error(`--${name} ${text}: should be a number from ${least}`);
  return number;
}

function say(text: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);
}
