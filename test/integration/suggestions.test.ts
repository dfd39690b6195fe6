import { expect, test } from 'vitest';
import type { MeasureView, PlanView, SuggestionView } from '../../api/contract/suggestions.ts';
import { leave } from '../../cases/people.ts';
import { suggestionProblems } from '../../cases/suggestionAgreement.ts';
import { verifyStored } from '../../cases/verification.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { checkContract } from '../../domain/process.ts';
import { suggestion } from '../../workflows/contracts/suggestion.ts';
import { startApi } from '../support/api.ts';
import { whileBroken } from '../support/broken.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';
import { type Move, movesOf } from '../support/moves.ts';

// The clock of this company jumps: what silence does is told without waiting for it.
const company = await startCompany({ timeSkipping: true });
const api = await startApi(company);
const { deps } = company;
const { prisma } = deps;

const MANAGER = 'central-manager';
const CLERK = 'office-clerk-1';
const OTHER_CLERK = 'office-clerk-2';
const GROUNDS = '业主资金链紧张，已拖欠两期进度款。';
const begun: string[] = [];

const warning = { kind: 'riskWarning', severity: 'high', grounds: GROUNDS, measures: '先催收，再暂停投标。' };

async function raised(accountId: string, body: object = warning, as = MANAGER): Promise<string> {
  const answer = await api.post(`/accounts/${accountId}/suggestions`, { as, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  begun.push(answer.body.caseId);
  return answer.body.caseId;
}

const today = () =>
  company.until('today', async () => {
    const { rows } = await deps.pool.query<{ at: Date }>('SELECT now() AS at');
    return localDay(Number(rows[0]?.at));
  });

async function planFor(...owners: string[]) {
  const dueOn = addDays(await today(), 10);
  return { aim: '收回拖欠进度款', measures: owners.map((ownerId, at) => ({ text: `措施${at + 1}`, ownerId, dueOn })) };
}

const plansOf = async (accountId: string): Promise<PlanView[]> =>
  (await api.get(`/accounts/${accountId}/plans`, { as: CLERK })).body.items;
const stateOf = async (accountId: string, ord: number): Promise<MeasureView['state'] | undefined> =>
  (await plansOf(accountId))[0]?.measures.find((measure) => measure.ord === ord)?.state;
const taskOf = (caseId: string, kind: string, measureId: string | undefined) =>
  company.until(`${kind} of a measure`, () =>
    prisma.task.findFirst({
      where: { caseId, kind, status: 'open', subject: { path: ['measureId'], equals: measureId ?? '' } },
    }),
  );
const decided = (taskId: string, as: string, action: string, body: object) =>
  api.post(`/tasks/${taskId}/decisions`, { as, body: { action, body } });
const withdraw = (caseId: string) =>
  api.post(`/recommendations/${caseId}/withdraw`, { as: MANAGER, body: { reason: '情况已经好转' } });

test('the contract is sound', () => {
  expect(checkContract(suggestion)).toEqual([]);
});

test('a warning (Article 6.3) is accepted with a plan, its measures carried out under supervision, and the plan closed with its result', async () => {
  const account = await heldAccount(deps);
  const caseId = await raised(account);
  await company.answer(caseId, CLERK, 'weigh', 'accept', { plan: await planFor(MANAGER, 'finance-expert') });
  await company.state(caseId, 'carryingOut');
  const [plan] = await plansOf(account);
  expect(plan).toMatchObject({
    aim: '收回拖欠进度款',
    state: 'underway',
    measures: [{ text: '措施1', state: 'open' }, {}],
  });
  const [first, second] = plan?.measures ?? [];

  const own = await taskOf(caseId, 'carryOut', first?.id);
  expect(own.candidates).toEqual([`person:${MANAGER}`]);
  expect(localDay(Number(own.dueAt) - 1)).toBe(first?.dueOn);
  await decided(own.id, MANAGER, 'progress', { note: '已发催款函' });
  expect((await decided(own.id, MANAGER, 'report', { note: '首期已到账' })).status).toBe(200);
  expect(await stateOf(account, 1)).toBe('reported');

  const seen = await taskOf(caseId, 'supervise', first?.id);
  const dueOn = addDays(await today(), 20);
  await decided(seen.id, CLERK, 'newDay', { dueOn, reason: '还差第二期' });
  expect((await plansOf(account))[0]?.measures[0]).toMatchObject({ state: 'open', dueOn, firstDueOn: first?.dueOn });
  await decided((await taskOf(caseId, 'carryOut', first?.id)).id, MANAGER, 'report', { note: '两期都已到账' });

  // Two clerks confirm the same measure at once: one does, the other is told.
  const again = await taskOf(caseId, 'supervise', first?.id);
  const answers = await Promise.all([CLERK, OTHER_CLERK].map((as) => decided(again.id, as, 'confirmMeasure', {})));
  expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, 'taskClosed']);
  expect(await stateOf(account, 1)).toBe('done');

  await decided((await taskOf(caseId, 'carryOut', second?.id)).id, 'finance-expert', 'report', { note: '已办' });
  await decided((await taskOf(caseId, 'supervise', second?.id)).id, CLERK, 'confirmMeasure', {});
  await company.answer(caseId, CLERK, 'closePlan', 'addMeasures', {
    measures: (await planFor('legal-expert')).measures,
  });
  await company.until('the added measure', async () => (await stateOf(account, 3)) === 'open');
  const third = (await plansOf(account))[0]?.measures[2];
  await decided((await taskOf(caseId, 'carryOut', third?.id)).id, 'legal-expert', 'report', { note: '已办' });
  await decided((await taskOf(caseId, 'supervise', third?.id)).id, CLERK, 'confirmMeasure', {});
  await company.answer(caseId, CLERK, 'closePlan', 'closePlan', { result: 'achieved', opinion: '款项全部收回' });
  await company.state(caseId, 'closed');

  const { body } = await api.get(`/accounts/${account}/suggestions`, { as: MANAGER });
  const [told]: SuggestionView[] = body.items;
  expect(told).toMatchObject({
    caseId,
    severity: 'high',
    state: 'closed',
    readable: true,
    plan: { done: 3, of: 3, overdue: 0 },
  });
  expect((await plansOf(account))[0]).toMatchObject({ state: 'closed', result: 'achieved' });
});

