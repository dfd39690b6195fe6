import { expect, test } from 'vitest';
import { issueSetupCode } from '../../cases/firstAdministrators.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { jarOf } from '../support/jar.ts';

const company = await startCompany({ worker: false });
const { prisma, pool } = company.deps;
const api = await startApi(company, (deps) => ({ ...deps, config: { ...deps.config, demo: false } }));
const demo = await startApi(company);

const person = (login: string) => ({ name: '首任', nameEn: 'First', login, password: 'tile-harbour-quince-71' });
const body = (code: string, [system, security] = ['first-system', 'first-security']) => ({
  code,
  company: { name: '公司', nameEn: 'Company' },
  systemAdmin: person(system ?? ''),
  securityAdmin: person(security ?? ''),
});
const setUp = async (...given: Parameters<typeof body>) => {
  const { status, body: answer } = await api.call('POST', '/setup', { body: body(...given) });
  return `${status} ${answer.code ?? ''}`.trim();
};

test('the first administrators are made by the code of the start alone, two people, once, and nothing is there afterwards', async () => {
  await prisma.roleAssignment.deleteMany({ where: { role: { in: ['systemAdmin', 'securityAdmin'] } } });
  const old = (await issueSetupCode(pool)) ?? '';
  const code = (await issueSetupCode(pool)) ?? '';
  expect((await demo.call('GET', '/setup')).status).toBe(404);
  expect((await api.call('GET', '/setup')).body).toEqual({ open: true });
  expect(await setUp(old)).toBe('403 setupCodeWrong');
  expect(await setUp(code, ['One', 'one'])).toBe('403 separation');
  expect(await prisma.setupCode.count({ where: { usedAt: { not: null } } })).toBe(0);

  const both = await Promise.all([setUp(code), setUp(code, ['other-system', 'other-security'])]);
  expect(both.sort()).toEqual(['201', '404 notFound']);
  expect((await api.call('GET', '/setup')).status).toBe(404);
  expect(await issueSetupCode(pool)).toBeNull();
  expect(await setUp(code, ['third-system', 'third-security'])).toBe('404 notFound');
  const held = await prisma.roleAssignment.findMany({ where: { role: { in: ['systemAdmin', 'securityAdmin'] } } });
  expect(new Set(held.map(({ personId }) => personId)).size).toBe(2);
  const [first] = await prisma.person.findMany({ where: { id: { in: held.map(({ personId }) => personId) } } });
  expect((await jarOf(api).signIn(first?.login ?? '', 'tile-harbour-quince-71')).body.next).toBe('done');
});

test('who guesses the code is made to wait', async () => {
  await prisma.roleAssignment.deleteMany({ where: { role: { in: ['systemAdmin', 'securityAdmin'] } } });
  const code = (await issueSetupCode(pool)) ?? '';
  const answers = [];
  for (let count = 0; count < 5; count += 1) answers.push(await setUp('a guess'));
  expect(answers).toEqual([...Array(4).fill(expect.stringContaining('setupCodeWrong')), '429 signInLocked']);
  expect(await setUp(code)).toBe('429 signInLocked');
});
