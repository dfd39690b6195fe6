import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyStored } from '../../cases/verification.ts';
import { attachmentFolder } from '../../platform/attachments.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { fillCompany } from '../support/filled.ts';

const company = await startCompany();
const api = await startApi(company);
const { pool, prisma, keys } = company.deps;
const folder = await mkdtemp(join(tmpdir(), 'fill-'));
afterAll(() => rm(folder, { recursive: true }));
const CASES = 200;
const OPEN = 10;

beforeAll(() => fillCompany(company, { cases: CASES, open: OPEN }), 120_000);

/** The copies are older than anything that happened here. */
const copied = { closedAt: { lt: new Date(Date.now() - 40 * 86_400_000) } };

test('as many closed and open cases are added as were asked for, of every ending there is', async () => {
  const closed = await prisma.case.findMany({ where: copied });
  expect(closed).toHaveLength(CASES);
  expect(new Set(closed.map((row) => row.state))).toEqual(
    new Set(['established', 'rejected', 'ineligible', 'withdrawn']),
  );
  expect(new Set(closed.map((row) => row.number)).size).toBe(CASES);
  expect(await prisma.case.count({ where: { closedAt: null } })).toBe(2 + OPEN);
});

test('chains, seals, states and holdings of the copies hold; what is left out is said to be', async () => {
  const { findings, unsealedEntries } = await verifyStored({
    pool,
    keys,
    files: await attachmentFolder(folder),
    client: company.client,
  });
  expect(unsealedEntries).toBe(0);
  const leftOut: Record<string, (problem: string) => boolean> = {
    secrets: (problem) => problem === 'form does not decrypt',
    ballots: (problem) => problem.includes('votes given'),
    // The workflow of an open copy starts with the next decision on it.
    executions: (problem) => problem.includes('execution'),
  };
  expect(findings.filter(({ check, problem }) => !leftOut[check]?.(problem))).toEqual([]);
  // And that of a copied account when a worker starts.
  const ofCases = findings.filter(({ check, at }) => check === 'executions' && at.startsWith('case '));
  expect(ofCases.length).toBeLessThanOrEqual(OPEN);
});

test('a closed copy opens, with its timeline, and an open one can be decided upon', async () => {
  const [established] = await prisma.case.findMany({ where: { state: 'established', ...copied } });
  const as = 'office-clerk-1';
  expect((await api.get(`/cases/${established?.id}`, { as })).body.state).toBe('established');
  expect((await api.get(`/cases/${established?.id}/timeline`, { as })).body.items.length).toBeGreaterThan(20);
  const inbox = await api.get('/tasks?box=group&limit=50', { as });
  const screen = inbox.body.items.find((row: { task: { kind: string } }) => row.task.kind === 'screen');
  const body = { action: 'ineligible', body: { reason: '不符合推荐条件' } };
  expect((await api.post(`/tasks/${screen.task.id}/decisions`, { as, body })).status).toBe(200);
  await company.state(screen.case.id, 'ineligible');
});
