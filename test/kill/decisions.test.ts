import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastPostgresUrl } from '../../platform/postgres.ts';
import { numbersFrom } from '../../scripts/system/random.ts';
import { exampleForm } from '../support/company.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { others, type Persons, personsOf } from '../support/persons.ts';
import { verified } from '../support/verified.ts';

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
