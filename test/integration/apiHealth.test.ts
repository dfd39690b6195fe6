import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Client, Connection } from '@temporalio/client';
import { afterAll, describe, expect, test } from 'vitest';
import { temporalExecutions } from '../../api/executions.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);

test('ready says that database and Temporal are up', async () => {
  expect((await api.get('//readyz')).body).toEqual({ status: 'ready', database: 'up', temporal: 'up' });
});

test('metrics name routes by their pattern, never by an id', async () => {
  const caseId = await company.draft();
  await api.get(`/cases/${caseId}`, { as: 'central-submitter' });
  const { body } = await api.get('//metrics');
  expect(body).toContain('route="GET /cases/{id}",status="200"');
  expect(body).not.toContain(caseId);
});

test('no page may be framed, sniffed or given a script from elsewhere', async () => {
  const { headers } = await api.get('//healthz');
  expect(headers.get('Content-Security-Policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(headers.get('X-Powered-By')).toBeNull();
});

describe('the console', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'approvals-console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>console</title>');
  await writeFile(join(folder, 'assets', 'index-abc.js'), 'export {};');
  const large = 'export const large = 1;';
  await writeFile(join(folder, 'assets', 'large-abc.js'), large);
  await writeFile(join(folder, 'assets', 'large-abc.js.br'), brotliCompressSync(large));
  await writeFile(join(folder, 'assets', 'large-abc.js.gz'), gzipSync(large));
  await writeFile(join(folder, 'index.html.br'), brotliCompressSync('<!doctype html><title>packed</title>'));
  afterAll(() => rm(folder, { recursive: true }));
  const served = await startApi(company, (deps) => ({ ...deps, consoleFolder: folder }));
  const html = { headers: { Accept: 'text/html' } };

  test('is one page at every address it routes itself, asked for anew each time', async () => {
    const { status, body, headers } = await served.get('//cases/some-case', html);
    expect([status, body, headers.get('Cache-Control')]).toEqual([200, expect.stringContaining('console'), 'no-cache']);
  });

  test('has assets that may be kept, and no page in place of one that is missing', async () => {
    const { headers } = await served.get('//assets/index-abc.js');
    expect(headers.get('Cache-Control')).toContain('immutable');
    expect((await served.get('//assets/none.js', html)).body.code).toBe('notFound');
    expect((await served.get('//assets/../../package.json', html)).body).not.toContain('dependencies');
  });

  test('is served packed to who takes it, as what it is, and plain to who does not', async () => {
    const asset = (encoding: string) =>
      served.get('//assets/large-abc.js', { headers: { 'Accept-Encoding': encoding } });
    const page = await served.get('//cases', { headers: { Accept: 'text/html', 'Accept-Encoding': 'br' } });
    expect([page.headers.get('Content-Encoding'), page.body]).toEqual(['br', '<!doctype html><title>packed</title>']);
    for (const [taken, encoding] of [
      ['gzip, br', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const { headers, body } = await asset(taken);
      expect([headers.get('Content-Encoding'), body]).toEqual([encoding, 'export const large = 1;']);
      expect(headers.get('Content-Type')).toContain('javascript');
      expect(headers.get('Vary')).toContain('Accept-Encoding');
      expect(headers.get('Cache-Control')).toContain('immutable');
    }
  });

  test('never stands in for an address of the API', async () => {
    const { status, body } = await served.get('/nowhere', html);
    expect([status, body.code]).toEqual([404, 'notFound']);
  });
});

describe('with Temporal away', async () => {
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const away = await startApi(company, (deps) => ({
    ...deps,
    executions: temporalExecutions(
      new Client({ connection }),
      {},
      { keys: deps.keys, taskQueue: 'none', archived: async () => null },
    ),
  }));
  afterAll(() => connection.close());

  test('the API is ready all the same, and says so', async () => {
    const { status, body } = await away.get('//readyz');
    expect([status, body.temporal]).toEqual([200, 'down']);
  });

  test('histories are refused as away, and what people do is not', async () => {
    const { status, body, headers } = await away.get('/workflows', { as: 'system-admin' });
    expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'temporalAway', '5']);
    const caseId = await company.draft();
    const submitted = await away.post(`/recommendations/${caseId}/submit`, { as: 'central-submitter', body: {} });
    expect(submitted.status).toBe(200);
  });
});
