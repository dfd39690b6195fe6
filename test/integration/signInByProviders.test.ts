import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { Attribute, Change as DirectoryChange } from 'ldapts';
import { afterAll, describe, expect, test } from 'vitest';
import { configuredSignIn } from '../../api/signIn/configured.ts';
import type { Change } from '../../cases/changes.ts';
import { bringGroupRoles } from '../../cases/groupRoles.ts';
import { createLog } from '../../platform/log.ts';
import { freePort } from '../../platform/ports.ts';
import { type MethodSettings, Secret } from '../../platform/signInSettings.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { BASE, PASSWORD, READER, startDirectoryServer } from '../support/directoryServer.ts';
import { asksWhoOneIs, atProvider, endAtProvider, startOpenIdProvider } from '../support/openId/provider.ts';
import { directorySettings, openIdSettings } from '../support/signInSettings.ts';
import { startWeCom } from '../support/weComStandIn.ts';

const people = {
  'openid-submitter': { name: '华中经办人', employee_number: 'central-submitter' },
  'openid-member': { name: '华南负责人', employee_number: 'south-head' },
  'openid-twin': { name: '另一个华中经办人', employee_number: 'central-submitter' },
  'openid-auditor': { name: '审计员', employee_number: 'auditor' },
  'openid-nobody': {
    name: '外来者',
    employee_number: 'no-such-person',
    email: 'nobody@example.com',
    email_verified: true,
  },
};

const company = await startCompany({ worker: false });
const { prisma } = company.deps;
const [openIdPort, directory, weCom] = await Promise.all([
  freePort(),
  startDirectoryServer(),
  startWeCom([{ userid: 'central-submitter', name: '华中经办人', department: [7] }]),
]);

const group = (name: string) => `CN=${name}, OU=groups, ${BASE}`;
const settings: readonly MethodSettings[] = [
  openIdSettings(`http://127.0.0.1:${openIdPort}`),
  directorySettings(directory, {
    roles: [
      { group: group('Central Submitters'), role: 'dataClerk' },
      { group: group('heads'), role: 'submitter', unit: 'east' },
      { group: group('heads'), role: 'submitter', unit: 'no-such-unit' },
      { group: group('auditors'), role: 'auditor', administrator: true },
    ],
  }),
  {
    ...{ id: 'feishu', kind: 'feishu', label: '飞书', labelEn: 'Feishu', roles: [], ca: null },
    ...{ appId: 'cli_1', appSecret: new Secret('never asked'), personBy: undefined },
    ...{ accountsBase: 'http://127.0.0.1:9', apiBase: 'http://127.0.0.1:9' },
  },
  { ...weCom.settings, roles: [], ca: null, secret: new Secret(weCom.app.secret), personBy: 'userid' },
];

const lines: string[] = [];
const log = createLog(
  'trace',
  {},
  new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) }),
);
const api = await startApi(company, (deps) => ({
  ...deps,
  log,
  signIn: configuredSignIn(deps.signIn.methods, { publicUrl: null, methods: settings }),
}));
const openId = await startOpenIdProvider([`${api.url}/api/v1/sign-in/company/callback`], people, openIdPort);
afterAll(() => Promise.all([openId.stop(), directory.discard()]));

