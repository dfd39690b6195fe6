import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker, type WorkflowBundle } from '@temporalio/worker';
import { afterAll, inject } from 'vitest';
import type { RecommendationForm } from '../../api/contract/recommendationForm.ts';
import { caseBell } from '../../cases/bell.ts';
import { decide } from '../../cases/decision.ts';
import type { CaseDeps } from '../../cases/deps.ts';
import { createDraft } from '../../cases/drafts.ts';
import type { Receipt } from '../../cases/records.ts';
import { startRelay } from '../../cases/relay.ts';
import { submit } from '../../cases/submission.ts';
import { usccWithCheck } from '../../domain/uscc.ts';
import { connectDatabase } from '../../platform/database.ts';
import { dataConverter } from '../../platform/dataConverter.ts';
import { seedOrganisation } from '../../scripts/seed.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker } from '../../worker/worker.ts';
import { caseWorkflowId } from '../../workflows/contracts/case.ts';
import { movableClock } from './clock.ts';
import { freshDatabase } from './database.ts';
import { testLog as log } from './quiet.ts';
import { startTestTemporal } from './temporal.ts';
import { testKeys } from './testKeys.ts';
import { startTimeSkipping } from './timeSkipping.ts';

export type Company = Awaited<ReturnType<typeof startCompany>>;

const bundles = new Map<string | undefined, Promise<WorkflowBundle>>();

/** The workflows of a file, or the product's own; bundled once. */
function bundleOf(workflows: string | undefined): Promise<WorkflowBundle> {
  const bundle = bundles.get(workflows) ?? bundleWorkflows(workflows);
  bundles.set(workflows, bundle);
  return bundle;
}

