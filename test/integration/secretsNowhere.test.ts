import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollector } from '../support/collector.ts';
import { exampleForm } from '../support/company.ts';
import { type Instance, startInstance } from '../support/instance.ts';

/** What must be nowhere but encrypted, or as a hash, in the database: by what it is. Given by the test, or told by the system on the way. */
const secrets = new Map<string, string>();
function marked(what: string): string {
  const marker = `mk${Math.random().toString(36).slice(2, 10)}${what.length}`;
  secrets.set(what, marker);
  return marker;
}
const told: string[] = [];
const collector = await startCollector();
let instance: Instance;
let tokens: Record<string, { token: string }>;

beforeAll(async () => {
  const { mkdtemp } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const dataDir = await mkdtemp(join(tmpdir(), 'approvals-markers-'));
  const file = join(dataDir, 'sign-in.json');
  const away = '127.0.0.1:9';
  await writeFile(
    file,
    JSON.stringify({
      publicUrl: 'http://127.0.0.1:1',
      methods: [
        {
          id: 'company',
          kind: 'openIdConnect',
          label: '公司',
          labelEn: 'Company',
          issuer: `https://${away}`,
          clientId: 'c',
          clientSecret: { env: 'MARKED_CLIENT' },
        },
        {
          id: 'ad',
          kind: 'directory',
          label: '域',
          labelEn: 'Domain',
          servers: [`ldaps://${away}`],
          bindDn: 'cn=a',
          bindPassword: { env: 'MARKED_BIND' },
          base: 'dc=a',
          loginAttribute: 'uid',
          subjectAttribute: 'uid',
          nameAttribute: 'cn',
        },
      ],
    }),
  );
  const env = {
    LOG_LEVEL: 'trace',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${marked('what the collector wants to see')}`,
    SIGN_IN_FILE: file,
    MARKED_CLIENT: marked('OIDC client secret'),
    MARKED_BIND: marked('bind password'),
  };
  instance = await startInstance({ dataDir, env });
  tokens = JSON.parse(await readFile(join(dataDir, 'demo-tokens.json'), 'utf8'));
  for (const [person, { token }] of Object.entries(tokens)) secrets.set(`token of ${person}`, token);
  secrets.set('password of the database', (await readFile(join(dataDir, 'postgres', 'password'), 'utf8')).trim());
}, 300_000);
afterAll(async () => {
  await instance?.discard();
  await collector.stop();
}, 120_000);

type Asked = { as?: string; body?: unknown; raw?: NonNullable<RequestInit['body']>; headers?: Record<string, string> };

// biome-ignore lint/suspicious/noExplicitAny: what a test expects of an answer is checked by its expectation
async function ask(method: string, path: string, { as, body, raw, headers = {} }: Asked = {}): Promise<any> {
  const response = await fetch(`${instance.url}/api/v1${path}`, {
    method,
    redirect: 'manual',
    headers: {
      'Idempotency-Key': crypto.randomUUID(),
      ...(as ? { Authorization: `Bearer ${tokens[as]?.token}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(raw === undefined ? (body === undefined ? {} : { body: JSON.stringify(body) }) : { body: raw }),
  });
  const text = await response.text();
  if (response.status >= 400) told.push(text);
  told.push(response.headers.get('Location') ?? '');
  const cookies = response.headers.getSetCookie().map((each) => String(each.split(';')[0]));
  for (const cookie of cookies)
    if (cookie.split('=')[1]) secrets.set(`cookie ${cookie.split('=')[0]}`, String(cookie.split('=')[1]));
  const parsed = text.startsWith('{') ? JSON.parse(text) : {};
  if (parsed.csrfToken) secrets.set('page token', parsed.csrfToken);
  return { status: response.status, cookie: cookies.join('; '), ...parsed };
}
const post = (path: string, asked: Asked) => ask('POST', path, asked);

