import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { historyArchive } from '../../cases/historyArchive.ts';
import { settleIdleDrafts } from '../../cases/idleDrafts.ts';
import { seal } from '../../cases/sealer.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { fillCompany } from '../support/filled.ts';

// What people open and what goes in rounds is asked for on 20,000 stored cases, and every statement's plan is looked at.
const company = await startCompany();
const api = await startApi(company);
const { deps } = company;

beforeAll(() => fillCompany(company, { cases: 20_000, open: 200 }), 300_000);

/** Tables that grow with every case and are never to be read whole. */
const LARGE = [
  'cases',
  'facts',
  'tasks',
  'ballots',
  'steps',
  'recommendations',
  'notifications',
  'audit_entries',
  'sealed_streams',
];

type Statement = { readonly text: string; readonly values: unknown[] };
type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Plan[];
};

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

async function wholeReads(statement: Statement): Promise<string[]> {
  return (await planOf(statement))
    .filter((node) => node['Node Type'] === 'Seq Scan' && LARGE.includes(node['Relation Name'] ?? ''))
    .map((node) => `${node['Relation Name']} is read whole by: ${statement.text.replaceAll(/\s+/g, ' ')}`);
}

/** The nodes of a statement's plan. */
async function planOf({ text, values }: Statement): Promise<Plan[]> {
  const { rows } = await deps.pool.query(`EXPLAIN (FORMAT JSON) ${text}`, values);
  return nodesOf(rows[0]['QUERY PLAN'][0].Plan);
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
    await opened(as, 'post', '/cases/search', { grade: 'company' });
    await opened(as, 'post', '/cases/search', { waitsFor: 'committee' });
    await opened(as, 'post', '/cases/search', { openedFrom: '2025-01-01', openedTo: '2025-01-31' });
  });
});

const narrowed = {
  'by a word': { text: '轨道交通集团有限公司1' },
  'by a word that nothing has': { text: '查无此名' },
  'by unit and grade': { unitId: 'central', grade: 'branch' },
  'by a grade that few have': { grade: 'company' },
  'by kind and deadline': { kinds: ['screen', 'vote'], due: 'overdue' },
  'the newest first': { sort: 'newest' },
};

test.each(Object.entries(narrowed))('every box of the inbox, %s, is read by indexes', async (_, criteria) => {
  for (const as of ['office-clerk-1', 'east-head', 'central-submitter', 'technology-expert'])
    for (const box of boxes)
      await expectIndexes(() => opened(as, 'post', '/tasks/search', { box, limit: 20, ...criteria }));
});

