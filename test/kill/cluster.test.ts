import { afterEach, expect, inject, test } from 'vitest';
import { TEMPORAL_SERVER_VERSION, temporalPrograms } from '../../platform/temporalPrograms.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { exampleForm } from '../support/company.ts';
import { createDatabase, dropDatabase, TEMPLATE } from '../support/databases.ts';
import { type Listener, listen } from '../support/events.ts';
import { others, personsOf } from '../support/persons.ts';
import { startTemporalCluster } from '../support/temporalCluster.ts';
import { verified } from '../support/verified.ts';

const programs = await temporalPrograms();
const postgresUrl = inject('postgresUrl');
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A browser's session, opened at one API. */
async function sessionAt(url: string, personId: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'session-of-the-cluster-test' },
    body: JSON.stringify({ method: 'demo', personId }),
  });
  expect(answer.status).toBe(201);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

const who = async (url: string, Cookie: string): Promise<string> =>
  ((await (await fetch(`${url}/api/v1/me`, { headers: { Cookie } })).json()) as { person: { id: string } }).person.id;

/** A whole recommendation over two APIs behind one address and two workers, one of each killed in the midst of the ballot. */
async function wholeCase(databaseUrl: string, temporalAddress: string): Promise<void> {
  const cluster: Cluster = await startCluster({ databaseUrl, temporalAddress });
  ends.push(() => cluster.discard());
  const [here, there, worker] = await Promise.all([cluster.api(), cluster.api(), cluster.worker(), cluster.worker()]);
  const persons = await personsOf(cluster);

  const cookie = await sessionAt(here.url, 'office-clerk-1');
  expect(await Promise.all([here, there].map(({ url }) => who(url, cookie)))).toEqual([
    'office-clerk-1',
    'office-clerk-1',
  ]);
  const streams: Listener[] = await Promise.all(
    [here, there].map(({ url }) => listen({ url, tokens: {} }, '', { Cookie: cookie })),
  );
  for (const stream of streams) ends.push(() => stream.close());
  for (const stream of streams) await stream.until('ready');

  const caseId = await persons.approving(exampleForm());
  // What was decided at one API is told by both.
  for (const stream of streams) await stream.until('case', caseId);
  await persons.taskOf('vice-director-1', caseId, 'vote');

  const before = cluster.answered();
  const [early, late] = [others.slice(0, 4), others.slice(4)];
  for (const person of early) await persons.decide(person, caseId, 'vote', 'vote', { choice: 'for' });
  const answered = cluster.answered();
  for (const { port } of [here, there]) expect(answered.get(port)).toBeGreaterThan(before.get(port) ?? 0);

  // Whose stream is cut comes back by the one address.
  const cut = expect(streams[0]?.ended).rejects.toThrow();
  await Promise.all([here.kill(), worker.kill(), cut]);
  for (const person of [...late, 'director']) await persons.decide(person, caseId, 'vote', 'vote', { choice: 'for' });
  const survivor = await listen({ url: cluster.url, tokens: {} }, '', { Cookie: cookie });
  ends.push(() => survivor.close());
  await survivor.until('ready');
  await persons.confirmed(caseId);
  await survivor.until('case', caseId);
  expect(await who(cluster.url, cookie)).toBe('office-clerk-1');
  expect(await verified(cluster.dataDir, cluster.env)).toMatchObject({ code: 0 });
}

async function freshCopy(): Promise<string> {
  const name = `cluster_${Date.now().toString(36)}`;
  ends.push(() => dropDatabase(postgresUrl, name));
  return createDatabase(postgresUrl, name, TEMPLATE);
}

test('two APIs and two workers behind one address carry a case through, and go on when one of each is killed', async () => {
  await wholeCase(await freshCopy(), inject('temporalAddress'));
}, 600_000);

const where = programs ? '' : ' (skipped: its programs are not at hand; npm run temporal-server builds them)';
test.skipIf(!programs)(
  `so they do on Temporal's own server ${TEMPORAL_SERVER_VERSION} on PostgreSQL${where}`,
  async () => {
    if (!programs) return;
    const temporal = await startTemporalCluster(programs, postgresUrl);
    ends.push(() => temporal.stop());
    await wholeCase(await freshCopy(), temporal.address);
  },
  900_000,
);
