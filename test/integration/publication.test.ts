import { randomUUID } from 'node:crypto';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EditionView, NextEdition } from '../../api/contract/editions.ts';
import { editionProblems, loadEditions, loadListed } from '../../cases/editionAgreement.ts';
import { editionOf, hashOf } from '../../cases/editions.ts';
import { withdraw } from '../../cases/ending.ts';
import { proposeExit } from '../../cases/exits.ts';
import { beginDueEdition, beginEdition } from '../../cases/publications.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { nextEditionOn } from '../../domain/edition.ts';
import { ANNUAL_REVIEW_SCHEDULE, keepSchedules, PUBLICATION_SCHEDULE } from '../../worker/schedules.ts';
import { startApi } from '../support/api.ts';
import { whileBroken } from '../support/broken.ts';
import { startCompany } from '../support/company.ts';
import { fileOf } from '../support/fileOf.ts';
import { heldAccount } from '../support/heldAccount.ts';

const company = await startCompany();
const { deps, client } = company;
const { prisma } = deps;
const api = await startApi(company);
const CLERK = 'office-clerk-1';
const notice = { readers: '公司领导及各单位负责人', secrecyLevel: '普通商密', secrecyTerm: '3年' };

const edition = (caseId: string) => prisma.edition.findUniqueOrThrow({ where: { caseId }, include: { lines: true } });

async function signing(caseId: string): Promise<void> {
  await company.answer(caseId, CLERK, 'compileList', 'put', notice);
  await company.voteAll(caseId, 'companyPart', 'for');
  await company.voteAll(caseId, 'branchPart', 'for');
  await company.task(caseId, 'signList');
}

/** Cooperation with a key account ends by the decision of the committee. */
async function ended(accountId: string): Promise<void> {
  const form = {
    ground: 'insolvency',
    since: '2026-01-05',
    source: '（2026）示例破1号',
    grounds: '法院已受理破产',
  } as const;
  const { caseId } = await proposeExit(deps, 'central-manager', { accountId, form });
  await fileOf(company, caseId, { purpose: 'evidence', by: 'central-manager' });
  await company.answer(caseId, CLERK, 'admitExit', 'admit');
  await company.answer(caseId, 'central-head', 'stateUnit', 'state', { statement: '情况属实' });
  await company.answer(caseId, 'central-manager', 'stateManager', 'state', { statement: '情况属实' });
  await company.voteAll(caseId, 'deciding', 'ended');
  await company.state(caseId, 'ended');
}

test('the calendar’s ticks that were missed begin one edition once something runs again; a tick that finds one open leaves it, and the next begins another where that came to nothing', async () => {
  const account = await heldAccount(deps);
  await keepSchedules(client, company.taskQueue);
  const schedule = client.schedule.getHandle(PUBLICATION_SCHEDULE);
  onTestFinished(() => schedule.delete());
  onTestFinished(() => client.schedule.getHandle(ANNUAL_REVIEW_SCHEDULE).delete());
  const { policies, spec } = await schedule.describe();
  expect([policies.overlap, policies.catchupWindow, spec.timezone]).toEqual([
    ScheduleOverlapPolicy.SKIP,
    30 * 86_400_000,
    'Asia/Shanghai',
  ]);

  /** Every start of the calendar's so far has ended, and there are so many. */
  const ticks = (count: number) =>
    company.until(`${count} starts by the calendar`, async () => {
      const { recentActions } = (await schedule.describe()).info;
      if (recentActions.length < count) return false;
      const standings = await Promise.all(
        recentActions.map(async ({ action }) => {
          const { workflowId } = (action as { workflow: { workflowId: string } }).workflow;
          return (await client.workflow.getHandle(workflowId).describe()).status.name;
        }),
      );
      return standings.every((name) => name === 'COMPLETED');
    });
  const openNow = () => prisma.edition.findMany({ where: { open: true } });

  // Three firsts of a month pass while no worker runs.
  await company.stopWorker();
  const end = new Date();
  const start = new Date(`${nextEditionOn(localDay(end.getTime()), -3)}T12:00:00+08:00`);
  await schedule.backfill({ start, end, overlap: ScheduleOverlapPolicy.ALLOW_ALL });
  await company.startWorker();
  await ticks(3);
  const [begun, ...more] = await openNow();
  expect(more).toEqual([]);
  const caseId = String(begun?.caseId);
  await company.task(caseId, 'compileList');
  const [first] = await company.facts(caseId, 'submitted');
  expect(first?.codes).toMatchObject({ scheduled: true });

  await schedule.trigger();
  await ticks(4);
  expect((await openNow()).map((edition) => edition.caseId)).toEqual([caseId]);
  await withdraw(deps, { personId: String(first?.actorId), caseId, reason: '数据有误', key: randomUUID() });
  await company.state(caseId, 'withdrawn');
  await schedule.trigger();
  await ticks(5);
  const [again] = await openNow();
  expect(again?.caseId).not.toBe(caseId);
  await withdraw(deps, {
    ...{ personId: String(first?.actorId), caseId: String(again?.caseId), reason: '数据有误', key: randomUUID() },
  });
  await company.state(String(again?.caseId), 'withdrawn');
  await prisma.account.update({ where: { id: account }, data: { delistedCaseId: 'decided' } });
});

