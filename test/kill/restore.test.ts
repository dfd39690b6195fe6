import { existsSync, readdirSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hashFolder } from '../../platform/hashedFiles.ts';
import { folderKeyStore } from '../../platform/keyStore.ts';
import { startTemporal } from '../../platform/temporalServer.ts';
import { searchAttributes } from '../../workflows/contracts/case.ts';
import { command } from '../support/command.ts';
import { exampleForm, exampleScores } from '../support/company.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { others, type Persons, personsOf } from '../support/persons.ts';
import { verified } from '../support/verified.ts';

// One system makes cases in all states, is backed up, goes on, is backed up again, and is gone. What it was is restored to empty servers
// three times: from a database older than Temporal's store, from one newer than it, and with no store of Temporal at all.
const folder = await mkdtemp(join(tmpdir(), 'approvals-restore-'));
const early = join(folder, 'early');
const late = join(folder, 'late');
const keys = join(folder, 'keys');
const source = join(folder, 'source');
const free = { POSTGRES_PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0' };
const cases: Record<
  'draft' | 'endorsing' | 'screening' | 'voting' | 'nominating' | 'established' | 'withdrawn' | 'young',
  string
> = {
  draft: '',
  endorsing: '',
  screening: '',
  voting: '',
  nominating: '',
  established: '',
  withdrawn: '',
  young: '',
};

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });
afterAll(() => rm(folder, { recursive: true, force: true }));

const vote = (persons: Persons, caseId: string, person: string) =>
  persons.decide(person, caseId, 'vote', 'vote', { choice: 'for' });
const submit = (persons: Persons, caseId: string) =>
  persons.ask('central-submitter', 'POST', `/recommendations/${caseId}/submit`, {});
const at = (persons: Persons, caseId: string, state: string) =>
  vi.waitFor(async () => expect((await persons.caseOf(caseId)).state).toBe(state), { timeout: 90_000, interval: 100 });

/** From wherever a recommendation stands to the end. */
async function toTheEnd(persons: Persons, caseId: string): Promise<void> {
  const { state } = await persons.caseOf(caseId);
  const steps: Record<string, () => Promise<unknown>> = {
    draft: () => submit(persons, caseId),
    endorsing: () => persons.decide('central-head', caseId, 'endorse', 'endorse'),
    screening: () =>
      persons.decide('office-clerk-1', caseId, 'screen', 'accept', {
        evaluatorIds: ['finance-expert'],
        departmentIds: ['legal'],
      }),
    evaluating: async () => {
      await persons.decide('finance-expert', caseId, 'evaluate', 'evaluate', { scores: exampleScores });
      await persons.decide('legal-head', caseId, 'countersign', 'countersign', { agrees: true, opinion: '无异议' });
    },
    approving: async () => {
      for (const person of [...others, 'director']) await vote(persons, caseId, person);
    },
    nominating: () => persons.confirmed(caseId),
  };
  const order = Object.keys(steps);
  for (const name of order.slice(order.indexOf(state))) {
    await at(persons, caseId, name);
    await steps[name]?.();
  }
  await at(persons, caseId, 'established');
}