test('a measure whose day passes in silence, or whose owner leaves, is not lost: the office looks at it, his unit’s head has it', async () => {
  const account = await heldAccount(deps);
  const caseId = await raised(account, { kind: 'pursuitProposal', grounds: '建议高层互访' });
  await company.answer(caseId, CLERK, 'weigh', 'refer', {
    plan: await planFor('technology-expert', 'central-manager-2'),
  });
  await company.state(caseId, 'deciding');
  expect((await plansOf(account))[0]).toMatchObject({
    state: 'proposed',
    measures: [{ state: 'waiting' }, { state: 'waiting' }],
  });
  const ballot = await company.ballot(caseId, 'deciding');
  const recused = (ballot.roll as { personId: string; recusal: string | null }[]).filter(({ recusal }) => recusal);
  expect(recused.map(({ personId }) => personId).sort()).toEqual(['central-deputy', 'central-head']);
  await company.voteAll(caseId, 'deciding', 'for');
  await company.state(caseId, 'carryingOut');
  const [first, second] = (await plansOf(account))[0]?.measures ?? [];

  const theirs = await taskOf(caseId, 'carryOut', first?.id);
  await leave(deps, {
    personId: 'technology-expert',
    adminId: 'system-admin',
    on: await today(),
    document: '离任通知',
  });
  await company.until('the head to have it', async () =>
    (await prisma.task.findUnique({ where: { id: theirs.id } }))?.candidates.includes('role:unitHead@technology'),
  );
  await decided(theirs.id, 'technology-head', 'report', { note: '由本人接手，已完成' });

  await company.passTo((await taskOf(caseId, 'carryOut', second?.id)).dueAt);
  await company.until('the silence', async () => (await stateOf(account, 2)) === 'silent');
  const { body: board } = await api.get('/measures', { as: CLERK });
  expect(board.items.filter((row: { caseId: string }) => row.caseId === caseId)).toHaveLength(2);
  expect((await taskOf(caseId, 'supervise', second?.id)).subject).toMatchObject({
    silent: true,
    // Nobody confirms what he was to do himself.
    barredPersonIds: ['central-manager-2'],
  });
  await withdraw(caseId);
  await company.state(caseId, 'withdrawn');
  expect((await plansOf(account))[0]).toMatchObject({
    state: 'dropped',
    measures: [{ state: 'dropped' }, { state: 'dropped' }],
  });
});

