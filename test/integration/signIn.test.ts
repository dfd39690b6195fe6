import { randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { signInBrake, tryUnder } from '../../cases/signInBrakes.ts';
import { DomainError } from '../../domain/errors.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { jarOf } from '../support/jar.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);
const { prisma, pool } = company.deps;
const GOOD = 'tile-harbour-quince-71';
const BETTER = 'ember-lantern-willow-44';

/** A person with a local account and a password of his own, signed in. */
async function withAccount(personId: string, password = GOOD) {
  const made = await api.post(`/persons/${personId}/local-account`, { as: 'security-admin' });
  expect(made.status).toBe(201);
  const jar = jarOf(api);
  expect((await jar.signIn(personId, made.body.password)).body).toEqual({ next: 'newPassword' });
  expect((await jar.post('/sign-in/new-password', { password })).body.next).toBe('done');
  return jar;
}

const codes = (acts: string[]) => prisma.auditEntry.findMany({ where: { act: { in: acts } }, orderBy: { at: 'asc' } });
const nextCode = (uri: string) => {
  const totp = new TOTP({ secret: new URL(uri).searchParams.get('secret') ?? '' });
  return (steps = 0) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
};
/** The proof of a session grows old. */
const age = (personId: string, minutes: number) =>
  prisma.session.updateMany({
    where: { personId },
    data: { authenticatedAt: new Date(Date.now() - minutes * 60_000), stepUpAt: null },
  });

