import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { caseBell } from '../../cases/bell.ts';
import { startRelay } from '../../cases/relay.ts';
import { loadConfig } from '../../platform/config.ts';
import { dataConverter } from '../../platform/dataConverter.ts';
import { createLog } from '../../platform/log.ts';
import { startTracing, type Tracing, traceParentFrom } from '../../platform/tracing.ts';
import { startApi } from '../support/api.ts';
import { type Collected, startCollector } from '../support/collector.ts';
import { startCompany } from '../support/company.ts';

const lines: Record<string, unknown>[] = [];
const log = createLog('info', {}, { write: (line) => void lines.push(JSON.parse(line)) });
const collector = await startCollector();
const { traces } = loadConfig({
  OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-collector',
});
const tracing = (await startTracing({ traces }, 'api', log)) as Tracing;
afterAll(async () => {
  await tracing.stop();
  await collector.stop();
});

const company = await startCompany({ worker: false });
const client = new Client({
  connection: await Connection.connect({ address: inject('temporalAddress') }),
  dataConverter: dataConverter(company.deps.keys, 'client'),
});
const relay = startRelay({ pool: company.deps.pool, log, tracing }, caseBell(client, company.taskQueue));
const traced = { ...company.deps, log, tracing, ring: relay.ring, changed: relay.changed };
const api = await startApi(company, (deps) => ({ ...deps, ...traced }));
const trusting = { ...traces, trustCaller: true } as NonNullable<typeof traces>;
const behindGateway = await startApi(company, (deps) => ({
  ...{ ...deps, ...traced },
  config: { ...deps.config, traces: trusting },
}));
beforeAll(() => company.startWorker({ deps: traced }));
afterAll(async () => {
  await relay.stop();
  await client.connection.close();
});

/** Asks, and waits until the collector has everything of its trace that is wanted. */
async function trace(path: string, ask: Parameters<typeof api.post>[1], wanted: readonly string[]) {
  const requestId = randomUUID();
  const answer = await api.post(path, { ...ask, headers: { ...ask?.headers, 'X-Request-Id': requestId } });
  return { requestId, answer, spans: await traceOf(requestId, wanted) };
}

/** The trace of a request, once everything is there that is wanted of it. */
const traceOf = (requestId: string, wanted: readonly string[]) =>
  company.until(`${wanted.join(', ')} of a trace`, async () => {
    const root = collector.spans.find((span) => span.kind === 2 && span.fields['approvals.request_id'] === requestId);
    const spans = collector.spans.filter(({ traceId }) => traceId === root?.traceId);
    return wanted.every((name) => spans.some((span) => span.name === name)) ? spans : null;
  });

/** From a span up to the first of its trace, by their names. */
function wayUp(spans: readonly Collected[], name: string): string[] {
  const way: string[] = [];
  for (let span = spans.find((each) => each.name === name); span; ) {
    way.push(span.name);
    const { parentSpanId } = span;
    span = spans.find((each) => each.spanId === parentSpanId);
  }
  return way;
}

const THROUGH = ['doorbell', 'workflow recommendation', 'activity openStep'];

test('one trace goes from a submission over HTTP through its transaction and doorbell to the workflow’s activities', async () => {
  const caseId = await company.draft();
  const submit = 'POST /recommendations/{id}/submit';
  const ask = { as: 'central-submitter', body: {} };
  const { requestId, spans } = await trace(`/recommendations/${caseId}/submit`, ask, [submit, ...THROUGH]);
  expect(wayUp(spans, 'doorbell')).toEqual(['doorbell', 'transaction', submit]);
  expect(wayUp(spans, 'activity openStep')).toEqual([
    'activity openStep',
    'workflow recommendation',
    'transaction',
    submit,
  ]);
  for (const { fields } of spans) expect(fields['approvals.case_id']).toBe(caseId);
  expect(spans.find(({ name }) => name === submit)?.fields).toEqual({
    'http.request.method': 'POST',
    'http.route': '/api/v1/recommendations/{id}/submit',
    'http.response.status_code': 200,
    'approvals.request_id': requestId,
    'approvals.case_id': caseId,
    'approvals.seq': expect.any(Number),
  });
  expect(
    spans.find(({ name, fields }) => name === 'transaction' && fields['approvals.act'] === 'submitted'),
  ).toBeDefined();
  expect(collector.headers[0]?.authorization).toBe('Bearer of-the-collector');
  // The same request is named where the worker writes its lines.
  expect(lines.find((line) => line.msg === 'activity' && line.activityType === 'openStep')).toMatchObject({
    ...{ requestId, caseId, state: 'waiting' },
    traceId: spans[0]?.traceId,
  });
});

