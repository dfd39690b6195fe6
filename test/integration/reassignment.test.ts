import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { leave } from '../../cases/people.ts';
import { holderProblems } from '../../cases/reassignmentAgreement.ts';
import { verifyStored } from '../../cases/verification.ts';
import { grounds } from '../../domain/reassignment.ts';
import { startApi } from '../support/api.ts';
import { whileBroken } from '../support/broken.ts';
import { branchLevel, startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';

const company = await startCompany();
const api = await startApi(company);
const { deps, answer } = company;
const { prisma, pool } = deps;

const ASKER = 'office-clerk-2';
const CLERK = 'office-clerk-1';

const incompetent = { ground: 'incompetent', of: 'manager', findings: '半年未回访，客户多次投诉' };
const clientRequest = {
  ground: 'clientRequest',
  of: 'manager',
  requestedBy: '成本部负责人',
  requestedOn: '2026-11-20',
  request: '要求更换对接人',
};
const conflict = {
  ground: 'conflictOfInterest',
  of: 'unit',
  newUnitId: 'east',
  between: '单位负责人与供应商',
  interest: '供应商由其亲属控股',
};
const personnel = {
  ground: 'personnel',
  of: 'manager',
  adjustment: 'transfer',
  effectiveOn: '2026-12-01',
  document: '人字〔2026〕18号',
};

const ask = (path: string, form: object, as = ASKER) =>
  api.post(`${path}/reassignments`, { as, body: { form }, headers: { 'Accept-Language': 'zh' } });

async function asked(path: string, form: object, as = ASKER): Promise<string> {
  const { status, body } = await ask(path, form, as);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.caseId;
}

async function evidence(caseId: string, as = ASKER): Promise<void> {
  const raw = new FormData();
  raw.set('caseId', caseId);
  raw.set('purpose', 'evidence');
  raw.set('file', new Blob(['投诉记录']), '投诉.txt');
  expect((await api.post('/attachments', { as, raw })).status).toBe(201);
}

/** Admitted: for cause with its evidence, or arranged without fault. */
async function admitted(path: string, form: { ground: string }, as = ASKER): Promise<string> {
  const caseId = await asked(path, form, as);
  const forCause = form.ground !== 'personnel';
  if (forCause) await evidence(caseId, as);
  await answer(caseId, CLERK, 'admit', forCause ? 'admit' : 'arrange');
  return caseId;
}

/** As far as the removal: heard and voted out. */
async function removed(path: string, form: { ground: string }): Promise<string> {
  const caseId = await admitted(path, form);
  const { candidates } = await company.task(caseId, 'statement');
  const concerned = candidates[0]?.startsWith('person:') ? 'central-manager' : 'central-head';
  await answer(caseId, concerned, 'statement', 'state', { statement: '客户内部调整所致' });
  await company.voteAll(caseId, 'removing', 'for');
  await company.task(caseId, 'nominate');
  return caseId;
}

const nominate = (caseId: string, body: object, as = 'central-submitter') =>
  answer(caseId, as, 'nominate', 'nominate', body);

async function confirmed(caseId: string, body: object, as?: string): Promise<void> {
  await nominate(caseId, body, as);
  await company.voteAll(caseId, 'confirming', 'for');
  await company.task(caseId, 'takeOver');
}

const stateOf = async (id: string) => (await prisma.account.findUniqueOrThrow({ where: { id } })).state;
const holdingsOf = (accountId: string) =>
  prisma.holding.findMany({ where: { accountId }, orderBy: { validFrom: 'asc' } });

test('a manager the committee finds incompetent is heard, removed, replaced, and hands over', async () => {
  const established = await company.submitted(branchLevel);
  await company.carryTo(established, 'established');
  const { id } = await prisma.account.findUniqueOrThrow({ where: { decisionCaseId: established } });
  const caseId = await asked(`/accounts/${id}`, incompetent);
  await expect(answer(caseId, CLERK, 'admit', 'admit')).rejects.toMatchObject({ code: 'evidenceMissing' });
  await evidence(caseId);
  await expect(answer(caseId, ASKER, 'admit', 'admit')).rejects.toMatchObject({ code: 'separation' });
  // The manager knows of it once it is admitted, and not before.
  expect((await api.get(`/cases/${caseId}`, { as: 'central-manager' })).status).toBe(404);
  await answer(caseId, CLERK, 'admit', 'admit', { opinion: '材料齐全' });
  await answer(caseId, 'central-manager', 'statement', 'state', { statement: '客户内部调整所致' });
  await company.until('the ballot', () => prisma.ballot.findFirst({ where: { caseId, status: 'open' } }));
  const { roll } = await company.ballot(caseId, 'removing');
  const recused = (roll as { personId: string; recusal: string | null }[]).flatMap((seat) =>
    seat.recusal === 'rule' ? [seat.personId] : [],
  );
  expect(recused.sort()).toEqual(['central-deputy', 'central-head']);

  // Whoever looks on from now to the end sees one lead holding, at every instant.
  const looking = new AbortController();
  const seen: number[] = [];
  const reader = (async () => {
    while (!looking.signal.aborted) {
      const { rows } = await pool.query(
        `SELECT count(*)::int AS n FROM holdings WHERE account_id = $1 AND kind = 'lead' AND valid_to IS NULL`,
        [id],
      );
      seen.push(rows[0].n);
    }
  })();
  await company.voteAll(caseId, 'removing', 'for');
  await company.task(caseId, 'nominate');
  expect(await stateOf(id)).toBe('vacant');
  // Recused from the ballots, the unit's head still reads what his unit is asked.
  expect((await api.get(`/cases/${caseId}`, { as: 'central-head' })).status).toBe(200);
  for (const [managerId, why] of [
    ['central-manager', 'replaced'],
    ['east-manager', 'notOfRecommendingUnit'],
  ])
    await expect(nominate(caseId, { managerId })).rejects.toMatchObject({ code: 'nomineeUnfit', params: { why } });
  await nominate(caseId, { managerId: 'central-submitter-2' });
  await company.voteAll(caseId, 'confirming', 'against');
  await expect(nominate(caseId, { managerId: 'central-submitter-2' })).rejects.toMatchObject({
    params: { why: 'refusedBefore' },
  });
  await confirmed(caseId, { managerId: 'central-manager-2' });
  looking.abort();
  await reader;
  expect(new Set(seen)).toEqual(new Set([1]));
  expect(await stateOf(id)).toBe('active');
  // It cannot be taken back any more: the committee has decided.
  const back = await api.post(`/recommendations/${caseId}/withdraw`, { as: ASKER, body: { reason: '不再需要' } });
  expect([back.status, back.body.code]).toEqual([409, 'notYourMatter']);

  const { matter } = (await api.get(`/cases/${caseId}`, { as: 'central-manager-2' })).body;
  const itemIds: string[] = matter.items.map((item: { id: string }) => item.id);
  expect(matter.items.map((item: { kind: string; ref: string }) => `${item.kind} ${item.ref}`)).toEqual([
    'introduction client',
    'archive basics',
    'archive contact',
    'archive keyPersons',
    ...matter.items.slice(4).map(({ ref }: { ref: string }) => `project ${ref}`),
  ]);
  // Each of its projects that is coming or being built, and those that are over together.
  expect(matter.items.length).toBeGreaterThan(4);
  await answer(caseId, 'central-manager', 'handOver', 'handOver', { itemIds: itemIds.slice(1) });
  await expect(
    answer(caseId, 'central-manager', 'handOver', 'handOver', { itemIds: itemIds.slice(1, 2) }),
  ).rejects.toMatchObject({ code: 'invalid', field: 'itemIds' });
  await answer(caseId, 'central-manager', 'handOver', 'handOver', { itemIds: itemIds.slice(0, 1) });
  await answer(caseId, 'central-manager-2', 'takeOver', 'takeOver', { itemIds });
  await company.state(caseId, 'completed');

  const periods = await holdingsOf(id);
  expect(periods.map(({ managerId, decisionCaseId }) => [managerId, decisionCaseId])).toEqual([
    ['central-manager', established],
    [null, caseId],
    ['central-manager-2', caseId],
  ]);
  expect(periods.map(({ validTo }) => validTo?.toISOString() ?? null)).toEqual([
    ...periods.slice(1).map(({ validFrom }) => validFrom.toISOString()),
    null,
  ]);
  const covered = await prisma.holdingEntity.groupBy({ by: ['holdingId'], _count: true });
  expect(new Set(covered.map(({ _count }) => _count)).size).toBe(1);
  const { findings } = await verifyStored({ pool, keys: deps.keys, files: api.deps.files, client: company.client });
  expect(findings).toEqual([]);

  const broken = (sql: string) => whileBroken(pool, [sql, caseId], holderProblems);
  expect(
    await broken(`UPDATE reassignment_accounts SET nominee_id = 'central-manager' WHERE case_id = $1`),
  ).toContainEqual({ at: `case ${caseId}`, problem: 'completed, and not held by whom it was given to' });
  expect(await broken(`UPDATE cases SET state = 'dismissed' WHERE id = $1`)).toContainEqual({
    at: `case ${caseId}`,
    problem: 'came to nothing, and a holding rests on it',
  });
});

test('a unit with a conflict of interest loses the account to another, whose manager takes it over', async () => {
  const id = await heldAccount(deps, { onList: true });
  // Any unit's head may bring it forward; on the other grounds he may not.
  expect((await ask(`/accounts/${id}`, incompetent, 'finance-head')).status).toBe(403);
  const caseId = await asked(`/accounts/${id}`, conflict, 'finance-head');
  await evidence(caseId, 'finance-head');
  await answer(caseId, CLERK, 'admit', 'admit');
  await answer(caseId, 'central-head', 'statement', 'state', { statement: '已回避相关采购' });
  await company.until('the ballot', () => prisma.ballot.findFirst({ where: { caseId, status: 'open' } }));
  const { roll } = await company.ballot(caseId, 'removing');
  expect(
    (roll as { unitId: string; recusal: string | null }[]).filter(({ recusal }) => recusal).map((seat) => seat.unitId),
  ).toEqual(['central', 'central', 'east', 'east']);
  await company.voteAll(caseId, 'removing', 'for');
  await company.task(caseId, 'nominate');
  expect((await holdingsOf(id)).at(-1)).toMatchObject({ unitId: 'east', managerId: null });
  await confirmed(caseId, { managerId: 'east-manager' }, 'east-submitter');
  // Those who lost it still read it, to hand over.
  expect((await api.get(`/cases/${caseId}`, { as: 'central-head' })).status).toBe(200);
  await answer(caseId, CLERK, 'closeHandover', 'close', { reason: '原单位已书面移交' });
  await company.state(caseId, 'completed');
  expect((await holdingsOf(id)).at(-1)).toMatchObject({ unitId: 'east', managerId: 'east-manager' });
}, 120_000);

describe('all accounts of a manager who leaves', () => {
  test('are told to the office, offered as one case, and taken over one by one', async () => {
    const ids = [];
    for (let count = 0; count < 2; count++)
      ids.push(await heldAccount(deps, { managerId: 'south-manager', unitId: 'south' }));
    await leave(deps, { personId: 'south-manager', adminId: 'security-admin', on: '2026-11-27', document: '离职单' });
    const told = await prisma.notification.findMany({ where: { kind: 'holderLost', personId: CLERK } });
    expect(told.map(({ accountId }) => accountId).sort()).toEqual([...ids].sort());
    const { body } = await api.get('/reassignments/unattended', { as: CLERK });
    expect(body.items).toMatchObject([{ manager: { id: 'south-manager' }, why: 'left', unit: { id: 'south' } }]);
    expect(body.items[0].accounts).toHaveLength(2);

    const caseId = await admitted('/persons/south-manager', personnel);
    await company.task(caseId, 'nominate');
    // He is gone: until his successors are confirmed the accounts are vacant, on record.
    expect(await Promise.all(ids.map(stateOf))).toEqual(['vacant', 'vacant']);
    expect((await api.get('/reassignments/unattended', { as: CLERK })).body.items).toEqual([]);
    await expect(
      nominate(caseId, { each: [{ accountId: ids[0], managerId: 'south-manager-2' }] }, 'south-submitter'),
    ).rejects.toMatchObject({ code: 'invalid', field: 'each' });
    await expect(nominate(caseId, { managerId: 'south-manager' }, 'south-submitter')).rejects.toMatchObject({
      code: 'nomineeUnfit',
      params: { why: 'inactive' },
    });
    const each = ids.map((accountId, index) => ({
      accountId,
      managerId: ['south-manager-2', 'south-submitter-2'][index],
    }));
    await confirmed(caseId, { each }, 'south-submitter');
    const holders = await Promise.all(ids.map(async (id) => (await holdingsOf(id)).at(-1)?.managerId));
    expect(holders).toEqual(['south-manager-2', 'south-submitter-2']);
    // Nobody of those who were asked first is there to hand over: his unit's head does.
    const { candidates } = await company.task(caseId, 'handOver');
    expect(candidates).toContain('role:unitHead@south');
    expect(await prisma.task.count({ where: { caseId, kind: 'takeOver', status: 'open' } })).toBe(2);
    const items = await prisma.handoverItem.findMany({ where: { caseId } });
    await answer(caseId, 'south-head', 'handOver', 'handOver', { itemIds: items.map(({ id }) => id) });
    for (const { accountId, managerId } of each) {
      const { id: taskId } = await company.until('his task', () =>
        prisma.task.findFirst({ where: { caseId, kind: 'takeOver', candidates: { has: `person:${managerId}` } } }),
      );
      const itemIds = items.filter((item) => item.accountId === accountId).map(({ id }) => id);
      const decision = { as: managerId as string, body: { action: 'takeOver', body: { itemIds } } };
      expect((await api.post(`/tasks/${taskId}/decisions`, decision)).status).toBe(200);
    }
    await company.state(caseId, 'completed');
  }, 120_000);

  test('go on where one of them was terminated meanwhile, and lapse where all were', async () => {
    const ids = [];
    for (let count = 0; count < 2; count++)
      ids.push(await heldAccount(deps, { managerId: 'north-manager', unitId: 'north' }));
    const caseId = await admitted('/persons/north-manager', personnel);
    await company.task(caseId, 'nominate');
    await terminated(ids[0] as string);
    await confirmed(caseId, { managerId: 'north-manager-2' }, 'north-submitter');
    expect((await holdingsOf(ids[0] as string)).map(({ managerId }) => managerId)).toEqual(['north-manager']);
    expect((await holdingsOf(ids[1] as string)).at(-1)?.managerId).toBe('north-manager-2');
    const other = await heldAccount(deps, { managerId: 'north-manager', unitId: 'north' });
    const lost = await admitted(`/accounts/${other}`, personnel);
    await company.task(lost, 'nominate');
    await terminated(other);
    await nominate(lost, { managerId: 'north-manager-2' }, 'north-submitter').catch(() => {});
    await company.state(lost, 'lapsed');
  }, 120_000);
});

test('what an account really holds is handed over, each of it confirmed on both sides, and what is owed shown to whom reads its file', async () => {
  const id = await heldAccount(deps);
  const rest = { accountId: id, secret: Buffer.of(1) };
  const project = { ...rest, clientId: id, regionCode: '420100', amountFen: 1n, builderUnitId: 'central' };
  const [building] = await Promise.all(
    (['building', 'past', 'upcoming'] as const).map((state) =>
      prisma.project.create({
        data: { ...project, id: randomUUID(), state, receivableFen: state === 'building' ? 500n : null },
      }),
    ),
  );
  await prisma.project.create({ data: { ...project, id: randomUUID(), state: 'upcoming', cancelled: true } });
  const day = (on: string) => new Date(on);
  const by = { byId: 'central-manager', enteredAt: new Date() };
  const { id: kindId } = await prisma.operationKind.findFirstOrThrow();
  const operation = { kindId, claimedFen: 1n, claimedOn: day('2026-11-02'), projectId: building?.id ?? '' };
  for (const state of ['claimed', 'agreed'])
    await prisma.projectOperation.create({ data: { ...rest, ...operation, id: randomUUID(), state } });
  await prisma.accountReport.create({
    data: { ...rest, ...by, id: randomUUID(), fromOn: day('2026-01-01'), toOn: day('2026-10-31') },
  });
  const visit = { ...rest, ...by, holdingId: id };
  await prisma.visit.create({ data: { ...visit, id: randomUUID(), state: 'done', visitedOn: day('2026-11-01') } });
  const planned = await prisma.visit.create({
    data: { ...visit, id: randomUUID(), state: 'planned', plannedOn: day('2027-01-05') },
  });
  const task = await prisma.marketingTask.create({
    data: {
      ...rest,
      id: randomUUID(),
      ownerId: 'central-manager',
      dueOn: day('2027-01-06'),
      state: 'open',
      setBy: CLERK,
    },
  });

  const caseId = await admitted(`/accounts/${id}`, personnel);
  await confirmed(caseId, { managerId: 'central-manager-2' });
  const seenBy = async (as: string) => (await api.get(`/cases/${caseId}`, { as })).body.matter.items;
  const items: { id: string; kind: string; ref: string; codes: object }[] = await seenBy('central-manager-2');
  expect(items.map(({ kind, ref, codes }) => ({ kind, ref, codes }))).toEqual(
    expect.arrayContaining([
      { kind: 'introduction', ref: 'client', codes: {} },
      { kind: 'project', ref: building?.id, codes: { state: 'building', regionCode: '420100' } },
      { kind: 'project', ref: 'past', codes: { state: 'past', count: 1 } },
      { kind: 'receivable', ref: building?.id, codes: { regionCode: '420100', yuan: '5.00' } },
      { kind: 'operation', ref: 'open', codes: { count: 1 } },
      { kind: 'report', ref: 'all', codes: { count: 1, on: '2026-10-31' } },
      { kind: 'record', ref: 'all', codes: { visits: 1, files: 0 } },
      { kind: 'visit', ref: planned.id, codes: { on: '2027-01-05' } },
      { kind: 'task', ref: task.id, codes: { on: '2027-01-06' } },
    ]),
  );
  expect(items).toHaveLength(10);
  // Whoever hands over is not in charge any more: that something is owed he is told, how much he is not.
  const owed = (await seenBy('central-manager')).find(({ kind }: { kind: string }) => kind === 'receivable');
  expect(owed.codes).toEqual({ regionCode: '420100' });

  const itemIds = items.map((item) => item.id);
  await answer(caseId, 'central-manager', 'handOver', 'handOver', { itemIds });
  await answer(caseId, 'central-manager-2', 'takeOver', 'takeOver', { itemIds: itemIds.slice(1) });
  expect((await company.caseRow(caseId)).state).toBe('handover');
  await answer(caseId, 'central-manager-2', 'takeOver', 'takeOver', { itemIds: itemIds.slice(0, 1) });
  await company.state(caseId, 'completed');
});

describe('a co-holding (Article 7.4)', () => {
  const ending = { ...incompetent, of: 'coHolding' };
  const askOf = (accountId: string, holdingId: string | undefined, form: object, as = ASKER) =>
    api.post(`/accounts/${accountId}/reassignments`, { as, body: { form, holdingId } });

  async function coHeld(accountId: string, unitId = 'east', managerId = `${unitId}-manager`): Promise<string> {
    const id = randomUUID();
    const holding = { id, accountId, clientId: accountId, unitId, managerId, kind: 'co', decisionCaseId: accountId };
    await prisma.holding.create({ data: { ...holding, validFrom: new Date() } });
    return id;
  }

  async function heard(accountId: string, holdingId: string): Promise<string> {
    const { body } = await askOf(accountId, holdingId, ending);
    await evidence(body.caseId);
    await answer(body.caseId, CLERK, 'admit', 'hear');
    await answer(body.caseId, 'east-head', 'statement', 'state', { statement: '已按计划推进' });
    await company.task(body.caseId, 'vote');
    return body.caseId;
  }

  const problems = async (): Promise<string[]> => {
    const client = await pool.connect();
    try {
      return (await holderProblems(client)).map(({ at, problem }) => `${at} ${problem}`);
    } finally {
      client.release();
    }
  };

  test('ends against its unit’s will: heard, voted on without both units, over at the decision, and handed to whom leads', async () => {
    const accountId = await heldAccount(deps);
    const holdingId = await coHeld(accountId);
    const offered = async (as: string) =>
      (await api.get(`/accounts/${accountId}/co-holders`, { as })).body.items?.[0]?.reassignableOn;
    expect(await offered('central-head')).toEqual([...grounds]);
    expect(await offered('central-manager')).toEqual([]);
    const refused = await askOf(accountId, holdingId, ending, 'central-manager');
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);

    const { status, body } = await askOf(accountId, holdingId, ending, 'central-head');
    expect([status, body.code]).toEqual([201, undefined]);
    const { caseId } = body;
    expect((await askOf(accountId, holdingId, ending)).body.code).toBe('accountBusy');
    await expect(answer(caseId, CLERK, 'admit', 'hear')).rejects.toMatchObject({ code: 'evidenceMissing' });
    await evidence(caseId, 'central-head');
    await answer(caseId, CLERK, 'admit', 'hear');
    await answer(caseId, 'east-head', 'statement', 'state', { statement: '已按计划推进' });
    await company.until('the ballot', () => prisma.ballot.findFirst({ where: { caseId, status: 'open' } }));
    const { roll } = await company.ballot(caseId, 'ending');
    expect(
      (roll as { unitId: string; recusal: string | null }[]).flatMap(({ unitId, recusal }) => (recusal ? unitId : [])),
    ).toEqual(['central', 'central', 'east', 'east']);
    await company.voteAll(caseId, 'ending', 'for');
    await company.task(caseId, 'takeOver');

    const [lead, co] = await prisma.holding.findMany({ where: { accountId }, orderBy: { kind: 'desc' } });
    expect(lead).toMatchObject({ kind: 'lead', managerId: 'central-manager', validTo: null });
    expect(co?.validTo).not.toBeNull();
    const { matter } = (await api.get(`/cases/${caseId}`, { as: 'central-manager' })).body;
    expect(matter.items).toMatchObject([{ kind: 'introduction', ref: 'leave' }]);
    const itemIds = [matter.items[0].id];
    await answer(caseId, 'east-manager', 'handOver', 'handOver', { itemIds });
    await answer(caseId, 'central-manager', 'takeOver', 'takeOver', { itemIds });
    await company.state(caseId, 'completed');
    expect(await stateOf(accountId)).toBe('active');

    expect(await problems()).toEqual([]);
    // An end that no decision tells of is found.
    await prisma.holding.update({ where: { id: holdingId }, data: { validTo: null } });
    const other = await coHeld(accountId, 'north');
    await prisma.holding.update({ where: { id: other }, data: { validTo: new Date(Date.now() + 1000) } });
    expect(await problems()).toEqual([
      `holding ${other} ended by no decision`,
      `case ${caseId} ended a co-holding otherwise than the committee decided`,
    ]);
    await prisma.holding.deleteMany({ where: { id: { in: [other, holdingId] } } });
  }, 120_000);

  test('stays where the committee does not want its end', async () => {
    const accountId = await heldAccount(deps);
    const holdingId = await coHeld(accountId);
    const caseId = await heard(accountId, holdingId);
    await company.voteAll(caseId, 'ending', 'against');
    await company.state(caseId, 'dismissed');
    expect(await prisma.holding.count({ where: { accountId, validTo: null } })).toBe(2);
  });

  test('given up by its unit meanwhile needs no decision any more: the case lapses', async () => {
    const accountId = await heldAccount(deps);
    const holdingId = await coHeld(accountId);
    const caseId = await heard(accountId, holdingId);
    const path = `/accounts/${accountId}/co-holders/${holdingId}/end`;
    expect((await api.post(path, { as: 'east-head', body: { reason: '主动退出' } })).status).toBe(201);
    await company.voteAll(caseId, 'ending', 'for');
    await company.state(caseId, 'lapsed');
    expect(await prisma.fact.count({ where: { caseId, kind: 'holdingEnded' } })).toBe(0);
  });

  test('changes its manager and stays a co-holding; nobody manages one account twice', async () => {
    const accountId = await heldAccount(deps, { unitId: 'east', managerId: 'east-manager' });
    const holdingId = await coHeld(accountId, 'east', 'east-manager-2');
    const { caseId } = (await askOf(accountId, holdingId, personnel)).body;
    await answer(caseId, CLERK, 'admit', 'arrange');
    await expect(nominate(caseId, { managerId: 'east-manager' }, 'east-submitter')).rejects.toMatchObject({
      params: { why: 'alreadyManager' },
    });
    await confirmed(caseId, { managerId: 'east-submitter-2' }, 'east-submitter');
    const current = await prisma.holding.findMany({ where: { accountId, validTo: null }, orderBy: { kind: 'desc' } });
    expect(current.map(({ kind, unitId, managerId }) => [kind, unitId, managerId])).toEqual([
      ['lead', 'east', 'east-manager'],
      ['co', 'east', 'east-submitter-2'],
    ]);
    expect(await problems()).toEqual([]);
  });

  test('alone can end so: the leading unit is replaced, and where a holding ends nobody follows', async () => {
    const accountId = await heldAccount(deps);
    const holdingId = await coHeld(accountId);
    const refusal = async (holding: string | undefined, form: object) => {
      const { status, body } = await askOf(accountId, holding, form);
      return [status, body.code, body.field];
    };
    expect(await refusal(undefined, ending)).toEqual([422, 'invalid', 'form.of']);
    expect(await refusal(holdingId, { ...ending, newUnitId: 'east' })).toEqual([422, 'invalid', 'form.newUnitId']);
    expect((await refusal(randomUUID(), ending)).slice(0, 2)).toEqual([404, 'notFound']);
  });
});