describe('a local account', () => {
  test('begins with a one-time password that is told once, must be replaced, and opens nothing by itself', async () => {
    const made = await api.post('/persons/central-head/local-account', { as: 'security-admin' });
    expect(made.body).toMatchObject({ login: 'central-head', half: false });
    const jar = jarOf(api);
    const first = await jar.signIn('Central-Head', made.body.password);
    expect(first.body).toEqual({ next: 'newPassword' });
    expect((await jar.get('/me')).status).toBe(401);
    expect((await jar.post('/sign-in/new-password', { password: 'short' })).body.code).toBe('passwordShort');
    expect((await jar.post('/sign-in/new-password', { password: made.body.password })).body.code).toBe(
      'passwordReused',
    );
    expect((await jar.post('/sign-in/new-password', { password: GOOD })).body.next).toBe('done');
    expect((await jar.get('/me')).body.person.id).toBe('central-head');
    // The place between the steps can be had once, and the one-time password is gone.
    expect((await jar.post('/sign-in/new-password', { password: BETTER })).body.code).toBe('signInExpired');
    expect((await jarOf(api).signIn('central-head', made.body.password)).body.code).toBe('signInFailed');
    const stored = JSON.stringify(await prisma.auditEntry.findMany({ where: { act: { startsWith: 'account' } } }));
    expect(stored).not.toContain(made.body.password);
  });

  test('is made by the security administrator alone, once, and not for himself', async () => {
    expect((await api.post('/persons/central-deputy/local-account', { as: 'system-admin' })).status).toBe(403);
    expect((await api.post('/persons/security-admin/local-account', { as: 'security-admin' })).body.code).toBe(
      'separation',
    );
    // Nor does he reset or end his own, whoever gave it to him.
    const own = '/persons/security-admin/local-account';
    const asHimself = { as: 'security-admin' };
    const reset = await api.post(`${own}/reset`, { ...asHimself, body: { secondFactor: false } });
    expect([reset.body.code, (await api.delete(own, asHimself)).body.code]).toEqual(['separation', 'separation']);
    expect((await api.post('/persons/nobody/local-account', { as: 'security-admin' })).status).toBe(404);
    expect((await api.post('/persons/central-head/local-account', { as: 'security-admin' })).body.code).toBe(
      'accountExists',
    );
    expect((await api.get('/local-accounts', { as: 'central-head' })).status).toBe(403);
    const { body } = await api.get('/local-accounts', { as: 'auditor' });
    expect(body.items[0]).toMatchObject({ person: { id: 'central-head' }, mustChange: false });
  });

  test('of an administrator is given out in halves, to two administrators', async () => {
    const made = await api.post('/persons/system-admin/local-account', { as: 'security-admin' });
    expect(made.body.half).toBe(true);
    expect((await jarOf(api).signIn('system-admin', made.body.password)).body.code).toBe('signInFailed');
    const half = (as: string) => api.post('/persons/system-admin/local-account/other-half', { as });
    expect((await half('security-admin')).body.code).toBe('separation');
    expect((await half('system-admin')).body.code).toBe('separation');
    expect((await half('central-head')).body.code).toBe('forbidden');
    const other = await half('auditor');
    expect(other.status).toBe(200);
    expect((await half('auditor')).status).toBe(404);
    const whole = `${made.body.password}-${other.body.password}`;
    expect((await jarOf(api).signIn('system-admin', whole)).body.next).toBe('newPassword');
  });

  test('whose one-time password has expired says so, to him who knows it', async () => {
    const { body } = await api.post('/persons/east-head/local-account', { as: 'security-admin' });
    await prisma.localCredential.update({ where: { personId: 'east-head' }, data: { expiresAt: new Date(0) } });
    expect((await jarOf(api).signIn('east-head', body.password)).body.code).toBe('passwordExpired');
    expect((await jarOf(api).signIn('east-head', 'wrong')).body.code).toBe('signInFailed');
  });

  test('that is reset ends its sessions; that is removed opens no more', async () => {
    const jar = await withAccount('east-deputy');
    const reset = await api.post('/persons/east-deputy/local-account/reset', {
      as: 'security-admin',
      body: { secondFactor: true },
    });
    expect((await jar.get('/me')).status).toBe(401);
    expect((await jarOf(api).signIn('east-deputy', GOOD)).body.code).toBe('signInFailed');
    expect((await jarOf(api).signIn('east-deputy', reset.body.password)).body.next).toBe('newPassword');
    expect((await api.delete('/persons/east-deputy/local-account', { as: 'security-admin' })).status).toBe(200);
    expect((await jarOf(api).signIn('east-deputy', reset.body.password)).body.code).toBe('signInFailed');
  });

  test('that is removed leaves no session and no token of its person', async () => {
    await api.post('/persons/east-manager/local-account', { as: 'security-admin' });
    const session = await api.sessionOf('east-manager');
    const token = await api.post('/tokens', { headers: session, body: { name: 'made', scopes: ['read'], days: 1 } });
    const byToken = { Authorization: `Bearer ${token.body.token}` };
    expect((await api.get('/me', { headers: byToken })).status).toBe(200);
    expect((await api.delete('/persons/east-manager/local-account', { as: 'security-admin' })).status).toBe(200);
    expect((await api.get('/me', { headers: byToken })).status).toBe(401);
    expect((await api.get('/me', { headers: session })).status).toBe(401);
  });

  test('that is reset leaves nothing that was begun or made with the password before', async () => {
    const made = await api.post('/persons/central-deputy/local-account', { as: 'security-admin' });
    const reset = () =>
      api.post('/persons/central-deputy/local-account/reset', { as: 'security-admin', body: { secondFactor: false } });
    const [thief, owner] = [jarOf(api), jarOf(api)];
    await thief.signIn('central-deputy', made.body.password);
    const again = await reset();
    expect((await thief.post('/sign-in/new-password', { password: BETTER })).body.code).toBe('signInExpired');
    // Two who know the same one-time password: who comes second replaces nothing.
    await thief.signIn('central-deputy', again.body.password);
    await owner.signIn('central-deputy', again.body.password);
    expect((await owner.post('/sign-in/new-password', { password: GOOD })).body.next).toBe('done');
    expect((await thief.post('/sign-in/new-password', { password: BETTER })).body.code).toBe('signInExpired');
    const { body: token } = await owner.post('/tokens', { name: 'made', scopes: ['read'], days: 1 });
    const byToken = () => api.call('GET', '/me', { headers: { Authorization: `Bearer ${token.token}` } });
    expect((await byToken()).status).toBe(200);
    await reset();
    expect((await byToken()).status).toBe(401);
  });

  test('of one who will be an administrator is given out in halves too', async () => {
    await prisma.roleAssignment.create({
      data: {
        id: randomUUID(),
        personId: 'north-head',
        role: 'systemAdmin',
        validFrom: new Date('2199-01-01'),
        document: 'appointed for later',
      },
    });
    expect((await api.post('/persons/north-head/local-account', { as: 'security-admin' })).body.half).toBe(true);
  });

  test('of one who left opens no more', async () => {
    await withAccount('north-deputy');
    await prisma.person.update({ where: { id: 'north-deputy' }, data: { active: false } });
    expect((await jarOf(api).signIn('north-deputy', GOOD)).body.code).toBe('personInactive');
  });

  test('is hashed anew at sign-in when its hash is weaker than it should be', async () => {
    await withAccount('south-deputy');
    const { argon2Sync } = await import('node:crypto');
    const nonce = Buffer.alloc(16, 7);
    const tag = argon2Sync('argon2id', { message: GOOD, nonce, parallelism: 1, tagLength: 32, memory: 64, passes: 1 });
    const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
    const weak = `$argon2id$v=19$m=64,t=1,p=1$${base64(nonce)}$${base64(tag)}`;
    await prisma.localCredential.update({ where: { personId: 'south-deputy' }, data: { passwordHash: weak } });
    expect((await jarOf(api).signIn('south-deputy', GOOD)).body.next).toBe('done');
    const { passwordHash } = await prisma.localCredential.findUniqueOrThrow({ where: { personId: 'south-deputy' } });
    expect(passwordHash).toMatch(/m=19456,t=2,p=1/);
  });
});

