import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { afterAll } from 'vitest';
import { createApp } from '../../api/app.ts';
import { refusalsOf } from '../../api/contract/refusals.ts';
import type { Route } from '../../api/contract/route.ts';
import { routeGroups } from '../../api/contract/routes.ts';
import { problem } from '../../api/contract/shared.ts';
import { type ApiDeps, standardLimits } from '../../api/deps.ts';
import { temporalExecutions } from '../../api/executions.ts';
import { startLive } from '../../api/live/live.ts';
import { type ConnectionLimits, createApiServer } from '../../api/server.ts';
import { configuredSignIn } from '../../api/signIn/configured.ts';

import { localMethod } from '../../api/signIn/local.ts';
import { hearAnnouncements } from '../../cases/announcements.ts';
import { readHistory } from '../../cases/historyArchive.ts';
import { attachmentFolder } from '../../platform/attachments.ts';
import { dataConverter } from '../../platform/dataConverter.ts';
import { noSignInMethods } from '../../platform/signInSettings.ts';
import { seedTokens } from '../../scripts/seed.ts';
import type { Company } from './company.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a test expects of an answer is checked by its expectation
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: any };
export type Ask = {
  readonly as?: string;
  /** By a session of the person's own, opened for it, in place of his token: a person who sits there. */
  readonly sits?: boolean;
  readonly body?: unknown;
  readonly raw?: NonNullable<RequestInit['body']>;
  readonly headers?: Record<string, string>;
};
export type Api = Awaited<ReturnType<typeof startApi>>;

/** The API over HTTP on a company's facts. Call it at a file's top level; it ends with the file. `as` names who asks, by token. */
export async function startApi(
  company: Company,
  change: (deps: ApiDeps) => ApiDeps = (deps) => deps,
  connections?: ConnectionLimits,
) {
  const folder = await mkdtemp(join(tmpdir(), 'approvals-api-'));
  const config: ApiDeps['config'] = {
    demo: true,
    production: false,
    host: '127.0.0.1',
    trustProxy: 0,
    sessionHours: 12,
    sessionIdleMinutes: 60,
    uploadLimitBytes: 1024 * 1024,
    apiMetricsPort: null,
    dataDir: folder,
    traces: null,
  };
  const announcements = hearAnnouncements(company.deps);
  const live = startLive({ ...company.deps, config, announcements });
  await announcements.hears;
  const deps = change({
    ...company.deps,
    announcements,
    live,
    metrics: new Registry(),
    files: await attachmentFolder(join(folder, 'files')),
    executions: temporalExecutions(company.client, dataConverter(company.deps.keys, 'client'), {
      keys: company.deps.keys,
      taskQueue: company.taskQueue,
      archived: (caseId) => readHistory(company.deps, join(folder, 'histories'), caseId),
    }),
    engine: { namespace: 'default', pages: null },
    limits: { ...standardLimits, person: 1_000_000, signIn: 1_000_000, clientCheck: 1_000_000, refused: 1_000_000 },
    signIn: configuredSignIn([localMethod(company.deps.pool)], noSignInMethods),
    consoleFolder: null,
    config,
  });
  const tokens = await seedTokens(company.deps.prisma, join(folder, 'demo-tokens.json'));
  const server = createApiServer(createApp(deps), connections);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(async () => {
    await live.stop();
    await announcements.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  /** The headers of a new session of a person of the demo organisation. */
  async function sessionOf(personId: string): Promise<Record<string, string>> {
    const opened = await call('POST', '/sessions', { body: { method: 'demo', personId } });
    const cookie = opened.headers.getSetCookie().find((each) => each.startsWith('session='));
    return { Cookie: String(cookie?.split(';')[0]), 'X-CSRF-Token': String(opened.body.csrfToken) };
  }

  /** One request below /api/v1, or below the root where the path begins with `//`. Writes get a fresh Idempotency-Key unless `headers` has one; an empty header is left out. */
  async function call(method: string, path: string, { as, sits, body, raw, headers = {} }: Ask = {}): Promise<Answer> {
    const sent: Record<string, string> = {
      'Accept-Language': 'en',
      ...(method === 'GET' ? {} : { 'Idempotency-Key': randomUUID() }),
      ...(as ? (sits ? await sessionOf(as) : { Authorization: `Bearer ${tokens[as]?.token}` }) : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    };
    const response = await fetch(`${url}${path.startsWith('//') ? path.slice(1) : `/api/v1${path}`}`, {
      method,
      headers: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== '')),
      ...(raw !== undefined ? { body: raw } : body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
    const answer = { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    if (isJson && !path.startsWith('//')) checkShape(method, path, answer);
    return answer;
  }

  return {
    url,
    deps,
    folder,
    tokens,
    sessionOf,
    call,
    get: (path: string, ask?: Ask) => call('GET', path, ask),
    post: (path: string, ask?: Ask) => call('POST', path, ask),
    put: (path: string, ask?: Ask) => call('PUT', path, ask),
    delete: (path: string, ask?: Ask) => call('DELETE', path, ask),
  };
}

/** Every answer has the status and the shape the contract describes. */
function checkShape(method: string, path: string, { status, body }: Answer): void {
  const [bare] = path.split('?');
  const route = allRoutes.find(
    (each) =>
      each.method === method.toLowerCase() &&
      new RegExp(`^${each.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(bare ?? ''),
  );
  if (route && status >= 400 && !refusalsOf(route).includes(status))
    throw new Error(`${method} ${path} → ${status}, which its description does not name: ${JSON.stringify(body)}`);
  const schema = status < 400 ? route?.response : problem;
  const read = schema?.safeParse(body);
  if (read && !read.success) throw new Error(`${method} ${path} → ${status}: ${read.error.message}`);
}

const allRoutes: readonly Route[] = Object.values(routeGroups).flatMap((group) => Object.values(group));
