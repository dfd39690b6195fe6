import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { linkByLogin } from '../../cases/identities.ts';
import { localDay } from '../../domain/calendar.ts';
import { administratorRoles } from '../../domain/roles.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { jarOf } from '../support/jar.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma, pool } = company.deps;

const SYSTEM = 'system-admin';
const SECURITY = 'security-admin';
const AUDITOR = 'auditor';
const today = localDay(Date.now());
const tomorrow = localDay(Date.now() + 86_400_000);
const under = { validFrom: today, document: '任命〔2026〕21号' };

const sits = (as: string, body: object, headers = {}) => ({ as, body, headers, sits: true });
const proposeRole = (personId: string, role: string, as = SECURITY, more: object = {}) =>
  api.post('/roles/proposals', sits(as, { personId, role, ...under, reason: '岗位调整', ...more }));
const answer = (id: string, as: string, body: object, headers = {}) =>
  api.post(`/proposals/${id}/answer`, sits(as, body, headers));
const confirm = (id: string, as = SYSTEM, headers = {}) => answer(id, as, { answer: 'confirm' }, headers);
const seen = async (id: string, as = SYSTEM) =>
  (await api.get('/proposals', { as })).body.items.find((each: { id: string }) => each.id === id);
const held = (personId: string) =>
  prisma.roleAssignment.count({ where: { personId, validTo: null, role: { in: [...administratorRoles] } } });
const expire = (id: string) =>
  prisma.appointmentProposal.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } });
const endRoles = (personId: string) =>
  prisma.roleAssignment.deleteMany({ where: { personId, role: { in: [...administratorRoles] } } });
const told = (personId: string, kind: string) => prisma.notification.count({ where: { personId, kind } });

