import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { routeGroups } from '../../api/contract/routes.ts';
import { LAST_BACKUP } from '../../cases/standingMetrics.ts';
import { freePort } from '../../platform/ports.ts';
import { startWire, type Wire } from '../../scripts/chaos/wire.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { exampleForm } from '../support/company.ts';
import { freshDatabase } from '../support/database.ts';
import { personsOf } from '../support/persons.ts';
import { poll } from '../support/poll.ts';

// An API and a worker as in production, each with a port for Prometheus on an address that is not that of the API; before PostgreSQL and
// Temporal is a wire on which everything can be lost.
const METRICS_HOST = '127.0.0.2';
/** What Prometheus waits for an answer where nothing else is said. */
const SCRAPE_MS = 10_000;
const patience = { timeout: 90_000, interval: 100 };
const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const serverUrl = new URL(await freshDatabase());

type Server = { wire: Wire /** It takes what is sent, and answers nothing. */; isSilent: boolean };
async function behindWire(port: string | number): Promise<Server> {
  const server: Omit<Server, 'wire'> = { isSilent: false };
  const watch = () => ({ fromClient: () => {}, fromServer: () => !server.isSilent });
  return Object.assign(server, { wire: await startWire(() => Number(port), watch) });
}
const postgres = await behindWire(serverUrl.port);
const temporal = await behindWire(inject('temporalAddress').split(':')[1] as string);

let cluster: Cluster;
let publicUrl: string;
let caseId: string;
const ports = { api: 0, worker: 0 };

beforeAll(async () => {
  const databaseUrl = new URL(serverUrl);
  databaseUrl.port = String(postgres.wire.port);
  cluster = await startCluster({ databaseUrl: databaseUrl.href, temporalAddress: `127.0.0.1:${temporal.wire.port}` });
  Object.assign(ports, { api: await freePort(), worker: await freePort() });
  Object.assign(cluster.env, {
    METRICS_HOST,
    API_METRICS_PORT: String(ports.api),
    WORKER_METRICS_PORT: String(ports.worker),
  });
  await writeFile(join(cluster.dataDir, LAST_BACKUP), `${new Date().toISOString()}\n`);
  const [api] = await Promise.all([cluster.api(), cluster.worker()]);
  publicUrl = api.url;
  const persons = await personsOf({ url: api.url, dataDir: cluster.dataDir });
  caseId = await persons.drafted(exampleForm());
  await persons.ask('central-submitter', 'POST', `/recommendations/${caseId}/submit`, {});
  await persons.decide('central-head', caseId, 'endorse', 'endorse');
  await vi.waitFor(async () => expect((await persons.caseOf(caseId)).state).toBe('screening'), patience);
  // Of failures the SDK says nothing before there is one: a workflow that is nobody's, and one of a case that is not there.
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  const { workflow } = new Client({ connection });
  const taskQueue = cluster.env.TASK_QUEUE;
  const stray = await workflow.start('nobody', { taskQueue, workflowId: `nobody-${taskQueue}` });
  await workflow.start('recommendation', { taskQueue, workflowId: `no-case-${taskQueue}`, args: [{ caseId: 'none' }] });
  for (const failures of [
    /^temporal_workflow_task_execution_failed_total/m,
    /^temporal_local_activity_execution_failed_total/m,
  ])
    await vi.waitFor(async () => expect(await page('worker')).toMatch(failures), patience);
  await stray.terminate();
  await connection.close();
});
afterAll(async () => {
  for (const { wire } of [postgres, temporal]) wire.cut()();
  await cluster?.discard();
  await Promise.all([postgres.wire.stop(), temporal.wire.stop()]);
});

const address = (part: 'api' | 'worker', path = '/metrics'): string => `http://${METRICS_HOST}:${ports[part]}${path}`;
async function page(part: 'api' | 'worker'): Promise<string> {
  const answer = await fetch(address(part), { signal: AbortSignal.timeout(SCRAPE_MS) });
  expect(answer.status).toBe(200);
  return answer.text();
}

