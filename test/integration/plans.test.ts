import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { historyArchive } from '../../cases/historyArchive.ts';
import { settleIdleDrafts } from '../../cases/idleDrafts.ts';
import { seal } from '../../cases/sealer.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { fillCompany } from '../support/filled.ts';

// What people open and what goes in rounds is asked for on 20,000 stored cases, and every statement's plan is looked at.
const company = await startCompany();
const api = await startApi(company);
const { deps } = company;

beforeAll(() => fillCompany(company, { cases: 20_000, open: 200 }), 300_000);

/** Tables that grow with every case and are never to be read whole. */
const LARGE = ['cases', 'facts', 'tasks', 'ballots', 'steps', 'recommendations', 'audit_entries', 'sealed_streams'];

type Statement = { readonly text: string; readonly values: unknown[] };
type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] };

/** The statements that `work` asks of the database. */
async function asked(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const { query } = pg.Client.prototype;
  // biome-ignore lint/suspicious/noExplicitAny: what a client may be asked with has many shapes
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    const [first, second] = args;
    const text: string = typeof first === 'string' ? first : first.text;
    statements.push({ text, values: first.values ?? (Array.isArray(second) ? second : []) });
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return (query as any).apply(this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return statements.filter(({ text }) => /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)/i.test(text));
}

async function wholeReads({ text, values }: Statement): Promise<string[]> {
  const client = await deps.pool.connect();
  try {
    const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${text}`, values);
    return nodesOf(rows[0]['QUERY PLAN'][0].Plan)
      .filter((node) => node['Node Type'] === 'Seq Scan' && LARGE.includes(node['Relation Name'] ?? ''))
      .map((node) => `${node['Relation Name']} is read whole by: ${text.replaceAll(/\s+/g, ' ')}`);
  } finally {
    client.release();
  }
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function expectIndexes(work: () => Promise<unknown>): Promise<void> {
  const statements = await asked(work);
  expect(statements.length).toBeGreaterThan(0);
  expect((await Promise.all(statements.map(wholeReads))).flat()).toEqual([]);
}

/** Who reads nearly all, who reads his unit's, who reads what came to him, who reads nothing. */
const readers = [
  'office-clerk-1',
  'director',
  'east-head',
  'central-submitter',
  'legal-head',
  'technology-expert',
  'auditor',
];
const boxes = ['mine', 'group', 'delegated', 'initiated', 'decided', 'copied'];

async function opened(as: string, method: 'get' | 'post', path: string, body?: unknown): Promise<void> {
  const { status } = await api[method](path, { as, ...(body ? { body } : {}) });
  expect(status).toBe(200);
}

test.each(readers)('the inbox of %s, its counts and the list of accounts are read by indexes', async (as) => {
  await expectIndexes(async () => {
    await opened(as, 'get', '/me');
    for (const box of boxes) await opened(as, 'get', `/tasks?box=${box}&limit=30`);
    await opened(as, 'get', '/accounts?limit=50');
  });
});

test.each(readers)('%s searches cases by indexes', async (as) => {
  await expectIndexes(async () => {
    await opened(as, 'post', '/cases/search', {});
    await opened(as, 'post', '/cases/search', { open: true });
    await opened(as, 'post', '/cases/search', { unitId: 'central', states: ['rejected'], grade: 'branch' });
    await opened(as, 'post', '/cases/search', { text: '轨道交通集团有限公司1' });
  });
});

test('a page of cases is followed by the next, whoever reads', async () => {
  for (const as of ['director', 'technology-expert', 'central-submitter']) {
    const first = await api.post('/cases/search', { as, body: { limit: 40 } });
    const { nextCursor } = first.body;
    if (nextCursor === null) continue;
    await expectIndexes(() => opened(as, 'post', '/cases/search', { limit: 40, cursor: nextCursor }));
    const next = await api.post('/cases/search', { as, body: { limit: 40, cursor: nextCursor } });
    const shown = [...first.body.items, ...next.body.items];
    expect(new Set(shown.map((row) => row.id)).size).toBe(shown.length);
    const times = shown.map((row) => row.openedAt);
    expect(times).toEqual(times.toSorted().reverse());
  }
});

test('a case with all that its page shows is read by indexes', async () => {
  const { id } = await deps.prisma.case.findFirstOrThrow({
    where: { state: 'established' },
    orderBy: { openedAt: 'asc' },
  });
  await expectIndexes(async () => {
    for (const part of ['', '/timeline', '/ballots', '/comments', '/attachments'])
      await opened('office-clerk-1', 'get', `/cases/${id}${part}`);
  });
});

test('clients are searched by indexes', async () => {
  for (const as of ['office-clerk-1', 'director'])
    await expectIndexes(() => opened(as, 'post', '/clients/search', { text: '轨道交通集团有限公司1' }));
});

test('what goes in rounds looks at what is due, and not at everything', async () => {
  await company.submitted();
  await expectIndexes(() => seal(deps.pool));
  await expectIndexes(() => settleIdleDrafts(deps, api.deps.files, new Date()));
  await expectIndexes(historyArchive({ ...deps, log: deps.log }, company.client, api.folder));
});
