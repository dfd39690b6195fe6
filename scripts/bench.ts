// npm run bench [-- --quick] [--campaign] [--accounts N]: measures the product against floors of the same run, on one machine, one PostgreSQL
// (fsync and synchronous_commit on) and one Temporal server, with sign-in, guard, encryption, audit and codec as in production. Prints tables,
// writes bench.json into DATA_DIR/bench, and exits with 1 where a promise is broken. --campaign measures the annual review alone, of 1,000
// accounts or so many as are given; --quick goes the same way with few of everything and judges nothing.
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../platform/config.ts';
import { openBallots } from './bench/ballots.ts';
import { type CampaignFigures, campaignsOn } from './bench/campaign.ts';
import { type Figures, figuresOf, figuresTable, isKept, type Ratio, ratioTable } from './bench/figures.ts';
import { plainVotes, runs, updatedRuns, updates } from './bench/floor.ts';
import { joined, type Taken, underLoad } from './bench/load.ts';
import { residentMb } from './bench/machine.ts';
import { type BenchSystem, startSystem } from './bench/system.ts';
import { fillDatabase } from './fill/fill.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    campaign: { type: 'boolean', default: false },
    accounts: { type: 'string' },
  },
});
/** How many of each are measured. A ballot has twelve votes before the director's. */
const size = values.quick
  ? { votes: 24, ballots: 10, warmUp: 24, updates: 20, runs: 20, cases: 8, open: 20, closed: 200, views: 20 }
  : {
      votes: 1000,
      ballots: 350,
      warmUp: 400,
      updates: 400,
      runs: 400,
      cases: 200,
      open: 2000,
      closed: 100_000,
      views: 300,
    };
const accounts = Number(values.accounts ?? (values.quick ? 30 : 1000));
if (!(accounts >= 30)) throw new Error(`--accounts ${values.accounts}: should be a number from 30`);
/** What is measured first, so that nothing is cold; then what a campaign costs by account is compared with the large one. */
const campaigns = { warmUp: Math.round(accounts / 50), small: Math.round(accounts / 10), large: accounts };
const READER = 'north-deputy';
const AT_ONCE = 16;
const FLIGHTS = [1, 16, 64] as const;
/** What is compared takes turns, so that what else the machine does in a while falls on both. */
const TURNS = 2;

const folder = join(loadConfig(process.env).dataDir, 'bench');
await mkdir(folder, { recursive: true });
process.exit(await measure());

type Ballots = Awaited<ReturnType<typeof openBallots>>;

/** What was measured: rows of the table, what is promised of them, and further figures with the words that tell them. */
type Measured = {
  readonly rows: Readonly<Record<string, Figures>>;
  readonly ratios: readonly Ratio[];
  readonly more: Readonly<Record<string, unknown>>;
  readonly told: readonly string[];
};

async function measure(): Promise<number> {
  const parts: Measured[] = [];
  for (const part of values.campaign ? [measureCampaigns] : [measureCases, measureCampaigns])
    parts.push(await onSystemOfItsOwn(part));
  const rows = Object.assign({}, ...parts.map((part) => part.rows));
  const ratios = parts.flatMap((part) => part.ratios);
  console.log(`\n${figuresTable(rows)}\n\n${ratioTable(ratios)}\n\n${parts.flatMap(({ told }) => told).join('\n')}`);
  const file = join(folder, 'bench.json');
  const machine = { processors: cpus().length, model: cpus()[0]?.model, node: process.version };
  const more = Object.assign({}, ...parts.map((part) => part.more));
  await writeFile(file, `${JSON.stringify({ machine, quick: values.quick, rows, ratios, ...more }, null, 2)}\n`);
  console.log(`written to ${file}`);
  return values.quick || ratios.every(isKept) ? 0 : 1;
}

/** A campaign is over all accounts there are: those that the cases' measurement fills in are not to be among them. */
async function onSystemOfItsOwn(part: (system: BenchSystem, ballots: Ballots) => Promise<Measured>): Promise<Measured> {
  const system = await startSystem(join(folder, 'system'));
  try {
    const ballots = await openBallots(system);
    const measured = await part(system, ballots);
    await ballots.stop();
    return measured;
  } finally {
    await system.stop();
  }
}

