import { request as ask } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { problem } from '../../api/contract/shared.ts';
import { standardConnections } from '../../api/server.ts';
import { type Api, startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);
const as = 'central-submitter';
const consoleFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));
const withConsole = await startApi(company, (deps) => ({ ...deps, consoleFolder }));

const headersOf = async (path: string) => Object.fromEntries((await api.get(path, { as })).headers);

/** A request as a browser would send it: `fetch` of Node lets nobody set Origin, Host or Sec-Fetch-Site. */
function browser(to: Api, path: string, headers: Record<string, string>, method = 'POST', body = '{}') {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = ask(`${to.url}/api/v1${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    sent.on('error', reject).on('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, body: text });
    });
    sent.end(method === 'GET' ? '' : body);
  });
}

/** What comes back on a bare connection for these bytes, until the other end closes it. */
function bare(to: Api, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const { hostname, port } = new URL(to.url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('error', () => {}).on('close', () => resolve(said));
  });
}

/** Status and code of an answer read as bytes; what it says is a problem. */
function refusedAs(said: string): [number, string] {
  const body = problem.parse(JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4)));
  expect(said).toMatch(/^content-type: application\/problem\+json/im);
  return [Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1]), body.code];
}

describe('every answer', () => {
  test.each([
    ['/me'],
    ['/nowhere'],
    ['//openapi.json'],
    ['//docs'],
    ['//healthz'],
    ['//metrics'],
    ['//nowhere'],
    ['//codec/decode'],
  ])('of %s forbids a browser what the console never needs', async (path) => {
    const headers = await headersOf(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toMatch(/\bcamera=\(\).*\bgeolocation=\(\).*\bmicrophone=\(\)/);
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    // Over plain HTTP a browser must not be told to remember HTTPS.
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  test('allows scripts of this host alone, none in the page, and no frame around it', async () => {
    const policy = String((await headersOf('//docs'))['content-security-policy']);
    const directives = new Map(policy.split(';').map((each) => [each.trim().split(' ')[0], each.trim()]));
    expect(directives.get('script-src')).toBe("script-src 'self'");
    expect(directives.get('script-src-attr')).toBe("script-src-attr 'none'");
    expect(directives.get('default-src')).toBe("default-src 'self'");
    expect(directives.get('object-src')).toBe("object-src 'none'");
    expect(directives.get('frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
  });

  test.each([['/me'], ['/cases/nobody'], ['/nowhere'], ['/sign-in/methods'], ['//healthz'], ['//metrics']])(
    'of %s is kept by no cache',
    async (path) => {
      expect((await headersOf(path))['cache-control']).toBe('no-store');
    },
  );
});

describe('in production mode', async () => {
  const production = await startApi(company, (deps) => ({
    ...deps,
    config: { ...deps.config, production: true, demo: false },
  }));

  test('browsers are told to come by HTTPS from then on', async () => {
    expect((await production.get('/me', { as })).headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
  });

  test('the session is a __Host- cookie, sent over HTTPS alone, that no script reads', async () => {
    const made = await production.post('/persons/central-head/local-account', { as: 'security-admin' });
    const post = (path: string, body: object, cookie = '') =>
      production.post(path, { body, headers: { Cookie: cookie } });
    const login = { method: 'local', login: 'central-head', password: made.body.password };
    const begun = (await post('/sign-in/password', login)).headers.getSetCookie();
    const attempt = begun.map((each) => each.split(';')[0]).join('; ');
    const set = (
      await post('/sign-in/new-password', { password: 'tile-harbour-quince-71' }, attempt)
    ).headers.getSetCookie();
    const session = String(set.find((each) => each.startsWith('__Host-session=')));
    for (const attribute of [/; HttpOnly/, /; Secure/, /; SameSite=Lax/, /; Path=\//])
      expect(session).toMatch(attribute);
    expect(session).not.toMatch(/Domain/i);
    for (const cookie of [...begun, ...set]) expect(cookie).toMatch(/^__(Host|Secure)-.*HttpOnly; Secure|=; /);
    const cookie = String(session.split(';')[0]);
    expect((await production.get('/me', { headers: { Cookie: cookie } })).body.person.id).toBe('central-head');
    // Under the name that development uses, which a page of another port could set, it opens nothing.
    const renamed = cookie.replace('__Host-', '');
    expect((await production.get('/me', { headers: { Cookie: renamed } })).status).toBe(401);
  });

  test('the demo organisation cannot be entered', async () => {
    const entered = await production.post('/sessions', { body: { method: 'demo', personId: as } });
    expect(entered.status).toBe(404);
  });
});

describe('a page of another site', async () => {
  const session = await api.sessionOf(as);
  const write = (headers: Record<string, string>) => browser(api, '/notifications/read', { ...session, ...headers });
  const host = new URL(api.url).host;

  test('writes nothing, even with cookie and page token', async () => {
    const foreign: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'cross-site' },
      // Another port of this host: cookies know no ports.
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example' },
      { Origin: `http://${host}.evil.example` },
      { Origin: 'null' },
    ];
    for (const headers of foreign) {
      const { status, body } = await write(headers);
      expect([status, JSON.parse(body).code], JSON.stringify(headers)).toEqual([403, 'foreignSite']);
    }
  });

  test('signs nobody in', async () => {
    const entering = JSON.stringify({ method: 'demo', personId: as });
    const { status, body } = await browser(api, '/sessions', { 'Sec-Fetch-Site': 'cross-site' }, 'POST', entering);
    expect([status, JSON.parse(body).code]).toEqual([403, 'foreignSite']);
  });

  test('is told from the console and from programs, which write', async () => {
    const own: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'same-origin', Origin: `http://${host}` },
      { 'Sec-Fetch-Site': 'none' },
      { Origin: `http://${host}` },
      {},
    ];
    for (const headers of own)
      expect((await write({ 'Idempotency-Key': crypto.randomUUID(), ...headers })).status).not.toBe(403);
  });

  test('cannot write through a link or a form: reading changes nothing, and a form is no JSON', async () => {
    const form = { ...session, 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await browser(api, '/notifications/read', form)).status).toBe(415);
  });
});

