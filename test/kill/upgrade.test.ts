import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { isTerminal, statesOf } from '../../domain/lifecycle.ts';
import { recommendation } from '../../domain/recommendation.ts';
import { schemaDrift } from '../../platform/schemaDump.ts';
import { type Cluster, type Member, startCluster } from '../support/cluster.ts';
import { branchLevel, exampleForm, exampleScores } from '../support/company.ts';
import { freshDatabase } from '../support/database.ts';
import { lastMigration, nextRelease } from '../support/nextRelease.ts';
import { others, type Persons, personsOf } from '../support/persons.ts';
import { poll } from '../support/poll.ts';
import { verified } from '../support/verified.ts';

const databaseUrl = await freshDatabase();
const temporalAddress = inject('temporalAddress');
let cluster: Cluster;
let next: Awaited<ReturnType<typeof nextRelease>>;
let persons: Persons;

beforeAll(async () => {
  [cluster, next] = await Promise.all([startCluster({ databaseUrl, temporalAddress }), nextRelease()]);
  persons = await personsOf(cluster);
});
afterAll(async () => {
  await cluster?.discard();
  await next?.remove();
});

const { WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND: BELL_CAME_BETWEEN } =
  proto.temporal.api.enums.v1.WorkflowTaskFailedCause;
const submitter = 'central-submitter';
const clerk = 'office-clerk-1';
const heard = { agrees: true, opinion: '公示期满，无异议' };

/** What brings a case on from a state, by the shortest way. */
const onward: Readonly<Record<string, (caseId: string) => Promise<unknown>>> = {
  draft: (caseId) => persons.ask(submitter, 'POST', `/recommendations/${caseId}/submit`, {}),
  endorsing: (caseId) => persons.decide('central-head', caseId, 'endorse', 'endorse'),
  screening: (caseId) =>
    persons.decide(clerk, caseId, 'screen', 'accept', { evaluatorIds: ['finance-expert'], departmentIds: [] }),
  supplementing: (caseId) => persons.decide(submitter, caseId, 'supplement', 'resubmit', { note: '已补充' }),
  evaluating: (caseId) => persons.decide('finance-expert', caseId, 'evaluate', 'evaluate', { scores: exampleScores }),
  approving: (caseId) => votes(caseId, 'approving'),
  nominating: (caseId) => persons.decide(submitter, caseId, 'nominate', 'nominate', { managerId: 'central-manager' }),
  confirming: (caseId) => votes(caseId, 'confirming'),
};

/** Those who are asked vote for, until the ballot has closed. */
async function votes(caseId: string, state: string): Promise<void> {
  for (const personId of [...others, 'director']) {
    if ((await persons.caseOf(caseId)).state !== state) return;
    for (const id of await persons.tasksOf(personId, caseId)) {
      const vote = { action: 'vote', body: { choice: 'for' } };
      await persons.ask(personId, 'POST', `/tasks/${id}/decisions`, vote).catch((error: Error) => {
        if (!/(ballotClosed|taskClosed|caseEnded)$/.test(error.message)) throw error;
      });
    }
  }
}

const stateOf = async (caseId: string): Promise<string> => (await persons.caseOf(caseId)).state;
/** The case is in a state, and somebody is asked there: its execution sleeps. */
const waitingIn = (caseId: string, state: string) => poll(() => stateOf(caseId)).toBe(state);

/** Brings a case to a state by people's decisions, whatever release serves them. */
async function carried(caseId: string, wanted: string): Promise<string> {
  for (;;) {
    const state = await stateOf(caseId);
    if (state === wanted) return caseId;
    const go = onward[state];
    if (!go) throw new Error(`nobody brings a case on from ${state}`);
    await go(caseId);
    await poll(() => stateOf(caseId)).not.toBe(state);
  }
}

async function opened(state: string): Promise<string> {
  const caseId = await persons.drafted(exampleForm(branchLevel));
  await onward.draft?.(caseId);
  await waitingIn(caseId, 'endorsing');
  if (state === 'draft') await persons.decide('central-head', caseId, 'endorse', 'return', { reason: '补充意向书' });
  else if (state === 'supplementing') {
    await carried(caseId, 'screening');
    await persons.decide(clerk, caseId, 'screen', 'return', { reason: '补充征信材料' });
  } else await carried(caseId, state);
  await waitingIn(caseId, state);
  return caseId;
}

const waitingStates = statesOf(recommendation).filter((state) => !isTerminal(recommendation, state));

type Event = proto.temporal.api.history.v1.IHistoryEvent;

/** The events of all runs of these cases. */
async function eventsOf(cases: Iterable<string>): Promise<Event[]> {
  const connection = await Connection.connect({ address: temporalAddress });
  const { workflow } = new Client({ connection });
  const all: Event[] = [];
  for (const caseId of cases) {
    const runs = workflow.list({ query: `WorkflowId = 'recommendation:${caseId}'` });
    for await (const { runId, workflowId } of runs)
      all.push(...((await workflow.getHandle(workflowId, runId).fetchHistory()).events ?? []));
  }
  await connection.close();
  return all;
}

