import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ringWhereNothingTicks } from '../../cases/lifeBell.ts';
import { verifyStored } from '../../cases/verification.ts';
import { attachmentFolder } from '../../platform/attachments.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;

const reason = '执行卡住，重新驱动';
const SYSTEM = 'system-admin';
const SECURITY = 'security-admin';
const handle = (caseId: string) => company.client.workflow.getHandle(`recommendation:${caseId}`);
const statusOf = async (caseId: string) => (await handle(caseId).describe()).status.name;
const answer = (id: string, as: string, body: object, headers = {}) =>
  api.post(`/proposals/${id}/answer`, { as, body, headers, sits: true });
const proposalOf = async (caseId: string, kind: string, as = SECURITY) => {
  const { body } = await api.get('/proposals', { as });
  return body.items.find(
    (each: { kind: string; case: { id: string } | null }) => each.kind === kind && each.case?.id === caseId,
  );
};
const grant = (personId: string, role: string, id = randomUUID()) =>
  prisma.roleAssignment.create({
    data: { id, personId, role, validFrom: new Date('2026-01-01'), document: '测试' },
  });

async function proposed(caseId: string, as = SYSTEM) {
  const asked = await api.post(`/cases/${caseId}/redrive`, { sits: true, as, body: { reason } });
  expect(asked.status).toBe(200);
  return proposalOf(caseId, 'redrive', as);
}

