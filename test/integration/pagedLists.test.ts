import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { addDays, localDay } from '../../domain/calendar.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);
const { prisma } = company.deps;

type Row = Readonly<Record<string, unknown>> & { readonly person: { readonly id: string } };
type List = { readonly path: string; readonly as: string; readonly keyOf: (row: Row) => string };

const lists: readonly List[] = [
  { path: '/identities?', as: 'security-admin', keyOf: (row) => `${row.method} ${row.subject}` },
  {
    path: '/identities/refused-roles?',
    as: 'security-admin',
    keyOf: (row) => `${row.person.id} ${row.method} ${row.role}`,
  },
  { path: '/local-accounts?', as: 'auditor', keyOf: (row) => row.person.id },
  { path: '/absences?of=all&', as: 'office-clerk-1', keyOf: (row) => String(row.id) },
];
const persons = ['central-head', 'central-deputy', 'central-manager', 'east-head', 'north-head'];

beforeAll(async () => {
  const today = localDay(Date.now());
  const date = (day: string) => new Date(`${day}T00:00:00Z`);
  await prisma.identity.createMany({
    data: persons.flatMap((personId, n) => [
      { method: 'company', subject: `c${n}`, personId },
      { method: 'wecom', subject: `w${n}`, personId },
    ]),
  });
  await prisma.refusedRole.createMany({
    data: persons.flatMap((personId) =>
      ['systemAdmin', 'auditor'].map((role) => ({ method: 'company', personId, role, why: 'separation' })),
    ),
  });
  await prisma.localCredential.createMany({
    data: persons.map((personId) => ({ personId, passwordHash: 'x', mustChange: true })),
  });
  await prisma.absence.createMany({
    data: persons.flatMap((personId, n) =>
      [0, 30].map((days) => ({
        id: randomUUID(),
        personId,
        // Two at a time begin on one day.
        firstDay: date(addDays(today, days + Math.floor(n / 2))),
        lastDay: date(addDays(today, days + 9)),
        enteredBy: personId,
      })),
    ),
  });
});

async function all({ path, as }: List, asked: string): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor = '';
  do {
    const { status, body } = await api.get(`${path}${asked}${cursor}`, { as });
    expect(status).toBe(200);
    rows.push(...body.items);
    cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
  } while (cursor);
  return rows;
}

test.each(lists)('$path comes page by page, every row once and in one order', async (list) => {
  const whole = (await all(list, 'limit=200')).map(list.keyOf);
  expect(new Set(whole).size).toBe(whole.length);
  expect(whole.length).toBeGreaterThanOrEqual(persons.length);
  for (const limit of [1, 2, 3]) expect((await all(list, `limit=${limit}`)).map(list.keyOf)).toEqual(whole);
});

test.each(lists)('$path tells of one person alone', async (list) => {
  const rows = await all(list, 'limit=1&personId=east-head');
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map(({ person }) => person.id))).toEqual(new Set(['east-head']));
});

test.each(lists)('$path takes no cursor but its own', async ({ path, as }) => {
  for (const cursor of ['x', 'WzEsMl0', Buffer.from('["a"]').toString('base64url'), 'WyJ4IiwieCIsIngiXQ'])
    expect([200, 422]).toContain((await api.get(`${path}cursor=${cursor}`, { as })).status);
  const { body } = await api.get(`${path}cursor=x`, { as });
  expect([body.code, body.field]).toEqual(['invalid', 'cursor']);
});