describe('a password', () => {
  test('is changed by him who knows the present one; the other sessions end, and the old ones are not taken again', async () => {
    const jar = await withAccount('south-head');
    const other = jarOf(api);
    await other.signIn('south-head', GOOD);
    expect((await jar.put('/me/password', { current: 'wrong', password: BETTER })).body.code).toBe(
      'currentPasswordWrong',
    );
    expect((await jar.put('/me/password', { current: GOOD, password: 'password12345678' })).body.code).toBe(
      'passwordCommon',
    );
    expect((await jar.put('/me/password', { current: GOOD, password: GOOD })).body.code).toBe('passwordReused');
    expect((await jar.put('/me/password', { current: GOOD, password: BETTER })).status).toBe(200);
    expect((await other.get('/me')).status).toBe(401);
    expect((await jar.get('/me')).status).toBe(200);
    expect((await jar.put('/me/password', { current: BETTER, password: GOOD })).body.code).toBe('passwordReused');
    const byToken = await api.put('/me/password', { as: 'south-head', body: { current: BETTER, password: GOOD } });
    expect(byToken.body.code).toBe('stepUpByToken');
  });
});

describe('whoever guesses', () => {
  test('is told the same of a login that is there and one that is not, and is locked out of both alike', async () => {
    await withAccount('southwest-head');
    const tries = async (login: string) => {
      const answers = [];
      for (let count = 0; count < 6; count += 1) answers.push(await jarOf(api).signIn(login, `guess number ${count}`));
      return answers.map(({ status, body }) => [status, body.code, body.detail, body.params?.minutes]);
    };
    const [known, unknown] = [await tries('southwest-head'), await tries('nobody-at-all')];
    expect(known).toEqual(unknown);
    expect(known.map(([status, code]) => `${status} ${code}`)).toEqual([
      ...Array(4).fill('401 signInFailed'),
      ...Array(2).fill('429 signInLocked'),
    ]);
    // Locked: the right password is not even tried.
    expect((await jarOf(api).signIn('southwest-head', GOOD)).body.code).toBe('signInLocked');
    const entries = await codes(['signIn.failed', 'signIn.locked']);
    expect(entries.filter((entry) => entry.actorId === 'southwest-head').map((entry) => entry.act)).toEqual([
      ...Array(5).fill('signIn.failed'),
      'signIn.locked',
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/guess number|nobody-at-all/);
  });

  test('gets no more tries by other spellings of a login', async () => {
    const spellings = [
      'nobody-there',
      ' Nobody-There',
      'nobody-there ',
      'ｎｏｂｏｄｙ-there',
      'nóbody-there',
      'no\u00adbody-there',
    ];
    const answers = [];
    for (const login of spellings) answers.push((await jarOf(api).signIn(login, 'a guess')).body.code);
    expect(answers).toEqual([...Array(4).fill('signInFailed'), ...Array(2).fill('signInLocked')]);
  });

  test('gets back only the one try that nobody could judge', async () => {
    const brakes = [signInBrake('directory', 'somebody')];
    const failed = async () =>
      (await tryUnder(company.deps, brakes))
        .failed(new DomainError('signInFailed'), { personId: null, method: 'directory' })
        .catch(({ code }: DomainError) => code);
    for (let count = 0; count < 4; count += 1) expect(await failed()).toBe('signInFailed');
    await (await tryUnder(company.deps, brakes)).undone();
    expect(await failed()).toBe('signInLocked');
  });

  test('does not lock a member out of a browser he has signed in with before', async () => {
    const jar = await withAccount('southwest-deputy');
    for (let count = 0; count < 7; count += 1) await jarOf(api).signIn('southwest-deputy', 'a stranger guesses');
    expect((await jarOf(api).signIn('southwest-deputy', GOOD)).body.code).toBe('signInLocked');
    await jar.delete('/sessions/current');
    expect((await jar.signIn('southwest-deputy', GOOD)).body.next).toBe('done');
  });

  test('at many doors at once gets no more tries than one after the other', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => jarOf(api).signIn('nobody-else', 'at once')));
    expect(answers.filter(({ body }) => body.code === 'signInFailed')).toHaveLength(4);
  });

  test('is let in again when the time is over, and a success forgets what failed before', async () => {
    await pool.query(`UPDATE sign_in_brakes SET locked_until = now()`);
    expect((await jarOf(api).signIn('southwest-head', GOOD)).body.next).toBe('done');
    for (let count = 0; count < 4; count += 1)
      expect((await jarOf(api).signIn('southwest-head', 'wrong again')).body.code).toBe('signInFailed');
    expect((await jarOf(api).signIn('southwest-head', GOOD)).body.next).toBe('done');
  });
});