test('a page of each box is followed by the next, with nothing twice, by indexes', async () => {
  for (const as of ['office-clerk-1', 'central-submitter', 'technology-expert'])
    for (const box of boxes) {
      const first = await api.post('/tasks/search', { as, body: { box, limit: 20 } });
      const { nextCursor } = first.body;
      if (nextCursor === null) continue;
      const body = { box, limit: 20, cursor: nextCursor };
      await expectIndexes(() => opened(as, 'post', '/tasks/search', body));
      const next = await api.post('/tasks/search', { as, body });
      const keys = [...first.body.items, ...next.body.items].map((row) => `${row.case.id} ${row.task?.id} ${row.at}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
});

test('what fits saved filters is counted by indexes', async () => {
  const as = 'office-clerk-1';
  for (const [name, criteria] of Object.entries(narrowed))
    await api.post('/filters', { as, body: { list: 'inbox', name, criteria: { box: 'decided', ...criteria } } });
  for (const box of boxes) await api.post('/filters', { as, body: { list: 'inbox', name: box, criteria: { box } } });
  for (const criteria of [{ open: true }, { grade: 'company' }, { text: '查无此名' }])
    await api.post('/filters', { as, body: { list: 'cases', name: JSON.stringify(criteria), criteria } });
  await expectIndexes(() => opened(as, 'get', '/filters?list=inbox'));
  await expectIndexes(() => opened(as, 'get', '/filters?list=cases'));
});

test.each(['director', 'central-head', 'auditor'])('the dashboard of %s is read by indexes', async (as) => {
  for (const part of ['cases', 'durations?days=30', 'waiting', 'accounts'])
    await expectIndexes(() => opened(as, 'get', `/dashboard/${part}`));
});

test('the audit trail is searched, followed and exported by indexes', async () => {
  const { id, number } = await deps.prisma.case.findFirstOrThrow({ where: { state: 'established' } });
  const searches = [
    {},
    { stream: `case:${id}` },
    { caseId: id },
    { caseNumber: number },
    { actorId: 'east-manager' },
    { act: 'archive.read' },
    { denials: true },
    { from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' },
  ];
  const as = 'auditor';
  for (const search of searches) await expectIndexes(() => opened(as, 'post', '/audit/search', search));
  const { nextCursor } = (await api.post('/audit/search', { as, body: { limit: 200 } })).body;
  await expectIndexes(() => opened(as, 'post', '/audit/search', { limit: 200, cursor: nextCursor }));
  const from = new Date(Date.now() - 3_600_000).toISOString();
  await expectIndexes(() => opened(as, 'post', '/audit/export', { from }));
  for (const part of ['entries', 'verification'])
    await expectIndexes(() => opened(as, 'get', `/audit/streams/case:${id}/${part}`));
});

test('a page far back in the audit trail and one of notifications begin where they are', async () => {
  const statements = await asked(async () => {
    const cursor = Buffer.from(JSON.stringify(['2024-06-01T00:00:00.000Z', 'case:x', 1])).toString('base64url');
    await opened('auditor', 'post', '/audit/search', { cursor });
    const told = Buffer.from(JSON.stringify(['2024-06-01T00:00:00.000Z', 'x'])).toString('base64url');
    await opened('director', 'get', `/notifications?cursor=${told}`);
  });
  const paged = statements.filter(({ text }) => /FROM "public"."(audit_entries|notifications)"/.test(text));
  expect(paged).toHaveLength(2);
  for (const statement of paged) {
    const conditions = (await planOf(statement)).map((node) => node['Index Cond'] ?? '');
    expect(conditions.join()).toMatch(/\bat <= /);
  }
});

test('what administrators look at is read by indexes', async () => {
  await expectIndexes(() => opened('system-admin', 'get', '/workflows/attention'));
  await expectIndexes(() => opened('system-admin', 'get', '/health'));
});

test('a preview of the policy goes through what was decided by indexes, page by page', async () => {
  const values = { ...defaultPolicy, screeningDays: 2, branchLineFen: '9000000000' };
  const statements = await asked(() => opened('office-head', 'post', '/policies/preview', { values }));
  // Only how much there is in all is counted.
  const pages = new Map(statements.filter(({ text }) => !/count\(\*\)/.test(text)).map((each) => [each.text, each]));
  for (const table of ['ballots b', 'ballots x', 'tasks x'])
    expect([...pages.keys()].some((text) => text.includes(`FROM ${table} JOIN cases`))).toBe(true);
  expect((await Promise.all([...pages.values()].map(wholeReads))).flat()).toEqual([]);
});

test('registers and notifications are read by indexes', async () => {
  for (const as of ['office-clerk-1', 'director', 'central-head', 'central-submitter', 'auditor'])
    await expectIndexes(async () => {
      for (const body of [{}, { sort: 'name' }, { text: '轨道交通' }, { unitId: 'central' }, { regionCode: '420000' }])
        await opened(as, 'post', '/accounts/search', body);
      await opened(as, 'post', '/clients/search', {});
      await opened(as, 'post', '/persons/search', { text: '经理' });
      await opened(as, 'get', '/notifications');
      await opened(as, 'get', '/notifications?unread=true');
      await opened(as, 'get', '/notifications/unread');
    });
  await expectIndexes(() =>
    opened('central-submitter', 'post', '/clients/check', { name: '武汉轨道交通集团有限公司' }),
  );
});

test('no client is looked for among all holdings again', async () => {
  const statements = await asked(() => opened('central-head', 'post', '/clients/search', {}));
  const search = statements.find(({ text }) => /FROM clients k/.test(text));
  const nodes = search ? await planOf(search) : [];
  const ofHoldings = nodes.filter((node) => node['Relation Name'] === 'holdings');
  expect(ofHoldings.map((node) => node['Index Name'])).toEqual(['holdings_client_id_idx']);
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
    for (const part of ['', '/timeline', '/ballots', '/comments', '/attachments', '/earlier'])
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