test('the office refuses with a reason, or asks for more; who is silent lets it lapse; the committee may say no', async () => {
  const account = await heldAccount(deps, { grade: 'company' });
  const [refused, silent, failed] = await Promise.all([
    raised(account),
    raised(account, { kind: 'other', grounds: '建议' }, 'central-head'),
    raised(account, { kind: 'other', grounds: '建议' }, CLERK),
  ]);
  await company.answer(refused, CLERK, 'weigh', 'return', { reason: '请补充对账单' });
  await company.answer(refused, MANAGER, 'addGrounds', 'resubmit', { note: '已附' });
  await company.answer(refused, CLERK, 'weigh', 'refuse', { reason: '已由财务部处理' });
  await company.state(refused, 'refused');
  await expect(company.answer(failed, CLERK, 'weigh', 'refuse', { reason: '无' })).rejects.toMatchObject({
    code: 'separation',
  });
  await company.answer(failed, OTHER_CLERK, 'weigh', 'refer', { plan: await planFor(MANAGER) });
  expect((await company.caseRow(failed)).unitId).toBe('central');
  await company.answer(silent, CLERK, 'weigh', 'return', { reason: '请说明' });
  await company.voteAll(failed, 'deciding', 'against');
  await company.state(failed, 'refused');
  await company.passTo((await company.task(silent, 'addGrounds')).dueAt);
  await company.state(silent, 'lapsed');
});

test('is raised by who keeps the account’s file, of an account that goes on, and well formed', async () => {
  const account = await heldAccount(deps, { onList: true });
  const ask = async (as: string, body: object, id = account) =>
    (await api.post(`/accounts/${id}/suggestions`, { as, body })).body;
  expect(await ask('east-head', warning)).toMatchObject({ code: 'forbidden' });
  expect(await ask('east-submitter', warning, await heldAccount(deps))).toMatchObject({ code: 'notFound' });
  expect(await ask(MANAGER, { kind: 'riskWarning', grounds: GROUNDS })).toMatchObject({
    code: 'invalid',
    field: 'severity',
  });
  expect(await ask(MANAGER, { ...warning, kind: 'other' })).toMatchObject({ code: 'invalid', field: 'severity' });
  expect((await api.get(`/accounts/${account}/plans`, { as: 'east-head' })).body).toMatchObject({ code: 'forbidden' });
  const caseId = await raised(account);
  const dated = { ...(await planFor(MANAGER)).measures[0], dueOn: addDays(await today(), -1) };
  await expect(
    company.answer(caseId, CLERK, 'weigh', 'accept', { plan: { aim: '无', measures: [dated] } }),
  ).rejects.toMatchObject({ code: 'invalid', field: 'plan.measures.0.dueOn' });
  await withdraw(caseId);
  await company.state(caseId, 'withdrawn');
  await prisma.account.update({ where: { id: account }, data: { state: 'terminated' } });
  expect(await ask(MANAGER, warning)).toMatchObject({ code: 'accountTerminated' });
});

