import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Instance, startInstance } from '../support/instance.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({ env: { NODE_ENV: 'production', DEMO: 'off' } });
});
afterAll(async () => {
  await instance?.discard();
});

const codeIn = (output: string) =>
  output
    .match(/^ {4}(\w{5}(?:-\w{5}){3})$/gm)
    ?.at(-1)
    ?.trim() ?? '';
const ask = async (path: string, body?: object) => {
  const response = await fetch(`${instance.url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': 'en' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const told = (await response.json()) as { code?: string; next?: string; open?: boolean };
  return { status: response.status, body: told, cookies: response.headers.getSetCookie() };
};
const person = (login: string, password: string) => ({ name: '管理员', nameEn: 'Administrator', login, password });
const setup = (code: string) => ({
  code,
  company: { name: '示例建设公司', nameEn: 'Example Construction' },
  systemAdmin: person('sys.admin', 'tile-harbour-quince-71'),
  securityAdmin: person('sec.admin', 'ember-lantern-willow-44'),
});

test('a first start in production mode prints a code once, which makes two administrators, once', async () => {
  const first = codeIn(instance.output());
  expect(first).not.toBe('');
  expect((await fetch(`${instance.url}/setup`)).status).toBe(200);
  expect((await ask('/setup')).body).toEqual({ open: true });
  expect((await ask('/setup', setup('wrong-wrong-wrong-wrong'))).body.code).toBe('setupCodeWrong');

  // Started again while it is unused, it prints another, and the first is good no more.
  await instance.end();
  instance = await startInstance({ dataDir: instance.dataDir, env: { NODE_ENV: 'production', DEMO: 'off' } });
  const code = codeIn(instance.output());
  expect(code).not.toBe(first);
  expect((await ask('/setup', setup(first))).body.code).toBe('setupCodeWrong');
  const same = { ...setup(code), securityAdmin: person('SYS.admin', 'ember-lantern-willow-44') };
  expect((await ask('/setup', same)).body.code).toBe('separation');
  const twice = await Promise.all([ask('/setup', setup(code)), ask('/setup', setup(code))]);
  expect(twice.filter(({ status }) => status === 201)).toHaveLength(1);
  expect((await ask('/setup')).status).toBe(404);
  expect((await fetch(`${instance.url}/setup`)).status).toBe(404);
  expect((await ask('/setup', setup(code))).status).toBe(404);

  const entered = await ask('/sign-in/password', {
    method: 'local',
    login: 'sec.admin',
    password: 'ember-lantern-willow-44',
  });
  expect(entered.body.next).toBe('done');
  const cookie = entered.cookies.find((each) => each.startsWith('__Host-session='));
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/Secure/);
  expect(cookie).toMatch(/SameSite=Lax/);
  const headers = { Cookie: String(cookie?.split(';')[0]) };
  const me = (await (await fetch(`${instance.url}/api/v1/me`, { headers })).json()) as { roles: { role: string }[] };
  expect(me.roles.map(({ role }) => role)).toEqual(['securityAdmin']);

  const logs = join(instance.dataDir, 'logs');
  for (const file of await readdir(logs)) {
    const text = await readFile(join(logs, file), 'utf8');
    for (const secret of [first, code, 'ember-lantern', 'tile-harbour']) expect(text).not.toContain(secret);
  }
  expect(instance.output()).not.toContain('ember-lantern');

  // Nothing is printed any more.
  await instance.end();
  instance = await startInstance({ dataDir: instance.dataDir, env: { NODE_ENV: 'production', DEMO: 'off' } });
  expect(codeIn(instance.output())).toBe('');
});