describe('starting an execution again', () => {
  test('takes two administrators, tells the reason to the other, and carries the case on to its rightful end', async () => {
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'approving');
    const before = await handle(caseId).describe();
    const { id } = await proposed(caseId);
    // Neither alone: not the proposer, not the auditor, and nobody else.
    expect((await answer(id, SYSTEM, { answer: 'confirm' })).body.code).toBe('notCandidate');
    expect((await answer(id, 'auditor', { answer: 'confirm' })).body.code).toBe('notCandidate');
    expect((await api.get('/proposals', { as: 'auditor' })).body.items).toEqual([]);
    expect((await answer(id, 'central-head', { answer: 'confirm' })).body.code).toBe('forbidden');
    expect(await proposalOf(caseId, 'redrive')).toMatchObject({ reason, status: 'open', may: ['confirm', 'refuse'] });
    expect((await answer(id, SECURITY, { answer: 'confirm' })).status).toBe(200);
    const after = await company.until('another run', async () => {
      const now = await handle(caseId).describe();
      return now.runId !== before.runId && now.status.name === 'RUNNING' ? now : null;
    });
    expect((await company.client.workflow.getHandle(after.workflowId, before.runId).describe()).status.name).toBe(
      'TERMINATED',
    );
    await company.carryTo(caseId, 'established');
    expect(await handle(caseId).result()).toBe('established');
    // Its doorbell is answered and gone; what ends a run is not rung again.
    await company.until('no doorbell', async () => (await prisma.doorbell.count({ where: { caseId } })) === 0);
  });

  test('a replay of the confirmation does nothing, and neither does a second one', async () => {
    const caseId = await company.submitted();
    await company.state(caseId, 'endorsing');
    const { id } = await proposed(caseId);
    const headers = { 'Idempotency-Key': randomUUID() };
    expect((await answer(id, SECURITY, { answer: 'confirm' }, headers)).status).toBe(200);
    expect((await answer(id, SECURITY, { answer: 'confirm' }, headers)).status).toBe(200);
    expect((await answer(id, SECURITY, { answer: 'confirm' })).body.code).toBe('taskClosed');
    // The run that was started again records what it does meanwhile: only what was confirmed is counted.
    expect(await company.facts(caseId, 'redriven')).toHaveLength(1);
  });

  test('one person with both roles does not confirm what he proposed', async () => {
    const caseId = await company.submitted();
    await company.state(caseId, 'endorsing');
    const { id } = await proposed(caseId);
    const both = await grant(SYSTEM, 'securityAdmin');
    expect((await answer(id, SYSTEM, { answer: 'confirm' })).body.code).toBe('separation');
    await prisma.roleAssignment.delete({ where: { id: both.id } });
  });

  test('whoever is of the unit, holds a seat or has acted in the case neither proposes nor confirms', async () => {
    const caseId = await company.submitted();
    await company.state(caseId, 'endorsing');
    const roles = [await grant('central-submitter-2', 'systemAdmin'), await grant('south-head', 'securityAdmin')];
    const ask = (as: string) => api.post(`/cases/${caseId}/redrive`, { sits: true, as, body: { reason } });
    expect((await ask('central-submitter-2')).body.code).toBe('conflicted');
    expect((await ask('south-head')).body.code).toBe('conflicted');
    const { id } = await proposed(caseId);
    expect((await answer(id, 'south-head', { answer: 'confirm' })).body.code).toBe('conflicted');
    await prisma.roleAssignment.deleteMany({ where: { id: { in: roles.map((role) => role.id) } } });
  });

  test('is taken back by its proposer alone, refused with a reason, proposed once at a time, and expires', async () => {
    const caseId = await company.submitted();
    await company.state(caseId, 'endorsing');
    const first = await proposed(caseId);
    expect((await answer(first.id, SECURITY, { answer: 'withdraw' })).body.code).toBe('notCandidate');
    const again = await api.post(`/cases/${caseId}/redrive`, { sits: true, as: SECURITY, body: { reason } });
    expect(again.body.code).toBe('proposalOpen');
    expect((await answer(first.id, SYSTEM, { answer: 'withdraw' })).status).toBe(200);
    const second = await proposed(caseId, SECURITY);
    expect((await answer(second.id, SYSTEM, { answer: 'refuse', reason: '执行正常' })).status).toBe(200);
    // A refusal is no decision in the case: it opens none of its contents to the administrator.
    expect((await api.get(`/recommendations/${caseId}`, { as: SYSTEM })).body.code).toBe('forbidden');
    const third = await proposed(caseId);
    const { subject } = await prisma.task.findUniqueOrThrow({ where: { id: third.id } });
    const past = { ...(subject as object), expiresAt: new Date(Date.now() - 1000).toISOString() };
    await prisma.task.update({ where: { id: third.id }, data: { subject: past } });
    expect((await answer(third.id, SECURITY, { answer: 'confirm' })).body.code).toBe('proposalExpired');
    expect(await proposalOf(caseId, 'redrive')).toMatchObject({ id: third.id, status: 'expired', may: ['refuse'] });
    // What expired gives way to a new proposal.
    expect((await proposed(caseId)).id).not.toBe(third.id);
    expect(await statusOf(caseId)).toBe('RUNNING');
  });

  test('is overtaken where its proposer is no administrator any more', async () => {
    const caseId = await company.submitted();
    await company.state(caseId, 'endorsing');
    const second = await grant('north-submitter', 'systemAdmin');
    const { id } = await proposed(caseId, 'north-submitter');
    await prisma.roleAssignment.delete({ where: { id: second.id } });
    expect((await answer(id, SECURITY, { answer: 'confirm' })).body.code).toBe('proposalOvertaken');
    expect(await company.facts(caseId, 'redriven')).toEqual([]);
    expect(await proposalOf(caseId, 'redrive')).toMatchObject({ id, status: 'overtaken', may: ['refuse'] });
    // It gives way to a new one, and is told as what it is.
    expect((await proposed(caseId)).id).not.toBe(id);
    const { items } = (await api.get('/proposals', { as: SECURITY })).body;
    expect(items.find((each: { id: string }) => each.id === id)).toMatchObject({ status: 'overtaken', may: [] });
  });

  test('mends a terminated execution, and one that outlived its case', async () => {
    const redriven = async (caseId: string) => {
      const { id } = await proposed(caseId);
      expect((await answer(id, SECURITY, { answer: 'confirm' })).status).toBe(200);
    };
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'screening');
    await handle(caseId).terminate();
    await redriven(caseId);
    await company.until('a run', async () => (await statusOf(caseId)) === 'RUNNING');
    await company.carryTo(caseId, 'established');
    expect(await handle(caseId).result()).toBe('established');
    // A closed case whose execution ended with it leaves nothing to do.
    const refused = await api.post(`/cases/${caseId}/redrive`, { sits: true, as: SYSTEM, body: { reason } });
    expect(refused.body.code).toBe('nothingToRedrive');

    const outlived = await company.submitted();
    await company.carryTo(outlived, 'screening');
    await company.stopWorker();
    await company.deps.pool.query(
      `UPDATE cases SET state = 'withdrawn', ending = 'withdrawn', closed_at = now() WHERE id = $1`,
      [outlived],
    );
    await company.startWorker();
    await redriven(outlived);
    expect(await company.until('its end', async () => (await statusOf(outlived)) === 'COMPLETED')).toBe(true);
    expect(await handle(outlived).result()).toBe('withdrawn');
  });

  test('asks for a fresh proof of who sits there, which a token cannot give', async () => {
    const caseId = await company.submitted();
    await company.state(caseId, 'endorsing');
    const asked = await api.post(`/cases/${caseId}/redrive`, { as: SYSTEM, body: { reason } });
    expect(asked.body.code).toBe('stepUpByToken');
    const { id } = await proposed(caseId);
    const confirmed = await api.post(`/proposals/${id}/answer`, { as: SECURITY, body: { answer: 'confirm' } });
    expect(confirmed.body.code).toBe('stepUpByToken');
  });

  test('is not for a draft', async () => {
    const caseId = await company.draft();
    const { body } = await api.post(`/cases/${caseId}/redrive`, { sits: true, as: SYSTEM, body: { reason } });
    expect(body.code).toBe('notYourMatter');
  });
});