test('a method that an address does not take is told which it takes, by the word that stands there', async () => {
  for (const [path, allowed] of [
    ['/tasks/claims', 'POST'],
    ['/tasks/t1', 'GET'],
    ['/filters/order', 'PUT'],
    ['/filters/f1', 'PUT, DELETE'],
  ] as const) {
    const answer = await api.call('PATCH', path, { as });
    expect([answer.status, answer.body.code, answer.headers.get('Allow')]).toEqual([405, 'methodNotAllowed', allowed]);
  }
});

test('asking about a person who is not there makes no key for him', async () => {
  const made: string[] = [];
  const getOrCreate = (scope: string) => {
    made.push(scope);
    return company.deps.keys.getOrCreate(scope);
  };
  const watched = await startApi(company, (deps) => ({ ...deps, keys: { ...deps.keys, getOrCreate } }));
  for (const path of ['', '/reset', '/other-half']) {
    const body = path === '/reset' ? { body: { secondFactor: false } } : {};
    const asked = await watched.post(`/persons/8.x/local-account${path}`, { as: 'security-admin', ...body });
    expect([path, asked.status]).toEqual([path, 404]);
  }
  expect(made.filter((scope) => scope.includes('8.x'))).toEqual([]);
});

test('what is looked for is looked for as it stands: no sign stands for any other', async () => {
  for (const text of ['%', '_', '%%', '\\'])
    for (const path of ['/persons/search', '/cases/search', '/tasks/search', '/accounts/search', '/clients/search']) {
      const { status, body } = await api.post(path, { as: 'office-head', body: { text } });
      expect([path, status, body.items]).toEqual([path, 200, []]);
    }
});

test('null is no body, where none would do', async () => {
  const nothing = { as, headers: { 'Content-Type': 'application/json' } };
  expect((await api.post('/cases/search', { ...nothing, raw: 'null' })).status).toBe(422);
  expect((await api.post('/cases/search', { as })).status).toBe(200);
});

test('a filter of executions that could be more than a word is refused, and not left out', async () => {
  for (const filter of ['process', 'state']) {
    const { status, body } = await api.get(`/workflows?${filter}=x' OR 'a'='a`, { as: 'system-admin' });
    expect([status, body.field]).toEqual([422, filter]);
  }
});

