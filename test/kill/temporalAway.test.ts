import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTemporal, type TemporalServer } from '../../platform/temporalServer.ts';
import { searchAttributes } from '../../workflows/contracts/case.ts';
import { exampleForm } from '../support/company.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { others, type Persons, personsOf } from '../support/persons.ts';
import { verified } from '../support/verified.ts';

const folder = await mkdtemp(join(tmpdir(), 'approvals-away-'));
let temporal: TemporalServer;
let instance: Instance;
let persons: Persons;

/** On its own data file, and after a stop on the same port. */
const start = (port: number) =>
  startTemporal({
    folder: join(folder, 'temporal'),
    port,
    uiPort: null,
    namespace: 'default',
    searchAttributes,
    retentionDays: 1,
    logFile: join(folder, 'temporal.log'),
  });

beforeAll(async () => {
  temporal = await start(0);
  instance = await startInstance({ env: { TEMPORAL_ADDRESS: temporal.address } });
  persons = await personsOf(instance);
});
afterAll(async () => {
  await instance.discard();
  await temporal.stop();
  await rm(folder, { recursive: true, force: true });
});

const verify = () => verified(instance.dataDir, { TEMPORAL_ADDRESS: temporal.address });
const state = (caseId: string, wanted: string) =>
  vi.waitFor(async () => expect((await persons.caseOf(caseId)).state).toBe(wanted), { timeout: 90_000, interval: 100 });

test('with Temporal away for a whole ballot every vote is taken, and the case goes on when it is back', async () => {
  const caseId = await persons.approving(exampleForm());
  await persons.taskOf('vice-director-1', caseId, 'vote');
  await temporal.stop();

  for (const person of [...others, 'director']) {
    const receipt = await persons.decide(person, caseId, 'vote', 'vote', { choice: 'for' });
    expect(receipt).toMatchObject({ caseId, seq: expect.any(Number) });
  }
  const late = await persons.drafted(exampleForm());
  await persons.ask('central-submitter', 'POST', `/recommendations/${late}/submit`, {});
  expect((await persons.caseOf(caseId)).state).toBe('approving');
  // Nothing is known of the executions, which is not the same as agreement.
  expect(await verify()).toMatchObject({ code: 2 });

  temporal = await start(temporal.port);
  await state(caseId, 'nominating');
  await persons.confirmed(caseId);
  await persons.decide('central-head', late, 'endorse', 'endorse');
  await state(late, 'screening');
  expect(await verify()).toMatchObject({ code: 0 });
});