describe('filling a seat', () => {
  const seatProposal = { personId: 'east-submitter', validFrom: '2099-01-01', document: '任职文件〔2026〕1号', reason };

  test('takes two administrators, and neither gives it to himself, to an administrator or for a day that is past', async () => {
    const seats = (await api.get('/seats', { as: SYSTEM })).body.items;
    const seat = seats.find((each: { holder: { person: { id: string } } }) => each.holder?.person.id === 'east-head');
    const path = `/seats/${seat.id}/proposals`;
    const ask = (change: object, as = SECURITY) =>
      api.post(path, { sits: true, as, body: { ...seatProposal, ...change } });
    expect((await ask({ personId: SECURITY })).body.code).toBe('separation');
    expect((await ask({ personId: 'auditor' })).body.code).toBe('unfitPerson');
    expect((await ask({ validFrom: '2026-01-01' })).body.code).toBe('invalid');
    expect((await ask({}, 'auditor')).body.code).toBe('forbidden');
    const { id } = (await ask({})).body;
    expect((await ask({}, SYSTEM)).body.code).toBe('proposalOpen');
    expect((await answer(id, SECURITY, { answer: 'confirm' })).body.code).toBe('separation');
    expect((await answer(id, SYSTEM, { answer: 'confirm' })).status).toBe(200);
    expect((await answer(id, SYSTEM, { answer: 'confirm' })).body.code).toBe('taskClosed');
    const terms = await prisma.seatTerm.findMany({ where: { seatId: seat.id, personId: 'east-submitter' } });
    expect(terms).toHaveLength(1);
    const acts = await prisma.auditEntry.findMany({ where: { act: { startsWith: 'seat.' } }, orderBy: { seq: 'asc' } });
    expect(acts.map(({ act, actorId }) => [act, actorId])).toEqual([
      ['seat.proposed', SECURITY],
      ['seat.filled', SYSTEM],
      ['seat.confirmed', SYSTEM],
    ]);
  });

  test('is refused to one alone while the seat is balloting; the successor then inherits a seat that has not voted', async () => {
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'approving');
    const { roll, dueAt } = await company.ballot(caseId);
    const entry = (roll as { seatId: string; personId: string }[]).find((each) => each.personId === 'north-head');
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const term = { personId: 'north-submitter', validFrom: day, document: '任职文件〔2026〕2号' };
    const alone = await api.post(`/seats/${entry?.seatId}/terms`, { as: SECURITY, body: term });
    expect(alone.body.code).toBe('twoPersons');
    const { id } = (
      await api.post(`/seats/${entry?.seatId}/proposals`, {
        sits: true,
        as: SYSTEM,
        body: { ...term, reason: '原任调离' },
      })
    ).body;
    expect((await answer(id, SECURITY, { answer: 'confirm' })).status).toBe(200);
    const after = await company.ballot(caseId);
    const heir = (after.roll as { seatId: string; personId: string }[]).find((each) => each.seatId === entry?.seatId);
    expect(heir?.personId).toBe('north-submitter');
    expect(after.dueAt).toEqual(dueAt);
    expect((after.roll as unknown[]).length).toBe((roll as unknown[]).length);
  });
});