test('a path that leads out of the console’s folder, or decodes to nothing, names nothing', async () => {
  const paths = [
    '//assets/..%2f..%2fpackage.json',
    '//assets/%2e%2e%2fapi',
    '//assets/%00',
    '//assets/%ff',
    '//..%2f..%2fetc/passwd',
  ];
  for (const path of paths) {
    const { status, body } = await withConsole.get(path);
    expect([path, status === 200 ? String(body).startsWith('<!doctype html>') : body.code]).toEqual([
      path,
      status === 200 ? true : 'notFound',
    ]);
  }
});

describe('limits', async () => {
  const small = await startApi(company, (deps) => deps, {
    ...standardConnections,
    headerMs: 300,
    requestMs: 900,
  });

  test('an address or headers beyond 16 KB are refused with a problem', async () => {
    for (const head of [
      `GET /api/v1/tasks?kind=${'x'.repeat(20_000)} HTTP/1.1\r\n`,
      `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n`,
    ])
      expect(refusedAs(await bare(api, `${head}Host: localhost\r\n\r\n`))).toEqual([431, 'headersTooLarge']);
  });

  test('headers that come too slowly are not waited for', async () => {
    expect(refusedAs(await bare(small, 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: '))).toEqual([
      408,
      'requestTimeout',
    ]);
  });

  test('a body that comes too slowly is not waited for', async () => {
    const token = api.tokens[as]?.token;
    const head = [
      'POST /api/v1/recommendations HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${token}`,
      'Idempotency-Key: slow-body-1',
      'Content-Type: application/json',
      'Content-Length: 1000',
    ];
    const said = await bare(small, `${head.join('\r\n')}\r\n\r\n{"form":`);
    expect(said === '' || refusedAs(said)[0] < 500).toBe(true);
  });

  test('what is no HTTP is refused with a problem, and two lengths or a folded header are not guessed at', async () => {
    for (const bytes of [
      'garbage\r\n\r\n',
      'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
      'GET / HTTP/1.1\r\nHost : x\r\n\r\n',
    ])
      expect(refusedAs(await bare(api, bytes))).toEqual([400, 'malformed']);
  });

  test('connections beyond the number there may be are closed at once', async () => {
    const few = await startApi(company, (deps) => deps, { ...standardConnections, connections: 1 });
    const { hostname, port } = new URL(few.url);
    const held = connect(Number(port), hostname);
    await new Promise((resolve) => held.once('connect', resolve));
    held.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((resolve) => held.once('data', resolve));
    expect(await bare(few, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe('');
    held.destroy();
  });

  test('one person’s requests are limited, and nobody else’s', async () => {
    const few = await startApi(company, (deps) => ({ ...deps, limits: { ...deps.limits, person: 2 } }));
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await few.get('/me', { as })).status);
    expect(statuses).toEqual([200, 200, 429, 429]);
    expect((await few.get('/me', { as: 'east-submitter' })).status).toBe(200);
  });

  test('sign-ins of one address are limited', async () => {
    const few = await startApi(company, (deps) => ({ ...deps, limits: { ...deps.limits, signIn: 2 } }));
    const enter = () => few.post('/sessions', { body: { method: 'demo', personId: as } });
    expect([(await enter()).status, (await enter()).status, (await enter()).status]).toEqual([201, 201, 429]);
  });

  test('a body that unpacks to more than a megabyte, or is nested without end, is refused', async () => {
    const { gzipSync } = await import('node:zlib');
    const packed = await api.post('/recommendations', {
      as,
      raw: gzipSync(JSON.stringify({ form: { conflictDeclaration: 'x'.repeat(50_000_000) } })),
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    });
    expect([packed.status, packed.body.code]).toEqual([413, 'tooLarge']);
    const deep = await api.post('/recommendations', {
      as,
      raw: `{"form":${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
      headers: { 'Content-Type': 'application/json' },
    });
    expect([deep.status, deep.body.code]).toEqual([422, 'invalid']);
  });

  test('a refusal is never longer than what was asked, however long its names are', async () => {
    const long = await api.post('/recommendations', { as, body: { form: { ['k'.repeat(900_000)]: 1 } } });
    expect([long.status, long.body.code]).toEqual([422, 'unknownField']);
    expect(JSON.stringify(long.body).length).toBeLessThan(5000);
  });
});