beforeAll(async () => {
  const instance = await startInstance({ dataDir: source });
  try {
    const persons = await personsOf(instance);
    const made = async () => persons.drafted(exampleForm());
    cases.draft = await made();
    for (const name of ['endorsing', 'screening', 'withdrawn'] as const) {
      cases[name] = await made();
      await submit(persons, cases[name]);
    }
    await persons.decide('central-head', cases.screening, 'endorse', 'endorse');
    await persons.ask('central-submitter', 'POST', `/recommendations/${cases.withdrawn}/withdraw`, {
      reason: '客户撤回意向',
    });
    for (const name of ['voting', 'nominating', 'established'] as const)
      cases[name] = await persons.approving(exampleForm());
    for (const name of ['nominating', 'established'] as const)
      for (const person of [...others, 'director']) await vote(persons, cases[name], person);
    await persons.confirmed(cases.established);
    await vote(persons, cases.voting, 'vice-director-1');
    await at(persons, cases.withdrawn, 'withdrawn');
    await at(persons, cases.nominating, 'nominating');

    expect(
      await command('backup', ['--to', early, '--keys-to', join(early, 'keys')], { DATA_DIR: source }),
    ).toMatchObject({
      code: 1,
      said: expect.stringContaining('--keys-to'),
    });
    expect(await command('backup', ['--to', early], { DATA_DIR: source })).toMatchObject({
      code: 0,
      said: expect.stringContaining('keys were not copied'),
    });
    // It goes on, and each of these is taken back by a restore of the early copy.
    for (const person of [...others.slice(1), 'director']) await vote(persons, cases.voting, person);
    await persons.confirmed(cases.nominating);
    await persons.decide('central-head', cases.endorsing, 'endorse', 'endorse');
    await submit(persons, cases.draft);
    cases.young = await made();
    await submit(persons, cases.young);
    await at(persons, cases.voting, 'nominating');
    await at(persons, cases.endorsing, 'screening');
    await at(persons, cases.young, 'endorsing');
    await at(persons, cases.draft, 'endorsing');
    expect(await command('backup', ['--to', late, '--keys-to', keys], { DATA_DIR: source })).toMatchObject({ code: 0 });
  } finally {
    await instance.end();
  }
});

/** Restores to empty servers, starts the system on them, waits until everything agrees, and does `work` with it. */
async function restored(
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  work: (persons: Persons) => Promise<void>,
) {
  const dataDir = join(folder, name);
  const all = { ...free, ...env, DATA_DIR: dataDir };
  expect(await command('restore', [...args, '--keys-from', keys], all)).toMatchObject({ code: 0 });
  let instance: Instance | null = null;
  try {
    instance = await startInstance({ dataDir, env });
    const agrees = () =>
      vi.waitFor(async () => expect(await verified(dataDir, env)).toMatchObject({ code: 0 }), {
        timeout: 120_000,
        interval: 500,
      });
    await agrees();
    await work(await personsOf(instance));
    await agrees();
  } finally {
    await instance?.discard();
  }
}

test('a database older than Temporal wins: what went on without it is ended, and its cases are carried to their ends', async () => {
  const temporal = await startTemporal({
    folder: join(source, 'temporal'),
    port: 0,
    uiPort: null,
    namespace: 'default',
    searchAttributes,
    retentionDays: 30,
    logFile: join(folder, 'temporal.log'),
  });
  try {
    await restored('older', ['--from', early], { TEMPORAL_ADDRESS: temporal.address }, async (persons) => {
      await expect(persons.caseOf(cases.young)).rejects.toThrow('notFound');
      for (const name of ['draft', 'endorsing', 'voting', 'nominating'] as const) {
        const { state } = await persons.caseOf(cases[name]);
        expect(state).toBe(name === 'voting' ? 'approving' : name);
      }
      // His vote was taken before the backup, and is kept.
      const left = [...others.slice(1), 'director'];
      for (const person of left) await vote(persons, cases.voting, person);
      await at(persons, cases.voting, 'nominating');
      for (const name of ['voting', 'nominating', 'endorsing', 'draft'] as const) await toTheEnd(persons, cases[name]);
    });
  } finally {
    await temporal.stop();
  }
});

test('a store of Temporal older than the database is brought on from it', async () => {
  await restored('newer', ['--from', late, '--temporal-from', early], {}, async (persons) => {
    expect((await persons.caseOf(cases.voting)).state).toBe('nominating');
    await toTheEnd(persons, cases.voting);
  });
});

test('with no store of Temporal at all every execution is started again from the database', async () => {
  await restored('without', ['--from', late, '--without-temporal'], {}, async (persons) => {
    expect((await persons.caseOf(cases.established)).state).toBe('established');
    await toTheEnd(persons, cases.young);
  });
});

