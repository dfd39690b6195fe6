import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Payload } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import { allContracts } from '../../cases/contracts.ts';
import { isTerminal, type Lifecycle, statesOf, terminalStates } from '../../domain/lifecycle.ts';
import type { ProcessContract } from '../../domain/process.ts';
import { isUndecodable } from '../../domain/undecodable.ts';
import '../../cases/processes.ts';
import { encryptionCodec } from '../../platform/codec.ts';
import { dataConverter } from '../../platform/dataConverter.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { ACCOUNT, TERMINATED } from '../../workflows/contracts/account.ts';
import { DECIDED } from '../../workflows/contracts/case.ts';
import { recommendation } from '../../workflows/contracts/recommendation.ts';
import { History, type SavedHistory, savedHistories } from '../support/histories.ts';
import type { Move } from '../support/moves.ts';
import '../support/quiet.ts';
import { testKeys } from '../support/testKeys.ts';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** Bundling and replaying take as long as the machine lets them. */
const PATIENCE = { timeout: 120_000 };
const root = fileURLToPath(new URL('../..', import.meta.url));
const saved = await savedHistories();
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };

/** What the clock brings about, and what moves it. */
const BY_THE_CLOCK = ['reminded', 'escalated', 'extended', 'silent', 'ballotExtended', 'directorsTurn'];
const ofThisRelease = saved.filter(({ release }) => release === version);

/** Replays on workflows bundled from `entry`. @returns the names of those that do not replay */
async function notReplaying(histories: readonly SavedHistory[], entry?: string): Promise<string[]> {
  const workflowBundle = await bundleWorkflows(entry);
  const options = { workflowBundle, dataConverter: dataConverter(testKeys(), 'worker') };
  const failed: string[] = [];
  const queue = histories.map(({ release, name, workflowId, history }) => ({
    name: `${release}/${name}`,
    workflowId,
    history,
  }));
  let next = 0;
  for await (const { error } of Worker.runReplayHistories(options, queue)) {
    if (error) failed.push(queue[next]?.name ?? '');
    next += 1;
  }
  expect(next).toBe(histories.length);
  return failed;
}

/** All payloads of a history, decrypted; what is not ours stays as it is. */
async function opened(history: History): Promise<string[]> {
  const codec = encryptionCodec(testKeys(), 'worker');
  const payloads = payloadsIn(History.toObject(History.fromObject(history)));
  const decoded = await codec.decode(payloads);
  return decoded.map((payload) => Buffer.from(payload.data ?? []).toString('utf8'));
}

/** What of a process's table the histories do not hold. One override of two administrators stands for all: the prose hears of each alike. */
async function notWalked(
  { process, lifecycle }: ProcessContract,
  histories: readonly SavedHistory[],
): Promise<string[]> {
  const own = histories.filter(({ workflowId }) => workflowId.startsWith(`${process}:`));
  const endings = await Promise.all(own.map(async ({ history }) => JSON.parse((await opened(history)).at(-1) ?? '""')));
  const moves = own.flatMap(({ walked }) => walked.moves);
  const between =
    ({ from, to }: Move) =>
    (move: Move) =>
      move.from === from && move.to === to;
  const isWalked = (row: Move): boolean => {
    // Where one event alone leads from here to there, it was that one, whatever the facts call it.
    const isOnly = lifecycle.transitions.filter(between(row)).length === 1;
    return moves.filter(between(row)).some(({ on }) => isOnly || on === row.on);
  };
  const overriding = lifecycle.transitions.filter(({ by }) => by === 'administrators');
  // What is concluded as it is opened has no execution, and no history.
  const others = lifecycle.transitions.filter(({ by, atOnce }) => by !== 'administrators' && !atOnce);
  const isExecuted = (state: string) => {
    const rows = lifecycle.transitions.filter(({ to }) => to === state);
    return rows.length === 0 || rows.some(({ atOnce }) => !atOnce);
  };
  const open = statesOf(lifecycle).filter((state) => !isTerminal(lifecycle, state));
  return [
    ...open
      .filter((state) => !moves.some(({ from, to }) => from === state || to === state))
      .map((state) => `state ${state}`),
    ...terminalStates(lifecycle)
      .filter((state) => isExecuted(state) && !endings.includes(state))
      .map((state) => `ending ${state}`),
    ...others.filter((row) => !isWalked(row)).map(({ from, on, to }) => `move ${from} ${on} ${to}`),
    ...(overriding.some(isWalked) ? [] : ['an override of two administrators']),
  ];
}

