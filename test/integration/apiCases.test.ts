import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startApi } from '../support/api.ts';
import { exampleForm, exampleScores, startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;
const WAIT = { Prefer: 'wait=20' };

/** Answers a task over HTTP, as the person the inbox shows it to, and waits until the case has moved. */
async function answer(caseId: string, as: string, kind: string, action: string, body: object = {}) {
  const { id } = await company.task(caseId, kind, ['vote', 'evaluate'].includes(kind) ? as : undefined);
  return api.post(`/tasks/${id}/decisions`, { as, body: { action, body }, headers: WAIT });
}

const inboxOf = async (as: string, box: string) => (await api.get(`/tasks?box=${box}&limit=200`, { as })).body.items;
const caseOf = async (caseId: string, as: string) => (await api.get(`/cases/${caseId}`, { as })).body;

describe('a recommendation over HTTP', async () => {
  const form = exampleForm();
  const created = await api.post('/recommendations', { as: 'central-submitter', body: { form } });
  const caseId: string = created.body.caseId;

  test('a draft comes back whole, with nothing missing and its version as ETag', () => {
    expect([created.status, created.body.missing, created.body.editable]).toEqual([201, [], true]);
    expect(created.body.form).toEqual(form);
    expect(created.headers.get('ETag')).toBe('"1"');
  });

  test('submitted with Prefer: wait it has moved when the answer comes', async () => {
    const { status, body, headers } = await api.post(`/recommendations/${caseId}/submit`, {
      as: 'central-submitter',
      body: {},
      headers: WAIT,
    });
    expect([status, body.settled, headers.get('Preference-Applied')]).toEqual([200, true, 'wait=20']);
  });

  test('the case says who holds it, until when, under which article, and what the reader may do', async () => {
    const view = await caseOf(caseId, 'central-submitter');
    expect(view).toMatchObject({
      state: 'endorsing',
      stateKey: 'rec.endorsing',
      grade: 'company',
      waitingForEngine: false,
    });
    expect(view.holders).toMatchObject([
      { kind: 'endorse', persons: [{ id: 'central-head' }], silence: 'escalate', overdue: false, role: 'unitHead' },
    ]);
    expect(view.holders[0].dueAt).toMatch(/T16:00:00.000Z$/);
    expect(view.verbs).toContain('withdraw');
    expect(view.path.map(({ state, is }: { state: string; is: string }) => `${state} ${is}`)).toEqual([
      'draft past',
      'endorsing present',
      'screening ahead',
      'supplementing aside',
      'evaluating ahead',
      'approving ahead',
      'nominating ahead',
      'confirming ahead',
      'established ahead',
      'rejected aside',
      'ineligible aside',
      'withdrawn aside',
      'lapsed aside',
    ]);
  });

  test('it lies in the inbox of its holder, and in the initiator’s box', async () => {
    const held = await inboxOf('central-head', 'mine');
    expect(held).toMatchObject([{ task: { kind: 'endorse', actions: ['endorse', 'return'] }, case: { id: caseId } }]);
    expect(await inboxOf('central-submitter', 'initiated')).toMatchObject([{ task: null, case: { id: caseId } }]);
    const me = await api.get('/me', { as: 'central-head' });
    expect(me.body.badges.mine).toBe(1);
  });

  test('endorsed, it is a group’s task of the office, which one of it may claim', async () => {
    const receipt = await answer(caseId, 'central-head', 'endorse', 'endorse', { opinion: '同意推荐' });
    expect(receipt.body).toMatchObject({ caseId, outcome: 'endorse', settled: true });
    await company.task(caseId, 'screen');
    const [row] = await inboxOf('office-clerk-1', 'group');
    expect(row.task).toMatchObject({ kind: 'screen', claimable: true, claimedBy: null });
    expect((await api.post(`/tasks/${row.task.id}/claim`, { as: 'office-clerk-1' })).status).toBe(200);
    expect(await inboxOf('office-clerk-2', 'group')).toEqual([]);
    const other = await api.post(`/tasks/${row.task.id}/claim`, { as: 'office-clerk-2' });
    expect(other.body.code).toBe('alreadyClaimed');
    const view = await api.get(`/tasks/${row.task.id}`, { as: 'office-clerk-1' });
    expect(view.body.mayDecide).toEqual(['accept', 'return', 'ineligible']);
    expect(view.body.verbs).toEqual(
      expect.arrayContaining(['release', 'transfer', 'consult', 'addApprover', 'extend']),
    );
    expect((await api.get(`/tasks/${row.task.id}`, { as: 'central-submitter' })).body.mayDecide).toEqual([]);
  });

  test('a decision with a wrong body is refused, naming the field, and a closed task says how it was closed', async () => {
    const { id } = await company.task(caseId, 'screen');
    const decide = (body: object) => api.post(`/tasks/${id}/decisions`, { as: 'office-clerk-1', body });
    expect((await decide({ action: 'return', body: {} })).body).toMatchObject({ field: 'reason' });
    expect((await decide({ action: 'return', body: { reason: 'x', mood: 'y' } })).body).toMatchObject({
      code: 'unknownField',
      field: 'mood',
    });
    expect((await decide({ action: 'fly', body: {} })).body.code).toBe('notYourMatter');
    const accepted = await answer(caseId, 'office-clerk-1', 'screen', 'accept', {
      evaluatorIds: ['finance-expert'],
      departmentIds: ['legal'],
    });
    expect(accepted.status).toBe(200);
    const late = await decide({ action: 'return', body: { reason: 'late' } });
    expect([late.status, late.body.code]).toEqual([409, 'taskClosed']);
  });

  test('a decision is the same receipt again under its key, and refused under that key with another body', async () => {
    const { id } = await company.task(caseId, 'evaluate', 'finance-expert');
    const headers = { 'Idempotency-Key': randomUUID() };
    const decide = (body: object) =>
      api.post(`/tasks/${id}/decisions`, { as: 'finance-expert', body: { action: 'evaluate', body }, headers });
    const first = await decide({ scores: exampleScores, opinion: '客户信誉良好' });
    const again = await decide({ scores: exampleScores, opinion: '客户信誉良好' });
    expect([first.status, again.body.seq]).toEqual([200, first.body.seq]);
    expect((await decide({ scores: exampleScores, opinion: '改了' })).body.code).toBe('keyReused');
  });

  test('the timeline shows opinions to those who work on it, and only that there are some to the auditor', async () => {
    const mine = await api.get(`/cases/${caseId}/timeline`, { as: 'central-submitter' });
    const endorsed = (items: { action: string }[]) => items.find((entry) => entry.action === 'endorse');
    expect(endorsed(mine.body.items)).toMatchObject({
      actor: { id: 'central-head' },
      text: { opinion: '同意推荐' },
      article: '7.1',
    });
    const theirs = await api.get(`/cases/${caseId}/timeline`, { as: 'auditor' });
    expect(endorsed(theirs.body.items)).toMatchObject({ text: null, withheld: true });
    expect((await api.get(`/recommendations/${caseId}`, { as: 'auditor' })).body.code).toBe('forbidden');
    expect((await api.get(`/cases/${caseId}`, { as: 'east-submitter' })).status).toBe(404);
  });

  test('the countersigned case goes to the committee: a sealed ballot tells who voted and nobody else’s choice', async () => {
    await answer(caseId, 'legal-head', 'countersign', 'countersign', { agrees: true, opinion: '无异议' });
    await company.state(caseId, 'approving');
    const voted = await answer(caseId, 'east-head', 'vote', 'vote', { choice: 'against', reason: '负债偏高' });
    expect(voted.status).toBe(200);
    const ballotSeenBy = async (as: string) => (await api.get(`/cases/${caseId}/ballots`, { as })).body.items[0];
    const own = await ballotSeenBy('east-head');
    expect(own.mine).toMatchObject({ choice: 'against', reason: '负债偏高' });
    for (const as of ['director', 'office-head', 'auditor', 'south-head']) {
      const seen = await ballotSeenBy(as);
      const entry = seen.roll.find((each: { person: { id: string } }) => each.person.id === 'east-head');
      expect(entry, as).toMatchObject({ hasVoted: true, choice: null });
      expect(seen.tally, as).toMatchObject({
        seats: 13,
        recused: 2,
        expected: 11,
        present: 1,
        quorum: 8,
        against: null,
      });
      const timeline = await api.get(`/cases/${caseId}/timeline`, { as });
      const vote = timeline.body.items.find((each: { kind: string }) => each.kind === 'voted');
      expect(JSON.stringify(vote), as).not.toMatch(/against|负债/);
    }
    expect((await api.get(`/cases/${caseId}/ballots/${own.id}/proof`, { as: 'auditor' })).status).toBe(404);
  });

  test('the vote of one recused is refused, and so is the director’s before his turn', async () => {
    const view = await caseOf(caseId, 'director');
    const task = view.holders.find((holder: { kind: string }) => holder.kind === 'vote');
    const foreign = await api.post(`/tasks/${task.taskId}/decisions`, {
      as: 'central-head',
      body: { action: 'vote', body: { choice: 'for' } },
    });
    expect(foreign.status).toBe(403);
    expect(await inboxOf('director', 'mine')).toEqual([]);
  });

  test('a vote can be neither claimed, transferred nor delegated', async () => {
    const { id } = await company.task(caseId, 'vote', 'south-head');
    const as = 'south-head';
    expect((await api.post(`/tasks/${id}/claim`, { as })).body.code).toBe('notTransferable');
    expect(
      (await api.post(`/tasks/${id}/transfer`, { as, body: { personId: 'south-manager', reason: 'x' } })).body.code,
    ).toBe('notTransferable');
    const validTo = new Date(Date.now() + 86_400_000).toISOString();
    expect(
      (await api.post(`/tasks/${id}/delegate`, { as, body: { personId: 'south-manager', validTo } })).body.code,
    ).toBe('notTransferable');
  });

  test('closed, the ballot shows its tally, its proof agrees with itself, and it says what would change it', async () => {
    await company.voteAll(caseId, 'approving', 'for');
    const [ballot] = (await api.get(`/cases/${caseId}/ballots`, { as: 'auditor' })).body.items;
    expect(ballot).toMatchObject({ outcome: 'passed', tally: { for: 10, against: 1 }, closedBy: 'complete' });
    expect(ballot.wouldChange.length).toBeGreaterThan(0);
    const proof = await api.get(`/cases/${caseId}/ballots/${ballot.id}/proof`, { as: 'auditor' });
    expect(proof.body).toMatchObject({ agrees: true, differences: [] });
  });

  test('in the end the account is held by unit and manager, and the timeline and executions tell how', async () => {
    await company.state(caseId, 'nominating');
    await company.carryTo(caseId, 'established');
    const { recommendation } = await caseOf(caseId, 'central-head');
    const account = await api.get(`/accounts/${recommendation.accountId}`, { as: 'central-head' });
    expect(account.body).toMatchObject({
      grade: 'company',
      unit: { id: 'central' },
      manager: { id: 'central-manager' },
      state: 'active',
    });
    expect((await api.get(`/accounts/${recommendation.accountId}`, { as: 'east-submitter' })).status).toBe(404);
    const client = await api.get(`/clients/${account.body.client.id}`, { as: 'office-head' });
    expect(client.body.entities).toHaveLength(3);

    const execution = await api.get(`/workflows/recommendation:${caseId}`, { as: 'system-admin' });
    expect(execution.body).toMatchObject({ type: 'recommendation', caseId, caseState: 'established' });
    await company.until('the execution to close', async () => {
      const { body } = await api.get(`/workflows/recommendation:${caseId}`, { as: 'system-admin' });
      return body.status === 'completed';
    });
    const history = await api.get(`/workflows/recommendation:${caseId}/history?limit=200`, { as: 'system-admin' });
    expect(history.body.items[0]).toMatchObject({
      type: 'workflowExecutionStarted',
      details: { input: { payloads: [{ caseId }] } },
    });
    const listed = await api.get('/workflows?process=recommendation&limit=200', { as: 'system-admin' });
    expect(listed.status).toBe(200);
    expect((await api.get('/workflows/nobody', { as: 'system-admin' })).status).toBe(404);
  });

  test('the administrator sees that a signal came, and nothing of the vote it may hold', async () => {
    const running = await company.submitted();
    await company.task(running, 'endorse');
    const vote = { taskId: 'x', action: 'vote', body: { choice: 'against', reason: 'SECRET' } };
    await company.client.workflow.getHandle(`recommendation:${running}`).signal('decide', vote);
    // Temporal writes a signal that comes during a workflow task into the history once that task is done.
    const body = await company.until('the signal in the history', async () => {
      const read = await api.get(`/workflows/recommendation:${running}/history?limit=200`, { as: 'system-admin' });
      const signals = read.body.items.filter((event: { type: string }) => event.type === 'workflowExecutionSignaled');
      const names = signals.map((event: { details: { signalName: string } }) => event.details.signalName);
      return names.includes('decide') && read.body;
    });
    expect(JSON.stringify(body)).not.toMatch(/SECRET|against/);
    await api.post(`/recommendations/${running}/withdraw`, { as: 'central-submitter', body: { reason: '撤回' } });
    await company.state(running, 'withdrawn');
  });

  test('the case’s audit chain is intact for the auditor', async () => {
    const { body } = await api.get(`/audit/streams/case:${caseId}/verification`, { as: 'auditor' });
    expect(body).toMatchObject({ intact: true, firstBroken: null });
    const trail = await api.get(`/audit?caseId=${caseId}&limit=5`, { as: 'auditor' });
    expect(trail.body.items).toHaveLength(5);
    const next = await api.get(`/audit?caseId=${caseId}&limit=5&cursor=${trail.body.nextCursor}`, { as: 'auditor' });
    expect(next.body.items[0].seq).not.toBe(trail.body.items[0].seq);
  });

  test('who read confidential parts is on record with his purpose, once an hour; a denial with its task', async () => {
    const readings = await prisma.auditEntry.findMany({ where: { caseId, act: { endsWith: '.read' } } });
    const byDirector = readings.filter((entry) => entry.actorId === 'director');
    expect(byDirector).toMatchObject([{ act: 'timeline.read', codes: { purpose: 'committee' } }]);
    expect(readings.some((entry) => ['central-submitter', 'auditor'].includes(entry.actorId ?? ''))).toBe(false);
    const denied = await prisma.auditEntry.findFirst({ where: { act: 'denied', actorId: 'central-head' } });
    expect(denied?.taskId).toEqual(expect.any(String));
  });

  test('the decided box keeps what one answered', async () => {
    expect(await inboxOf('central-head', 'decided')).toMatchObject([{ action: 'endorse', case: { id: caseId } }]);
    const votes = await inboxOf('east-head', 'decided');
    expect(votes.map((row: { action: string }) => row.action)).toContain('vote');
  });
});

test('a withdrawn case says so, and its number finds it for those who may read it', async () => {
  const caseId = await company.submitted();
  await company.state(caseId, 'endorsing');
  const withdrawn = await api.post(`/recommendations/${caseId}/withdraw`, {
    as: 'central-submitter',
    body: { reason: '客户暂缓' },
    headers: WAIT,
  });
  expect(withdrawn.status).toBe(200);
  await company.state(caseId, 'withdrawn');
  const view = await caseOf(caseId, 'central-head');
  expect([view.state, view.terminal, view.verbs.includes('withdraw')]).toEqual(['withdrawn', true, false]);
  const found = await api.post('/cases/search', {
    as: 'central-head',
    body: { text: view.number, states: ['withdrawn'] },
  });
  expect(found.body.items.map((row: { id: string }) => row.id)).toEqual([caseId]);
  const hidden = await api.post('/cases/search', { as: 'east-submitter', body: { text: view.number } });
  expect(hidden.body.items).toEqual([]);
});

test('an override needs two administrators', async () => {
  const caseId = await company.submitted();
  await company.state(caseId, 'endorsing');
  const proposed = await api.post(`/cases/${caseId}/override`, {
    as: 'system-admin',
    sits: true,
    body: { to: 'lapsed', reason: '重复立项' },
  });
  expect(proposed.status).toBe(200);
  const { id } = await company.task(caseId, 'confirmOverride');
  const alone = await api.post(`/tasks/${id}/decisions`, { as: 'system-admin', body: { action: 'confirm' } });
  expect(alone.status).toBe(403);
  const [row] = await inboxOf('security-admin', 'mine');
  expect(row.task.id).toBe(id);
  expect(
    (
      await api.post(`/tasks/${id}/decisions`, {
        as: 'security-admin',
        sits: true,
        body: { action: 'confirm' },
        headers: WAIT,
      })
    ).status,
  ).toBe(200);
  await company.state(caseId, 'lapsed');
});

test('a delegate finds the task in his box and answers it for the one who delegated', async () => {
  const caseId = await company.submitted();
  await company.task(caseId, 'endorse');
  const validTo = new Date(Date.now() + 86_400_000).toISOString();
  const body = {
    toId: 'central-deputy',
    kinds: ['endorse'],
    validFrom: new Date(Date.now() - 1000).toISOString(),
    validTo,
  };
  expect((await api.post('/delegations', { as: 'central-head', body })).status).toBe(201);
  const [row] = await inboxOf('central-deputy', 'delegated');
  expect(row).toMatchObject({ case: { id: caseId }, task: { kind: 'endorse', onBehalfOf: { id: 'central-head' } } });
  expect((await answer(caseId, 'central-deputy', 'endorse', 'endorse')).status).toBe(200);
  const { body: timeline } = await api.get(`/cases/${caseId}/timeline`, { as: 'central-head' });
  const endorsed = timeline.items.find((entry: { action: string }) => entry.action === 'endorse');
  expect(endorsed).toMatchObject({ actor: { id: 'central-deputy' }, onBehalfOf: { id: 'central-head' } });
});

test('who is copied may read the case from then on, comments included; comments are stored encrypted', async () => {
  const caseId = await company.submitted();
  await company.state(caseId, 'endorsing');
  expect((await api.get(`/cases/${caseId}`, { as: 'north-submitter' })).status).toBe(404);
  const copied = await api.post(`/cases/${caseId}/copies`, {
    as: 'central-submitter',
    body: { personIds: ['north-submitter'] },
  });
  expect(copied.status).toBe(201);
  const comment = await api.post(`/cases/${caseId}/comments`, { as: 'north-submitter', body: { text: '我方曾合作' } });
  expect(comment.status).toBe(201);
  expect((await api.get(`/cases/${caseId}/comments`, { as: 'central-head' })).body.items).toMatchObject([
    { text: '我方曾合作' },
  ]);
  const stored = await prisma.comment.findFirstOrThrow({ where: { caseId } });
  expect(Buffer.from(stored.secret).toString('utf8')).not.toContain('合作');
  expect(await inboxOf('north-submitter', 'copied')).toMatchObject([{ case: { id: caseId } }]);
});

test('a copy to oneself does not outlive one’s recusal, and an overseer is shown neither amounts nor names', async () => {
  const caseId = await company.submitted();
  await company.carryTo(caseId, 'approving');
  const own = { as: 'north-head', body: { personIds: ['north-head'] } };
  expect((await api.post(`/cases/${caseId}/copies`, own)).status).toBe(201);
  expect((await answer(caseId, 'north-head', 'vote', 'recuse', { reason: '亲属任职' })).status).toBe(200);
  expect((await answer(caseId, 'director', 'decideRecusal', 'accept')).status).toBe(200);
  for (const path of ['cases', 'recommendations'])
    expect((await api.get(`/${path}/${caseId}`, { as: 'north-head' })).status).toBe(404);
  expect((await caseOf(caseId, 'director')).recommendation).not.toBeNull();
  expect((await caseOf(caseId, 'auditor')).recommendation).toBeNull();
  await api.post(`/recommendations/${caseId}/withdraw`, { as: 'central-submitter', body: { reason: '撤回' } });
  await company.state(caseId, 'withdrawn');
});

test('pages of the inbox follow on each other without gap or repetition', async () => {
  const cases = await Promise.all(Array.from({ length: 5 }, () => company.submitted(undefined, 'central-submitter-2')));
  for (const caseId of cases) await company.task(caseId, 'endorse');
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await api.get(`/tasks?box=mine&limit=2${cursor}`, { as: 'central-head' });
    seen.push(...body.items.map((row: { case: { id: string } }) => row.case.id));
    cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
  } while (cursor);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(cases));
});

test('with Temporal away the answer says that the case waits, and nothing a person does is refused', async () => {
  await company.stopWorker();
  const caseId = await company.submitted();
  const view = await caseOf(caseId, 'central-submitter');
  expect([view.state, view.waitingForEngine]).toEqual(['endorsing', true]);
  await company.startWorker();
  await company.until(
    'the engine to catch up',
    async () => !(await caseOf(caseId, 'central-submitter')).waitingForEngine,
  );
});

test('executions come page by page, and a forged cursor is refused', async () => {
  const page = (query: string) => api.get(`/workflows?limit=1${query}`, { as: 'system-admin' });
  const first = await page('');
  const second = await page(`&cursor=${first.body.nextCursor}`);
  expect(second.body.items[0].workflowId).not.toBe(first.body.items[0].workflowId);
  expect((await page('&cursor=x.y')).body).toMatchObject({ code: 'invalid', field: 'cursor' });
});