function say(text: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);
}

async function measureCases(system: BenchSystem, ballots: Ballots): Promise<Measured> {
  const { client, pool, keys } = ballots;
  const rows: Record<string, Figures> = {};
  const views = async (count: number): Promise<Figures> =>
    figuresOf(await underLoad(Array.from({ length: count }), 1, () => ballots.inbox(READER)));

  say('inbox, nothing stored but 30 open cases');
  await ballots.prepared(Math.min(30, size.open));
  await views(size.views);
  rows['inbox, empty store'] = await views(size.views);

  say(`inbox, ${size.closed} closed cases stored`);
  await system.demo();
  await fillDatabase(system.databaseUrl, keys, { cases: size.closed, open: 0 });
  await views(size.views);
  rows['inbox, closed cases stored'] = await views(size.views);

  say('votes, beside F1');
  const votes = await ballots.prepared(size.ballots);
  await plainVotes(system.floorUrl, size.warmUp, 16);
  await underLoad(votes.splice(0, size.warmUp), 16, (vote) => ballots.vote(vote));
  for (const inFlight of FLIGHTS) {
    const floor: Taken[] = [];
    const ours: Taken[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      floor.push(await plainVotes(system.floorUrl, size.votes / TURNS, inFlight));
      ours.push(await underLoad(votes.splice(0, size.votes / TURNS), inFlight, (vote) => ballots.vote(vote)));
    }
    rows[`F1 at ${inFlight}`] = figuresOf(joined(floor));
    rows[`vote at ${inFlight}`] = figuresOf(joined(ours));
  }

  say('updates of workflows that do nothing (F2)');
  await updates(client, size.updates / 4, 16);
  rows['F2 at 1'] = figuresOf(await updates(client, size.updates, 1));
  rows['F2 at 64'] = figuresOf(await updates(client, size.updates * 2, 64));

  say('whole cases of one ballot of thirteen, beside F3');
  await runs(client, size.runs / 4, 16);
  await ballots.whole(size.cases / 4, 16);
  const before = await stored();
  const floor: Taken[] = [];
  const whole: Awaited<ReturnType<typeof ballots.whole>>[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    floor.push(await runs(client, size.runs / TURNS, 16));
    whole.push(await ballots.whole(size.cases / TURNS, 16));
  }
  const after = await stored();
  rows['F3 at 16'] = figuresOf(joined(floor));
  rows['whole case at 16'] = figuresOf(joined(whole.map(({ cases }) => cases)));
  rows['deciding vote to next step'] = figuresOf(joined(whole.map(({ next }) => next)));
  const lengths = await Promise.all(
    whole
      .flatMap(({ caseIds }) => caseIds)
      .slice(0, 20)
      .map(async (id) => (await client.workflow.getHandle(`bench:${id}`).describe()).historyLength),
  );
  const perCase = {
    temporalEvents: lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
    databaseBytes: (after.bytes - before.bytes) / size.cases,
    commits: (after.commits - before.commits) / size.cases,
  };

  say(`${size.open} open cases`);
  await ballots.prepared(size.open);
  const memoryMb = {
    api: Math.round(await residentMb(system.pids.api)),
    worker: Math.round(await residentMb(system.pids.worker)),
  };

  const of = (name: string): Figures => rows[name] as Figures;
  const ratios: Ratio[] = [
    { name: 'vote p50 at 1 / F1', value: of('vote at 1').p50 / of('F1 at 1').p50, bound: 2.5, is: 'atMost' },
    { name: 'vote p50 at 1 / F2', value: of('vote at 1').p50 / of('F2 at 1').p50, bound: 0.6, is: 'atMost' },
    {
      name: 'votes per second at 64 / F1',
      value: of('vote at 64').perSecond / of('F1 at 64').perSecond,
      bound: 0.35,
      is: 'atLeast',
    },
    {
      name: 'votes per second at 64 / F2',
      value: of('vote at 64').perSecond / of('F2 at 64').perSecond,
      bound: 4,
      is: 'atLeast',
    },
    { name: 'vote p99 at 64 / its p50', value: of('vote at 64').p99 / of('vote at 64').p50, bound: 4, is: 'atMost' },
    {
      name: 'whole cases per second at 16 / F3',
      value: of('whole case at 16').perSecond / of('F3 at 16').perSecond,
      bound: 0.3,
      is: 'atLeast',
    },
    {
      name: 'inbox p95, full / empty',
      value: of('inbox, closed cases stored').p95 / of('inbox, empty store').p95,
      bound: 2,
      is: 'atMost',
    },
  ];
  const told = [
    `per case: ${perCase.temporalEvents.toFixed(0)} events, ${perCase.databaseBytes.toFixed(0)} bytes in PostgreSQL, ${perCase.commits.toFixed(1)} commits; ` +
      `with ${size.open} open cases the API holds ${memoryMb.api} MB and the worker ${memoryMb.worker} MB`,
  ];
  return { rows, ratios, more: { perCase, memoryMb }, told };

  async function stored(): Promise<{ bytes: number; commits: number }> {
    await pool.query('CHECKPOINT');
    await pool.query('SELECT pg_stat_clear_snapshot()');
    const { rows: found } = await pool.query<{ bytes: string; commits: string }>(
      'SELECT pg_database_size(current_database()) AS bytes, xact_commit AS commits FROM pg_stat_database WHERE datname = current_database()',
    );
    return { bytes: Number(found[0]?.bytes), commits: Number(found[0]?.commits) };
  }
}