describe('what needs attention', () => {
  const attentionOf = async (caseId: string) => {
    const { body } = await api.get('/workflows/attention', { as: SYSTEM });
    expect(body.temporal).toBe('compared');
    return body.items.find((each: { caseId: string }) => each.caseId === caseId);
  };
  const long = (caseId: string) =>
    company.deps.pool.query(
      `UPDATE tasks SET due_at = now() - interval '1 hour' WHERE case_id = $1 AND status = 'open'`,
      [caseId],
    );

  test('nothing of a case that goes on as it should', async () => {
    const caseId = await company.submitted();
    await company.state(caseId, 'endorsing');
    expect(await attentionOf(caseId)).toBeUndefined();
  });

  test('an execution that ended while its case is open, a deadline that nobody settles', async () => {
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'screening');
    await handle(caseId).terminate();
    await long(caseId);
    expect(await attentionOf(caseId)).toMatchObject({
      status: 'terminated',
      problems: [
        { code: 'endedWhileOpen', attempts: null, failure: 'terminated' },
        { code: 'deadlinePassed', attempts: null, failure: null },
      ],
    });
  });

  test('a campaign and a bulk vote that should be running are found, and a worker that starts rings them', async () => {
    const { pool } = company.deps;
    const year = 2051;
    const since = new Date(Date.now() - 2 * 3_600_000);
    const days = { cutoffOn: new Date('2051-12-31'), dueOn: new Date('2052-01-15') };
    const of = { responsibleId: 'office-head', scheduled: false, policyVersion: 1, remaining: 0 };
    await prisma.campaign.create({
      data: { year, state: 'running', ...days, ...of, openedAt: since, clockAt: since },
    });
    const vote = { id: randomUUID(), year, personId: 'central-head' };
    await prisma.bulkVote.create({ data: { ...vote, state: 'running', createdAt: since } });
    const found = async () => {
      const { body } = await api.get('/workflows/attention', { as: SYSTEM });
      const ids = [`annualReview:${year}`, `bulkVote:${vote.id}`];
      return body.items.filter(({ workflowId }: { workflowId: string }) => ids.includes(workflowId));
    };
    const none = { attempts: null, failure: null };
    expect(await found()).toMatchObject([
      {
        caseId: null,
        caseNumber: '2051',
        problems: [
          { code: 'noExecution', ...none },
          { code: 'deadlinePassed', ...none },
        ],
      },
      { caseId: null, caseState: 'running', problems: [{ code: 'noExecution', ...none }] },
    ]);
    await ringWhereNothingTicks(pool);
    // Nothing is left to be done in either.
    await company.until('the end of both', async () => {
      const open = await pool.query(
        'SELECT 1 FROM campaigns WHERE closed_at IS NULL UNION ALL SELECT 1 FROM bulk_votes WHERE finished_at IS NULL',
      );
      return open.rowCount === 0;
    });
    expect(await company.client.workflow.getHandle(`annualReview:${year}`).result()).toBe('closed');
    expect(await company.client.workflow.getHandle(`bulkVote:${vote.id}`).result()).toBe('finished');
    expect(await found()).toEqual([]);
  });
});

test('everything stored agrees after all of it, but what was broken by hand', async () => {
  const files = await attachmentFolder(`${api.folder}/files`);
  const { findings } = await verifyStored({
    pool: company.deps.pool,
    keys: company.deps.keys,
    files,
    client: company.client,
  });
  expect(findings.filter(({ check }) => check === 'chains' || check === 'ballots')).toEqual([]);
});