async function startOwnTemporal(): Promise<{ readonly address: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'approvals-temporal-'));
  const server = await startTestTemporal(folder);
  return {
    address: server.address,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The demo organisation on a database of its own, with relay and worker on the run's Temporal server, or on one whose clock jumps.
 * Call it at a file's top level; everything ends with the file.
 */
export async function startCompany({
  timeSkipping = false,
  ownTemporal = false,
  worker: withWorker = true,
  workflows,
}: {
  timeSkipping?: boolean;
  /** On a Temporal server of its own, for executions that are named without an id: there is one of this year's campaign on a server. */
  ownTemporal?: boolean;
  worker?: boolean;
  /** What the worker runs instead of the product's own workflows: the file that exports them. */
  workflows?: string;
} = {}) {
  const databaseUrl = await freshDatabase();
  const setDatabaseClock = timeSkipping ? await movableClock(databaseUrl) : null;
  const database = connectDatabase(databaseUrl, { connections: 30 });
  await seedOrganisation(database.prisma);
  const keys = testKeys();
  const taskQueue = `test-${randomUUID()}`;
  const environment = timeSkipping ? await startTimeSkipping() : null;
  const own = ownTemporal ? await startOwnTemporal() : null;
  const address = own?.address ?? inject('temporalAddress');
  const connection = environment?.connection ?? (await Connection.connect({ address }));
  const native = environment?.nativeConnection ?? (await NativeConnection.connect({ address }));
  const client = new Client({ connection, dataConverter: dataConverter(keys, 'client') });
  const relay = startRelay({ pool: database.pool, log }, caseBell(client, taskQueue));
  const deps: CaseDeps = {
    pool: database.pool,
    prisma: database.prisma,
    keys,
    log,
    ring: relay.ring,
    changed: relay.changed,
  };

  let running: { worker: Worker; done: Promise<void> } | null = null;
  /** `change` makes it another worker than the product's: of other workflows, or with activities on something that is broken. */
  async function startWorker(change: { workflows?: string; deps?: CaseDeps } = {}): Promise<void> {
    const worker = await createWorker({
      connection: native,
      namespace: 'default',
      taskQueue,
      workflowBundle: await bundleOf(change.workflows ?? workflows),
      deps: change.deps ?? deps,
    });
    running = { worker, done: worker.run() };
  }
  async function stopWorker(): Promise<void> {
    running?.worker.shutdown();
    await running?.done;
    running = null;
  }
  if (withWorker) await startWorker();

  afterAll(async () => {
    await stopWorker();
    await relay.stop();
    if (environment) await environment.teardown();
    else await Promise.all([connection.close(), native.close()]);
    await own?.stop();
    await database.close();
  });

  /** Asks again and again until there is an answer; fails after a minute. */
  async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>): Promise<T> {
    const end = Date.now() + 60_000;
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
      await pause(15);
    }
  }

  const caseRow = (caseId: string) => database.prisma.case.findUniqueOrThrow({ where: { id: caseId } });

  /** The open task of a kind, for a person where one is named; waits until it is there. */
  function task(caseId: string, kind: string, personId?: string) {
    return until(`task ${kind} ${personId ?? ''}`, () =>
      database.prisma.task.findFirst({
        where: { caseId, kind, status: 'open', ...(personId ? { candidates: { has: `person:${personId}` } } : {}) },
        orderBy: { openedSeq: 'desc' },
      }),
    );
  }

  async function answer(
    caseId: string,
    personId: string,
    kind: string,
    action: string,
    body: unknown = {},
  ): Promise<Receipt> {
    const personal = ['vote', 'evaluate'].includes(kind);
    const { id } = await task(caseId, kind, personal ? personId : undefined);
    return decide(deps, { provenAt: new Date(), personId, taskId: id, action, body, key: randomUUID() });
  }

  const vote = (caseId: string, personId: string, choice: string, reason?: string): Promise<Receipt> =>
    answer(caseId, personId, 'vote', 'vote', { choice, ...(reason ? { reason } : {}) });

  /** Everybody with an open vote gives the same one, until none is open and the ballot has closed. */
  async function voteAll(caseId: string, step: string, choice: string): Promise<void> {
    await until(`ballot ${step}`, () => database.prisma.ballot.findFirst({ where: { caseId, step, status: 'open' } }));
    await until(`end of ballot ${step}`, async () => {
      const ballot = await database.prisma.ballot.findFirst({ where: { caseId, step }, orderBy: { round: 'desc' } });
      if (ballot?.status === 'closed') return ballot;
      const open = await database.prisma.task.findMany({ where: { caseId, kind: 'vote', status: 'open', step } });
      for (const { id, candidates } of open) {
        const personId = String(candidates[0]).slice('person:'.length);
        // An early close may have come between, and with it the end of the case.
        await decide(deps, {
          provenAt: new Date(),
          personId,
          taskId: id,
          action: 'vote',
          body: { choice },
          key: randomUUID(),
        }).catch((error: { code?: string }) => {
          if (!['taskClosed', 'ballotClosed', 'caseEnded'].includes(error.code ?? '')) throw error;
        });
      }
      return null;
    });
  }

  const state = (caseId: string, wanted: string) =>
    until(`state ${wanted}`, async () => (await caseRow(caseId)).state === wanted);

  /** Waits until the case's workflow sleeps: what a test then changes beneath it, it does not set right by itself. */
  const asleep = (caseId: string) =>
    until('sleep', async () => {
      const { raw } = await client.workflow
        .getHandle(caseWorkflowId((await caseRow(caseId)).process, caseId))
        .describe();
      return !raw.pendingWorkflowTask && !raw.pendingActivities?.length;
    });

  async function draft(
    change: (form: RecommendationForm) => void = () => {},
    personId = 'central-submitter',
  ): Promise<string> {
    const { caseId } = await createDraft(deps, personId, exampleForm(change));
    return caseId;
  }

  /** A submitted recommendation of a client nobody else has. */
  async function submitted(
    change?: (form: RecommendationForm) => void,
    personId = 'central-submitter',
  ): Promise<string> {
    const caseId = await draft(change, personId);
    await submit(deps, { personId, caseId, key: randomUUID() });
    return caseId;
  }

  /** Carries a case from where it is to the state wanted, along the straight line. */
  async function carryTo(caseId: string, wanted: string): Promise<void> {
    const steps: Record<string, () => Promise<unknown>> = {
      endorsing: () => answer(caseId, 'central-head', 'endorse', 'endorse'),
      screening: () =>
        answer(caseId, 'office-clerk-1', 'screen', 'accept', {
          evaluatorIds: ['finance-expert'],
          departmentIds: ['legal'],
        }),
      evaluating: async () => {
        await answer(caseId, 'finance-expert', 'evaluate', 'evaluate', { scores: exampleScores });
        await answer(caseId, 'legal-head', 'countersign', 'countersign', { agrees: true, opinion: '无异议' });
      },
      approving: () => voteAll(caseId, 'approving', 'for'),
      nominating: () => answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId: 'central-manager' }),
      confirming: () => voteAll(caseId, 'confirming', 'for'),
    };
    for (const [at, go] of Object.entries(steps)) {
      if (at === wanted) break;
      if ((await caseRow(caseId)).state === at || !isPast((await caseRow(caseId)).state, at)) {
        await state(caseId, at);
        await go();
      }
    }
    await state(caseId, wanted);
  }

  /** Lets time pass, for workflows and people alike, until an instant; to the next minute of it. */
  async function passTo(instant: Date | null): Promise<void> {
    if (!environment || !setDatabaseClock || !instant) throw new Error('only a company whose time skips can wait');
    const ms = instant.getTime() - (await environment.currentTimeMs()) + 60_000;
    if (ms > 0) await environment.sleep(ms);
    await setDatabaseClock((await environment.currentTimeMs()) - Date.now());
  }

  /** What happened in a case, of some kinds or all, in order. */
  const facts = (caseId: string, ...kinds: string[]) =>
    database.prisma.fact.findMany({
      where: { caseId, ...(kinds.length > 0 ? { kind: { in: kinds } } : {}) },
      orderBy: { seq: 'asc' },
    });

  /** The newest ballot of a step. */
  const ballot = (caseId: string, step = 'approving') =>
    database.prisma.ballot.findFirstOrThrow({ where: { caseId, step }, orderBy: { round: 'desc' } });

  /** A voter's act on his newest vote task, done or not: a changed vote, a declared recusal. */
  async function voter(caseId: string, personId: string, action: string, body: unknown): Promise<Receipt> {
    const { id } = await database.prisma.task.findFirstOrThrow({
      where: { caseId, kind: 'vote', candidates: { has: `person:${personId}` } },
      orderBy: { openedSeq: 'desc' },
    });
    return decide(deps, { provenAt: new Date(), personId, taskId: id, action, body, key: randomUUID() });
  }

  /** A session of a person's, as a sign-in would open it; by the database's clock, which may have been moved. @returns its id */
  async function sessionOf(personId: string): Promise<string> {
    const id = randomUUID();
    const { rows } = await database.pool.query<{ at: Date }>(`SELECT now() + interval '1 hour' AS at`);
    const expiresAt = rows[0]?.at as Date;
    await database.prisma.session.create({ data: { id, personId, csrfToken: '', method: 'demo', expiresAt } });
    return id;
  }

  return {
    deps,
    client,
    environment,
    connection,
    taskQueue,
    databaseUrl,
    startWorker,
    stopWorker,
    until,
    caseRow,
    task,
    answer,
    vote,
    voteAll,
    state,
    asleep,
    draft,
    submitted,
    carryTo,
    passTo,
    facts,
    ballot,
    voter,
    sessionOf,
  };
}