test('a plan, a measure or an outcome that is not what was decided is found', async () => {
  const caseId = await raised(await heldAccount(deps));
  await company.answer(caseId, CLERK, 'weigh', 'accept', {
    plan: await planFor(MANAGER, 'finance-expert', 'legal-expert'),
  });
  const mine = await company.until('a measure of his', () =>
    prisma.task.findFirst({ where: { caseId, kind: 'carryOut', candidates: { has: `person:${MANAGER}` } } }),
  );
  await decided(mine.id, MANAGER, 'report', { note: '已办' });
  const theirs = await taskOf(caseId, 'supervise', (mine.subject as { measureId: string }).measureId);
  await decided(theirs.id, CLERK, 'confirmMeasure', {});
  const counsels = await prisma.task.findFirstOrThrow({
    where: { caseId, kind: 'carryOut', candidates: { has: 'person:legal-expert' } },
  });
  await decided(counsels.id, 'legal-expert', 'report', { note: '已办' });
  await company.task(caseId, 'supervise');
  expect(
    (await prisma.planMeasure.findMany({ where: { plan: { caseId } }, orderBy: { ord: 'asc' } })).map(
      ({ state }) => state,
    ),
  ).toEqual(['done', 'open', 'reported']);

  const closed = String(begun[0]);
  const broken = async (of: string, sql: string, ...values: unknown[]) => {
    const found = await whileBroken(deps.pool, [sql, of, ...values], suggestionProblems);
    expect(found.every(({ at }) => at === `case ${of}`)).toBe(true);
    return found.map(({ problem }) => problem);
  };
  const measure = (set: string, ord: number) =>
    `UPDATE plan_measures SET ${set} WHERE ord = ${ord} AND plan_id = (SELECT id FROM plans WHERE case_id = $1)`;
  expect(await broken(caseId, measure(`state = 'open'`, 1))).toEqual([
    'measure 1 is open, done due',
    'measure 1 is open, open: no task, due: carryOut',
  ]);
  expect(await broken(caseId, measure(`confirmed_by = 'director'`, 1))).toEqual([
    'measure 1: not confirmed by director',
  ]);
  expect(await broken(caseId, measure(`owner_id = 'director'`, 2))).toEqual(['measure 2: its task is not its owner’s']);
  expect(
    await broken(
      caseId,
      `UPDATE tasks SET status = 'done' WHERE case_id = $1 AND kind = 'supervise' AND status = 'open'`,
    ),
  ).toEqual(['measure 3 is reported, open: no task, due: supervise']);
  expect(
    await broken(
      caseId,
      `UPDATE tasks SET subject = '{"measureId": "x"}' WHERE case_id = $1 AND kind = 'supervise' AND status = 'open'`,
    ),
  ).toContain('1 tasks about no measure of its plan');
  expect(await broken(caseId, `UPDATE plans SET state = 'proposed' WHERE case_id = $1`)).toEqual([
    'its plan is proposed, underway due',
  ]);
  expect(await broken(caseId, `UPDATE suggestions SET account_id = 'x' WHERE case_id = $1`)).toEqual([
    'about no account',
  ]);
  expect(await broken(closed, `UPDATE plans SET result = 'partly' WHERE case_id = $1`)).toEqual([
    'its plan came to partly, decided was achieved',
  ]);
  expect(await broken(closed, `UPDATE facts SET action = 'refuse' WHERE case_id = $1 AND action = 'accept'`)).toContain(
    'closed: the office refuse, the ballot none',
  );
  const { caseId: refused } = await prisma.ballot.findFirstOrThrow({ where: { step: 'deciding', outcome: 'failed' } });
  expect(
    await broken(
      refused,
      `UPDATE ballots SET proof = jsonb_set(proof, '{outcome}', '"passed"') WHERE case_id = $1 AND step = 'deciding'`,
    ),
  ).toEqual(['refused: the office refer, the ballot passed']);
});

test('every move a run made is in the table', async () => {
  const rowOf = ({ from, on, to }: Move) => `${from} → ${to} on ${on}`;
  const all = await Promise.all(begun.map(async (id) => movesOf('weighing', await company.facts(id))));
  const known = suggestion.lifecycle.transitions.map(rowOf);
  expect(
    all
      .flat()
      .map(rowOf)
      .filter((move) => !known.includes(move)),
  ).toEqual([]);
});

test('what was written is nowhere in plain text, and everything stored verifies but what was changed', async () => {
  const { rows } = await deps.pool.query(
    `SELECT count(*)::int AS found FROM facts f LEFT JOIN audit_entries a ON a.case_id = f.case_id WHERE (f.codes::text || coalesce(a.codes::text, '')) LIKE '%资金链%'`,
  );
  expect(rows).toEqual([{ found: 0 }]);
  const { pool, keys } = deps;
  await prisma.plan.update({ where: { caseId: String(begun[0]) }, data: { result: 'partly' } });
  const { findings } = await verifyStored({ pool, keys, files: api.deps.files, client: company.client });
  // These accounts stand there without the case that established them, and without their executions.
  expect(findings.filter(({ check, at }) => check !== 'holdings' && !at.startsWith('account '))).toEqual([
    { check: 'states', at: `case ${begun[0]}`, problem: 'its plan came to partly, decided was achieved' },
  ]);
});