/** The kinds of the signals a history holds. */
async function signalsOf(history: History): Promise<string[]> {
  const codec = encryptionCodec(testKeys(), 'worker');
  const signals = (history.events ?? []).flatMap((event) => event.workflowExecutionSignaledEventAttributes ?? []);
  return Promise.all(
    signals.map(async ({ signalName, input }) => {
      if (signalName === DECIDED) return DECIDED;
      const [payload] = await codec.decode((input?.payloads ?? []) as Payload[]);
      const value: unknown = payload && JSON.parse(Buffer.from(payload.data ?? []).toString('utf8'));
      if (value === undefined) return 'decide of nothing';
      if (isUndecodable(value)) return 'decide undecodable';
      if (typeof value !== 'object' || value === null) return 'decide of garbage';
      if ('reference' in value) return 'decide by reference';
      return 'operatorId' in value ? 'decide by an operator' : 'decide of garbage';
    }),
  );
}

function payloadsIn(value: unknown): Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('metadata' in value && 'data' in value) return [value as Payload];
  return Object.values(value).flatMap(payloadsIn);
}

describe('the saved histories', () => {
  test('of every release replay on the workflows as they are now', PATIENCE, async () => {
    expect(await notReplaying(saved)).toEqual([]);
  });

  test('of this release hold every state, ending and move of every process', async () => {
    expect(allContracts().map(({ process }) => process)).toContain(recommendation.process);
    for (const contract of allContracts()) expect(await notWalked(contract, ofThisRelease)).toEqual([]);
  });

  test('would be found wanting of a state that nobody walked through', async () => {
    const { lifecycle } = recommendation;
    const trial: Lifecycle<string> = {
      ...lifecycle,
      states: { ...lifecycle.states, publicity: lifecycle.states.evaluating, dropped: lifecycle.states.lapsed },
      transitions: [
        ...lifecycle.transitions,
        { from: 'approving', on: 'passed', to: 'publicity', by: 'ballot', article: '' },
      ],
    };
    expect(await notWalked({ ...recommendation, lifecycle: trial }, ofThisRelease)).toEqual([
      'state publicity',
      'ending dropped',
      'move approving passed publicity',
    ]);
  });

  test('of this release hold reminders, escalations, extensions, silence, and deadlines of ballots', () => {
    const kinds = ofThisRelease.flatMap(({ walked }) => walked.kinds);
    expect(kinds).toEqual(expect.arrayContaining(BY_THE_CLOCK));
  });

  test('of this release hold the life of an account: told by its clock, gone on with in a new run, ended', async () => {
    const own = ofThisRelease.filter(({ workflowId }) => workflowId.startsWith(`${ACCOUNT}:`));
    const holds = (key: keyof HistoryEvent) => own.some(({ history }) => history.events?.some((event) => event[key]));
    expect(holds('timerFiredEventAttributes')).toBe(true);
    expect(holds('workflowExecutionContinuedAsNewEventAttributes')).toBe(true);
    const endings = await Promise.all(own.map(async ({ history }) => (await opened(history)).at(-1)));
    expect(endings).toContain(JSON.stringify(TERMINATED));
  });

  test('of this release hold every workflow there is, those that the calendar starts too', async () => {
    const index = await readFile(join(root, 'workflows/index.ts'), 'utf8');
    const names = [...index.matchAll(/^export \{ (.+) \}/gm)].flatMap(([, list = '']) => list.split(', '));
    const types = ofThisRelease.map(
      ({ history }) => history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name,
    );
    expect(names).toContain('annualReviewStarter');
    expect(names.filter((name) => !types.includes(name))).toEqual([]);
  });

  test('of this release hold every kind of signal', async () => {
    const kinds = new Set((await Promise.all(ofThisRelease.map(({ history }) => signalsOf(history)))).flat());
    expect([...kinds].sort()).toEqual(
      [
        'decided',
        'decide by an operator',
        'decide by reference',
        'decide of garbage',
        'decide of nothing',
        'decide undecodable',
      ].sort(),
    );
  });

  test('hold ids and codes, and nothing that anybody wrote', async () => {
    // Whatever people write in these cases is Chinese; names of clients and persons are too.
    const chinese = /\p{Script=Han}/u;
    for (const { name, history } of saved) {
      const text = [JSON.stringify(history), ...(await opened(history))].join('\n');
      expect(chinese.exec(text)?.[0], name).toBeUndefined();
      expect(/\d+@\w+/.exec(text)?.[0], name).toBeUndefined();
    }
  });
});

test('a workflow that leaves out a step is stopped at the gate', PATIENCE, async () => {
  const copy = await mkdtemp(join(tmpdir(), 'altered-workflow-'));
  try {
    for (const folder of ['workflows', 'domain']) await cp(join(root, folder), join(copy, folder), { recursive: true });
    await writeFile(join(copy, 'package.json'), '{"type": "module"}');
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    const entry = join(copy, 'workflows/index.ts');
    const prose = join(copy, 'workflows/recommendation.ts');
    const established = saved.filter(({ name }) => name === 'established');
    expect(established).not.toEqual([]);
    expect(await notReplaying(established, entry)).toEqual([]);
    const text = await readFile(prose, 'utf8');
    const altered = text.replace("await ask('evaluating');", '');
    expect(altered).not.toBe(text);
    await writeFile(prose, altered);
    expect(await notReplaying(established, entry)).toHaveLength(established.length);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
