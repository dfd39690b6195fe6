import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { createLog } from '../../platform/log.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const lines: Record<string, unknown>[] = [];
const log = createLog('debug', {}, { write: (line) => void lines.push(JSON.parse(line)) });
const company = await startCompany({ worker: false });
const api = await startApi(company, (deps) => ({ ...deps, log }));

/** The line of the request that was made under an id. */
const lineOf = (requestId: string) =>
  company.until('a line', async () => lines.find((line) => line.requestId === requestId && 'method' in line));

const asked = async (method: string, path: string, ask: Parameters<typeof api.call>[2] = {}) => {
  const requestId = randomUUID();
  const answer = await api.call(method, path, { ...ask, headers: { ...ask.headers, 'X-Request-Id': requestId } });
  expect(answer.headers.get('X-Request-Id')).toBe(requestId);
  return { requestId, answer, line: await lineOf(requestId) };
};

test('each request leaves one line with who asked, what for and what came of it, and nothing of the address', async () => {
  const caseId = await company.draft();
  const { requestId, line } = await asked('GET', `/cases/${caseId}?looked=for`, { as: 'central-submitter' });
  expect(line).toEqual({
    level: 'info',
    time: expect.any(String),
    msg: 'request',
    requestId,
    method: 'GET',
    route: '/cases/{id}',
    status: 200,
    personId: 'central-submitter',
    caseId,
    durationMs: expect.any(Number),
  });
  expect(lines.filter((each) => each.requestId === requestId)).toHaveLength(1);
});

test('a decision’s line names the case and the number of its fact; a refusal’s the code, as the problem names the request', async () => {
  const caseId = await company.draft();
  const submit = { as: 'central-submitter', body: {} };
  const taken = await asked('POST', `/recommendations/${caseId}/submit`, submit);
  expect(taken.line).toMatchObject({ level: 'info', status: 200, caseId, seq: taken.answer.body.seq });
  const refused = await asked('POST', `/recommendations/${caseId}/submit`, submit);
  expect(refused.line).toMatchObject({ level: 'info', status: 409, code: refused.answer.body.code, caseId });
  expect(refused.answer.body.requestId).toBe(refused.requestId);
});

test('the doorbell that a decision leaves says under which request it was taken', async () => {
  const caseId = await company.draft();
  const { requestId } = await asked('POST', `/recommendations/${caseId}/submit`, { as: 'central-submitter', body: {} });
  expect(await company.deps.prisma.doorbell.findFirst({ where: { caseId } })).toMatchObject({
    requestId,
    traceParent: null,
  });
});

test('what nobody wants to read is said at debug only: health, files, addresses that are none', async () => {
  for (const path of [
    '//healthz',
    '//readyz',
    '//metrics',
    '//openapi.json',
    '/no-such-thing',
    '//codec/no-such-thing',
  ])
    expect((await asked('GET', path)).line).toMatchObject({ level: 'debug' });
});

test('an id that cannot be one is not on the line', async () => {
  const { line } = await asked('GET', '/cases/mark-of-somebody', { as: 'office-clerk-1' });
  expect(JSON.stringify(line)).not.toContain('somebody');
});

test('a request whose caller is gone before its answer is said to be cut off', async () => {
  const requestId = randomUUID();
  const going = request(`${api.url}/api/v1/events`, {
    headers: { Authorization: `Bearer ${api.tokens['office-clerk-1']?.token}`, 'X-Request-Id': requestId },
  });
  going.on('error', () => {});
  await new Promise((resolve) => {
    going.on('response', resolve);
    going.end();
  });
  going.destroy();
  expect(await lineOf(requestId)).toMatchObject({ level: 'info', msg: 'request cut off', route: '/events' });
});