/** A browser: its cookies, here and at the provider. */
function newBrowser() {
  const jar = new Map<string, string>();
  const provider = new Map<string, Map<string, string>>();
  async function go(path: string, init: RequestInit = {}) {
    const response = await fetch(path.startsWith('http') ? path : `${api.url}/api/v1${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
  return {
    jar,
    go,
    /** To the provider and, as somebody, to the door of the way back. */
    async away(login: string, query = ''): Promise<string> {
      // Somebody else sits down there: the provider does not know him yet.
      provider.set(login, provider.get(login) ?? new Map());
      const begun = await go(`/sign-in/company/begin${query}`);
      expect(begun.status).toBe(303);
      const callback = `${api.url}/api/v1/sign-in/company/callback`;
      return (await atProvider(begun.headers.get('Location') ?? '', login, callback, provider.get(login))).href;
    },
    /** The cookies that the provider knows somebody by. */
    atProvider: (login: string) => provider.get(login) ?? new Map<string, string>(),
    async signIn(login: string, query = ''): Promise<string> {
      return (await go(await this.away(login, query))).headers.get('Location') ?? '';
    },
    async weCom(): Promise<string> {
      const begun = await go('/sign-in/wecom/begin');
      const back = await fetch(begun.headers.get('Location') ?? '', { redirect: 'manual' });
      return (await go(back.headers.get('Location') ?? '')).headers.get('Location') ?? '';
    },
    /** By login and password. */
    async password(login: string, password: string) {
      const response = await go('/sign-in/password', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ method: 'directory', login, password }),
      });
      return { status: response.status, body: (await response.json()) as { code?: string; next?: string } };
    },
    async me(): Promise<{ status: number; personId: string | undefined }> {
      const response = await go('/me');
      const body = (await response.json()) as { person?: { id: string } };
      return { status: response.status, personId: body.person?.id };
    },
  };
}
const asAdmin = { as: 'security-admin' };
const strangers = async () =>
  (await api.get('/identities/strangers', asAdmin)).body.items as { method: string; subject: string }[];
const rolesBy = (personId: string) =>
  prisma.roleAssignment.findMany({ where: { personId, source: 'group:directory' }, orderBy: { role: 'asc' } });
const readAll = () => prisma.notification.updateMany({ where: { readAt: null }, data: { readAt: new Date() } });
const inForce = async (personId: string) =>
  (await rolesBy(personId))
    .filter(({ validTo }) => validTo === null)
    .map(({ role, unitId }) => `${role}@${unitId ?? ''}`);

test('every way is offered, each with its name in both languages', async () => {
  const { body } = await api.get('/sign-in/methods');
  expect(body.items).toEqual(
    expect.arrayContaining([
      { method: 'company', kind: 'redirect', label: '公司账号', labelEn: 'Company account' },
      { method: 'directory', kind: 'password', label: '域账号', labelEn: 'Domain account' },
      { method: 'wecom', kind: 'redirect', label: '企业微信', labelEn: 'WeCom' },
    ]),
  );
});

describe('by a provider', () => {
  test('a person whom the configured attribute names is in, goes on to where he was going, and is linked', async () => {
    const browser = newBrowser();
    expect(await browser.signIn('openid-submitter', '?next=%2Fcases')).toBe('/sign-in?next=%2Fcases');
    expect(await browser.me()).toEqual({ status: 200, personId: 'central-submitter' });
    const linked = await prisma.identity.findFirst({ where: { method: 'company', subject: 'openid-submitter' } });
    expect(linked).toMatchObject({ personId: 'central-submitter', linkedBy: null });
  });

  test('a second account with the same attribute is not let in for him', async () => {
    const browser = newBrowser();
    await newBrowser().signIn('openid-submitter');
    expect(await browser.signIn('openid-twin')).toBe('/sign-in?problem=notLinked');
    expect((await browser.me()).status).toBe(401);
  });

  test('an administrator is linked by hand alone, whatever the attribute says', async () => {
    expect(await newBrowser().signIn('openid-auditor')).toBe('/sign-in?problem=notLinked');
  });

  test('where one goes afterwards is never another host', async () => {
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example'])
      expect(await newBrowser().signIn('openid-submitter', `?next=${encodeURIComponent(next)}`)).toMatch(
        /^\/sign-in\?next=/,
      );
  });

  test('the way back is of no use in another browser, and in the same one only once', async () => {
    const [begins, other] = [newBrowser(), newBrowser()];
    const callback = await begins.away('openid-submitter');
    expect((await other.go(callback)).headers.get('Location')).toBe('/sign-in?problem=signInExpired');
    expect((await other.me()).status).toBe(401);
    expect((await begins.go(callback)).headers.get('Location')).toBe('/sign-in?next=');
    begins.jar.delete('session');
    expect((await begins.go(callback)).headers.get('Location')).toBe('/sign-in?problem=signInExpired');
  });

  test('an answer to another browser’s question is refused: nobody is signed in as somebody else by a link', async () => {
    const [attacker, victim] = [newBrowser(), newBrowser()];
    const callback = await attacker.away('openid-submitter');
    await victim.away('openid-member');
    expect((await victim.go(callback)).headers.get('Location')).toBe('/sign-in?problem=signInExpired');
    expect((await victim.me()).status).toBe(401);
  });

  test('the way back of another method is refused', async () => {
    const browser = newBrowser();
    const callback = new URL(await browser.away('openid-submitter'));
    callback.pathname = '/api/v1/sign-in/wecom/callback';
    expect((await browser.go(callback.href)).headers.get('Location')).toBe('/sign-in?problem=signInExpired');
  });

  test('an attempt that took too long is refused', async () => {
    const browser = newBrowser();
    const callback = await browser.away('openid-submitter');
    await prisma.signInAttempt.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await browser.go(callback)).headers.get('Location')).toBe('/sign-in?problem=signInExpired');
  });

  test('a new proof of who sits there is taken from him alone', async () => {
    const browser = newBrowser();
    await browser.signIn('openid-submitter');
    expect(await browser.signIn('openid-member', '?purpose=stepUp')).toMatch(/problem=providerRefused/);
    expect(await prisma.session.count({ where: { personId: 'central-submitter', stepUpAt: { not: null } } })).toBe(0);
    expect(await browser.signIn('openid-submitter', '?purpose=stepUp')).not.toContain('problem');
    expect(await prisma.session.count({ where: { personId: 'central-submitter', stepUpAt: { not: null } } })).toBe(1);
  });

  test('a provider that lets a browser through without asking has proven nobody anew', async () => {
    const proven = async (personId: string) =>
      (await prisma.session.findFirst({ where: { personId }, orderBy: { createdAt: 'desc' } }))?.authenticatedAt;
    await newBrowser().signIn('openid-submitter');
    expect(await proven('central-submitter')).toEqual(new Date(0));
  });

  test('a new proof is taken in the way one signed in, not in one that may be easier', async () => {
    const browser = newBrowser();
    await browser.signIn('openid-submitter');
    const begun = await browser.go('/sign-in/wecom/begin?purpose=stepUp');
    expect(begun.headers.get('Location')).toBe('/proven?problem=notFound');
  });

  test('who signs out is told what is left at the provider, and can end it there too', async () => {
    const browser = newBrowser();
    const signOut = async () => {
      const csrf = ((await (await browser.go('/me')).json()) as { csrfToken: string }).csrfToken;
      const answer = await browser.go('/sessions/current', { method: 'DELETE', headers: { 'X-CSRF-Token': csrf } });
      return (await answer.json()) as unknown;
    };
    await browser.signIn('openid-submitter');
    expect(await signOut()).toEqual({ done: true, provider: { method: 'company', ends: true } });
    expect((await browser.me()).status).toBe(401);
    const url = new URL((await browser.go('/sign-in/company/end')).headers.get('Location') ?? '');
    expect(url.origin).toBe(openId.issuer);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'approvals',
      post_logout_redirect_uri: `${api.url}/sign-in`,
    });
    // The provider still knows the browser, until it has ended its own session: then it comes back here.
    const known = browser.atProvider('openid-submitter');
    expect(known.size).toBeGreaterThan(0);
    expect((await endAtProvider(url.href, `${api.url}/sign-in`, known)).pathname).toBe('/sign-in');
    const begun = await browser.go('/sign-in/company/begin');
    expect(await asksWhoOneIs(begun.headers.get('Location') ?? '', known)).toBe(true);

    await browser.weCom();
    expect(await signOut()).toEqual({ done: true, provider: { method: 'wecom', ends: false } });
    expect((await browser.go('/sign-in/wecom/end')).headers.get('Location')).toBe('/sign-in?left=wecom&ends=no');
    expect((await browser.go('/sign-in/nowhere/end')).headers.get('Location')).toBe('/sign-in?problem=notFound');
  });

  test('who came in by one that asks nobody anew is told which other way of his does, or who gives him one', async () => {
    const browser = newBrowser();
    const helper = expect.objectContaining({ id: 'security-admin' });
    const way = async () => (await (await browser.go('/step-up')).json()) as unknown;
    await browser.signIn('openid-member');
    await prisma.session.updateMany({ where: { personId: 'south-head' }, data: { method: 'feishu' } });
    expect(await way()).toMatchObject({
      ...{ method: 'feishu', kind: 'none', proven: false, helpers: [helper] },
      others: [{ method: 'company', label: '公司账号', labelEn: 'Company account' }],
    });
    await prisma.identity.deleteMany({ where: { personId: 'south-head' } });
    expect(await way()).toMatchObject({ kind: 'none', others: [], helpers: [helper] });
    const csrf = ((await (await browser.go('/me')).json()) as { csrfToken: string }).csrfToken;
    const proof = await browser.go('/step-up', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
      body: JSON.stringify({ password: 'whatever' }),
    });
    expect(await proof.json()).toMatchObject({ code: 'cannotProveAnew' });
  });

  test('a method that is not configured, and a provider that is away, are told on the sign-in page', async () => {
    const begun = (path: string) =>
      newBrowser()
        .go(path)
        .then((response) => response.headers.get('Location'));
    expect(await begun('/sign-in/nowhere/begin')).toBe('/sign-in?problem=notFound');
    expect(await begun('/sign-in/directory/begin')).toBe('/sign-in?problem=notFound');
    expect(await begun('/sign-in/company/begin?purpose=stepUp')).toBe('/sign-in?problem=unauthenticated');
  });
});

test('one person comes in by several methods, and each link ends by itself', async () => {
  const [byOpenId, byDirectory, byWeCom] = [newBrowser(), newBrowser(), newBrowser()];
  await byOpenId.signIn('openid-submitter');
  expect((await byDirectory.password('submitter1', PASSWORD)).body.next).toBe('done');
  expect(await byWeCom.weCom()).toBe('/sign-in?next=');
  for (const browser of [byOpenId, byDirectory, byWeCom])
    expect(await browser.me()).toEqual({ status: 200, personId: 'central-submitter' });
  const { items } = (await api.get('/identities', asAdmin)).body;
  const his = items.filter((each: { person: { id: string } }) => each.person.id === 'central-submitter');
  expect(his.map(({ method }: { method: string }) => method).sort()).toEqual(['company', 'directory', 'wecom']);

  const { method, subject } = his.find((each: { method: string }) => each.method === 'directory');
  expect((await api.post('/identities/end', { ...asAdmin, body: { method, subject } })).status).toBe(200);
  expect((await byDirectory.me()).status).toBe(401);
  expect((await byOpenId.me()).status).toBe(200);
  expect(await inForce('central-submitter')).toEqual([]);
});

describe('a stranger', () => {
  test('is told whom to ask, waits in the security administrator’s list, and is in once he is linked', async () => {
    const browser = newBrowser();
    const before = new Date();
    await readAll();
    expect(await browser.signIn('openid-nobody')).toBe('/sign-in?problem=notLinked');
    await browser.signIn('openid-nobody');
    // Told once, however often he tries; and nobody else is told.
    const told = await prisma.notification.findMany({ where: { kind: 'strangerCame', at: { gte: before } } });
    expect(told.map(({ personId }) => personId)).toEqual(['security-admin']);
    expect((await api.get('/me', asAdmin)).body.badges.strangers).toBeGreaterThan(0);
    expect((await api.get('/me', { as: 'system-admin' })).body.badges.strangers).toBe(0);
    const waiting = (await strangers()).find(({ subject }) => subject === 'openid-nobody');
    expect(waiting).toMatchObject({
      method: 'company',
      name: '外来者',
      login: 'no-such-person',
      email: 'nobody@example.com',
      times: 2,
    });
    const body = { method: 'company', subject: 'openid-nobody', personId: 'north-head' };
    expect((await api.post('/identities', { ...asAdmin, body })).status).toBe(201);
    expect(await browser.signIn('openid-nobody')).toBe('/sign-in?next=');
    expect((await browser.me()).personId).toBe('north-head');
    expect((await strangers()).some(({ subject }) => subject === 'openid-nobody')).toBe(false);
    const { items } = (await api.get('/identities', asAdmin)).body;
    expect(items.find((each: { subject: string }) => each.subject === 'openid-nobody').linkedBy.id).toBe(
      'security-admin',
    );
  });

  test('is linked to nobody who left, to nobody with another account, and never by the administrator to himself', async () => {
    await newBrowser().signIn('openid-twin');
    await newBrowser().signIn('openid-submitter');
    const link = async (personId: string, subject = 'openid-twin') =>
      (await api.post('/identities', { ...asAdmin, body: { method: 'company', subject, personId } })).body.code;
    expect(await link('central-submitter')).toBe('identityTaken');
    expect(await link('security-admin')).toBe('separation');
    // Who could link himself to another administrator would be both persons of a two-person act.
    for (const administrator of ['system-admin', 'auditor']) expect(await link(administrator)).toBe('separation');
    expect(await link('nobody')).toBe('unfitPerson');
    expect(await link('east-head', 'never-seen')).toBe('notFound');
    const dismissal = { ...asAdmin, body: { method: 'company', subject: 'openid-twin' } };
    expect((await api.post('/identities/strangers/dismiss', dismissal)).status).toBe(200);
    expect(await link('east-head')).toBe('notFound');
  });

  test('who is dismissed and tries again is told of no second time before the first is read', async () => {
    const waits = () => prisma.notification.count({ where: { kind: 'strangerCame', readAt: null } });
    const dismissal = { ...asAdmin, body: { method: 'company', subject: 'openid-twin' } };
    await readAll();
    for (let time = 0; time < 3; time += 1) {
      await newBrowser().signIn('openid-submitter');
      await newBrowser().signIn('openid-twin');
      expect(await waits()).toBe(1);
      expect((await api.post('/identities/strangers/dismiss', dismissal)).status).toBe(200);
    }
    await readAll();
    await newBrowser().signIn('openid-twin');
    expect(await waits()).toBe(1);
    expect((await api.post('/identities/strangers/dismiss', dismissal)).status).toBe(200);
  });

  test('is the business of the security administrator alone', async () => {
    for (const as of ['system-admin', 'auditor', 'office-head', 'central-head']) {
      expect((await api.get('/identities', { as })).status).toBe(403);
      expect((await api.get('/identities/strangers', { as })).status).toBe(403);
      expect((await api.get('/identities/refused-roles', { as })).status).toBe(403);
      const body = { method: 'company', subject: 'x', personId: 'east-head' };
      expect((await api.post('/identities', { as, body })).status).toBe(403);
    }
  });
});

describe('by a directory', () => {
  test('login and password are enough; a wrong one is told as such, a disabled account by its name', async () => {
    expect((await newBrowser().password('head1', PASSWORD)).body.next).toBe('done');
    expect((await newBrowser().password('head1', 'wrong')).body.code).toBe('signInFailed');
    expect((await newBrowser().password('left1', PASSWORD)).body.code).toBe('accountDisabled');
  });

  test('roles are what the groups say at each sign-in, and what was granted by hand stays', async () => {
    const manual = await prisma.roleAssignment.count({ where: { personId: 'central-head', source: 'manual' } });
    await newBrowser().password('head1', PASSWORD);
    expect(await inForce('central-head')).toEqual(['submitter@east']);
    await newBrowser().password('head1', PASSWORD);
    expect(await rolesBy('central-head')).toHaveLength(1);
    await member('heads', 'central-head', 'delete');
    await newBrowser().password('head1', PASSWORD);
    expect(await inForce('central-head')).toEqual([]);
    expect(await prisma.roleAssignment.count({ where: { personId: 'central-head', source: 'manual' } })).toBe(manual);
    const acts = await prisma.auditEntry.findMany({ where: { act: { in: ['role.granted', 'role.ended'] } } });
    const { id } = (await rolesBy('central-head'))[0] ?? { id: '' };
    expect(
      acts
        .filter(({ codes }) => (codes as { roleId?: string }).roleId === id)
        .map(({ act }) => act)
        .sort(),
    ).toEqual(['role.ended', 'role.granted']);
    await member('heads', 'central-head', 'add');
  });

  test('a role in a unit that is none is refused, told, and on record once', async () => {
    await newBrowser().password('head1', PASSWORD);
    const entries = () => prisma.auditEntry.count({ where: { act: 'role.refused' } });
    const before = await entries();
    const toldBefore = await prisma.notification.count({ where: { kind: 'roleRefused' } });
    await newBrowser().password('head1', PASSWORD);
    const { items } = (await api.get('/identities/refused-roles', asAdmin)).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        method: 'directory',
        role: 'submitter',
        why: 'noUnit',
        person: expect.objectContaining({ id: 'central-head' }),
      }),
    );
    expect(before).toBeGreaterThan(0);
    expect(await entries()).toBe(before);
    const told = await prisma.notification.findMany({ where: { kind: 'roleRefused' } });
    expect(told.length).toBe(toldBefore);
    expect(new Set(told.map(({ personId }) => personId))).toEqual(new Set(['security-admin']));
  });

  test('the organisation is told to have changed where a role really came or went, not where one was refused', async () => {
    const told: (boolean | undefined)[] = [];
    const deps = { ...company.deps, changed: ({ organisation }: Change) => void told.push(organisation) };
    const bring = (...wanted: { role: string; unitId: string | null }[]) =>
      bringGroupRoles(deps, { personId: 'north-deputy', method: 'directory', wanted });
    await bring({ role: 'submitter', unitId: 'no-such-unit' });
    await bring({ role: 'submitter', unitId: 'no-such-unit' }, { role: 'submitter', unitId: 'east' });
    await bring({ role: 'submitter', unitId: 'east' });
    await bring();
    expect(told).toEqual([false, true, false, true]);
  });

  test('groups make nobody a second administrator', async () => {
    await directory.administer((client) =>
      client.add(`cn=auditors,ou=groups,${BASE}`, {
        objectClass: 'groupOfNames',
        cn: 'auditors',
        member: directory.dnOf('nobody-here'),
      }),
    );
    expect((await newBrowser().password('stranger', PASSWORD)).body.code).toBe('notLinked');
    const waiting = (await strangers()).find(({ method }) => method === 'directory');
    const body = { method: 'directory', subject: waiting?.subject, personId: 'east-manager-2' };
    expect((await api.post('/identities', { ...asAdmin, body })).status).toBe(201);
    const role = { personId: 'east-manager-2', role: 'systemAdmin', validFrom: '2026-01-01', document: '任命文件' };
    await prisma.roleAssignment.create({ data: { ...role, id: randomUUID(), validFrom: new Date(role.validFrom) } });
    expect((await newBrowser().password('stranger', PASSWORD)).body.next).toBe('done');
    expect(await inForce('east-manager-2')).toEqual([]);
    const { items } = (await api.get('/identities/refused-roles', asAdmin)).body;
    expect(items).toContainEqual(expect.objectContaining({ role: 'auditor', why: 'separation' }));
  });

  test('a directory that is away is told as such and locks nobody out', async () => {
    await directory.stop();
    for (let count = 0; count < 12; count += 1)
      expect((await newBrowser().password('head1', PASSWORD)).body.code).toBe('providerAway');
    await directory.startAgain();
    expect((await newBrowser().password('head1', PASSWORD)).body.next).toBe('done');
  });

  test('a directory that is away during a new proof is told as such, and counts as no failed try', async () => {
    const browser = newBrowser();
    await browser.password('head1', PASSWORD);
    const prove = async (password: string) => {
      const csrf = ((await (await browser.go('/me')).json()) as { csrfToken: string }).csrfToken;
      const answer = await browser.go('/step-up', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
        body: JSON.stringify({ login: 'head1', password }),
      });
      return [answer.status, ((await answer.json()) as { code?: string }).code];
    };
    await directory.stop();
    for (let count = 0; count < 8; count += 1) expect(await prove(PASSWORD)).toEqual([503, 'providerAway']);
    await directory.startAgain();
    expect(await prove('wrong')).toEqual([401, 'signInFailed']);
    expect(await prove(PASSWORD)).toEqual([200, undefined]);
  });
});

test('no secret, code, token or password stands in the log or in the audit trail', async () => {
  const browser = newBrowser();
  const callback = await browser.away('openid-submitter');
  await browser.go(callback);
  await browser.go(callback);
  await newBrowser().password('head1', 'a-wrong-password-Z1');
  const code = new URL(callback).searchParams.get('code') ?? 'none';
  const audit = JSON.stringify(await prisma.auditEntry.findMany({ select: { act: true, codes: true } }));
  const written = lines.join('') + audit;
  expect(lines.length).toBeGreaterThan(10);
  const held = [...browser.jar.values(), code, PASSWORD, READER.password, 'a-wrong-password-Z1', 'head1'];
  for (const secret of [...held, openId.client.secret, weCom.app.secret, 'TOKEN-', 'CODE-', '外来者'])
    expect(written).not.toContain(secret);
});

async function member(name: string, number: string, operation: 'add' | 'delete'): Promise<void> {
  await directory.administer(async (client) => {
    const values = [directory.dnOf(number)];
    // A group has a member always.
    const filler = new DirectoryChange({
      operation: operation === 'delete' ? 'add' : 'delete',
      modification: new Attribute({ type: 'member', values: [directory.dnOf('star')] }),
    });
    const change = new DirectoryChange({ operation, modification: new Attribute({ type: 'member', values }) });
    await client.modify(`cn=${name},ou=groups,${BASE}`, operation === 'delete' ? [filler, change] : [change, filler]);
  });
}