/** How workflow tasks failed in any execution of these cases. */
const failures = async (cases: Iterable<string>) =>
  (await eventsOf(cases)).flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
    failed && failed.cause !== BELL_CAME_BETWEEN ? [failed.cause] : [],
  );

/** The processes that a case's execution ran on so far. */
const ranOn = async (caseId: string) =>
  new Set(
    (await eventsOf([caseId])).flatMap(
      ({ workflowTaskCompletedEventAttributes: done }) => done?.identity?.split('@')[0] ?? [],
    ),
  );

const restarted = 'started again from their facts';
const stepsOf = async (caseId: string): Promise<string[]> => {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query<{ name: string }>('SELECT name FROM steps WHERE case_id = $1', [caseId]);
  await client.end();
  return rows.map(({ name }) => name);
};

/** A case that the committee has approved, as soon as one is `wanted`; whichever way it takes, somebody is asked. */
async function approved(begun: Set<string>, wanted: (caseId: string) => Promise<boolean>): Promise<string> {
  for (;;) {
    const caseId = await opened('approving');
    begun.add(caseId);
    await carried(caseId, 'nominating');
    const next = expect.stringMatching(/^(publicity|nominating)$/);
    await poll(() => stepsOf(caseId)).toEqual(expect.arrayContaining([next]));
    if (await wanted(caseId)) return caseId;
  }
}

/** One that waits for what the public says, as the next release has it. */
const inPublicity = (begun: Set<string>) =>
  approved(begun, async (caseId) => (await stepsOf(caseId)).includes('publicity'));

/** One that this worker carried all its way. */
const approvedOn = ({ pid }: Member, begun: Set<string>) =>
  approved(begun, async (caseId) => {
    const on = await ranOn(caseId);
    return on.size === 1 && on.has(String(pid));
  });

test('worker and API are upgraded under running cases, and go back, and every case goes on', async () => {
  const old = { api: await cluster.api(), worker: await cluster.worker() };
  const begun = new Set(await Promise.all(waitingStates.map(opened)));
  const waiting = new Map(
    await Promise.all([...begun].map(async (caseId) => [caseId, await stateOf(caseId)] as const)),
  );
  expect(new Set(waiting.values())).toEqual(new Set(waitingStates));

  // The next release comes in beside this one: first the tables, then a look at what is open, then worker and API.
  expect(await cluster.run('scripts/migrate.ts', { release: next.folder })).toMatchObject({ code: 0 });
  expect(await cluster.run('scripts/replay.ts', { release: next.folder })).toMatchObject({ code: 0 });
  const newer = { worker: await cluster.worker(next.folder), api: await cluster.api(next.folder) };
  for (const [caseId, state] of waiting) {
    await onward[state]?.(caseId);
    await poll(() => stateOf(caseId)).not.toBe(state);
  }
  // While both serve, nobody takes a way that the older one does not know.
  await approvedOn(newer.worker, begun);
  for (const caseId of begun) expect(await stepsOf(caseId)).not.toContain('publicity');

  await old.api.stop();
  await old.worker.stop();
  const [through, heldUp] = [await inPublicity(begun), await inPublicity(begun)];
  await persons.decide(clerk, through, 'countersign', 'countersign', heard);
  await persons.taskOf(submitter, through, 'nominate');

  // Back again. A look at what is open says which cases must be brought on before, and which start again.
  const look = await cluster.run('scripts/replay.ts');
  expect(look.code).toBe(1);
  expect(look.said).toContain((await persons.caseOf(heldUp)).number);
  expect(look.said).toContain('waits in a step this release does not have');
  await persons.decide(clerk, heldUp, 'countersign', 'countersign', heard);
  await persons.taskOf(submitter, heldUp, 'nominate');
  await newer.worker.stop();
  await newer.api.stop();
  const back = await cluster.run('scripts/replay.ts', { args: ['--restart'] });
  expect(back.said).toContain(`2 件 are ${restarted}`);
  expect(back.code).toBe(0);
  const args = ['--back-to', await lastMigration()];
  expect(await cluster.run('scripts/migrate.ts', { release: next.folder, args })).toMatchObject({ code: 0 });

  await cluster.api();
  await cluster.worker();
  // Those that took the new way end on the old one; all others go on from where they are.
  await Promise.all([through, heldUp].map((caseId) => carried(caseId, 'established')));
  for (const caseId of waiting.keys()) {
    const state = await stateOf(caseId);
    if (state === 'established') continue;
    await onward[state]?.(caseId);
    await poll(() => stateOf(caseId)).not.toBe(state);
  }
  expect(await failures(begun)).toEqual([]);
  expect(await schemaDrift(databaseUrl)).toEqual([]);
  expect(await verified(cluster.dataDir, cluster.env)).toMatchObject({ code: 0 });
}, 600_000);
