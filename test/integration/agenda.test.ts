import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { AgendaItem, BulkVoteView } from '../../api/contract/agenda.ts';
import { bulkVoteProblems } from '../../cases/bulkVoteAgreement.ts';
import { castVotes } from '../../cases/bulkVotes.ts';
import { openCampaign } from '../../cases/campaigns.ts';
import { assessmentYear } from '../../domain/campaign.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { heldAccount } from '../support/heldAccount.ts';

const company = await startCompany();
const api = await startApi(company);
const { deps, client } = company;
const { prisma } = deps;
// A year of its own: the execution of a campaign is named by its year alone, and the server is shared.
const opened = Date.UTC(2043, 11, 2);
const year = assessmentYear(opened);
const report = { changes: '经营情况稳定', performance: 4, cooperation: 4, credit: 4 };
const reason = '有理由';
const MEMBER = 'east-head';
const FELLOW = 'south-deputy';

/** An account whose review is decided now, with that proposal. @returns its case */
async function deciding(accountId: string, option: string): Promise<string> {
  const caseId = await company.until('its case', async () => {
    const row = await prisma.review.findFirst({ where: { year, accountId, replaced: false } });
    return row?.caseId;
  });
  await company.answer(caseId, 'central-manager', 'reportYear', 'report', report);
  await company.answer(caseId, 'central-head', 'endorseReport', 'endorse');
  await company.answer(caseId, 'office-clerk-1', 'assess', 'assess', { option, reason });
  await company.task(caseId, 'vote', MEMBER);
  return caseId;
}

const accounts: string[] = [];
for (let count = 0; count < 5; count++) accounts.push(await heldAccount(deps));
await openCampaign(deps, { personId: 'office-clerk-1' }, opened);
const options = ['maintain', 'maintain', 'maintain', 'intensify', 'maintain'];
const [kept, also, pulled, pursued, late] = (await Promise.all(
  accounts.map((accountId, index) => deciding(accountId, options[index] ?? '')),
)) as [string, string, string, string, string];

const agenda = (as: string) => api.get(`/campaigns/${year}/agenda`, { as });
const itemOf = async (as: string, caseId: string): Promise<AgendaItem> =>
  (await agenda(as)).body.items.find((item: AgendaItem) => item.caseId === caseId);
const taskOf = async (as: string, caseId: string) => (await itemOf(as, caseId)).vote?.taskId ?? '';
const give = (as: string, taskIds: readonly string[], key: string = randomUUID()) =>
  api.post(`/campaigns/${year}/bulk-votes`, { as, body: { taskIds }, headers: { 'Idempotency-Key': key } });
const pullOut = (as: string, caseId = pulled) => api.post(`/cases/${caseId}/pull-out`, { as, body: { reason } });
const readings = async (act: string) =>
  (await prisma.auditEntry.findMany({ where: { act }, orderBy: { at: 'asc' } })).map(({ actorId, codes }) => [
    actorId,
    codes,
  ]);
const finished = (as: string, id: string): Promise<BulkVoteView> =>
  company.until('its end', async () => {
    const { body } = await api.get(`/bulk-votes/${id}`, { as });
    return body.state === 'finished' && body;
  });
const problems = async () => {
  const connection = await deps.pool.connect();
  try {
    return await bulkVoteProblems(connection, deps.keys);
  } finally {
    connection.release();
  }
};

test('the agenda is the committee’s and the office’s: what is decided now, what is proposed, and one’s own vote', async () => {
  const { status, body } = await agenda(MEMBER);
  expect(status).toBe(200);
  expect(body.items).toHaveLength(5);
  expect(await itemOf(MEMBER, kept)).toMatchObject({
    unit: { id: 'central' },
    grade: 'branch',
    proposal: 'maintain',
    dissents: 0,
    dataAtHand: false,
    pulledOut: null,
    secondBallot: false,
    vote: { state: 'open' },
    inBulk: true,
  });
  expect(await itemOf(MEMBER, pursued)).toMatchObject({ proposal: 'intensify', inBulk: false });
  // Its unit's seats are recused by rule (7.1), and the office has no vote: they read it.
  expect(await itemOf('office-clerk-1', kept)).toMatchObject({ recusal: null, vote: null, inBulk: false });
  expect(await itemOf('central-head', kept)).toMatchObject({
    ...{ recusal: 'rule', vote: null, inBulk: false, proposal: 'maintain', score: expect.any(Number) },
  });
  expect([(await agenda('east-submitter')).status, (await agenda('auditor')).status]).toEqual([403, 403]);
  expect((await api.get('/campaigns/2020/agenda', { as: MEMBER })).status).toBe(404);
  // However often it is read again within the hour; what nobody was given is no reading.
  expect(await readings('agenda.read')).toEqual([
    [MEMBER, { year, purpose: 'committee' }],
    ['office-clerk-1', { year, purpose: 'office' }],
    ['central-head', { year, purpose: 'committee' }],
  ]);
});