/** A local account from its one-time password to its second factor, with every mistake on the way. */
async function signIn(): Promise<void> {
  const login = 'central-head';
  const made = await post(`/persons/${login}/local-account`, { as: 'security-admin' });
  secrets.set('one-time password', made.password);
  const enter = (password: string, name = login) =>
    post('/sign-in/password', { body: { method: 'local', login: name, password } });
  expect((await enter(marked('wrong password'))).status).toBe(401);
  expect((await enter('whatever-it-is-12', marked('password in the field of the login'))).status).toBe(401);
  const begun = await enter(made.password);
  expect(
    (
      await post('/sign-in/new-password', {
        body: { password: marked('refused password') },
        headers: { Cookie: begun.cookie },
      })
    ).status,
  ).toBe(422);
  const password = `tile-harbour-${marked('password')}`;
  const entered = await post('/sign-in/new-password', { body: { password }, headers: { Cookie: begun.cookie } });
  expect(entered.next).toBe('done');
  const session = { Cookie: entered.cookie, 'X-CSRF-Token': entered.csrfToken };
  const factor = await post('/me/second-factor', { headers: session });
  secrets.set('secret of the second factor', factor.secret);
  const totp = new TOTP({ secret: new URL(factor.uri).searchParams.get('secret') ?? '' });
  const confirmed = await post('/me/second-factor/confirm', { body: { code: totp.generate() }, headers: session });
  expect(confirmed.status).toBe(200);
  for (const [index, code] of confirmed.recoveryCodes.entries()) secrets.set(`recovery code ${index}`, code);
  const next = await enter(password);
  expect(next.next).toBe('code');
  await post('/sign-in/code', {
    body: { code: confirmed.recoveryCodes[0].split('').reverse().join('') },
    headers: { Cookie: next.cookie },
  });
  expect(
    (await post('/sign-in/code', { body: { code: confirmed.recoveryCodes[0] }, headers: { Cookie: next.cookie } }))
      .status,
  ).toBe(200);
  const token = await post('/tokens', { as: 'central-submitter', body: { name: 'mine', scopes: ['read'], days: 1 } });
  secrets.set('new token', token.token);
  // The providers are not there.
  await ask('GET', '/sign-in/company/begin');
  await ask(
    'GET',
    `/sign-in/company/callback?code=${marked('code of a provider')}&state=${marked('state of a provider')}`,
  );
  await post('/sign-in/password', {
    body: { method: 'ad', login: 'someone', password: marked('password for the directory') },
  });
}

/** A recommendation with something confidential in every field people fill in, endorsed and returned. */
async function recommend(): Promise<string> {
  const form = exampleForm((given) => {
    given.client.name = `${given.client.name}${marked('name of the client')}`;
    const contact = given.client.contact as { address?: string; phone?: string } | undefined;
    if (contact) contact.address = `武汉市${marked('address')}`;
    for (const person of given.keyPersons ?? []) person.post = `张${marked('key person')}`;
    given.conflictDeclaration = marked('declaration');
  });
  const created = await post('/recommendations', { as: 'central-submitter', body: { form } });
  expect(created.status).toBe(201);
  const { caseId } = created;
  await post(`/cases/${caseId}/comments`, { as: 'central-submitter', body: { text: `意见${marked('comment')}` } });
  const file = new FormData();
  file.set('caseId', caseId);
  file.set('purpose', 'intent');
  file.set(
    'file',
    new Blob([`%PDF-1.4\n${marked('contents of a file')}\n%%EOF\n`]),
    `意向书${marked('name of a file')}.pdf`,
  );
  expect((await post('/attachments', { as: 'central-submitter', raw: file })).status).toBe(201);
  const wait = { Prefer: 'wait=20' };
  const submitted = await post(`/recommendations/${caseId}/submit`, {
    as: 'central-submitter',
    body: {},
    headers: wait,
  });
  expect(submitted.status).toBe(200);
  await answer(caseId, 'central-head', 'endorse', { opinion: `同意${marked('opinion')}` });
  await answer(caseId, 'office-clerk-1', 'return', { reason: `退回${marked('reason')}` });
  return caseId;
}

async function answer(caseId: string, as: string, action: string, body: object): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const { items = [] } = await ask('GET', `/tasks?box=${tries % 2 ? 'group' : 'mine'}`, { as });
    const row = items.find(
      (each: { task: { actions: string[] } | null; case: { id: string } }) =>
        each.case.id === caseId && each.task?.actions.includes(action),
    );
    if (row) {
      const given = await post(`/tasks/${row.task.id}/decisions`, {
        as,
        body: { action, body },
        headers: { Prefer: 'wait=20' },
      });
      expect(given.status).toBe(200);
      return;
    }
    if (tries > 600) throw new Error(`no task to ${action}`);
    await pause(100);
  }
}

