import { expect, test } from 'vitest';
import { exitProblems } from '../../cases/exitAgreement.ts';
import { proposeExit } from '../../cases/exits.ts';
import { raiseSuggestion } from '../../cases/suggestions.ts';
import { exit } from '../../domain/exit.ts';
import { terminalStates } from '../../domain/lifecycle.ts';
import { whileBroken } from '../support/broken.ts';
import { startCompany } from '../support/company.ts';
import { fileOf } from '../support/fileOf.ts';
import { heldAccount } from '../support/heldAccount.ts';
import { endedByAdministrators, keepWalk, takenBack } from '../support/walks.ts';

/** Every way a mid-year exit can go, on a clock that jumps; `npm run save-release` keeps the histories for the replay gate. */
const company = await startCompany({ timeSkipping: true });
const { deps } = company;
const { prisma } = deps;

const MANAGER = 'central-manager';
const CLERK = 'office-clerk-1';
const reason = '有理由';
const statement = '情况属实';
const form = {
  ground: 'insolvency',
  since: '2026-01-05',
  source: '（2026）示例破1号',
  grounds: '法院已受理破产',
} as const;

const accountOf = async (caseId: string) =>
  prisma.account.findFirstOrThrow({ where: { cases: { some: { caseId } } }, include: { holdings: true } });

async function proposed(): Promise<string> {
  const accountId = await heldAccount(deps, { onList: true });
  const { caseId } = await proposeExit(deps, MANAGER, { accountId, form });
  await company.task(caseId, 'admitExit');
  return caseId;
}

async function proven(caseId: string): Promise<string> {
  await fileOf(company, caseId, { purpose: 'evidence', by: MANAGER });
  return caseId;
}

async function stating(): Promise<string> {
  const caseId = await proven(await proposed());
  await company.answer(caseId, CLERK, 'admitExit', 'admit');
  await company.task(caseId, 'stateUnit');
  return caseId;
}

async function deciding(): Promise<string> {
  const caseId = await stating();
  await company.answer(caseId, 'central-head', 'stateUnit', 'state', { statement });
  await company.answer(caseId, MANAGER, 'stateManager', 'state', { statement });
  await company.task(caseId, 'vote');
  return caseId;
}

async function chosen(option: string): Promise<string> {
  const caseId = await deciding();
  await company.voteAll(caseId, 'deciding', option);
  await company.state(caseId, option);
  return caseId;
}

async function returned(): Promise<string> {
  const caseId = await proposed();
  await company.answer(caseId, CLERK, 'admitExit', 'return', { reason });
  await company.task(caseId, 'addGrounds');
  return caseId;
}

const withdrawn = (caseId: string): Promise<string> => takenBack(company, MANAGER, caseId);

/** A path's name, the state it ends in, and how one walks it. */
const paths: readonly (readonly [name: string, ending: string, walk: () => Promise<string>])[] = [
  [
    'kept-after-return-and-silence',
    'kept',
    async () => {
      const caseId = await returned();
      await company.answer(caseId, MANAGER, 'addGrounds', 'resubmit', { note: statement });
      await proven(caseId);
      await company.answer(caseId, CLERK, 'admitExit', 'admit');
      await company.passTo((await company.task(caseId, 'stateUnit')).dueAt);
      await company.voteAll(caseId, 'deciding', 'kept');
      return caseId;
    },
  ],
  ['delisted', 'delisted', () => chosen('delisted')],
  ['ended', 'ended', () => chosen('ended')],
  ['withdrawn-admission', 'withdrawn', async () => withdrawn(await proposed())],
  ['withdrawn-supplementing', 'withdrawn', async () => withdrawn(await returned())],
  ['withdrawn-statement', 'withdrawn', async () => withdrawn(await stating())],
  ['withdrawn-deciding', 'withdrawn', async () => withdrawn(await deciding())],
  [
    'lapsed-supplementing',
    'lapsed',
    async () => {
      const caseId = await returned();
      await company.passTo((await company.task(caseId, 'addGrounds')).dueAt);
      return caseId;
    },
  ],
  ['lapsed-by-administrators', 'lapsed', async () => endedByAdministrators(company, await stating())],
];

test.each(paths)('an exit: %s ends as %s, and no workflow task failed on the way', async (name, ending, walk) => {
  await keepWalk(company, exit, { name: `exit-${name}`, caseId: await walk(), ending });
});

test('every ending of an exit has a path', () => {
  expect(new Set(paths.map(([, ending]) => ending))).toEqual(new Set(terminalStates(exit)));
});