const ORDER = ['endorsing', 'screening', 'evaluating', 'approving', 'nominating', 'confirming'];
const isPast = (state: string, step: string): boolean => ORDER.indexOf(state) > ORDER.indexOf(step);

/** A form whose client is of branch level: CNY 150 million of upcoming contracts (Article 12). */
export function branchLevel(form: RecommendationForm): void {
  form.projects = form.projects.filter((project) => project.countsTowardGrade).slice(0, 1);
  for (const project of form.projects) project.amountYuan = '150000000.00';
  form.expectedSubsequentYuan = '150000000.00';
  form.proposedGrade = 'branch';
}

export const exampleScores = {
  largeContracts: 4,
  steadyReturns: 4,
  partnership: 3,
  continuousInvestment: 5,
  goodCredit: 3,
};

const example = await readFile(new URL('../../examples/recommendation.json', import.meta.url), 'utf8');

/** The example's form with a client, members and codes that no other form has. */
export function exampleForm(change: (form: RecommendationForm) => void = () => {}): RecommendationForm {
  const form = JSON.parse(example) as RecommendationForm;
  const serial = randomInt(36 ** 5)
    .toString(32)
    .toUpperCase()
    .replaceAll(/[IOSVZ]/g, 'X')
    .padStart(5, '0')
    .slice(-5);
  const codes = new Map<string, string>();
  const fresh = (code: string, at: number): string => {
    const known =
      codes.get(code) ?? usccWithCheck(`${code.slice(0, 8)}M${at}${serial}${at}X`.padEnd(17, '0').slice(0, 17));
    codes.set(code, known);
    return known;
  };
  const { client } = form;
  if (client.uscc) client.uscc = fresh(client.uscc, 1);
  client.name = `${client.name}${serial}`;
  client.shortName = `${client.shortName}${serial}`;
  client.formerNames = client.formerNames.map((name) => `${name}${serial}`);
  client.members.forEach((member, index) => {
    if (member.uscc) member.uscc = fresh(member.uscc, index + 2);
    member.name = `${member.name}${serial}`;
  });
  for (const project of form.projects)
    if (project.employer) project.employer = codes.get(project.employer) ?? project.employer;
  change(form);
  return form;
}
