import { describe, expect, test } from 'vitest';
import { currentPolicy } from '../../cases/policies.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);
const { prisma, pool } = company.deps;
const as = 'office-head';

const soon = (days = 1) => new Date(Date.now() + days * 86_400_000).toISOString();
const set = (change: object, more: object = {}, who = as) =>
  api.post('/policies', {
    as: who,
    body: { effectiveFrom: soon(), note: '会议纪要', values: { ...defaultPolicy, ...change }, ...more },
  });
const versions = async (): Promise<readonly { version: number; state: string; changes: unknown[] }[]> =>
  (await api.get('/policies', { as: 'central-manager' })).body.items;

describe('a new version', () => {
  test('tells what it changes against the one before, and is pending until its time comes', async () => {
    const { status, body } = await set({ endorsingDays: 4, tieBreak: 'castingVote' });
    expect(status).toBe(201);
    const [newest] = await versions();
    expect(newest).toMatchObject({
      version: body.version,
      state: 'pending',
      changes: [
        { key: 'endorsingDays', from: 3, to: 4 },
        { key: 'tieBreak', from: 'defer', to: 'castingVote' },
      ],
    });
    expect((await currentPolicy(pool)).version).toBe(1);
  });

  test('is refused for the past, for a value that makes no sense, and for anybody but the head of the office', async () => {
    expect((await set({}, { effectiveFrom: soon(-1) })).body).toMatchObject({
      code: 'invalid',
      field: 'effectiveFrom',
    });
    expect((await set({ endorsingDays: 0 })).body).toMatchObject({ code: 'invalid', field: 'endorsingDays' });
    expect((await set({ approveQuorum: [3, 2] })).body).toMatchObject({ code: 'invalid', field: 'approveQuorum' });
    expect((await set({ companyLineFen: '1' })).body).toMatchObject({ code: 'invalid', field: 'companyLineFen' });
    for (const who of ['office-clerk-1', 'central-head', 'finance-head', 'director', 'system-admin'])
      expect((await set({}, {}, who)).body.code, who).toBe('forbidden');
  });

  test('of two made at once on the same one, the second is told that it would undo the first', async () => {
    const [{ version: basedOn } = { version: 0 }] = await versions();
    const answers = await Promise.all([
      set({ screeningDays: 5 }, { basedOn, effectiveFrom: soon(2) }),
      set({ evaluatingDays: 7 }, { basedOn, effectiveFrom: soon(2) }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('policyChanged');
  });
});

describe('a version withdrawn before it takes effect', () => {
  const withdraw = (version: number, who = as) =>
    api.post(`/policies/${version}/withdraw`, { as: who, body: { note: '另行研究' } });

  test('stays on record with who withdrew it and why, and never comes into force', async () => {
    const { version } = (await set({ urgeMinutes: 30 }, { effectiveFrom: soon(3) })).body;
    expect((await withdraw(version)).status).toBe(200);
    const found = (await versions()).find((each) => each.version === version);
    expect(found).toMatchObject({
      state: 'withdrawn',
      withdrawal: { by: { id: as }, note: '另行研究' },
      changes: expect.arrayContaining([{ key: 'urgeMinutes', from: 60, to: 30 }]),
    });
    // As if its time had come: the withdrawal alone keeps it from being in force.
    await pool.query(
      `INSERT INTO policy_versions (version, effective_from, values, note) SELECT 900, now() - interval '1 second', values, 'x' FROM policy_versions WHERE version = 1`,
    );
    await pool.query(`INSERT INTO policy_withdrawals (version, note, withdrawn_by) VALUES (900, 'x', 'office-head')`);
    expect((await currentPolicy(pool)).version).toBe(1);
    expect((await api.get('/policies/current', { as })).body.version).toBe(1);
    expect((await api.get(`/policies/${version}`, { as })).body.values).toHaveLength(Object.keys(defaultPolicy).length);
  });

  test('is withdrawn once, by the head of the office, and never when it is in force', async () => {
    const { version } = (await set({}, { effectiveFrom: soon(4) })).body;
    expect((await withdraw(version, 'office-clerk-1')).body.code).toBe('forbidden');
    const twice = await Promise.all([withdraw(version), withdraw(version)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await withdraw(1)).body.code).toBe('policyInForce');
    expect((await withdraw(77_777)).body.code).toBe('notFound');
    await expect(prisma.policyWithdrawal.deleteMany()).rejects.toThrow();
  });

  test('is no longer what a new one is based on', async () => {
    const { version: basedOn } = (await set({}, { effectiveFrom: soon(5) })).body;
    await withdraw(basedOn);
    expect((await set({}, { basedOn, effectiveFrom: soon(6) })).body.code).toBe('policyChanged');
  });
});

test('open cases are counted under the version they keep', async () => {
  await company.submitted();
  const first = (await versions()).find((each) => each.version === 1);
  expect(first).toMatchObject({ openCases: 1 });
});