type Series = { readonly name: string; readonly labels: ReadonlyMap<string, string> };
const seriesOf = (text: string): Series[] =>
  [...text.matchAll(/^([a-z_:]\w*)(?:\{(.*)\})? \S+$/gm)].map(([, name, labels]) => ({
    name: String(name),
    labels: new Map(
      [...(labels ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [String(label), String(value)]),
    ),
  }));
const familiesOf = (text: string): string[] => [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => String(name));
const everything = async () => [await page('api'), await page('worker')].join('\n');

/** What Prometheus adds by itself, and what its configuration names. */
const ADDED = ['job', 'instance'];
/** Every metric an expression asks for, with what it says of its labels. */
function asked(expression: string) {
  const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels]) => String(labels).split(/,\s*/));
  return [...expression.matchAll(/\b(up|(?:approvals|temporal|nodejs|process)_\w+)(?:\{([^}]*)\})?/g)].map(
    ([, name, labels]) => ({
      name: String(name),
      grouped,
      matched: [...(labels ?? '').matchAll(/(\w+)(=~|!=|!~|=)"([^"]*)"/g)].map(([, label, how, value]) => ({
        label: String(label),
        how: String(how),
        value: String(value),
      })),
    }),
  );
}
const jobs = [...read('deploy/monitoring/prometheus.yml').matchAll(/job_name: (\S+)/g)].map(([, job]) => job);
const routes = Object.values(routeGroups).flatMap((routes) =>
  Object.values(routes).map(({ method, path }) => `${method.toUpperCase()} ${path}`),
);

const rules = read('deploy/monitoring/alerts.yml')
  .split(/^ {6}- alert: /m)
  .slice(1)
  .map((text) => ({
    name: String(/^\w+/.exec(text)?.[0]),
    expr: (/^ {8}expr: (?:>-\n((?: {10}.*\n)+)|(.*)\n)/m.exec(text)?.slice(1).find(Boolean) ?? '')
      .replace(/\s+/g, ' ')
      .trim(),
    text,
  }));
const panels = [...read('deploy/monitoring/dashboard.json').matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g)].map(
  ([, expr]) => JSON.parse(String(expr)) as string,
);

describe('the shipped alerts and dashboard', () => {
  test('ask for nothing that is not shown, by no label it does not have', async () => {
    const shown = seriesOf(await everything());
    const expressions = [...rules.map(({ expr }) => expr), ...panels];
    expect([rules.length, panels.length]).toEqual([expect.toSatisfy((n) => n > 20), expect.toSatisfy((n) => n > 30)]);
    for (const expression of expressions)
      for (const { name, grouped, matched } of asked(expression)) {
        const found = name === 'up' ? [{ name, labels: new Map() }] : shown.filter((series) => series.name === name);
        expect(found.length, `${name} in ${expression}`).toBeGreaterThan(0);
        const labels = [...ADDED, ...found.flatMap((series) => [...series.labels.keys()])];
        for (const label of [...grouped, ...matched.map(({ label }) => label)])
          expect(labels, `${label} of ${name} in ${expression}`).toContain(label);
        for (const { label, how, value } of matched) {
          if (label === 'job') expect(jobs).toContain(value);
          else if (label === 'route') expect(routes).toContain(value);
          else if (how === '=') expect(found.map((series) => series.labels.get(label))).toContain(value);
        }
      }
  });

  test.each(rules)('$name is whole, and says in both languages what is wrong', ({ expr, text }) => {
    expect(expr).not.toBe('');
    expect(expr.split('(').length).toBe(expr.split(')').length);
    expect(text).toMatch(/^ {8}labels: \{ severity: (critical|warning) \}$/m);
    expect(text).toMatch(/^ {10}summary: [^·]*\p{Script=Han}[^·]* · [^·\p{Script=Han}]*[a-z][^·\p{Script=Han}]*$/mu);
    for (const [, time] of text.matchAll(/^ {8}for: (.*)$/gm)) expect(time).toMatch(/^\d+[mh]$/);
  });
});

