import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { proposeExit } from '../../cases/exits.ts';
import { proposeRelisting } from '../../cases/relistings.ts';
import { verifyStored } from '../../cases/verification.ts';
import { terminalStates } from '../../domain/lifecycle.ts';
import { relisting } from '../../domain/relisting.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { fileOf } from '../support/fileOf.ts';
import { heldAccount } from '../support/heldAccount.ts';
import { endedByAdministrators, keepWalk, takenBack } from '../support/walks.ts';

/** Every way back onto the list, on a clock that jumps; `npm run save-release` keeps the histories for the replay gate. */
const company = await startCompany({ timeSkipping: true });
const api = await startApi(company);
const { deps } = company;
const { prisma, pool, keys } = deps;

const MANAGER = 'central-manager';
const CLERK = 'office-clerk-1';
const reason = '有理由';
const form = { grounds: '已与债权人和解，恢复履约', source: '（2026）示例破1号之二' };
const exitForm = { ground: 'insolvency', since: '2026-01-05', source: '裁定书', grounds: '已受理破产' } as const;

const accountOf = (caseId: string) => prisma.account.findFirstOrThrow({ where: { cases: { some: { caseId } } } });

/** Proof lies with the case, and the office admits it. */
async function admitted(caseId: string, kind: string): Promise<void> {
  await fileOf(company, caseId, { purpose: 'evidence', by: MANAGER });
  await company.answer(caseId, CLERK, kind, 'admit');
}

/** An account as a decided exit leaves it, without the case. */
async function delisted(): Promise<string> {
  const id = await heldAccount(deps);
  await prisma.account.update({ where: { id }, data: { delistedCaseId: randomUUID() } });
  return id;
}

/** An account that the committee takes off the list. */
async function takenOff(): Promise<string> {
  const id = await heldAccount(deps, { onList: true });
  const { caseId } = await proposeExit(deps, MANAGER, { accountId: id, form: exitForm });
  await company.task(caseId, 'admitExit');
  await admitted(caseId, 'admitExit');
  for (const [kind, person] of [['stateUnit', 'central-head'] as const, ['stateManager', MANAGER] as const])
    await company.answer(caseId, person, kind, 'state', { statement: reason });
  await company.voteAll(caseId, 'deciding', 'delisted');
  await company.state(caseId, 'delisted');
  return id;
}

async function proposed(): Promise<string> {
  const { caseId } = await proposeRelisting(deps, MANAGER, { accountId: await delisted(), form });
  await company.task(caseId, 'admitRelisting');
  return caseId;
}

async function returned(): Promise<string> {
  const caseId = await proposed();
  await company.answer(caseId, CLERK, 'admitRelisting', 'return', { reason });
  await company.task(caseId, 'addGrounds');
  return caseId;
}

async function deciding(from = proposed): Promise<string> {
  const caseId = await from();
  await admitted(caseId, 'admitRelisting');
  await company.task(caseId, 'vote');
  return caseId;
}

async function decided(choice: string, from = proposed): Promise<string> {
  const caseId = await deciding(from);
  await company.voteAll(caseId, 'deciding', choice);
  return caseId;
}

async function supplemented(): Promise<string> {
  const caseId = await returned();
  await company.answer(caseId, MANAGER, 'addGrounds', 'resubmit', { note: reason });
  await company.task(caseId, 'admitRelisting');
  return caseId;
}

const withdrawn = (caseId: string): Promise<string> => takenBack(company, MANAGER, caseId);

/** A path's name, the state it ends in, and how one walks it. */
const paths: readonly (readonly [name: string, ending: string, walk: () => Promise<string>])[] = [
  ['listed-after-a-return', 'listed', () => decided('for', supplemented)],
  ['refused', 'refused', () => decided('against')],
  ['withdrawn-admission', 'withdrawn', async () => withdrawn(await proposed())],
  ['withdrawn-supplementing', 'withdrawn', async () => withdrawn(await returned())],
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
  ['lapsed-by-administrators', 'lapsed', async () => endedByAdministrators(company, await proposed())],
];

test.each(paths)('back onto the list: %s ends as %s, and no workflow task failed', async (name, ending, walk) => {
  const caseId = await walk();
  await keepWalk(company, relisting, { name: `relisting-${name}`, caseId, ending });
  const account = await accountOf(caseId);
  // Cooperation goes on whatever comes of it; only the committee's decision puts it on the list.
  expect(account).toMatchObject({ state: 'active', onList: ending === 'listed' });
  expect(account.delistedCaseId === null).toBe(ending === 'listed');
});

test('every ending has a path', () => {
  expect(new Set(paths.map(([, ending]) => ending))).toEqual(new Set(terminalStates(relisting)));
});

test('it is asked for by who keeps the file, of an account that was taken off, and not while an exit is open', async () => {
  const accountId = await takenOff();
  const ask = (as: string, id = accountId) => api.post(`/accounts/${id}/relistings`, { as, body: form });
  const codeOf = async (as: string, id = accountId) => (await ask(as, id)).body.code;
  expect(await codeOf('east-submitter')).toBe('notFound');
  expect(await codeOf('east-head')).toBe('forbidden');
  expect(await codeOf('director')).toBe('forbidden');
  expect(await codeOf(MANAGER, await heldAccount(deps, { onList: true }))).toBe('notDelisted');
  const exit = await proposeExit(deps, MANAGER, { accountId, form: exitForm });
  expect(await codeOf(MANAGER)).toBe('accountBusy');
  await withdrawn(exit.caseId);
  await company.state(exit.caseId, 'withdrawn');
  const seen = (await api.get(`/accounts/${accountId}`, { as: MANAGER })).body;
  expect(seen).toMatchObject({ onList: false, delisted: { number: expect.stringMatching(/^X-/) } });
  const begun = await ask('central-head');
  expect(begun.status).toBe(201);
  expect(await codeOf(MANAGER)).toBe('accountBusy');
  const { caseId } = begun.body;
  await company.task(caseId, 'admitRelisting');
  const { body } = await api.get(`/cases/${caseId}`, { as: CLERK });
  const delisting = { caseId: seen.delisted.caseId, number: seen.delisted.number };
  expect(body.matter).toEqual({ process: 'relisting', accountId, delisting, ...form });
  const early = company.answer(caseId, CLERK, 'admitRelisting', 'admit');
  await expect(early).rejects.toMatchObject({ code: 'relistingProofMissing' });

  await admitted(caseId, 'admitRelisting');
  await company.voteAll(caseId, 'deciding', 'for');
  await company.state(caseId, 'listed');
  expect((await api.get(`/accounts/${accountId}`, { as: MANAGER })).body).toMatchObject({
    onList: true,
    delisted: null,
  });
  const { findings } = await verifyStored({ pool, keys, files: api.deps.files, client: company.client });
  expect(findings.filter(({ check, at }) => check === 'accounts' && at === `account ${accountId}`)).toEqual([]);
});