/** As a termination leaves an account. */
const terminated = async (id: string): Promise<void> => {
  await prisma.$transaction([
    prisma.account.update({ where: { id }, data: { state: 'terminated', terminatedOn: new Date() } }),
    prisma.holding.updateMany({ where: { accountId: id, validTo: null }, data: { validTo: new Date() } }),
  ]);
};

test('of two reassignments of one account at once one is opened, and the next when that has ended', async () => {
  const id = await heldAccount(deps);
  const both = await Promise.all([
    ask(`/accounts/${id}`, incompetent),
    ask(`/accounts/${id}`, clientRequest, 'director'),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'accountBusy', article: '7.3' });
  const caseId = both.find(({ status }) => status === 201)?.body.caseId;
  await answer(caseId, CLERK, 'admit', 'dismiss', { reason: '所述与事实不符' }).catch(() =>
    answer(caseId, ASKER, 'admit', 'dismiss', { reason: '所述与事实不符' }),
  );
  await company.state(caseId, 'dismissed');
  expect((await holdingsOf(id)).map(({ managerId }) => managerId)).toEqual(['central-manager']);
  await asked(`/accounts/${id}`, clientRequest);
});

test('a removal the committee does not want changes nothing', async () => {
  const id = await heldAccount(deps);
  const caseId = await admitted(`/accounts/${id}`, clientRequest);
  await answer(caseId, 'central-manager', 'statement', 'state', { statement: '愿意改进' });
  await company.voteAll(caseId, 'removing', 'against');
  await company.state(caseId, 'dismissed');
  expect([await stateOf(id), (await holdingsOf(id)).length]).toEqual(['active', 1]);
});

