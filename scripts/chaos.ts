// npm run chaos [-- --minutes N] [--faults a,b] [--points N] [--seed S]: load and faults together, on servers of its own, judged by what
// the clients know. Without --minutes it goes on until each kind of fault has happened --points times (20). The seed draws the faults,
// their moments and what happens to the cases; the machine's own timing it does not. With --campaign N the load is the annual review of N
// accounts, then an edition of the list: API, worker, Temporal and PostgreSQL are killed --points times each in the first, and once each in
// the second. Exits with 1 where a promise is broken.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadConfig } from '../platform/config.ts';
import { connectDatabase } from '../platform/database.ts';
import { folderKeyStore } from '../platform/keyStore.ts';
import { createLog } from '../platform/log.ts';
import { startCampaign, startEdition, type Work } from './chaos/campaign.ts';
import { createClients } from './chaos/clients.ts';
import { clockMeans } from './chaos/clock.ts';
import { type FaultKind, faults } from './chaos/faults.ts';
import { type Journal, startJournal } from './chaos/journal.ts';
import { judge } from './chaos/judge.ts';
import { judgeCampaign, judgeEdition } from './chaos/judgeCampaign.ts';
import type { Life } from './chaos/life.ts';
import { startLoad } from './chaos/load.ts';
import { amongActs } from './chaos/moments.ts';
import { startSystem, steadyPool } from './chaos/system.ts';
import { takeOverAccounts } from './system/keyAccounts.ts';
import { type Chance, chanceFrom } from './system/random.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    faults: { type: 'string' },
    points: { type: 'string', default: '20' },
    seed: { type: 'string' },
    cases: { type: 'string', default: '5' },
    campaign: { type: 'string' },
  },
});
const HEALED_WITHIN_MS = 180_000;
const began = Date.now();
const accounts = values.campaign === undefined ? null : numberGiven('campaign', values.campaign, 1);
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
  const life = { clients: createClients(system, journal), database };
  const made = new Map<FaultKind, number>(possible.map((kind) => [kind, 0]));
  const notHealed: string[] = [];
  const healed = (): Promise<unknown> =>
    system.healthy(HEALED_WITHIN_MS).catch((cause: Error) => notHealed.push(cause.message));
  const scene: Scene = { life, journal, chance, possible, strike, healed };
  const { stuck, count } = accounts === null ? await amongCases(scene) : await amongReviews(scene, accounts);
  const verdicts = await judge(system, database, journal, [...notHealed, ...stuck]);
  if (accounts !== null) verdicts.push(...(await judgeCampaign(database)), await judgeEdition(database));
  await database.stop();

  const retried = journal.acts.filter((act) => act.attempts > 1).length;
  const taken = journal.acts.filter((act) => act.outcome === 'taken').length;
  console.log(`\nseed ${seed}, ${((Date.now() - began) / 60_000).toFixed(1)} minutes, ${count} cases`);
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

  async function strike(kind: FaultKind, isAlone: boolean): Promise<boolean> {
    const did = await faults[kind]({ system, database, chance: chance.another() });
    // Its moment did not come; it is a point all the same that is owed.
    if (did === null) return false;
    made.set(kind, (made.get(kind) ?? 0) + 1);
    say(`${kind} ${made.get(kind)}: ${did}`);
    if (isAlone)
      await system.healthy(HEALED_WITHIN_MS).catch((cause: Error) => notHealed.push(`after ${kind}: ${cause.message}`));
    return true;
  }
}

type Scene = {
  readonly life: Life;
  readonly journal: Journal;
  readonly chance: Chance;
  readonly possible: readonly FaultKind[];
  /** Has a fault happen and, where no other may come meanwhile, waits until it is healed. False where its moment did not come. */
  readonly strike: (kind: FaultKind, isAlone: boolean) => Promise<boolean>;
  readonly healed: () => Promise<unknown>;
};

type Lived = { readonly stuck: readonly string[]; readonly count: number };

async function amongCases({ life, chance, possible, strike, healed }: Scene): Promise<Lived> {
  const load = startLoad(life, chance.another(), atOnce);
  const until = began + (minutes ?? 0) * 60_000;
  const queue =
    minutes === null ? chance.shuffled(possible.flatMap((kind) => Array.from({ length: points }, () => kind))) : [];
  while (minutes === null ? queue.length > 0 : Date.now() < until) {
    const kind = minutes === null ? (queue.shift() as FaultKind) : chance.of(possible);
    // In a longer run the next fault sometimes comes before the last is healed.
    const isAlone = minutes === null || !chance.is(0.3);
    const came = await strike(kind, isAlone);
    if (!came && minutes === null) queue.push(kind);
    if (came && !isAlone) await pause(chance.between(0, 1000));
  }
  load.close();
  say('healing: every case goes on to its end');
  await healed();
  return { stuck: await load.ended(), count: load.count() };
}

/** The annual review of so many accounts, then an edition of the list, each with faults at moments drawn among what people do. */
async function amongReviews({ life, journal, chance, possible, strike, healed }: Scene, count: number): Promise<Lived> {
  const deps = { ...connectDatabase(system.databaseUrl), log: createLog('silent'), ring() {}, changed() {} };
  const keys = await folderKeyStore(join(system.dataDir, 'keys'));
  await takeOverAccounts(system, life.database.pool, count);
  const taken = (): number => journal.acts.filter(({ outcome }) => outcome === 'taken').length;
  const under = async (work: Work, kills: number): Promise<readonly string[]> => {
    const queue = chance.shuffled(possible.flatMap((kind) => Array.from({ length: kills }, () => kind)));
    await amongActs(queue, work, { chance: chance.another(), taken }, async (kind) => {
      await strike(kind, true);
    });
    await healed();
    return work.done;
  };
  try {
    say(`the annual review of ${count} accounts`);
    const reviews = await under(await startCampaign(life, { ...deps, keys }, chance.another(), count), points);
    say('an edition of the list');
    const edition = await under(await startEdition(life, { ...deps, keys }, chance.another()), 1);
    return { stuck: [...reviews, ...edition], count: count + 1 };
  } finally {
    await deps.close();
  }
}

function kindsGiven(): FaultKind[] {
  const all = Object.keys(faults) as FaultKind[];
  const usual = accounts === null ? all : (['api', 'worker', 'temporal', 'postgres'] as const);
  const given = values.faults?.split(',').map((each) => each.trim()) ?? usual;
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