describe('a restore refuses, and leaves everything as it is,', () => {
  const restore = (args: string[], dataDir = join(folder, 'refused')) =>
    command('restore', args, { ...free, DATA_DIR: dataDir });

  test('where a database is already', async () => {
    expect(await restore(['--from', late], source)).toMatchObject({
      code: 1,
      said: expect.stringContaining('DATA_DIR'),
    });
  });

  test('without the keys, which are not in the copy', async () => {
    const names = readdirSync(late, { recursive: true }).map(String);
    expect(names.filter((name) => name.endsWith('.key'))).toEqual([]);
    expect(await restore(['--from', late])).toMatchObject({ code: 1, said: expect.stringContaining('--keys-from') });
  });

  test('a copy of a newer version', async () => {
    const newer = join(folder, 'newer-copy');
    await cp(late, newer, { recursive: true });
    const manifest = JSON.parse(await readFile(join(newer, 'manifest.json'), 'utf8'));
    manifest.database.migrations.push({ name: '29990101000000_later', checksum: 'x' });
    await writeFile(join(newer, 'manifest.json'), JSON.stringify(manifest));
    expect(await restore(['--from', newer, '--keys-from', keys])).toMatchObject({
      code: 1,
      said: expect.stringMatching(/备份来自更新的版本.*use a newer one/),
    });
    expect(readdirSync(join(folder, 'refused'))).toEqual([]);
  });

  test('keys that do not open it', async () => {
    const strange = join(folder, 'strange-keys');
    const store = await folderKeyStore(strange);
    for (const caseId of Object.values(cases)) await store.create(`case:${caseId}`);
    const files = await hashFolder(strange);
    await writeFile(join(strange, 'keys-manifest.json'), JSON.stringify({ format: 1, takenAt: '', files }));
    expect(await restore(['--from', late, '--keys-from', strange])).toMatchObject({
      code: 1,
      said: expect.stringMatching(/密钥打不开.*do not open/),
    });
    expect(readdirSync(join(folder, 'refused')).filter((name) => !['logs', 'temporal'].includes(name))).toEqual([]);
  });

  test('a copy that was changed, or is not whole', async () => {
    await appendFile(join(late, 'database', 'facts.copy.gz'), 'x');
    const changed = await restore(['--from', late, '--keys-from', keys]);
    expect(changed).toMatchObject({ code: 1, said: expect.stringContaining('database/facts.copy.gz was changed') });
    await rm(join(early, 'manifest.json'));
    const unfinished = await restore(['--from', early, '--keys-from', keys]);
    expect(unfinished).toMatchObject({ code: 1, said: expect.stringContaining('no whole backup') });
  });
});

test('a backup that fails leaves nothing behind that stands in the way of the next', async () => {
  const to = join(folder, 'failed');
  const nowhere = { DATA_DIR: join(folder, 'nowhere') };
  expect(await command('backup', ['--to', to, '--keys-to', join(folder, 'failed-keys')], nowhere)).toMatchObject({
    code: 1,
    said: expect.stringMatching(/没有数据.*Nothing is stored/),
  });
  expect([existsSync(to), existsSync(join(folder, 'failed-keys'))]).toEqual([false, false]);
  await mkdir(to);
  await writeFile(join(to, 'of somebody else'), '');
  expect(await command('backup', ['--to', to], { DATA_DIR: source })).toMatchObject({
    code: 1,
    said: expect.stringMatching(/不是空目录.*new or empty/),
  });
  expect(readdirSync(to)).toEqual(['of somebody else']);
});

test('the manifest tells what is in the copy and what is not', async () => {
  const manifest = JSON.parse(await readFile(join(late, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({ format: 1, keys: 'separate', temporal: true, encrypted: 'confidential parts only' });
  expect(manifest.database.tables.map(({ name }: { name: string }) => name)).not.toContain('sessions');
});
