import { randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { DECIDE } from '../../workflows/contracts/case.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const PORT = 4321;
const PAGES = `http://127.0.0.1:${PORT}`;
const company = await startCompany();
const api = await startApi(company, (deps) => ({ ...deps, engine: { namespace: 'default', pages: { port: PORT } } }));
const { prisma } = company.deps;

type Sent = {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly method?: string;
  readonly path?: string;
};
type Got = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Record<string, unknown> };

/** As a browser sends it: `fetch` of Node lets nobody set Origin. */
function send({ headers = {}, body = { payloads: [] }, method = 'POST', path = '/codec/decode' }: Sent): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${api.url}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: text === '' ? {} : JSON.parse(text),
        }),
      );
    });
    asked.end(method === 'OPTIONS' ? undefined : JSON.stringify(body));
  });
}

async function cookieOf(personId: string): Promise<string> {
  const answer = await api.post('/sessions', { body: { method: 'demo', personId } });
  return (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
}
/** What Temporal's pages send with every request. */
const fromPages = async (personId: string, change: Record<string, string> = {}) => ({
  Origin: PAGES,
  'X-Namespace': 'default',
  Cookie: await cookieOf(personId),
  ...change,
});

type Payload = { metadata?: Record<string, Uint8Array> | null; data?: Uint8Array | null };
const wire = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});
const opened = ({ body }: Got): unknown[] =>
  (body.payloads as { data: string }[]).map(({ data }) => JSON.parse(Buffer.from(data, 'base64').toString()));

test('the system administrator reads ids and codes on Temporal’s pages, by the session’s cookie, and it is on record', async () => {
  const caseId = await company.submitted();
  await company.state(caseId, 'endorsing');
  const handle = company.client.workflow.getHandle(`recommendation:${caseId}`);
  await company.until('its execution', () => handle.describe().catch(() => null));
  const { events } = await handle.fetchHistory();
  const payloads = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  expect(Buffer.from(payloads[0]?.metadata?.encoding ?? []).toString()).toBe('binary/encrypted');
  const got = await send({
    headers: await fromPages('system-admin'),
    body: { payloads: payloads.map((each) => wire(each as Payload)) },
  });
  expect(opened(got)).toEqual([{ caseId }]);
  expect(got.headers['access-control-allow-origin']).toBe(PAGES);
  expect(got.headers['access-control-allow-credentials']).toBe('true');
  const acts = await prisma.auditEntry.findMany({ where: { act: 'codec.read' } });
  expect(acts).toMatchObject([{ actorId: 'system-admin', codes: { namespace: 'default' } }]);
});

test('a preflight is answered to exactly the pages’ origin', async () => {
  const asks = {
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type,x-namespace',
  };
  const allowed = await send({ method: 'OPTIONS', headers: { Origin: PAGES, ...asks } });
  expect([allowed.status, allowed.headers['access-control-allow-origin']]).toEqual([204, PAGES]);
  expect(allowed.headers['access-control-allow-headers']).toMatch(/Content-Type.*X-Namespace/);
  for (const Origin of [
    'http://127.0.0.1:4322',
    `https://127.0.0.1:${PORT}`,
    `http://localhost:${PORT}`,
    'http://evil.example',
    'null',
  ]) {
    const refused = await send({ method: 'OPTIONS', headers: { Origin, ...asks } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  }
});

test('another origin, none at all, another namespace and no session get nothing', async () => {
  const code = async (change: Record<string, string>, without: string[] = []) => {
    const headers: Record<string, string> = await fromPages('system-admin', change);
    for (const name of without) delete headers[name];
    const { status, body } = await send({ headers });
    return [status, body.code];
  };
  expect(await code({ Origin: 'http://evil.example' })).toEqual([403, 'csrf']);
  expect(await code({}, ['Origin'])).toEqual([403, 'csrf']);
  expect(await code({ 'X-Namespace': 'other' })).toEqual([404, 'notFound']);
  expect(await code({}, ['Cookie'])).toEqual([401, 'unauthenticated']);
  expect(await code({ 'Content-Type': 'text/plain' })).toEqual([415, 'unsupportedMedia']);
});

test.each(['security-admin', 'auditor', 'central-head', 'office-head'])(
  '%s is refused, and that is on record',
  async (as) => {
    const { status, body } = await send({ headers: await fromPages(as) });
    expect([status, body.code]).toEqual([403, 'forbidden']);
    const denial = await prisma.auditEntry.findFirst({
      where: { act: 'denied', actorId: as },
      orderBy: { seq: 'desc' },
    });
    expect(denial?.codes).toMatchObject({ target: 'POST /codec/decode', code: 'forbidden' });
  },
);

test('a token decodes with the scope admin only, without an origin: for the command line', async () => {
  const token = async (scopes: string[]) => {
    const { body } = await api.post('/tokens', { as: 'system-admin', body: { name: randomUUID(), scopes, days: 1 } });
    return { Authorization: `Bearer ${body.token}` };
  };
  expect((await send({ headers: await token(['admin']) })).status).toBe(200);
  expect((await send({ headers: await token(['read']) })).body.code).toBe('tokenScope');
});

test('a decision given by signal, sealed vote or opinion, and any text stay withheld; and so in the console', async () => {
  const caseId = await company.submitted();
  await company.state(caseId, 'endorsing');
  const handle = company.client.workflow.getHandle(`recommendation:${caseId}`);
  await company.until('its execution', () => handle.describe().catch(() => null));
  await handle.signal(DECIDE, { taskId: 't', action: 'vote', body: { choice: 'against' }, reference: 'r' });
  await handle.signal('other', { text: '本公司秘密', note: 'choice of words' });
  const signals = await company.until('both signals', async () => {
    const { events } = await handle.fetchHistory();
    const payloads = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
      signal && signal.signalName !== 'decided' ? (signal.input?.payloads ?? []) : [],
    );
    return payloads.length === 2 && payloads;
  });
  const got = await send({
    headers: await fromPages('system-admin'),
    body: { payloads: signals.map((each) => wire(each as Payload)) },
  });
  const text = JSON.stringify(opened(got));
  expect(text).not.toMatch(/against|秘密|words/);
  expect(text).toContain('[withheld]');
  const { body } = await api.get(`/workflows/recommendation:${caseId}/history?limit=200`, { as: 'system-admin' });
  expect(JSON.stringify(body)).not.toMatch(/against|秘密|words/);
});

test('nothing is encoded, and nonsense is refused in words', async () => {
  const headers = await fromPages('system-admin');
  expect((await send({ headers, path: '/codec/encode' })).body.code).toBe('notFound');
  expect((await send({ headers, body: { payloads: 'x' } })).status).toBe(422);
  expect((await send({ headers, body: [] })).status).toBe(422);
  const garbage = await send({
    headers,
    body: { payloads: [{ metadata: { encoding: 'YmluYXJ5L2VuY3J5cHRlZA==' }, data: 'AAAA' }] },
  });
  expect(opened(garbage)).toEqual([{ encoding: 'binary/encrypted' }]);
});