test('who is recused takes no part: by rule he has nothing decided singly, and what he declared himself concerned in is shown to him no more', async () => {
  expect((await pullOut('central-deputy', late)).body.code).toBe('conflicted');
  expect((await api.get(`/cases/${late}`, { as: 'central-deputy' })).body.verbs).not.toContain('pullOut');
  await company.answer(late, 'north-head', 'vote', 'recuse', { reason });
  await company.answer(late, 'director', 'decideRecusal', 'accept');
  expect(await itemOf('north-head', late)).toMatchObject({
    ...{ recusal: 'declared', score: null, proposal: null, vote: { state: 'takenBack' }, inBulk: false },
  });
  expect((await pullOut('north-head', late)).status).toBe(404);
});

test('a member has a review decided singly, once, with a reason; nobody else may', async () => {
  expect((await pullOut('east-submitter')).status).toBe(404);
  expect((await pullOut('office-clerk-1')).body.code).toBe('forbidden');
  expect((await api.post(`/cases/${pulled}/pull-out`, { as: FELLOW, body: {} })).status).toBe(422);
  expect((await api.get(`/cases/${pulled}`, { as: FELLOW })).body.verbs).toContain('pullOut');
  expect((await pullOut(FELLOW)).status).toBe(200);
  expect([(await pullOut(MEMBER)).body.code, (await pullOut(FELLOW)).body.article]).toEqual(['pulledOut', '10.3']);
  expect(await itemOf(MEMBER, pulled)).toMatchObject({ pulledOut: { by: { id: FELLOW } }, inBulk: false });
  const [fact] = await company.facts(pulled, 'pulledOut');
  expect([fact?.actorId, JSON.stringify(fact?.codes)]).toEqual([FELLOW, '{}']);
  const { verbs, matter } = (await api.get(`/cases/${pulled}`, { as: MEMBER })).body;
  expect(verbs).not.toContain('pullOut');
  expect(matter.pulledOut).toMatchObject({ by: { id: FELLOW }, reason });
  // Somebody of its unit, who does not read its file, is told who and not why.
  const seen = (await api.get(`/cases/${pulled}`, { as: 'central-submitter' })).body.matter;
  expect(seen.pulledOut).toMatchObject({ by: { id: FELLOW }, reason: null });
});

test('one act maintains many: each decided by itself, what is decided singly refused by itself, and all of it sealed', async () => {
  const cases = [kept, pulled, pursued, also];
  const taskIds = await Promise.all(cases.map((caseId) => taskOf(MEMBER, caseId)));
  const key = randomUUID();
  const given = await give(MEMBER, taskIds, key);
  expect([given.status, (await give(MEMBER, taskIds, key)).body]).toEqual([201, given.body]);
  const { id } = given.body;
  const { done, refused, results } = await finished(MEMBER, id);
  expect([done, refused]).toEqual([2, 2]);
  expect(results?.map(({ caseId, state, problem }) => [caseId, state, problem?.code])).toEqual([
    [kept, 'done', undefined],
    [pulled, 'refused', 'pulledOut'],
    [pursued, 'refused', 'decidedSingly'],
    [also, 'done', undefined],
  ]);
  expect(await client.workflow.getHandle(`bulkVote:${id}`).result()).toBe('finished');
  for (const caseId of [kept, also]) {
    const votes = await company.facts(caseId, 'voted');
    // A vote with that mark could be for nothing else: the mark is sealed with it.
    expect(votes.map(({ actorId, codes }) => [actorId, codes])).toEqual([[MEMBER, {}]]);
    expect(await itemOf(MEMBER, caseId)).toMatchObject({ vote: { state: 'given' }, inBulk: false });
    const told = async (as: string) => JSON.stringify((await api.get(`/cases/${caseId}/timeline`, { as })).body);
    expect([(await told(MEMBER)).includes(id), (await told(FELLOW)).includes(id)]).toEqual([true, false]);
  }
  const own = async (as: string) => (await api.get(`/campaigns/${year}/bulk-votes`, { as })).body.items;
  expect(await own(MEMBER)).toMatchObject([{ id, year, state: 'finished', items: 4, done: 2, refused: 2 }]);
  expect([await own(FELLOW), await own('auditor'), await own('central-submitter')]).toEqual([[], [], []]);
  expect((await api.get(`/bulk-votes/${id}`, { as: FELLOW })).status).toBe(404);
  expect((await api.get(`/bulk-votes/${id}`, { as: 'auditor' })).body).toMatchObject({
    done: 2,
    refused: 2,
    results: null,
  });
  expect(await problems()).toEqual([]);
});