/** What is looked for, and what cannot be read, is refused or is not. */
async function stumble(caseId: string): Promise<void> {
  const as = 'office-clerk-1';
  const name = marked('name looked for');
  for (const path of ['/cases/search', '/tasks/search', '/persons/search', '/clients/search', '/accounts/search'])
    expect((await post(path, { as, body: { text: name } })).status).toBe(200);
  await post('/clients/check', { as, body: { name } });
  await post('/recommendations', {
    as: 'central-submitter',
    raw: `{"form": ${marked('broken JSON')}`,
    headers: { 'Content-Type': 'application/json' },
  });
  await post('/recommendations', {
    as: 'central-submitter',
    body: { form: { expectedSubsequentYuan: marked('bad amount'), client: { uscc: marked('bad code') } } },
  });
  await post(`/cases/${caseId}/comments`, { as, body: { text: `\0${marked('text that cannot be stored')}` } });
  await ask('GET', `/cases/${marked('id that is none')}`, { as });
  await ask('GET', `/tasks?box=${marked('query that is none')}`, { as });
  await ask('GET', `/tasks?cursor=${marked('cursor')}`, { as });
  await ask('GET', '/me', { headers: { Authorization: `Bearer ${marked('token that is none')}` } });
  await ask('GET', '/me', { headers: { Cookie: `session=${marked('session that is none')}` } });
  await post('/recommendations', {
    as: 'central-submitter',
    body: { form: {} },
    headers: { 'Idempotency-Key': `${marked('key')} with blanks` },
  });
  await ask('GET', '/me', {
    as,
    headers: {
      'User-Agent': marked('browser'),
      'X-Request-Id': `${marked('request id')} with blanks`,
      traceparent: marked('trace'),
    },
  });
}

// Articles 6.5 and 11: nothing leaked.
test('no secret and nothing confidential is in any log or trace, in what is printed, in Temporal, in what is refused or in an address', async () => {
  await signIn();
  const caseId = await recommend();
  await stumble(caseId);
  await instance.end();

  const { dataDir } = instance;
  const logs = await readdir(join(dataDir, 'logs'));
  expect(logs.sort()).toEqual(expect.arrayContaining(['api.log', 'postgres.log', 'temporal.log', 'worker.log']));
  const places = new Map<string, Buffer>([
    ['what was printed', Buffer.from(instance.output())],
    ['what was refused', Buffer.from(told.join('\n'))],
    ['what was traced', Buffer.from(collector.bodies.join('\n'))],
  ]);
  for (const name of logs) places.set(name, await readFile(join(dataDir, 'logs', name)));
  for (const name of await readdir(join(dataDir, 'temporal')))
    if (name.startsWith('temporal.db')) places.set(name, await readFile(join(dataDir, 'temporal', name)));
  const master = await readFile(join(dataDir, 'keys', 'master.key'));
  for (const encoding of ['hex', 'base64', 'base64url', 'latin1'] as const)
    secrets.set(`master key, ${encoding}`, master.toString(encoding));

  // Were they not written at all, nothing would be found in them.
  expect(places.get('api.log')?.toString()).toContain('"level":"debug"');
  expect(places.get('temporal.db')?.includes(caseId)).toBe(true);
  const [{ traceId } = { traceId: '' }] = collector.spans.filter(({ name }) => name.startsWith('activity openStep'));
  const services = collector.spans.filter((span) => span.traceId === traceId).map(({ service }) => service);
  expect([...new Set(services)].sort()).toEqual(['approvals-api', 'approvals-worker']);
  const found = [...secrets].flatMap(([what, secret]) =>
    [...places]
      .filter(([, content]) => formsOf(secret).some((form) => content.includes(form)))
      .map(([place]) => `${what} in ${place}`),
  );
  expect(secrets.size).toBeGreaterThan(40);
  expect(found).toEqual([]);
}, 300_000);

/** As it is, and as an encoding may show it. */
function formsOf(secret: string): Buffer[] {
  const bytes = Buffer.from(secret);
  return [bytes, Buffer.from(bytes.toString('hex')), Buffer.from(encodeURIComponent(secret))];
}
