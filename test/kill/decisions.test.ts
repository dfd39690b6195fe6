import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, localDay } from '../../domain/calendar.ts';
import { lastPostgresUrl } from '../../platform/postgres.ts';
import { numbersFrom } from '../../scripts/system/random.ts';
import { exampleForm } from '../support/company.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { others, type Persons, personsOf } from '../support/persons.ts';
import { verified } from '../support/verified.ts';

const CLERK = 'office-clerk-1';

let instance: Instance;
let persons: Persons;
let databaseUrl = '';
let database: pg.Client;

beforeAll(async () => {
  instance = await startInstance();
  persons = await personsOf(instance);
  databaseUrl = (await lastPostgresUrl(join(instance.dataDir, 'postgres'))) ?? '';
  database = new pg.Client(databaseUrl);
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await instance.discard();
});

async function kill(name: 'worker' | 'api'): Promise<void> {
  const pid = await instance.pidOf(name);
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Killed a moment ago, and not started again yet.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const votesOf = async (caseId: string, step: string) =>
  (
    await database.query<{ seq: number; person: string }>(
      `SELECT seq, actor_id AS person FROM facts WHERE case_id = $1 AND kind = 'voted' AND step = $2 ORDER BY seq`,
      [caseId, step],
    )
  ).rows;

// Each kill makes the launcher wait longer before it starts a process again: a few are enough.
test.each([20261123])(
  'worker and API killed between two votes and in the midst of one lose and double nothing (seed %i)',
  async (seed) => {
    const random = numbersFrom(seed);
    const caseId = await persons.approving(exampleForm());
    const acknowledged: { seq: number; person: string }[] = [];
    const killed = new Set<string>();
    for (const person of [...others, 'director']) {
      const victims = (['worker', 'api'] as const).filter(() => random() < 0.2);
      const moment = random() * 40;
      const killing = pause(moment).then(() => Promise.all(victims.map(kill)));
      for (const victim of victims) killed.add(victim);
      const { seq } = await persons.decide(person, caseId, 'vote', 'vote', { choice: 'for', reason: '同意' });
      acknowledged.push({ seq, person });
      await killing;
    }
    expect(killed).toEqual(new Set(['worker', 'api']));
    expect(await votesOf(caseId, 'approving')).toEqual(acknowledged);
    await persons.confirmed(caseId);
    expect(await verified(instance.dataDir)).toMatchObject({ code: 0 });
  },
);

test('a doorbell whose process died between commit and ring is rung by another', async () => {
  const caseId = await persons.drafted(exampleForm());
  const script = fileURLToPath(new URL('../support/dyingSubmitter.ts', import.meta.url));
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    DATA_DIR: instance.dataDir,
    DATABASE_URL: databaseUrl,
    CASE_ID: caseId,
  };
  const child = spawn(process.execPath, [script], { env, stdio: 'inherit' });
  const signal = await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
  expect(signal).toBe('SIGKILL');
  expect(await persons.taskOf('central-head', caseId, 'endorse')).toMatchObject({ kind: 'endorse' });
  expect(await verified(instance.dataDir)).toMatchObject({ code: 0 });
});

test('a worker killed in the midst of a pause moves each deadline once, and the annual review goes on when its day has come, once', async () => {
  const { ask, taskOf } = persons;
  const { year } = await ask<{ year: number }>(CLERK, 'POST', '/campaigns', {});
  const caseId = await until('the review', async () => {
    const { rows } = await database.query<{ id: string | null }>('SELECT case_id AS id FROM reviews');
    return rows[0]?.id;
  });
  const dueAt = async () => Date.parse(String((await taskOf('central-manager', caseId, 'reportYear')).dueAt));
  const before = await dueAt();
  const today = localDay(Date.now());
  await ask(CLERK, 'POST', `/campaigns/${year}/pause`, { until: addDays(today, 10), reason: '集中审计' });
  await kill('worker');
  await database.query('UPDATE campaigns SET paused_until = $2 WHERE year = $1', [year, today]);
  await database.query(`INSERT INTO outbox (case_id, process, seq) VALUES ($1, 'annualReview', 0)`, [String(year)]);
  const moved = await until('its deadline to be moved, and the annual review to go on', async () => {
    const { rows } = await database.query<{ state: string }>('SELECT state FROM campaigns WHERE year = $1', [year]);
    const now = await dueAt();
    return rows[0]?.state === 'running' && now > before ? now : null;
  });
  expect(moved - before).toBe(10 * 86_400_000);
  const acts = await database.query('SELECT act, by_id AS by FROM campaign_acts WHERE year = $1 ORDER BY number', [
    year,
  ]);
  expect(acts.rows).toEqual([
    { act: 'paused', by: CLERK },
    { act: 'resumed', by: null },
  ]);
  const facts = await database.query(`SELECT 1 FROM facts WHERE case_id = $1 AND kind = 'extended'`, [caseId]);
  expect([facts.rowCount, await dueAt()]).toEqual([1, moved]);
  expect(await verified(instance.dataDir)).toMatchObject({ code: 0 });
});

/** Asks until there is an answer. Errors: none within a minute and a half. */
async function until<T>(what: string, ask: () => Promise<T | null | undefined>): Promise<T> {
  for (const end = Date.now() + 90_000; Date.now() < end; await pause(50)) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error(`waited in vain for ${what}`);
}
