import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { routeGroups } from '../../api/contract/routes.ts';
import { createDescription } from '../../api/description.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);
const { prisma } = company.deps;

const routes = Object.values(routeGroups).flatMap((group) => Object.values(group));
const filled = (path: string) => path.replaceAll(/\{\w+\}/g, 'x1');

describe('the description at /openapi.json', () => {
  test('names every route of the contract and nothing else', async () => {
    const { body } = await api.get('//openapi.json');
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(routes.map((route) => `${route.method} /api/v1${route.path}`).sort());
    expect(body.openapi).toBe('3.1.0');
    expect(JSON.parse(JSON.stringify(createDescription()))).toEqual(body);
  });

  test('is readable as a page that asks no other host for anything', async () => {
    const { status, body, headers } = await api.get('//docs');
    expect(status).toBe(200);
    expect(body).toContain('/api/v1/tasks/{id}/decisions');
    expect(body).not.toMatch(/(src|href)="https?:|<script/);
    expect(headers.get('Content-Security-Policy')).toContain("script-src 'self'");
  });
});

describe('without sign-in', () => {
  test.each(routes.filter((route) => !('access' in route)).map((route) => [route.method, route.path] as const))(
    '%s %s is refused with 401',
    async (method, path) => {
      const { status, body } = await api.call(method.toUpperCase(), filled(path), {
        ...(method === 'get' ? {} : { body: {} }),
      });
      expect({ status, code: body.code }).toEqual({ status: 401, code: 'unauthenticated' });
    },
  );
});

describe('with a role that may not', () => {
  const guarded = routes.filter((route) => route.roles);
  test.each(guarded.map((route) => [route.method, route.path, route.roles] as const))(
    '%s %s is refused with 403 and audited',
    async (method, path, roles) => {
      const as = roles?.includes('submitter') ? 'finance-expert' : 'east-submitter';
      const { status, body } = await api.call(method.toUpperCase(), filled(path), {
        as,
        ...(method === 'get' ? {} : { body: {} }),
      });
      expect({ status, code: body.code }).toEqual({ status: 403, code: 'forbidden' });
      const denial = await prisma.auditEntry.findFirst({
        where: { act: 'denied', actorId: as },
        orderBy: { seq: 'desc' },
      });
      expect(denial?.codes).toMatchObject({ target: `${method.toUpperCase()} ${path}`, code: 'forbidden' });
    },
  );
});

describe('a session', () => {
  const signIn = async (personId: string) => {
    const answer = await api.post('/sessions', { body: { method: 'demo', personId } });
    const cookie = (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
    return { cookie, set: answer.headers.get('Set-Cookie') ?? '', csrf: String(answer.body.csrfToken) };
  };

  test('is kept in an HttpOnly SameSite cookie of which only the hash is stored', async () => {
    const { cookie, set } = await signIn('central-submitter');
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Lax/);
    const secret = cookie.split('=')[1] ?? '';
    expect(await prisma.session.findUnique({ where: { id: secret } })).toBeNull();
    const me = await api.get('/me', { headers: { Cookie: cookie } });
    expect(me.body.person.id).toBe('central-submitter');
  });

  test('writes only with its own page token, also not with that of another session', async () => {
    const mine = await signIn('central-submitter');
    const other = await signIn('east-submitter');
    const write = (csrf: string) =>
      api.post('/recommendations', { body: { form: {} }, headers: { Cookie: mine.cookie, 'X-CSRF-Token': csrf } });
    expect((await write('')).body.code).toBe('csrf');
    expect((await write(other.csrf)).body.code).toBe('csrf');
    expect((await write(mine.csrf)).status).toBe(201);
  });

  test('ends at once when it is revoked, from another session too', async () => {
    const first = await signIn('south-head');
    const second = await signIn('south-head');
    const { body } = await api.get('/sessions', { headers: { Cookie: second.cookie } });
    const id = body.items.find((session: { current: boolean }) => !session.current).id;
    const revoked = await api.delete(`/sessions/${id}`, {
      headers: { Cookie: second.cookie, 'X-CSRF-Token': second.csrf },
    });
    expect(revoked.status).toBe(200);
    expect((await api.get('/me', { headers: { Cookie: first.cookie } })).status).toBe(401);
    expect((await api.get('/me', { headers: { Cookie: second.cookie } })).status).toBe(200);
  });

  test('that has expired, lain idle or been made up is refused', async () => {
    const { cookie } = await signIn('north-head');
    const where = { personId: 'north-head' };
    await prisma.session.updateMany({ where, data: { lastSeenAt: new Date(Date.now() - 61 * 60_000) } });
    expect((await api.get('/me', { headers: { Cookie: cookie } })).body.code).toBe('unauthenticated');
    await prisma.session.updateMany({ where, data: { lastSeenAt: new Date(), expiresAt: new Date(Date.now() - 1) } });
    expect((await api.get('/me', { headers: { Cookie: cookie } })).body.code).toBe('unauthenticated');
    expect((await api.get('/me', { headers: { Cookie: 'session=AAAA' } })).body.code).toBe('unauthenticated');
  });

  test('can be had by choosing a person on loopback names only, and never in production mode', async () => {
    const body = JSON.stringify({ method: 'demo', personId: 'auditor' });
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        `${api.url}/api/v1/sessions`,
        { method: 'POST', headers: { Host: 'evil.example', 'Content-Type': 'application/json' } },
        (response) => resolve(response.resume().statusCode),
      );
      sent.on('error', reject);
      sent.end(body);
    });
    expect(status).toBe(404);
    const { createApp } = await import('../../api/app.ts');
    expect(() => createApp({ ...api.deps, config: { ...api.deps.config, production: true } })).toThrow(/DEMO/);
    expect(() => createApp({ ...api.deps, config: { ...api.deps.config, host: '0.0.0.0' } })).toThrow(/DEMO/);
  });
});