test('the vote that closes a ballot wakes the workflow in its own trace, and no span tells the choice', async () => {
  const caseId = await company.submitted();
  await company.carryTo(caseId, 'approving');
  const { answer, spans } = await lastVote(caseId);
  expect(answer.status).toBe(200);
  expect(wayUp(spans, 'doorbell')).toEqual(['doorbell', 'transaction', DECIDE]);
  expect(wayUp(spans, 'activity openStep')).toContain(DECIDE);
  expect(spans.find(({ fields }) => String(fields['approvals.act']).startsWith('voted'))).toBeDefined();
  expect(JSON.stringify(spans)).not.toMatch(/"(for|against|abstain|approved|refused)"/);
});

const DECIDE = 'POST /tasks/{id}/decisions';

/** Everybody votes over HTTP until the ballot has closed; the trace of the vote that closed it. */
async function lastVote(caseId: string) {
  await company.until('the ballot', () =>
    company.deps.prisma.ballot.findFirst({ where: { caseId, step: 'approving', status: 'open' } }),
  );
  for (;;) {
    const task = await company.task(caseId, 'vote');
    const requestId = randomUUID();
    const answer = await api.post(`/tasks/${task.id}/decisions`, {
      as: String(task.candidates[0]).slice('person:'.length),
      body: { action: 'vote', body: { choice: 'for' } },
      headers: { 'X-Request-Id': requestId },
    });
    if (!(await company.deps.prisma.ballot.findFirst({ where: { caseId, status: 'open' } })))
      return { answer, spans: await traceOf(requestId, [DECIDE, ...THROUGH]) };
  }
}

test('a refusal is no failure of the system, and is told by its code', async () => {
  const { spans } = await trace(`/recommendations/${randomUUID()}/submit`, { as: 'central-submitter', body: {} }, [
    'POST /recommendations/{id}/submit',
  ]);
  expect(spans.map(({ isFailed }) => isFailed)).not.toContain(true);
  expect(spans.map(({ fields }) => fields['error.type'])).toContain('notFound');
});

describe('a caller’s traceparent', () => {
  const theirs = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

  test('is not followed unless that was asked for', async () => {
    const path = `/recommendations/${randomUUID()}/submit`;
    const ask = { as: 'central-submitter', body: {}, headers: { traceparent: theirs } };
    const { spans } = await trace(path, ask, ['POST /recommendations/{id}/submit']);
    expect(spans[0]?.traceId).not.toBe('a'.repeat(32));
  });

  test('is followed where callers are trusted', async () => {
    const ask = { as: 'central-submitter', body: {}, headers: { traceparent: theirs } };
    await behindGateway.post(`/recommendations/${randomUUID()}/submit`, ask);
    const span = await company.until('the span', async () =>
      collector.spans.find(({ traceId, kind }) => traceId === 'a'.repeat(32) && kind === 2),
    );
    expect(span.parentSpanId).toBe('b'.repeat(16));
  });

  test('is taken only where it is one', () => {
    expect(traceParentFrom(theirs)).toBe(theirs);
    for (const none of [undefined, '', 'x', theirs.replaceAll('a', '0'), `${theirs}-more`, theirs.toUpperCase()])
      expect(traceParentFrom(none)).toBeNull();
  });
});

test('without an endpoint nothing is traced, and nothing of OpenTelemetry is loaded', async () => {
  expect(await startTracing(loadConfig({}), 'api', log)).toBeNull();
  const source = await readFile(join(import.meta.dirname, '../../platform/tracing.ts'), 'utf8');
  expect(source).not.toMatch(/^import (?!type).*@opentelemetry/m);
});

test('a collector that takes nothing hinders nobody, and is complained of once', async () => {
  const silent = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  const away = loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  const without = (await startTracing(away, 'worker', log)) as Tracing;
  const said = () => lines.filter(({ msg }) => msg === 'traces not sent');
  for (let spans = 0; spans < 3000; spans += 1) expect(await without.span('work', {}, async () => spans)).toBe(spans);
  await company.until('a complaint', async () => said().length > 0);
  without.begin('more').end();
  await without.stop();
  silent.close();
  expect(said()).toHaveLength(1);
  expect(JSON.stringify(said())).not.toContain(String(port));
});