test('leaving the list and ending cooperation are two outcomes, and keeping changes nothing', async () => {
  const delisted = await chosen('delisted');
  expect(await accountOf(delisted)).toMatchObject({ onList: false, state: 'active', delistedCaseId: delisted });
  const kept = await chosen('kept');
  expect(await accountOf(kept)).toMatchObject({ onList: true, state: 'active', delistedCaseId: null });
  const account = await accountOf(await chosen('ended'));
  expect(account).toMatchObject({ onList: false, state: 'terminated' });
  expect(account.holdings.every(({ validTo }) => validTo !== null)).toBe(true);
});

test('when cooperation ends, what else is open about the account lapses', async () => {
  const caseId = await deciding();
  const { id: accountId } = await accountOf(caseId);
  const warning = { kind: 'riskWarning', severity: 'high', grounds: '拖欠进度款' } as const;
  const other = await raiseSuggestion(deps, MANAGER, { accountId, form: warning });
  await company.task(other.caseId, 'weigh');
  await company.voteAll(caseId, 'deciding', 'ended');
  await company.state(other.caseId, 'lapsed');
});

test('an account has one such case at a time, put forward by who keeps its file', async () => {
  const { id: accountId } = await accountOf(await proposed());
  await expect(proposeExit(deps, MANAGER, { accountId, form })).rejects.toMatchObject({ code: 'accountBusy' });
  await expect(proposeExit(deps, 'east-head', { accountId, form })).rejects.toMatchObject({ code: 'forbidden' });
});

test('nothing goes to the committee without proof', async () => {
  const caseId = await proposed();
  await expect(company.answer(caseId, CLERK, 'admitExit', 'admit')).rejects.toMatchObject({ code: 'exitProofMissing' });
  await company.answer(await proven(caseId), CLERK, 'admitExit', 'admit');
});

test('the holding units’ seats and the manager are recused by rule', async () => {
  const caseId = await deciding();
  const { roll } = await company.ballot(caseId, 'deciding');
  const recused = (roll as { personId: string; recusal: string | null }[]).filter(({ recusal }) => recusal !== null);
  expect(recused.map(({ personId }) => personId).sort()).toEqual(['central-deputy', 'central-head']);
});

test('an account that is off the list, or ended, without a decision that says so, and a decision that changed nothing, are found', async () => {
  const [kept, delisted, ended] = [await chosen('kept'), await chosen('delisted'), await chosen('ended')];
  const ids = new Map<string, string>();
  for (const caseId of [kept, delisted, ended]) ids.set(caseId, (await accountOf(caseId)).id);
  const broken = async (caseId: string, set: string): Promise<string[]> => {
    const found = await whileBroken(
      deps.pool,
      [`UPDATE accounts SET ${set} WHERE id = $1`, ids.get(caseId)],
      exitProblems,
    );
    expect(found.every(({ at }) => [`case ${caseId}`, `account ${ids.get(caseId)}`].includes(at))).toBe(true);
    return found.map(({ problem }) => problem);
  };
  expect(await broken(kept, `on_list = on_list`)).toEqual([]);
  expect(await broken(kept, `state = 'terminated', terminated_on = '2026-03-01'`)).toEqual([
    'terminated on 2026-03-01 by no decision of that day',
  ]);
  expect(await broken(kept, `terminated_on = '2026-03-01'`)).toEqual(['terminated on a day, and goes on']);
  expect(await broken(kept, `on_list = false, delisted_case_id = '${kept}'`)).toEqual([
    `off the list by ${kept}, decided by null`,
  ]);
  expect(await broken(delisted, 'on_list = true')).toEqual(['off the list by decision, and on it']);
  expect(await broken(delisted, 'delisted_case_id = NULL')).toEqual([`off the list by null, decided by ${delisted}`]);
  expect(await broken(ended, `state = 'active', terminated_on = NULL`)).toEqual(['ended, and its account goes on']);
  expect(await broken(ended, 'terminated_on = terminated_on - 1')).toEqual([
    expect.stringMatching(/terminated on \S+ by no decision of that day/),
  ]);
  const another = `UPDATE ballots SET proof = jsonb_set(proof, '{option}', '"ended"') WHERE case_id = $1`;
  expect(await whileBroken(deps.pool, [another, delisted], exitProblems)).toEqual([
    { at: `case ${delisted}`, problem: 'delisted, chosen was ended' },
  ]);
});