/** The annual review: the first campaign warms up, the second is small, the third is over all accounts; beside workflows that do nothing. */
async function measureCampaigns(system: BenchSystem, ballots: Ballots): Promise<Measured> {
  const { campaign, moreAccounts } = campaignsOn(system, ballots);
  const over = async (count: number, more: number): Promise<CampaignFigures> => {
    say(`a campaign over ${count} accounts`);
    await moreAccounts(more);
    return campaign(AT_ONCE);
  };
  await over(campaigns.warmUp, campaigns.warmUp);
  const small = await over(campaigns.small, campaigns.small - campaigns.warmUp);
  const large = await over(campaigns.large, campaigns.large - campaigns.small);
  say(`${campaigns.large} workflows of one Update (F4)`);
  await updatedRuns(ballots.client, campaigns.large / 10, AT_ONCE);
  const floor = await updatedRuns(ballots.client, campaigns.large, AT_ONCE);

  const grows = (name: string, of: (figures: CampaignFigures) => number): Ratio => ({
    name: `${name} an account, of ${large.accounts} / of ${small.accounts}`,
    value: of(large) / of(small),
    bound: 1.2,
    is: 'atMost',
  });
  return {
    rows: {
      'F4 at 16': figuresOf(floor),
      [`account of ${small.accounts} at 16`]: figuresOf(small.decided),
      [`account of ${large.accounts} at 16`]: figuresOf(large.decided),
    },
    ratios: [
      { name: 'campaign, wall time / F4', value: large.wallMs / floor.wallMs, bound: 10, is: 'atMost' },
      grows('wall time', ({ wallMs, accounts: count }) => wallMs / count),
      grows('processor time', processorOf),
      grows('events', ({ events }) => events),
      grows('bytes', ({ databaseBytes }) => databaseBytes),
    ],
    more: { campaigns: [small, large].map(({ decided, ...figures }) => figures) },
    told: [small, large].map(
      (each) =>
        `campaign over ${each.accounts}: ${(each.wallMs / 1000).toFixed(1)} s, of which ${(each.begunMs / 1000).toFixed(1)} s until all were begun; ` +
        `per account ${processorOf(each).toFixed(0)} ms of processor (${Object.entries(each.processorMs)
          .map(([part, ms]) => `${part} ${ms.toFixed(0)}`)
          .join(
            ', ',
          )}), ${each.events.toFixed(1)} events, ${each.databaseBytes.toFixed(0)} bytes in PostgreSQL, ${each.workerKb.toFixed(0)} KB of worker memory`,
    ),
  };
}

function processorOf({ processorMs }: CampaignFigures): number {
  return Object.values(processorMs).reduce((sum, ms) => sum + ms, 0);
}