describe('making somebody an administrator', () => {
  test('takes two: one alone is refused, the proposer, the person concerned and everybody else confirm nothing', async () => {
    const alone = { personId: 'east-manager', role: 'systemAdmin', ...under };
    expect((await api.post('/roles', { as: SECURITY, body: alone })).body.code).toBe('administratorByTwo');
    expect((await proposeRole('east-manager', 'systemAdmin', AUDITOR)).body.code).toBe('forbidden');
    expect((await proposeRole('east-manager', 'systemAdmin', 'office-head')).body.code).toBe('forbidden');
    expect((await proposeRole(SECURITY, 'systemAdmin')).body.code).toBe('separation');
    expect((await proposeRole('east-manager', 'office')).body.code).toBe('invalid');
    expect((await proposeRole('east-head', 'systemAdmin')).body.code).toBe('unfitPerson');
    expect((await proposeRole('east-manager', 'systemAdmin', SECURITY, { validFrom: '2026-01-01' })).body.code).toBe(
      'invalid',
    );
    const before = await told(AUDITOR, 'proposalOpened');
    const asked = await proposeRole('east-manager', 'systemAdmin');
    expect(asked.status).toBe(201);
    const { id } = asked.body;
    expect(await told(AUDITOR, 'proposalOpened')).toBe(before + 1);
    expect((await proposeRole('east-manager', 'systemAdmin', SYSTEM)).body.code).toBe('proposalOpen');
    expect(await seen(id)).toMatchObject({ kind: 'role', reason: '岗位调整', may: ['confirm', 'refuse'] });
    expect(await seen(id, SECURITY)).toMatchObject({ may: ['withdraw'] });
    expect((await confirm(id, SECURITY)).body.code).toBe('separation');
    expect((await confirm(id, 'east-manager')).body.code).toBe('forbidden');
    expect((await answer(id, SYSTEM, { answer: 'withdraw' })).body.code).toBe('notCandidate');
    const token = await api.post(`/proposals/${id}/answer`, { as: SYSTEM, body: { answer: 'confirm' } });
    expect(token.body.code).toBe('stepUpByToken');
    expect(await held('east-manager')).toBe(0);
    const key = { 'Idempotency-Key': randomUUID() };
    expect((await confirm(id, SYSTEM, key)).status).toBe(200);
    expect((await confirm(id, SYSTEM, key)).status).toBe(200);
    expect((await confirm(id, SYSTEM)).body.code).toBe('taskClosed');
    expect(await held('east-manager')).toBe(1);
    expect(await told(SECURITY, 'proposalAnswered')).toBe(1);
    const acts = await prisma.auditEntry.findMany({
      where: { act: { startsWith: 'administrator.' } },
      orderBy: { seq: 'asc' },
    });
    expect(acts.map(({ act, actorId }) => [act, actorId])).toEqual([
      ['administrator.proposed', SECURITY],
      ['administrator.confirmed', SYSTEM],
    ]);
    expect((await proposeRole('east-manager', 'auditor')).body.code).toBe('separation');
    await endRoles('east-manager');
  });

  test('is looked at again when it is confirmed: who left, or became another administrator in between, is not made one', async () => {
    const { id } = (await proposeRole('south-manager', 'systemAdmin')).body;
    const other = (await proposeRole('south-manager', 'auditor', SYSTEM)).body;
    expect((await confirm(other.id, AUDITOR)).status).toBe(200);
    expect((await confirm(id)).body).toMatchObject({ code: 'separation' });
    expect(await held('south-manager')).toBe(1);
    await endRoles('south-manager');
    const left = (await proposeRole('south-submitter-2', 'systemAdmin')).body;
    await api.post('/persons/south-submitter-2/leave', { as: SECURITY, body: { on: today } });
    expect((await confirm(left.id)).body.code).toBe('unfitPerson');
    expect((await answer(id, SYSTEM, { answer: 'refuse', reason: '已任审计员' })).status).toBe(200);
    expect(await seen(id)).toMatchObject({ status: 'refused', answerReason: '已任审计员', may: [] });
  });

  test('is overtaken where its proposer is no administrator any more, and gives way to a new proposal', async () => {
    const proposer = 'central-submitter-2';
    await prisma.roleAssignment.create({
      data: {
        id: randomUUID(),
        personId: proposer,
        role: 'systemAdmin',
        validFrom: new Date('2026-01-01'),
        document: '测试',
      },
    });
    const role = (await proposeRole('north-manager', 'systemAdmin', proposer)).body;
    const seat = (
      await api.post(
        '/seats/seat-13/proposals',
        sits(proposer, { personId: 'north-manager', ...under, reason: '接任' }),
      )
    ).body;
    const left = await api.post(`/persons/${proposer}/leave`, { as: SECURITY, body: { on: today } });
    expect(left.status).toBe(200);
    expect((await confirm(role.id, AUDITOR)).body.code).toBe('proposalOvertaken');
    expect((await confirm(seat.id, SECURITY)).body.code).toBe('proposalOvertaken');
    expect(await held('north-manager')).toBe(0);
    expect(await prisma.seatTerm.count({ where: { personId: 'north-manager' } })).toBe(0);
    expect(await seen(role.id)).toMatchObject({ status: 'overtaken', may: ['refuse'] });
    expect((await answer(seat.id, SECURITY, { answer: 'refuse', reason: '提议人已离任' })).status).toBe(200);
    const again = await proposeRole('north-manager', 'systemAdmin');
    expect(again.status).toBe(201);
    expect(await seen(role.id)).toMatchObject({ status: 'overtaken', may: [] });
    expect((await answer(again.body.id, SECURITY, { answer: 'withdraw' })).status).toBe(200);
  });

  test('lapses after its time, and then gives way to a new proposal', async () => {
    const { id: north } = (await proposeRole('north-manager', 'systemAdmin')).body;
    await expire(north);
    expect((await confirm(north)).body.code).toBe('proposalExpired');
    expect(await seen(north)).toMatchObject({ status: 'expired', may: ['refuse'] });
    const again = await proposeRole('north-manager', 'systemAdmin');
    expect(again.status).toBe(201);
    expect((await answer(again.body.id, SECURITY, { answer: 'withdraw' })).status).toBe(200);
    expect(await held('north-manager')).toBe(0);
  });

  test('confirmed twice at once, or confirmed and taken back, acts exactly once: thirty times', async () => {
    for (let round = 0; round < 30; round += 1) {
      const { id } = (await proposeRole('east-manager', 'systemAdmin')).body;
      const answers = await Promise.all([
        confirm(id, SYSTEM),
        confirm(id, AUDITOR),
        answer(id, SECURITY, { answer: 'withdraw' }),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ body }) => body.code === 'taskClosed')).toHaveLength(2);
      expect(await held('east-manager')).toBe(answers[2]?.status === 200 ? 0 : 1);
      await endRoles('east-manager');
    }
  });

  test('two kinds confirmed for one person at once make him one of them', async () => {
    for (let round = 0; round < 10; round += 1) {
      const first = (await proposeRole('east-manager', 'systemAdmin')).body;
      const second = (await proposeRole('east-manager', 'auditor')).body;
      const answers = await Promise.all([confirm(first.id, SYSTEM), confirm(second.id, SYSTEM)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
      expect(await held('east-manager')).toBe(1);
      await pool.query(`UPDATE appointment_proposals SET status = 'expired' WHERE status = 'open'`);
      await endRoles('east-manager');
    }
  });

  test('ends every way in that the proposer alone opened, and the confirmer is told so before', async () => {
    const personId = 'east-manager-2';
    const made = await api.post(`/persons/${personId}/local-account`, { as: SECURITY, sits: true });
    expect(made.status).toBe(201);
    const { login, password } = made.body;
    await prisma.identity.create({ data: { method: 'company', subject: 'friend', personId, linkedBy: SECURITY } });
    const session = await api.sessionOf(personId);
    expect((await api.get('/me', { headers: session })).status).toBe(200);
    const { id } = (await proposeRole(personId, 'systemAdmin')).body;
    expect((await seen(id)).role.handedWaysIn).toBe(true);
    expect((await confirm(id)).status).toBe(200);
    expect((await api.get('/me', { headers: session })).status).toBe(401);
    expect((await api.get('/me', { as: personId })).status).toBe(401);
    expect(await prisma.identity.count({ where: { personId, method: 'company' } })).toBe(0);
    const tried = await api.post('/sessions', { body: { method: 'local', login, password } });
    expect(tried.status).toBeGreaterThanOrEqual(400);
    // The next password is told in two halves.
    const reset = await api.post(`/persons/${personId}/local-account/reset`, {
      as: SECURITY,
      sits: true,
      body: { secondFactor: false },
    });
    expect(reset.body).toMatchObject({ half: true });
    await endRoles(personId);
  });
});