test('without fault the manager stays in charge until his successor is, and after three refusals the director names him', async () => {
  const id = await heldAccount(deps);
  const caseId = await admitted(`/accounts/${id}`, personnel);
  for (const managerId of ['central-manager-2', 'central-submitter', 'central-submitter-2']) {
    await nominate(caseId, { managerId }, 'central-deputy');
    expect(await stateOf(id)).toBe('active');
    await company.voteAll(caseId, 'confirming', 'against');
  }
  await answer(caseId, 'director', 'appoint', 'appoint', { managerId: 'central-deputy' });
  await company.task(caseId, 'takeOver');
  expect((await holdingsOf(id)).map(({ managerId }) => managerId)).toEqual(['central-manager', 'central-deputy']);
});

test('a nominee who left between his confirmation and his entry does not come to hold it: the account is vacant, on record', async () => {
  const id = await heldAccount(deps, { unitId: 'southwest', managerId: 'southwest-manager' });
  const caseId = await admitted(`/accounts/${id}`, personnel);
  await nominate(caseId, { managerId: 'southwest-manager-2' }, 'southwest-submitter');
  await company.until('the ballot', () => prisma.ballot.findFirst({ where: { caseId, step: 'confirming' } }));
  await company.stopWorker();
  await company.voteAll(caseId, 'confirming', 'for');
  await prisma.person.update({ where: { id: 'southwest-manager-2' }, data: { active: false } });
  await company.startWorker();
  await company.task(caseId, 'handOver');
  await prisma.person.update({ where: { id: 'southwest-manager-2' }, data: { active: true } });
  expect((await holdingsOf(id)).map(({ managerId }) => managerId)).toEqual(['southwest-manager', null]);
  expect(await stateOf(id)).toBe('vacant');
  await terminated(id);
});

