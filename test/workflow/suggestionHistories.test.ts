import { expect, test } from 'vitest';
import { raiseSuggestion } from '../../cases/suggestions.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { terminalStates } from '../../domain/lifecycle.ts';
import { suggestion } from '../../domain/suggestion.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';
import { endedByAdministrators, keepWalk, takenBack } from '../support/walks.ts';

/** Every way a suggestion can go, on a clock that jumps; `npm run save-release` keeps the histories for the replay gate. */
const company = await startCompany({ timeSkipping: true });
const { deps } = company;

const MANAGER = 'central-manager';
const CLERK = 'office-clerk-1';
const reason = '有理由';
const opinion = '已核实';

async function raised(): Promise<string> {
  const form = { kind: 'riskWarning', severity: 'medium', grounds: '拖欠进度款' } as const;
  const { caseId } = await raiseSuggestion(deps, MANAGER, { accountId: await heldAccount(deps), form });
  await company.task(caseId, 'weigh');
  return caseId;
}

async function plan() {
  const { rows } = await deps.pool.query<{ at: Date }>('SELECT now() AS at');
  const dueOn = addDays(localDay(Number(rows[0]?.at)), 10);
  return { aim: '收回拖欠款', measures: [{ text: '上门催收', ownerId: MANAGER, dueOn }] };
}

async function weighed(action: 'accept' | 'refer'): Promise<string> {
  const caseId = await raised();
  await company.answer(caseId, CLERK, 'weigh', action, { plan: await plan() });
  await company.task(caseId, action === 'accept' ? 'carryOut' : 'vote');
  return caseId;
}

async function returned(): Promise<string> {
  const caseId = await raised();
  await company.answer(caseId, CLERK, 'weigh', 'return', { reason });
  await company.task(caseId, 'addGrounds');
  return caseId;
}

async function carriedOut(caseId: string): Promise<string> {
  await company.answer(caseId, MANAGER, 'carryOut', 'report', { note: opinion });
  await company.answer(caseId, CLERK, 'supervise', 'confirmMeasure');
  await company.task(caseId, 'closePlan');
  return caseId;
}

async function closed(caseId: string): Promise<string> {
  await company.answer(caseId, CLERK, 'closePlan', 'closePlan', { result: 'achieved', opinion });
  return caseId;
}

const withdrawn = (caseId: string): Promise<string> => takenBack(company, MANAGER, caseId);

/** A path's name, the state it ends in, and how one walks it. */
const paths: readonly (readonly [name: string, ending: string, walk: () => Promise<string>])[] = [
  [
    'closed-after-silence-and-more-measures',
    'closed',
    async () => {
      const caseId = await weighed('accept');
      await company.answer(caseId, MANAGER, 'carryOut', 'progress', { note: opinion });
      await company.passTo((await company.task(caseId, 'carryOut')).dueAt);
      const dueOn = (await plan()).measures[0]?.dueOn;
      await company.answer(caseId, CLERK, 'supervise', 'newDay', { dueOn, reason });
      await carriedOut(caseId);
      await company.answer(caseId, CLERK, 'closePlan', 'addMeasures', { measures: (await plan()).measures });
      return closed(await carriedOut(caseId));
    },
  ],
  [
    'closed-as-the-committee-decided',
    'closed',
    async () => {
      const caseId = await returned();
      await company.answer(caseId, MANAGER, 'addGrounds', 'resubmit', { note: opinion });
      await company.answer(caseId, CLERK, 'weigh', 'refer', { plan: await plan() });
      await company.voteAll(caseId, 'deciding', 'for');
      return closed(await carriedOut(caseId));
    },
  ],
  [
    'refused-by-office',
    'refused',
    async () => {
      const caseId = await raised();
      await company.answer(caseId, CLERK, 'weigh', 'refuse', { reason });
      return caseId;
    },
  ],
  [
    'refused-by-committee',
    'refused',
    async () => {
      const caseId = await weighed('refer');
      await company.voteAll(caseId, 'deciding', 'against');
      return caseId;
    },
  ],
  ['withdrawn-weighing', 'withdrawn', async () => withdrawn(await raised())],
  ['withdrawn-supplementing', 'withdrawn', async () => withdrawn(await returned())],
  ['withdrawn-deciding', 'withdrawn', async () => withdrawn(await weighed('refer'))],
  ['withdrawn-carrying-out', 'withdrawn', async () => withdrawn(await weighed('accept'))],
  [
    'lapsed-supplementing',
    'lapsed',
    async () => {
      const caseId = await returned();
      await company.passTo((await company.task(caseId, 'addGrounds')).dueAt);
      return caseId;
    },
  ],
  ['lapsed-by-administrators', 'lapsed', async () => endedByAdministrators(company, await weighed('accept'))],
];

test.each(paths)('a suggestion: %s ends as %s, and no workflow task failed on the way', async (name, ending, walk) => {
  await keepWalk(company, suggestion, { name: `suggestion-${name}`, caseId: await walk(), ending });
});

test('every ending of a suggestion has a path', () => {
  expect(new Set(paths.map(([, ending]) => ending))).toEqual(new Set(terminalStates(suggestion)));
});