test('an edition is approved and ratified part by part, signed, numbered, and never changes again; an account that ends before is struck out', async () => {
  // Newly established, it comes onto the list by this edition.
  const branch = await heldAccount(deps);
  const struck = await heldAccount(deps, { onList: true });
  const companyLevel = await heldAccount(deps, { onList: true, grade: 'company' });
  const off = await heldAccount(deps);
  await prisma.account.update({ where: { id: off }, data: { delistedCaseId: 'decided' } });
  const begun = await Promise.allSettled([1, 2, 3].map(() => beginEdition(deps, { personId: CLERK })));
  const [first] = begun.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(begun.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  await expect(beginEdition(deps, { personId: CLERK })).rejects.toMatchObject({ code: 'editionOpen' });
  const caseId = first?.caseId ?? '';
  await signing(caseId);
  await prisma.account.update({ where: { id: struck }, data: { onList: false, delistedCaseId: 'decided' } });
  await company.answer(caseId, 'director', 'signList', 'sign');
  await company.state(caseId, 'published');

  const published = await edition(caseId);
  expect(published).toMatchObject({ number: 1, open: false, signedBy: 'director', previousHash: null });
  expect(published.lines.map(({ accountId, part, struckWhy }) => [accountId, part, struckWhy]).sort()).toEqual(
    [
      [branch, 'branch', null],
      [companyLevel, 'company', null],
      [struck, 'branch', 'delisted'],
    ].sort(),
  );
  const { onList } = await prisma.account.findUniqueOrThrow({ where: { id: branch } });
  expect(onList).toBe(true);
  expect(hashOf(await editionOf(deps.pool, caseId)).equals(Buffer.from(published.hash ?? []))).toBe(true);
  await expect(prisma.edition.update({ where: { caseId }, data: { readers: 'x' } })).rejects.toThrow(
    'edition_is_published',
  );
  await expect(prisma.editionLine.deleteMany({ where: { caseId } })).rejects.toThrow('edition_is_published');

  const { caseId: second } = await beginEdition(deps, 'calendar', { corrects: 1 });
  await signing(second);
  await company.answer(second, 'director', 'signList', 'sign');
  await company.state(second, 'published');
  const next = await edition(second);
  expect(next).toMatchObject({ number: 2, corrects: 1 });
  expect(Buffer.from(next.previousHash ?? []).equals(Buffer.from(published.hash ?? []))).toBe(true);
});

/** The accounts of the file's own that stand in an edition as the API shows it. */
const standingIn = (body: EditionView) =>
  body.items.filter(({ struckWhy }) => struckWhy === null).map(({ accountId }) => accountId);

test('the company reads published editions and nothing of a draft; the office begins one, once, and every download is on record', async () => {
  const account = await heldAccount(deps, { grade: 'company' });
  const [as, key] = [CLERK, { 'Idempotency-Key': 'begin-an-edition' }];
  for (const who of ['central-head', 'director', 'auditor'])
    expect((await api.post('/editions', { as: who, body: {} })).status).toBe(403);
  const begun = await api.post('/editions', { as, body: {}, headers: key });
  expect([begun.status, (await api.post('/editions', { as, body: {}, headers: key })).body]).toEqual([201, begun.body]);
  expect((await api.post('/editions', { as, body: {} })).body.code).toBe('editionOpen');
  const { caseId } = begun.body;
  await company.task(caseId, 'compileList');

  for (const who of [CLERK, 'director', 'east-head', 'auditor']) {
    const draft = await api.get(`/editions/${caseId}`, { as: who });
    expect([draft.status, standingIn(draft.body)], who).toEqual([200, expect.arrayContaining([account])]);
    expect((await api.get('/editions', { as: who })).body.open.caseId).toBe(caseId);
  }
  for (const path of ['', '.xlsx', '.docx'])
    expect((await api.get(`/editions/${caseId}${path}`, { as: 'central-submitter' })).status).toBe(404);
  const { open, mayBegin } = (await api.get('/editions', { as: 'central-submitter' })).body;
  expect([open, mayBegin]).toEqual([null, false]);

  await signing(caseId);
  const leaving = await heldAccount(deps);
  await prisma.account.update({ where: { id: account }, data: { onList: false, delistedCaseId: 'decided' } });
  const looked = (await api.get(`/editions/${caseId}`, { as: 'director' })).body as EditionView;
  expect(looked.items.find(({ accountId }) => accountId === account)).toMatchObject({
    struckWhy: 'delisted',
    struckAt: null,
  });
  expect(standingIn(looked)).not.toContain(leaving);
  await company.answer(caseId, 'director', 'signList', 'sign');
  await company.state(caseId, 'published');
  const newest = (await api.get('/editions', { as: 'central-submitter' })).body.items[0];
  const read = (await api.get(`/editions/${newest.number}`, { as: 'central-submitter' })).body as EditionView;
  expect(read).toMatchObject({ caseId, signedBy: { id: 'director' }, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(read.ballots.map(({ part, outcome, for: votes }) => [part, outcome, votes])).toEqual([
    ['company', 'passed', null],
    ['branch', 'passed', null],
  ]);
  const toCommittee = (await api.get(`/editions/${newest.number}`, { as: 'director' })).body as EditionView;
  expect(toCommittee.ballots[0]?.for).toBeGreaterThan(0);

  for (const format of ['xlsx', 'docx']) {
    const { status, headers } = await api.get(`/editions/${newest.number}.${format}`, { as: 'central-submitter' });
    expect([status, headers.get('Content-Disposition')]).toEqual([200, expect.stringContaining(`.${format}`)]);
    const entry = {
      act: 'edition.exported',
      actorId: 'central-submitter',
      codes: { path: ['format'], equals: format },
    };
    expect(await prisma.auditEntry.count({ where: entry })).toBe(1);
  }
  expect((await api.get('/editions/99999', { as })).status).toBe(404);
  expect((await api.post('/editions', { as, body: { corrects: 99999 } })).body.code).toBe('notFound');
});

test('a part that is refused goes back to the office, and is put anew as the list is then; an account whose cooperation ends before the signature is struck out, and not published', async () => {
  const leaving = await heldAccount(deps, { onList: true });
  const last = (await api.get('/editions', { as: CLERK })).body.items[0];
  const next = (await api.get('/editions/next', { as: CLERK })).body as NextEdition;
  expect(next).toMatchObject({
    ...{ number: last.number + 1, comparedWith: last.number, readers: notice.readers, secrecyLevel: '普通商密' },
    changes: { new: 2, changed: 0, gone: 0 },
    dueOn: nextEditionOn(localDay(Date.parse(last.cutoffAt)), 6),
  });
  expect(next.differences.map(({ accountId }) => accountId)).toContain(leaving);

  const { caseId } = await beginEdition(deps, { personId: CLERK });
  await company.task(caseId, 'compileList');
  // What the notice says is proposed as it was in the last edition, but the number of the notice.
  expect((await api.get(`/editions/${caseId}`, { as: CLERK })).body).toMatchObject({ ...notice, noticeNo: null });
  await company.answer(caseId, CLERK, 'compileList', 'put', { ...notice, readers: '各单位负责人' });
  await company.voteAll(caseId, 'companyPart', 'against');
  await company.task(caseId, 'compileList');
  const refused = await edition(caseId);
  expect(refused).toMatchObject({ open: true, readers: '各单位负责人' });
  const added = await heldAccount(deps);
  // What the office looks at is what it would put.
  expect(standingIn((await api.get(`/editions/${caseId}`, { as: CLERK })).body)).toContain(added);
  await signing(caseId);
  const put = await edition(caseId);
  expect(put.cutoffAt.getTime()).toBeGreaterThan(refused.cutoffAt.getTime());
  const inSnapshot = ({ lines }: typeof put) => lines.map(({ accountId }) => accountId);
  expect([inSnapshot(refused).includes(added), inSnapshot(put).includes(added)]).toEqual([false, true]);

  await ended(leaving);
  const looked = (await api.get(`/editions/${caseId}`, { as: 'director' })).body as EditionView;
  expect(looked.items.find(({ accountId }) => accountId === leaving)).toMatchObject({
    ...{ struckWhy: 'terminated', struckAt: null, ord: null },
  });
  await company.answer(caseId, 'director', 'signList', 'sign');
  await company.state(caseId, 'published');
  const { number } = await edition(caseId);
  const read = async (as: string) => (await api.get(`/editions/${number}`, { as })).body as EditionView;
  const published = await read('central-submitter');
  expect(published.items.map(({ accountId }) => accountId)).toEqual(expect.not.arrayContaining([leaving]));
  expect(published.items.map(({ accountId }) => accountId)).toContain(added);
  const branch = published.items.filter(({ part }) => part === 'branch');
  expect(branch.map(({ ord }) => ord)).toEqual(branch.map((_, index) => index + 1));
  // Who reads how it was decided sees what was struck out.
  const struck = (await read('director')).items.find(({ accountId }) => accountId === leaving);
  expect(struck).toMatchObject({ struckWhy: 'terminated', struckAt: expect.any(String) });
  expect(published.lines.struck).toBe(1);
  expect(await prisma.account.findUniqueOrThrow({ where: { id: leaving } })).toMatchObject({
    ...{ state: 'terminated', onList: false },
  });
});

test('an account shows the newest edition in which it stands', async () => {
  const line = await prisma.editionLine.findFirstOrThrow({
    where: { struckAt: null, edition: { number: { not: null } } },
    orderBy: { edition: { number: 'desc' } },
    include: { edition: true },
  });
  const { body } = await api.get(`/accounts/${line.accountId}`, { as: 'director' });
  expect(body.inEdition).toMatchObject({ number: line.edition.number });
});

test('the calendar begins an edition when one is due, and none while one is being prepared', async () => {
  const later = Date.parse(`${addDays(localDay(Date.now()), 220)}T00:10:00+08:00`);
  expect(await beginDueEdition(deps, Date.now())).toBeNull();
  const begun = await beginDueEdition(deps, later);
  expect(begun).not.toBeNull();
  expect(await beginDueEdition(deps, later)).toBeNull();
  const { body } = await api.get(`/editions/${begun?.caseId}`, { as: 'director' });
  expect(body).toMatchObject({ scheduled: true, number: null });
});

describe('what is stored of the editions', () => {
  const found = async (change: readonly [sql: string, ...values: unknown[]]) =>
    whileBroken(deps.pool, change, async (client) =>
      editionProblems(await loadEditions(client), await loadListed(client)).map(({ problem }) => problem),
    );

  test('agrees, as the system wrote it', async () => {
    const client = await deps.pool.connect();
    try {
      const editions = await loadEditions(client);
      expect(editions.length).toBeGreaterThan(2);
      expect(editionProblems(editions, await loadListed(client))).toEqual([]);
    } finally {
      client.release();
    }
  });

  test.each<[string, string, string]>([
    ['a line changed', `UPDATE edition_lines SET client_name = 'x'`, 'its hash is not that of its content'],
    ['a line taken out', `DELETE FROM edition_lines WHERE ord = 1`, 'its hash is not that of its content'],
    ['the circle of readers changed', `UPDATE editions SET readers = 'x'`, 'its hash is not that of its content'],
    ['an edition taken out', `DELETE FROM editions WHERE number = 2`, 'does not name the hash of the edition before'],
    ['a ballot that failed', `UPDATE ballots SET outcome = 'failed'`, 'its branch part was not passed'],
    [
      'another signature',
      `UPDATE facts SET actor_id = 'vice-director-1' WHERE action = 'sign'`,
      'signed by director, by the facts vice-director-1',
    ],
    [
      'an account off the list',
      `UPDATE accounts SET on_list = false`,
      'stands in the newest edition, and is not on the list',
    ],
  ])('does not agree with %s', async (_, sql, problem) => {
    expect(await found([sql])).toContain(problem);
  });
});