describe('the ways in of who becomes an administrator', () => {
  const account = async (personId: string, as = SECURITY): Promise<{ login: string; password: string }> =>
    (await api.post(`/persons/${personId}/local-account`, { as, body: {} })).body;
  const made = async (personId: string, role = 'auditor') => {
    const { id } = (await proposeRole(personId, role, SYSTEM)).body;
    expect((await confirm(id, SECURITY)).status).toBe(200);
  };
  const GOOD = 'brandnew-quiet-harbour-77';

  /** A request whose caller is known and whose body is still on its way until `end`. */
  async function begun(method: string, path: string, personId: string, body: object) {
    const headers = await api.sessionOf(personId);
    const ago = new Date(Date.now() - 120_000);
    await prisma.session.updateMany({ where: { personId }, data: { lastSeenAt: ago } });
    const text = JSON.stringify(body);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const request = httpRequest(
      `${api.url}/api/v1${path}`,
      {
        method,
        headers: {
          ...headers,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(text),
          'Idempotency-Key': randomUUID(),
        },
      },
      (response) => resolve(response.resume().statusCode ?? 0),
    );
    request.on('error', reject);
    request.write(text.slice(0, 1));
    await company.until('the caller to be known', async () =>
      Boolean(await prisma.session.findFirst({ where: { personId, lastSeenAt: { gt: ago } } })),
    );
    return () => {
      request.end(text.slice(1));
      return promise;
    };
  }

  /** While the person's row is held, `act` begins and waits for it; then `change` is committed. */
  async function overtaken<T>(personId: string, act: () => Promise<T>, change: string): Promise<T> {
    const holder = await pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM persons WHERE id = $1 FOR UPDATE', [personId]);
      const acted = act();
      await company.until('it to wait', async () => {
        const { rows } = await pool.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM persons%'`,
        );
        return rows.length > 0;
      });
      await holder.query(change, [personId]);
      await holder.query('COMMIT');
      return await acted;
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  }
  const ENDED = 'UPDATE sessions SET revoked_at = now() WHERE person_id = $1 AND revoked_at IS NULL';
  const APPOINTED = `INSERT INTO role_assignments (id, person_id, role, valid_from, document)
    VALUES (gen_random_uuid()::text, $1, 'auditor', '2026-01-01', '任命')`;

  test('are not kept by a request whose body was held back until he was confirmed', async () => {
    const personId = 'east-submitter';
    const { login, password } = await account(personId);
    const token = await begun('POST', '/tokens', personId, { name: 'kept', scopes: ['read', 'admin'], days: 30 });
    const own = await begun('PUT', '/me/password', personId, { current: password, password: GOOD });
    await made(personId);
    expect([await token(), await own()]).toEqual([401, 401]);
    expect(await prisma.apiToken.count({ where: { personId, revokedAt: null } })).toBe(0);
    for (const tried of [password, GOOD])
      expect((await jarOf(api).signIn(login, tried)).body.code).toBe('signInFailed');
    await endRoles(personId);
  });

  test('are not opened nor changed by what waited while they ended', async () => {
    const personId = 'south-submitter';
    const { login, password } = await account(personId);
    const session = await api.sessionOf(personId);
    const token = { headers: session, body: { name: 'kept', scopes: ['read'], days: 30 } };
    expect((await overtaken(personId, () => api.post('/tokens', token), ENDED)).status).toBe(401);
    const other = { headers: await api.sessionOf(personId), body: { current: password, password: GOOD } };
    expect((await overtaken(personId, () => api.put('/me/password', other), ENDED)).status).toBe(401);
    const jar = jarOf(api);
    expect((await jar.signIn(login, password)).body.next).toBe('newPassword');
    expect((await jar.post('/sign-in/new-password', { password: GOOD })).body.next).toBe('done');
    const expired = 'UPDATE local_credentials SET expires_at = now() WHERE person_id = $1';
    const late = await overtaken(personId, () => jarOf(api).signIn(login, GOOD), expired);
    expect(late.body.code).toBe('signInExpired');
  });

  test('are given out in halves and not by login, also when he became one while that waited', async () => {
    const personId = 'south-manager';
    const told = await overtaken(personId, () => account(personId), APPOINTED);
    expect(told).toMatchObject({ half: true });
    await endRoles(personId);
    const { login } = await prisma.person.findUniqueOrThrow({ where: { id: personId } });
    const link = () => linkByLogin(company.deps, { method: 'company', subject: 'late' }, login);
    expect(await overtaken(personId, link, APPOINTED)).toBe(null);
    await endRoles(personId);
  });

  test('end too where they were linked by login, which is shown before', async () => {
    const personId = 'central-submitter';
    const { login } = await prisma.person.findUniqueOrThrow({ where: { id: personId } });
    expect(await linkByLogin(company.deps, { method: 'company', subject: 'by-login' }, login)).toBe(personId);
    const { id } = (await proposeRole(personId, 'auditor', SYSTEM)).body;
    expect((await seen(id, SECURITY)).role.handedWaysIn).toBe(true);
    expect((await confirm(id, SECURITY)).status).toBe(200);
    expect(await prisma.identity.count({ where: { personId, method: 'company' } })).toBe(0);
    expect(await linkByLogin(company.deps, { method: 'company', subject: 'by-login' }, login)).toBe(null);
    await endRoles(personId);
  });

  test('do not keep a one-time password that a third administrator may still know; one’s own stays', async () => {
    await prisma.roleAssignment.create({
      data: {
        ...{ id: randomUUID(), personId: 'north-manager', role: 'securityAdmin', document: '测试' },
        validFrom: new Date('2026-01-01'),
      },
    });
    for (const changed of [false, true]) {
      const personId = changed ? 'north-submitter' : 'north-submitter-2';
      const { login, password } = await account(personId, 'north-manager');
      const jar = jarOf(api);
      await jar.signIn(login, password);
      if (changed) await jar.post('/sign-in/new-password', { password: GOOD });
      const { id } = (await proposeRole(personId, 'auditor', SYSTEM)).body;
      expect((await seen(id, SECURITY)).role.handedWaysIn).toBe(!changed);
      expect((await confirm(id, SECURITY)).status).toBe(200);
      const tried = await jarOf(api).signIn(login, changed ? GOOD : password);
      expect(tried.body).toMatchObject(changed ? { next: 'done' } : { code: 'signInFailed' });
      await endRoles(personId);
    }
    await endRoles('north-manager');
  });

  test('nor does an administrator act by a body he held back until his role had ended', async () => {
    const personId = 'east-manager';
    const { id } = await prisma.roleAssignment.create({
      data: {
        ...{ id: randomUUID(), personId, role: 'securityAdmin', document: '测试' },
        validFrom: new Date('2026-01-01'),
      },
    });
    const grant = await begun('POST', '/roles', personId, {
      ...{ personId: 'north-manager', role: 'office', ...under },
    });
    expect((await api.post(`/roles/${id}/end`, { as: SECURITY, body: { on: today } })).status).toBe(200);
    expect(await grant()).toBe(403);
  });
});

