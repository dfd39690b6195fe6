import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { historyArchive, readHistory } from '../../cases/historyArchive.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const { deps, client } = company;
const folder = await mkdtemp(join(tmpdir(), 'histories-'));
afterAll(() => rm(folder, { recursive: true }));

const archive = historyArchive(deps, client, folder);

const closed = async (): Promise<string> => {
  const caseId = await company.submitted();
  await company.carryTo(caseId, 'established');
  await client.workflow.getHandle(`recommendation:${caseId}`).result();
  return caseId;
};

test('the history of a closed case is kept whole, once, and encrypted; one that runs is not', async () => {
  const caseId = await closed();
  await company.carryTo(await company.submitted(), 'screening');
  expect(await archive()).toBe(1);
  expect(await archive()).toBe(0);
  expect(await readdir(folder)).toEqual([`${caseId}.history`]);
  const events = (await readHistory(deps, folder, caseId))?.events;
  const whole = await client.workflow.getHandle(`recommendation:${caseId}`).fetchHistory();
  expect(events).toHaveLength(whole.events?.length ?? 0);
  expect((await readFile(join(folder, `${caseId}.history`))).includes('recommendation')).toBe(false);
});

test('of a case whose key was destroyed nothing is kept, and it is not asked for again', async () => {
  const caseId = await closed();
  await deps.keys.destroy(`case:${caseId}`);
  expect(await archive()).toBe(0);
  expect(await readFile(join(folder, `${caseId}.history`))).toHaveLength(0);
});