describe('a token', () => {
  test('does what its scopes say and no more, and cannot make a stronger one', async () => {
    const { body } = await api.post('/tokens', {
      as: 'central-submitter',
      body: { name: 'reading', scopes: ['read'], days: 1 },
    });
    const headers = { Authorization: `Bearer ${body.token}` };
    expect((await api.get('/me', { headers })).status).toBe(200);
    expect((await api.post('/recommendations', { headers, body: { form: {} } })).body.code).toBe('tokenScope');
    const more = await api.post('/tokens', { headers, body: { name: 'more', scopes: ['admin'], days: 1 } });
    expect(more.body.code).toBe('tokenScope');
  });

  test('ends when revoked or expired', async () => {
    const { body } = await api.post('/tokens', {
      as: 'central-submitter',
      body: { name: 'short', scopes: ['read'], days: 1 },
    });
    const headers = { Authorization: `Bearer ${body.token}` };
    await prisma.apiToken.update({ where: { id: body.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await api.get('/me', { headers })).status).toBe(401);
    await prisma.apiToken.update({ where: { id: body.id }, data: { expiresAt: new Date(Date.now() + 60_000) } });
    expect((await api.get('/me', { headers })).status).toBe(200);
    expect((await api.delete(`/tokens/${body.id}`, { as: 'central-submitter' })).status).toBe(200);
    expect((await api.get('/me', { headers })).status).toBe(401);
  });

  test('of the demo organisation lies in a file only its owner can read, one for each person, kept when seeded again', async () => {
    const file = join(api.folder, 'demo-tokens.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const before = JSON.parse(await readFile(file, 'utf8'));
    expect(Object.keys(before)).toHaveLength(await prisma.person.count());
    const { seedOrganisation, seedTokens } = await import('../../scripts/seed.ts');
    await seedOrganisation(prisma);
    expect(await seedTokens(prisma, file)).toEqual(before);
  });
});

test('a person who left can do nothing more, at once', async () => {
  expect((await api.get('/me', { as: 'north-submitter-2' })).status).toBe(200);
  const left = await api.post('/persons/north-submitter-2/leave', { as: 'security-admin', body: { on: '2026-01-01' } });
  expect(left.status).toBe(200);
  expect((await api.get('/me', { as: 'north-submitter-2' })).status).toBe(401);
});

test('the committee of the demo organisation has exactly thirteen filled seats', async () => {
  const { body } = await api.get('/seats', { as: 'auditor' });
  expect(body.items.filter((seat: { holder: unknown }) => seat.holder)).toHaveLength(13);
});

test('the three administrators stay different people', async () => {
  const body = { personId: 'auditor', role: 'systemAdmin', validFrom: '2026-01-01', document: '任命' };
  expect((await api.post('/roles', { as: 'security-admin', body })).body.code).toBe('administratorByTwo');
  const proposal = { ...body, validFrom: '2099-01-01', reason: '接任' };
  const proposed = await api.post('/roles/proposals', { as: 'security-admin', sits: true, body: proposal });
  expect(proposed.body.code).toBe('separation');
  const own = { ...body, personId: 'security-admin', role: 'office' };
  expect((await api.post('/roles', { as: 'security-admin', body: own })).body.code).toBe('separation');
});

test('whoever guesses tokens is turned away in the end, and nobody who shares his address', async () => {
  const few = await startApi(company, (deps) => ({ ...deps, limits: { ...deps.limits, refused: 3 } }));
  const guess = () => few.get('/me', { headers: { Authorization: 'Bearer guessed' } });
  const statuses = [];
  for (let count = 0; count < 5; count += 1) statuses.push((await guess()).status);
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
  expect((await few.get('/me', { as: 'auditor' })).status).toBe(200);
});