describe('ending an administrator', () => {
  const end = (id: string, on = today) => api.post(`/roles/${id}/end`, { as: SECURITY, body: { on } });
  const grant = (personId: string, role: string) =>
    prisma.roleAssignment.create({
      data: { id: randomUUID(), personId, role, validFrom: new Date('2026-01-01'), document: '测试' },
    });
  const roleOf = async (personId: string, role: string) =>
    (await prisma.roleAssignment.findFirstOrThrow({ where: { personId, role } })).id;

  test('is one act, never the last of a kind and never one’s own; leaving is no way around', async () => {
    expect((await end(await roleOf(SYSTEM, 'systemAdmin'))).body.code).toBe('lastAdministrator');
    const leaving = await api.post(`/persons/${AUDITOR}/leave`, { as: SECURITY, body: { on: today } });
    expect(leaving.body.code).toBe('lastAdministrator');
    expect((await end(await roleOf(SECURITY, 'securityAdmin'))).body.code).toBe('separation');
    const second = await grant('east-manager', 'systemAdmin');
    expect((await end(second.id)).status).toBe(200);
    await endRoles('east-manager');
  });

  test('leaves no day without one: its end, set for a successor’s first day, is not brought nearer than that', async () => {
    const own = await roleOf(SYSTEM, 'systemAdmin');
    const next = await grant('east-manager', 'systemAdmin');
    await prisma.roleAssignment.update({ where: { id: next.id }, data: { validFrom: new Date(tomorrow) } });
    expect((await end(own)).body.code).toBe('lastAdministrator');
    expect((await end(own, tomorrow)).status).toBe(200);
    expect((await end(own)).body.code).toBe('lastAdministrator');
    expect((await api.post(`/persons/${SYSTEM}/leave`, { as: SECURITY, body: { on: today } })).body.code).toBe(
      'lastAdministrator',
    );
    // Nor does the successor’s role end before it began.
    expect((await end(next.id)).body.code).toBe('lastAdministrator');
    await prisma.roleAssignment.update({ where: { id: own }, data: { validTo: null } });
    await endRoles('east-manager');
  });

  test('is not done by ending the link whose groups made the last of a kind', async () => {
    const own = await prisma.roleAssignment.findFirstOrThrow({ where: { personId: AUDITOR, role: 'auditor' } });
    await prisma.roleAssignment.delete({ where: { id: own.id } });
    const { id } = await grant('east-manager', 'auditor');
    await prisma.roleAssignment.update({ where: { id }, data: { source: 'group:company' } });
    const link = { method: 'company', subject: 'auditor-by-group' };
    await prisma.identity.create({ data: { ...link, personId: 'east-manager' } });
    const endLink = () => api.post('/identities/end', { as: SECURITY, body: link });
    expect((await endLink()).body.code).toBe('lastAdministrator');
    expect(await held('east-manager')).toBe(1);
    expect(await prisma.identity.count({ where: link })).toBe(1);
    await prisma.roleAssignment.create({ data: own });
    expect((await endLink()).status).toBe(200);
    expect(await held('east-manager')).toBe(0);
    await endRoles('east-manager');
  });

  test('two that end at once leave one: twenty times', async () => {
    for (let round = 0; round < 20; round += 1) {
      const pair = [await grant('east-manager', 'auditor'), await grant('south-manager', 'auditor')];
      const own = await prisma.roleAssignment.findFirstOrThrow({ where: { personId: AUDITOR, role: 'auditor' } });
      await prisma.roleAssignment.delete({ where: { id: own.id } });
      const answers = await Promise.all(pair.map(({ id }) => end(id)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      await endRoles('east-manager');
      await endRoles('south-manager');
      await prisma.roleAssignment.create({ data: own });
    }
  });
});

describe('a seat in an open ballot', () => {
  const seatOf = async (personId: string): Promise<string> =>
    (await prisma.seatTerm.findFirstOrThrow({ where: { personId, validTo: null } })).seatId;
  const proposeSeat = (seatId: string, personId: string | null) =>
    api.post(`/seats/${seatId}/proposals`, sits(SYSTEM, { personId, ...under, reason: '原任调离' }));
  const by = { on: today, document: '公司发〔2026〕30号' };
  const move = (personId: string, unitId: string) =>
    api.put(`/persons/${personId}`, { as: SYSTEM, body: { name: 'x', nameEn: 'x', unitId, ...by } });

  test('is not taken by one alone, whether by a term, its end, a move or a dissolution; two may, and a leaving is recorded at once', async () => {
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'approving');
    const seatId = await seatOf('north-head');
    const term = { personId: 'north-manager', ...under };
    expect((await api.post(`/seats/${seatId}/terms`, { as: SECURITY, body: term })).body.code).toBe('twoPersons');
    expect((await api.post(`/seats/${seatId}/vacate`, { as: SECURITY, body: by })).body.code).toBe('twoPersons');
    expect((await move('north-head', 'south')).body.code).toBe('twoPersons');
    const dissolved = await api.post('/units/north/dissolution', { as: SYSTEM, body: { ...by, takesPersons: false } });
    expect(dissolved.body.code).toBe('twoPersons');
    // A new name is no change of the seat.
    expect((await move('north-head', 'north')).status).toBe(200);
    const { id } = (await proposeSeat(seatId, null)).body;
    expect((await confirm(id, SECURITY)).status).toBe(200);
    const entry = async () =>
      ((await company.ballot(caseId)).roll as { seatId: string; personId: string; vacated?: boolean }[]).find(
        (each) => each.seatId === seatId,
      );
    expect(await entry()).toMatchObject({ vacated: true });
    expect((await move('north-head', 'south')).status).toBe(200);
    const left = await api.post('/persons/south-head/leave', { as: SECURITY, body: by });
    expect(left.status).toBe(200);
    const again = (await proposeSeat(seatId, 'north-manager')).body;
    await expire(again.id);
    expect((await confirm(again.id, SECURITY)).body.code).toBe('proposalExpired');
    const third = (await proposeSeat(seatId, 'north-manager')).body;
    const answers = await Promise.all([confirm(third.id, SECURITY), confirm(third.id, SECURITY)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await entry()).toMatchObject({ personId: 'north-manager' });
  });

  test('is not taken by one who dates a term, or its end, ahead of the ballot; two may', async () => {
    const later = { personId: 'southwest-manager', validFrom: tomorrow, document: under.document };
    const seatId = await seatOf('southwest-head');
    const before = await prisma.seatTerm.findMany({ where: { seatId } });
    const given = await api.post(`/seats/${seatId}/terms`, { as: SECURITY, body: later });
    expect(given.body).toMatchObject({ code: 'invalid', field: 'validFrom', params: { reason: 'laterByTwo' } });
    const vacated = await api.post(`/seats/${seatId}/vacate`, { as: SECURITY, body: { ...by, on: tomorrow } });
    expect(vacated.body).toMatchObject({ code: 'invalid', field: 'on', params: { reason: 'laterByTwo' } });
    expect(await prisma.seatTerm.findMany({ where: { seatId } })).toEqual(before);
    const asked = await api.post(`/seats/${seatId}/proposals`, sits(SYSTEM, { ...later, reason: '接任' }));
    expect((await confirm(asked.body.id, SECURITY)).status).toBe(200);
    const term = await prisma.seatTerm.findFirstOrThrow({ where: { seatId, personId: 'southwest-manager' } });
    expect(term.validFrom).toEqual(new Date(tomorrow));
  });

  test('is guarded against a ballot that opens in between', async () => {
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'evaluating');
    const seatId = await seatOf('east-head');
    const changer = await pool.connect();
    const waits = async (mode: string) =>
      (
        await pool.query(
          `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database()
             AND l.locktype = 'advisory' AND NOT l.granted AND l.mode = $1`,
          [mode],
        )
      ).rows.length > 0;
    try {
      // While a seat changes no ballot opens ...
      await changer.query('BEGIN');
      await changer.query('SELECT pg_advisory_xact_lock(7310213)');
      const opened = company.carryTo(caseId, 'approving');
      await company.until('the ballot to wait', () => waits('ShareLock'));
      expect(await prisma.ballot.count({ where: { caseId } })).toBe(0);
      await changer.query('COMMIT');
      await opened;
      // ... and while one opens no seat changes.
      await changer.query('BEGIN');
      await changer.query('SELECT pg_advisory_xact_lock_shared(7310213)');
      const term = { personId: 'east-manager', ...under };
      const changed = api.post(`/seats/${seatId}/terms`, { as: SECURITY, body: term });
      await company.until('the change to wait', () => waits('ExclusiveLock'));
      await changer.query('COMMIT');
      expect((await changed).body.code).toBe('twoPersons');
    } finally {
      await changer.query('ROLLBACK');
      changer.release();
    }
  });
});