describe('a second factor', () => {
  test('is asked for after the password; no code is taken twice; recovery codes work once', async () => {
    const jar = await withAccount('finance-expert');
    const begun = await jar.post('/me/second-factor');
    const code = nextCode(begun.body.uri);
    expect(begun.body.uri).toMatch(/^otpauth:\/\/totp\//);
    expect((await jar.post('/me/second-factor/confirm', { code: '000000' })).body.code).toBe('codeWrong');
    const first = code(0);
    const { body } = await jar.post('/me/second-factor/confirm', { code: first });
    expect(body.recoveryCodes).toHaveLength(10);
    const { totpSecret } = await prisma.localCredential.findUniqueOrThrow({ where: { personId: 'finance-expert' } });
    expect(Buffer.from(totpSecret ?? []).toString('latin1')).not.toContain(begun.body.secret);

    const next = jarOf(api);
    expect((await next.signIn('finance-expert', GOOD)).body).toEqual({ next: 'code' });
    expect((await next.get('/me')).status).toBe(401);
    // The code it was confirmed with has been taken.
    expect((await next.post('/sign-in/code', { code: first })).body.code).toBe('codeWrong');
    const second = code(1);
    expect((await next.post('/sign-in/code', { code: second })).body.next).toBe('done');

    const third = jarOf(api);
    await third.signIn('finance-expert', GOOD);
    expect((await third.post('/sign-in/code', { code: second })).body.code).toBe('codeWrong');
    expect((await third.post('/sign-in/code', { code: body.recoveryCodes[0] })).body.next).toBe('done');
    const fourth = jarOf(api);
    await fourth.signIn('finance-expert', GOOD);
    expect((await fourth.post('/sign-in/code', { code: body.recoveryCodes[0] })).body.code).toBe('codeWrong');
    expect((await fourth.get('/me/local-account')).status).toBe(401);
    expect((await third.get('/me/local-account')).body.account.recoveryCodesLeft).toBe(9);
  });

  test('of two at once with one code one gets in', async () => {
    const { rows } = await pool.query(
      `SELECT 1 FROM local_credentials WHERE person_id = 'finance-expert' AND totp_since IS NOT NULL`,
    );
    expect(rows).toHaveLength(1);
    const { body } = await renewed('finance-expert');
    const jars = [jarOf(api), jarOf(api)];
    for (const jar of jars) await jar.signIn('finance-expert', GOOD);
    const answers = await Promise.all(jars.map((jar) => jar.post('/sign-in/code', { code: body.recoveryCodes[0] })));
    expect(answers.map((answer) => answer.body.next ?? answer.body.code).sort()).toEqual(['codeWrong', 'done']);
  });

  test('is taken away only by one who has just proved who he is', async () => {
    const jar = await withAccount('technology-expert');
    const code = nextCode((await jar.post('/me/second-factor')).body.uri);
    await jar.post('/me/second-factor/confirm', { code: code(0) });
    await age('technology-expert', 6);
    expect((await jar.delete('/me/second-factor')).body.code).toBe('stepUpRequired');
    expect((await jar.post('/me/recovery-codes')).body.code).toBe('stepUpRequired');
    expect((await jar.get('/step-up')).body).toMatchObject({ kind: 'code', method: 'local' });
    expect((await jar.post('/step-up', { password: GOOD })).body.code).toBe('missing');
    expect((await jar.post('/step-up', { code: code(1) })).status).toBe(200);
    expect((await jar.delete('/me/second-factor')).status).toBe(200);
    expect((await jarOf(api).signIn('technology-expert', GOOD)).body.next).toBe('done');
  });

  /** New recovery codes of one who signed in by a session made for him. */
  async function renewed(personId: string) {
    const headers = await api.sessionOf(personId);
    return api.post('/me/recovery-codes', { headers });
  }
});

describe('a session', () => {
  test('has a secret of its own at every sign-in, and the one the browser came with ends', async () => {
    const jar = await withAccount('legal-head');
    const before = jar.cookies.get('session');
    const planted = jarOf(api);
    planted.cookies.set('session', 'planted-by-somebody');
    await planted.signIn('legal-head', GOOD);
    expect(planted.cookies.get('session')).not.toBe('planted-by-somebody');
    await jar.signIn('legal-head', GOOD);
    expect(jar.cookies.get('session')).not.toBe(before);
    const old = await api.get('/me', { headers: { Cookie: `session=${before}` } });
    expect(old.status).toBe(401);
  });

  test('ends with all the others when one signs out everywhere', async () => {
    const [one, two] = [jarOf(api), jarOf(api)];
    await one.signIn('legal-head', GOOD);
    await two.signIn('legal-head', GOOD);
    expect((await one.delete('/sessions')).body).toEqual({ done: true, provider: null });
    expect((await one.get('/me')).status).toBe(401);
    expect((await two.get('/me')).status).toBe(401);
    expect((await codes(['signedOutEverywhere'])).at(-1)).toMatchObject({ actorId: 'legal-head' });
  });

  test('ends everywhere else when its person says so, which goes on record, and nobody else’s ends', async () => {
    const [one, two, another] = [jarOf(api), jarOf(api), jarOf(api)];
    await one.signIn('legal-head', GOOD);
    await two.signIn('legal-head', GOOD);
    await another.post('/sessions', { method: 'demo', personId: 'east-deputy' });
    expect((await one.delete('/sessions/others')).status).toBe(200);
    expect((await one.get('/me')).status).toBe(200);
    expect((await two.get('/me')).status).toBe(401);
    expect((await another.get('/me')).status).toBe(200);
    expect((await codes(['signedOutElsewhere'])).at(-1)).toMatchObject({ actorId: 'legal-head', codes: { ended: 1 } });
    // There are no others any more, which is as good as their end.
    expect((await one.delete('/sessions/others')).status).toBe(200);
  });
});

describe('step-up', () => {
  const set = async (change: Partial<typeof defaultPolicy>) => {
    const body = {
      effectiveFrom: new Date(Date.now() + 60_000).toISOString(),
      note: '身份验证',
      values: { ...defaultPolicy, ...change },
    };
    const { body: made } = await api.post('/policies', { as: 'office-head', body });
    await pool.query('ALTER TABLE policy_versions DISABLE TRIGGER USER');
    await pool.query('UPDATE policy_versions SET effective_from = now() WHERE version = $1', [made.version]);
    await pool.query('ALTER TABLE policy_versions ENABLE TRIGGER USER');
  };

  test('is asked before an override: not of a fresh sign-in, again when it has grown old, and a token cannot', async () => {
    const caseId = await company.submitted();
    const body = { to: 'lapsed', reason: '重复立项' };
    const byToken = await api.post(`/cases/${caseId}/override`, { as: 'system-admin', body });
    expect(byToken.body.code).toBe('stepUpByToken');
    const jar = jarOf(api);
    await jar.post('/sessions', { method: 'demo', personId: 'system-admin' });
    await age('system-admin', 6);
    const key = randomUUID();
    const propose = () => jar.ask('POST', `/cases/${caseId}/override`, { body, headers: { 'Idempotency-Key': key } });
    expect((await propose()).body).toMatchObject({ code: 'stepUpRequired', status: 403 });
    expect((await jar.post('/step-up', { personId: 'security-admin' })).body.code).toBe('invalid');
    expect((await propose()).body.code).toBe('stepUpRequired');
    expect((await jar.post('/step-up', { personId: 'system-admin' })).status).toBe(200);
    const done = await propose();
    expect(done.status).toBe(200);
    // The same act under the same key, once.
    expect((await propose()).body.seq).toBe(done.body.seq);
    expect((await codes(['steppedUp'])).map((entry) => entry.actorId)).toContain('system-admin');
  });

  test('is asked before a vote only where policy says so, of the policy in force now', async () => {
    const caseId = await company.submitted();
    await prisma.task.create({ data: { ...(await voteTask(caseId)), id: 'vote-task' } });
    const vote = (jar: ReturnType<typeof jarOf>) =>
      jar.post('/tasks/vote-task/decisions', { action: 'vote', body: { choice: 'for' } });
    const jar = jarOf(api);
    await jar.post('/sessions', { method: 'demo', personId: 'vice-director-1' });
    await age('vice-director-1', 6);
    // The ballot is not there: the guard has let him come as far as that.
    expect((await vote(jar)).body.code).toBe('notFound');
    await set({ stepUpVote: true });
    expect((await vote(jar)).body.code).toBe('stepUpRequired');
    const byToken = await api.post('/tasks/vote-task/decisions', {
      as: 'vice-director-1',
      body: { action: 'vote', body: { choice: 'for' } },
    });
    expect(byToken.body.code).toBe('stepUpByToken');
    const stranger = await api.post('/tasks/vote-task/decisions', {
      as: 'vice-director-2',
      body: { action: 'vote', body: { choice: 'for' } },
    });
    expect(stranger.body.code).toBe('notCandidate');
    await jar.post('/step-up', { personId: 'vice-director-1' });
    expect((await vote(jar)).body.code).toBe('notFound');
    await age('vice-director-1', 6);
    expect((await vote(jar)).body.code).toBe('stepUpRequired');
    const reference = await api.post('/tasks/vote-task/signal-references', {
      as: 'vice-director-1',
      body: { action: 'vote', body: { choice: 'for' }, minutes: 5 },
    });
    expect(reference.body.code).toBe('stepUpByToken');
    await set({ stepUpVote: false });
    expect((await vote(jar)).body.code).toBe('notFound');
  });

  test('by a password locks like a sign-in', async () => {
    const jar = await withAccount('engineering-head');
    await age('engineering-head', 6);
    expect((await jar.get('/step-up')).body).toMatchObject({ kind: 'password', login: 'engineering-head' });
    for (let count = 0; count < 4; count += 1)
      expect((await jar.post('/step-up', { password: 'not this one' })).body.code).toBe('signInFailed');
    expect((await jar.post('/step-up', { password: 'not this one' })).body.code).toBe('signInLocked');
    expect((await jar.post('/step-up', { password: GOOD })).body.code).toBe('signInLocked');
    await pool.query('UPDATE sign_in_brakes SET locked_until = now()');
    expect((await jar.post('/step-up', { password: GOOD })).status).toBe(200);
    expect((await api.get('/step-up', { as: 'engineering-head' })).body.code).toBe('stepUpByToken');
  });

  async function voteTask(caseId: string) {
    const now = new Date();
    return {
      ...{ caseId, step: 'approving', round: 1, kind: 'vote', blocking: true, actions: ['vote', 'recuse'] },
      ...{
        candidates: ['person:vice-director-1'],
        escalations: [],
        ballotId: 'no-ballot',
        subject: {},
        status: 'open',
      },
      ...{ openedAt: now, openedSeq: 1, periodAt: now, calendarDays: false, provisional: false, silence: 'none' },
      ...{ level: 0, extended: false },
    };
  }
});