test('the table of metrics in docs/operations.md names what is shown, and all of our own', async () => {
  const families = familiesOf(await everything());
  const section = read('docs/operations.md').split('\n## Metrics and alerts\n')[1]?.split('\n## ')[0] ?? '';
  const named = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([\w*]+)`/g)].map(([, name]) => String(name)));
  const matching = (name: string) => new RegExp(`^${name.replace('*', '\\w+')}$`);
  for (const name of named)
    expect(
      families.some((family) => matching(name).test(family)),
      name,
    ).toBe(true);
  for (const family of families.filter((each) => each.startsWith('approvals_')))
    expect(
      named.some((name) => matching(name).test(family)),
      `${family} is not in the table`,
    ).toBe(true);
});

describe('a port for Prometheus', () => {
  test('is on METRICS_HOST and nowhere else, and has nothing but the figures', async () => {
    for (const part of ['api', 'worker'] as const) {
      await expect(fetch(`http://127.0.0.1:${ports[part]}/metrics`)).rejects.toThrow();
      for (const path of ['/', '/healthz', '/api/v1/me', '/metrics/..', '/openapi.json'])
        expect((await fetch(address(part, path))).status).toBe(404);
    }
  });

  test('leaves the public one without them', async () => {
    expect((await fetch(`${publicUrl}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${publicUrl}/metrics`)).text()).not.toContain('approvals_');
  });

  test('tells no contents and no ids', async () => {
    const text = await everything();
    const { client } = exampleForm();
    for (const secret of [caseId, client.name, 'central-head', 'central-submitter', String(process.env.HOME)])
      expect(text).not.toContain(secret);
    // Labels are words of the sources, patterns of routes, or the names of this machine's memory: nothing a person wrote.
    for (const { labels } of seriesOf(text))
      for (const value of labels.values()) expect(value).toMatch(/^[\w\s{}/.:+-]*$/);
  });
});

test('each process shows both of its pools, what writes and what reads', async () => {
  for (const of of ['api', 'worker'] as const)
    expect(new Set((await page(of)).match(/^approvals_pool_\w+\{pool="\w+"/gm))).toEqual(
      new Set(
        ['connections', 'waiting'].flatMap((what) =>
          ['writing', 'reading'].map((pool) => `approvals_pool_${what}{pool="${pool}"`),
        ),
      ),
    );
});

describe('figures are there within the time of a scrape, and say so,', () => {
  test('when Temporal is gone, or answers nothing', async () => {
    const isUp = async () => (await everything()).match(/^approvals_temporal_up \d/gm);
    expect(await isUp()).toEqual(['approvals_temporal_up 1', 'approvals_temporal_up 1']);
    temporal.isSilent = true;
    expect(await isUp()).toEqual(['approvals_temporal_up 0', 'approvals_temporal_up 0']);
    const mend = temporal.wire.cut();
    temporal.isSilent = false;
    expect(await isUp()).toEqual(['approvals_temporal_up 0', 'approvals_temporal_up 0']);
    mend();
    await poll(isUp).toEqual(['approvals_temporal_up 1', 'approvals_temporal_up 1']);
  });

  test('when PostgreSQL is gone, or answers nothing', async () => {
    const isUp = async () => (await everything()).match(/^approvals_database_up \d/gm);
    const stored = async () =>
      (await everything()).match(/^approvals_(?:outbox|cases|tasks|processes|database_size)\w* .*$/gm);
    await poll(isUp).toEqual(['approvals_database_up 1', 'approvals_database_up 1']);
    postgres.isSilent = true;
    await poll(isUp).toEqual(['approvals_database_up 0', 'approvals_database_up 0']);
    expect(await stored()).toBeNull();
    // What waited for an answer gives up; whoever comes next is answered.
    postgres.isSilent = false;
    postgres.wire.cut()();
    await poll(isUp).toEqual(['approvals_database_up 1', 'approvals_database_up 1']);
    expect(await stored()).not.toBeNull();
  });
});