test('two who close or tick one handover at once: one has done it, the other is told', async () => {
  const id = await heldAccount(deps);
  const caseId = await removed(`/accounts/${id}`, incompetent);
  await confirmed(caseId, { managerId: 'central-manager-2' });
  const { id: taskId } = await company.task(caseId, 'closeHandover');
  const close = (as: string) =>
    api.post(`/tasks/${taskId}/decisions`, { as, body: { action: 'close', body: { reason: '原客户经理拒不移交' } } });
  const codes = (await Promise.all([close(CLERK), close(ASKER)])).map(({ status, body }) => body.code ?? status);
  expect(codes).toHaveLength(2);
  expect(codes.filter((code) => code === 200)).toHaveLength(1);
  expect(['taskClosed', 'caseEnded']).toContain(codes.find((code) => code !== 200));
  await company.state(caseId, 'completed');
});

describe('what is asked for', () => {
  test.each([
    ['a unit without the one that is to follow', { ...conflict, newUnitId: undefined }, 'form.newUnitId'],
    ['the unit that holds it already', { ...conflict, newUnitId: 'central' }, 'newUnitId'],
    ['a unit that is none', { ...conflict, newUnitId: 'nowhere' }, 'newUnitId'],
    ['a new unit where the manager is replaced', { ...incompetent, newUnitId: 'east' }, 'form.newUnitId'],
    ['a ground without what it has to say', { ground: 'incompetent', of: 'manager' }, 'form.findings'],
    ['a ground that is none', { ground: 'dislike', of: 'manager' }, 'form.ground'],
    ['a field of another ground', { ...incompetent, document: '人字1号' }, 'form.document'],
  ])('is refused with %s', async (_, form, field) => {
    const { status, body } = await ask(`/accounts/${await heldAccount(deps)}`, form);
    expect([status, body.field]).toEqual([422, field]);
  });

  test.each([
    ['the office', CLERK, incompetent, 201],
    ['a member of the committee', 'east-head', incompetent, 201],
    ['the head of the unit that holds it', 'central-head', personnel, 201],
    ['its manager himself', 'central-manager', personnel, 403],
    ['an officer of the unit who is not its head', 'central-submitter', personnel, 403],
    ['another department’s head on this ground', 'legal-head', incompetent, 404],
    ['somebody of another unit', 'east-submitter', incompetent, 404],
    ['an administrator', 'system-admin', incompetent, 404],
  ])('by %s', async (_, as, form, status) => {
    expect((await ask(`/accounts/${await heldAccount(deps)}`, form, as)).status).toBe(status);
  });

  test('is offered to whoever may ask for it, of an account, a manager’s accounts and a unit’s', async () => {
    const id = await heldAccount(deps, { managerId: 'southwest-manager-2', unitId: 'southwest' });
    const seen = async (as: string, path: string) => (await api.get(path, { as })).body;
    const unit = expect.objectContaining({ id: 'southwest' });
    const offered = async (as: string) => [
      (await seen(as, '/persons/southwest-manager-2')).reassignable,
      (await seen(as, '/units/southwest')).reassignable,
    ];
    for (const as of [CLERK, 'director', 'southwest-head']) {
      const all = { unit, accounts: 1, grounds };
      expect((await seen(as, `/accounts/${id}`)).mayStart.reassignment).toEqual(grounds);
      expect(await offered(as)).toEqual([[all], all]);
    }
    for (const as of ['southwest-manager-2', 'auditor', 'system-admin', 'legal-head'])
      expect(await offered(as)).toEqual([[], null]);
    const none = { reassignment: [], allocation: false, membership: false, breach: false };
    const keeps = { allocation: true, membership: true, breach: true };
    expect((await seen('southwest-manager-2', `/accounts/${id}`)).mayStart).toEqual({ ...none, ...keeps });
    expect((await seen('auditor', `/accounts/${id}`)).mayStart).toEqual(none);
    // What is on the list another unit's head knows of, and a conflict of interest he may bring forward.
    await prisma.account.update({ where: { id }, data: { onList: true } });
    const conflicts = { unit, accounts: 1, grounds: ['conflictOfInterest'] };
    expect((await seen('legal-head', `/accounts/${id}`)).mayStart).toEqual({
      ...none,
      reassignment: ['conflictOfInterest'],
    });
    expect(await offered('legal-head')).toEqual([[conflicts], conflicts]);
    await terminated(id);
    expect((await seen(CLERK, `/accounts/${id}`)).mayStart).toEqual(none);
    expect(await offered(CLERK)).toEqual([[], null]);
  });

  test('once under its key, and not where nobody holds anything', async () => {
    const path = `/accounts/${await heldAccount(deps)}/reassignments`;
    const twice = { as: ASKER, body: { form: personnel }, headers: { 'Idempotency-Key': randomUUID() } };
    const [first, second] = [await api.post(path, twice), await api.post(path, twice)];
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
    const none = await ask('/persons/southwest-manager', personnel);
    expect([none.status, none.body.code]).toEqual([409, 'nothingToReassign']);
  });
});