test('nobody votes in bulk for another, on a task twice, or on what is no vote of the year’s reviews', async () => {
  const his = await taskOf(FELLOW, kept);
  const own = await taskOf(MEMBER, late);
  expect((await give(MEMBER, [own, his])).status).toBe(404);
  expect((await give(MEMBER, [own, 'nothing'])).status).toBe(404);
  expect((await give(MEMBER, [own, own])).body.field).toBe('taskIds');
  expect((await give('office-clerk-1', [own])).status).toBe(404);
  const other = await api.post('/campaigns/2020/bulk-votes', { as: MEMBER, body: { taskIds: [own] } });
  expect(other.status).toBe(404);
});

test('a worker that dies between a vote and its mark gives it once; what was settled meanwhile is refused', async () => {
  await company.stopWorker();
  const taskIds = await Promise.all([kept, late].map((caseId) => taskOf(FELLOW, caseId)));
  const { id } = (await give(FELLOW, taskIds)).body;
  expect((await api.get(`/bulk-votes/${id}`, { as: FELLOW })).body).toMatchObject({ state: 'running', done: 0 });
  await company.vote(late, FELLOW, 'terminate');
  await castVotes(deps, id);
  await prisma.bulkVote.update({ where: { id }, data: { state: 'running', finishedAt: null } });
  await prisma.bulkVoteItem.update({
    where: { bulkVoteId_ord: { bulkVoteId: id, ord: 1 } },
    data: { state: 'waiting', at: null },
  });
  await company.startWorker();
  const { results } = await finished(FELLOW, id);
  expect(results?.map(({ state, problem }) => [state, problem?.code])).toEqual([
    ['done', undefined],
    ['refused', 'taskClosed'],
  ]);
  const votes = await company.facts(kept, 'voted');
  expect(votes.filter(({ actorId }) => actorId === FELLOW)).toHaveLength(1);
  expect(await problems()).toEqual([]);
  await prisma.bulkVoteItem.update({
    where: { bulkVoteId_ord: { bulkVoteId: id, ord: 2 } },
    data: { state: 'done', code: null },
  });
  expect(await problems()).toEqual([{ at: `bulk vote ${id}`, problem: 'item 2 is done, with 0 votes' }]);
});

test('the report tells committee, office and auditor what the review came to, beside the year before', async () => {
  await company.voteAll(pursued, 'deciding', 'intensify');
  await company.voteAll(kept, 'deciding', 'maintain');
  for (const caseId of [pursued, kept])
    await company.until('its end', async () => (await prisma.review.findUnique({ where: { caseId } }))?.finishedAt);
  await prisma.campaign.create({
    data: {
      ...{
        year: year - 1,
        state: 'closed',
        policyVersion: 1,
        responsibleId: 'office-head',
        scheduled: true,
        remaining: 0,
      },
      ...{ cutoffOn: new Date(`${year - 1}-12-31`), dueOn: new Date(`${year}-01-15`), openedAt: new Date() },
    },
  });
  const before = {
    year: year - 1,
    accountId: accounts[0] ?? '',
    state: 'finished',
    outcome: 'maintain',
    decided: false,
  };
  await prisma.review.create({
    data: { id: randomUUID(), ...before, score: 55, gradeBefore: 'company', gradeAfter: 'branch' },
  });
  const read = (as: string, of = year) => api.get(`/campaigns/${of}/report`, { as });
  for (const as of [MEMBER, 'office-clerk-1', 'auditor']) {
    const { status, body } = await read(as);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: { accounts: 5, maintain: 1, intensify: 1, open: 3 },
      before: { accounts: 1, maintain: 1, notDecided: 1, downgraded: 1, meanScore: 55 },
      units: [{ unit: { id: 'central' }, figures: { accounts: 5 }, before: { accounts: 1 } }],
      grades: [
        { grade: 'company', figures: { accounts: 0 } },
        { grade: 'branch', figures: { accounts: 5 } },
      ],
    });
  }
  expect(await readings('campaignReport.read')).toEqual([
    [MEMBER, { year, purpose: 'committee' }],
    ['office-clerk-1', { year, purpose: 'office' }],
    ['auditor', { year, purpose: 'auditor' }],
  ]);
  expect((await read(MEMBER, year - 1)).body).toMatchObject({
    before: null,
    notable: [{ account: { id: accounts[0] } }],
  });
  expect([(await read('central-submitter')).status, (await read(MEMBER, 2020)).status]).toEqual([403, 404]);
  const book = await api.get(`/campaigns/${year}/report.xlsx?language=en`, { as: 'auditor' });
  expect(book.status).toBe(200);
  expect((await api.get(`/campaigns/${year}/report.xlsx`, { as: 'central-submitter' })).status).toBe(403);
  const entry = await prisma.auditEntry.findFirstOrThrow({ where: { act: 'campaignReport.exported' } });
  expect([entry.actorId, entry.codes]).toEqual(['auditor', { year, count: 5 }]);
});
