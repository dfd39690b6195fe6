import { expect, test } from 'vitest';
import { checkExport } from '../../cases/exportedAudit.ts';
import { seal } from '../../cases/sealer.ts';
import { verifyStored } from '../../cases/verification.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);
const { pool } = company.deps;
const caseId = await company.submitted();
const { number } = await company.caseRow(caseId);
await api.get('/audit', { as: 'central-head' });
await seal(pool);

const search = (body: object, as = 'auditor') => api.post('/audit/search', { as, body });
const exported = async (body: object) => (await api.post('/audit/export', { as: 'auditor', body })).body as string;

test.each([
  ['GET', '/audit/head'],
  ['GET', '/audit/streams/day:2026-01-01/entries'],
  ['GET', '/roles'],
  ['GET', '/health'],
] as const)('%s %s is for those who oversee, and for nobody else', async (method, path) => {
  for (const as of ['central-head', 'office-head', 'director'])
    expect((await api.call(method, path, { as })).status).toBe(403);
});

test.each(['system-admin', 'security-admin'])('the audit trail is not for %s', async (as) => {
  expect((await search({}, as)).body.code).toBe('forbidden');
  expect((await api.post('/audit/export', { as, body: {} })).body.code).toBe('forbidden');
  expect((await api.get(`/audit/streams/case:${caseId}/entries`, { as })).body.code).toBe('forbidden');
});

test('is searched by case number, by who, by how an act begins, by time, and for denials', async () => {
  const found = async (body: object) => (await search(body)).body.items;
  const ofCase = await found({ caseNumber: number });
  expect(ofCase.length).toBeGreaterThan(1);
  expect(new Set(ofCase.map((each: { caseId: string }) => each.caseId))).toEqual(new Set([caseId]));
  expect((await found({ actorId: 'central-submitter', act: 'submit' })).length).toBe(1);
  expect(await found({ caseNumber: 'R-1900-0001' })).toEqual([]);
  expect(await found({ to: '2020-01-01T00:00:00Z' })).toEqual([]);
  const denials = await found({ denials: true });
  expect(new Set(denials.map((each: { act: string }) => each.act))).toEqual(new Set(['denied']));
  expect(denials.map((each: { actor: { id: string } }) => each.actor.id)).toContain('central-head');
});

test('pages go on without a gap', async () => {
  const { body: first } = await search({ caseNumber: number, limit: 1 });
  const { body: second } = await search({ caseNumber: number, limit: 200, cursor: first.nextCursor });
  const { body: all } = await search({ caseNumber: number, limit: 200 });
  expect([...first.items, ...second.items]).toEqual(all.items);
});

test('a chain is given whole, page by page, with the heads of the seals that hold it', async () => {
  const entries = [];
  const sealed = [];
  for (let after: number | null = 0; after !== null; ) {
    const { body } = await api.get(`/audit/streams/case:${caseId}/entries?limit=1&after=${after}`, { as: 'auditor' });
    entries.push(...body.items);
    sealed.push(...body.sealed);
    after = body.nextAfter;
  }
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
  expect(sealed.at(-1)).toMatchObject({ seq: entries.length, hash: entries.at(-1).hash });
});

test('an export tells what was searched and how far the trail was sealed, checks by itself, and is on record', async () => {
  const text = await exported({ caseNumber: number });
  const { entries, problems } = checkExport(text);
  expect(problems).toEqual([]);
  expect(entries).toBe((await search({ caseNumber: number, limit: 200 })).body.items.length);
  const [first] = text.split('\n');
  const { body: head } = await api.get('/audit/head', { as: 'auditor' });
  expect(JSON.parse(first ?? '')).toMatchObject({ by: 'auditor', search: { caseNumber: number }, head });
  const [act] = (await search({ act: 'audit.exported' })).body.items;
  expect(act).toMatchObject({ actor: { id: 'auditor' }, codes: { format: 'jsonl', searched: ['caseNumber'] } });
});

test('an export that was changed, shortened or put together otherwise is noticed', async () => {
  const lines = (await exported({ stream: `case:${caseId}` })).trimEnd().split('\n');
  const without = (...dropped: number[]) =>
    checkExport(lines.filter((_, index) => !dropped.includes(index)).join('\n'));
  expect(without().problems).toEqual([]);
  expect(without(2).problems).toContain('sha256');
  const changed = lines.map((line, index) => (index === 1 ? line.replace('central-submitter', 'central-head') : line));
  expect(checkExport(changed.join('\n')).problems).toContain(`case:${caseId} 1: hash`);
});

test('a spreadsheet gets no formula', async () => {
  const csv = await exported({ caseNumber: number, format: 'csv' });
  expect(csv.split('\n')[0]).toBe(
    'stream,seq,at,actorId,onBehalfOf,enteredBy,act,caseId,taskId,codes,contentHash,prevHash,hash',
  );
  expect(csv).toMatch(/\n# \{.*"sha256":"[0-9a-f]{64}"/);
  expect(csv).not.toMatch(/(^|,)[=+@]/m);
});

test('a head kept outside is compared: the same, another and a missing one are told apart', async () => {
  const { body: head } = await api.get('/audit/head', { as: 'auditor' });
  expect((await api.get(`/audit/head?id=${head.id}`, { as: 'auditor' })).body).toEqual(head);
  expect((await api.get(`/audit/head?id=${head.id + 1000}`, { as: 'auditor' })).body).toBeNull();
  const files = { ...api.deps.files };
  const against = async (kept: { id: number; hash: string }) =>
    (
      await verifyStored({ pool, keys: company.deps.keys, files, client: company.client }, { exported: kept })
    ).findings.filter(({ check }) => check === 'seals');
  expect(await against(head)).toEqual([]);
  expect(await against({ ...head, hash: '0'.repeat(64) })).toHaveLength(1);
  expect(await against({ ...head, id: head.id + 1000 })).toHaveLength(1);
});

test('roles are told with their past and future, to the security administrator and the auditor', async () => {
  const grant = { personId: 'north-manager', role: 'dataClerk', validFrom: '2099-01-01', document: '任命〔2026〕3号' };
  expect((await api.post('/roles', { as: 'security-admin', body: grant })).status).toBe(201);
  const { body } = await api.get('/roles?personId=north-manager', { as: 'auditor' });
  expect(body.items).toMatchObject([
    { role: 'dataClerk', state: 'later', document: grant.document, grantedBy: { id: 'security-admin' } },
  ]);
  expect((await api.get('/roles', { as: 'system-admin' })).body.code).toBe('forbidden');
});

test('health judges every part, also without a worker, and says so', async () => {
  const { body } = await api.get('/health', { as: 'auditor' });
  const part = (name: string) => body.parts.find((each: { part: string }) => each.part === name);
  expect(part('worker')).toMatchObject({ level: 'red', code: 'none' });
  expect(part('postgres')).toMatchObject({ level: 'green' });
  expect(part('keys')).toMatchObject({ level: 'green' });
  expect(body.level).toBe('red');
});
