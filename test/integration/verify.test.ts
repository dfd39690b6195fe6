import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attach, storeUpload } from '../../cases/attachments.ts';
import { recordAudit } from '../../cases/audit.ts';
import { addComment } from '../../cases/comments.ts';
import { withdraw } from '../../cases/ending.ts';
import { settleIdleDrafts } from '../../cases/idleDrafts.ts';
import { seal } from '../../cases/sealer.ts';
import { type Verification, verifyStored } from '../../cases/verification.ts';
import { attachmentFolder } from '../../platform/attachments.ts';
import { dataConverter } from '../../platform/dataConverter.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const { deps, client } = company;
const { pool } = deps;
const folder = await mkdtemp(join(tmpdir(), 'approvals-verify-'));
const files = await attachmentFolder(folder);
afterAll(() => rm(folder, { recursive: true, force: true }));

const verify = () => verifyStored({ pool, keys: deps.keys, files, client });
const DAY = 86_400_000;
let established = '';
let voting = '';
let draft = '';
let fileId = '';

beforeAll(async () => {
  established = await company.submitted();
  voting = await company.submitted();
  const withdrawn = await company.submitted();
  const failed = await company.submitted();
  const idle = await company.draft();
  const inTime = (days: number) => settleIdleDrafts(deps, files, new Date(Date.now() + days * DAY));
  await inTime(168);
  await inTime(183);
  draft = await company.draft();
  const source = (async function* () {
    yield Buffer.from('合作意向');
  })();
  const upload = { owner: { caseId: draft }, purpose: 'other', name: '意向书.txt', maxBytes: 1000 };
  fileId = (await attach(deps, 'central-submitter', await storeUpload(deps, files, { ...upload, source }))).id;
  await addComment(deps, { personId: 'central-submitter', caseId: draft, text: '已与客户沟通' });
  await company.carryTo(established, 'established');
  await company.carryTo(voting, 'approving');
  await company.vote(voting, 'vice-director-1', 'for', '同意');
  await company.voter(voting, 'vice-director-1', 'vote', { choice: 'against' });
  await withdraw(deps, { personId: 'central-submitter', caseId: withdrawn, reason: '客户撤回意向', key: 'w' });
  await company.state(withdrawn, 'withdrawn');
  await company.carryTo(failed, 'approving');
  await company.voteAll(failed, 'approving', 'against');
  await company.state(failed, 'rejected');
  expect((await company.caseRow(idle)).state).toBe('lapsed');
  await recordAudit(pool, { act: 'signedIn', actorId: 'auditor' });
  await seal(pool);
});

/** Does what nobody may, past the triggers, verifies, and puts everything back as it was. */
async function tampered(
  table: string,
  change: string,
  values: unknown[] = [],
  prepare: string[] = [],
): Promise<Verification> {
  const kept = `kept_${table}`;
  const connection = await pool.connect();
  const run = (sql: string, params: unknown[] = []) => connection.query(sql, params);
  try {
    await run(`SET session_replication_role = replica`);
    await run(`CREATE TABLE ${kept} AS TABLE ${table}`);
    for (const sql of prepare) await run(sql);
    const { rowCount } = await run(change, values);
    expect(rowCount).toBeGreaterThan(0);
    return await verify();
  } finally {
    await run(`DELETE FROM ${table}`);
    await run(`INSERT INTO ${table} SELECT * FROM ${kept}`);
    await run(`DROP TABLE ${kept}`);
    await run(`SET session_replication_role = DEFAULT`);
    connection.release();
  }
}

const about = (verification: Verification) =>
  verification.findings.map(({ check, at, problem }) => `${check}: ${at}: ${problem}`);

test('what the system wrote itself agrees, whatever state its cases are in', async () => {
  const verification = await verify();
  expect(verification.findings).toEqual([]);
  expect(verification.temporal).toBe('compared');
  expect(verification.unsealedEntries).toBe(0);
  // The annual review and the editions of the list are compared by the tests that carry one through.
  const { campaigns: _, editions: __, ...examined } = verification.examined;
  for (const count of Object.values(examined)) expect(count).toBeGreaterThan(0);
});

test('what no seal covers yet is counted', async () => {
  await addComment(deps, { personId: 'central-submitter', caseId: draft, text: '补充说明' });
  expect((await verify()).unsealedEntries).toBe(1);
  await seal(pool);
});

test('a vote whose choice was exchanged for another sealed one is found', async () => {
  const verification = await tampered(
    'facts',
    `UPDATE facts SET secret = (SELECT secret FROM facts WHERE case_id = $1 AND kind = 'voted' ORDER BY seq DESC LIMIT 1)
     WHERE case_id = $1 AND seq = (SELECT min(seq) FROM facts WHERE case_id = $1 AND kind = 'voted')`,
    [established],
  );
  const found = about(verification).join('\n');
  expect(found).toMatch(/chains: case \S+: fact \d+\.hash/);
  expect(found).toMatch(/secrets: case \S+: fact \d+ does not decrypt/);
  expect(found).toMatch(/ballots: case \S+: ballot \S+: votes given\.0\.choice/);
});

test('a count changed in a proof is found', async () => {
  const verification = await tampered(
    'ballots',
    `UPDATE ballots SET proof = jsonb_set(proof, '{tally,for}', '1') WHERE case_id = $1 AND step = 'approving'`,
    [established],
  );
  expect(about(verification)).toEqual([
    expect.stringMatching(/ballots: case \S+: ballot \S+: the tally is not the sum of the votes that count/),
    expect.stringMatching(/ballots: case \S+: ballot \S+: recomputed tally\.for/),
  ]);
});

test('an expected sum moved away from where its projects lie is found', async () => {
  const verification = await tampered('account_regions', 'UPDATE account_regions SET expected_fen = expected_fen + 1');
  expect(about(verification)).toEqual([expect.stringMatching(/account \S+: its sums by region are not what/)]);
});

test('an outcome changed in ballot and proof alike is found', async () => {
  const verification = await tampered(
    'ballots',
    `UPDATE ballots SET outcome = 'failed', proof = jsonb_set(proof, '{outcome}', '"failed"') WHERE case_id = $1 AND step = 'approving'`,
    [established],
  );
  expect(about(verification).join('\n')).toMatch(/recomputed outcome/);
  expect(about(verification).join('\n')).toMatch(/step outcome passed, ballot failed/);
});

test('a code changed in an audit entry is found', async () => {
  const verification = await tampered(
    'audit_entries',
    `UPDATE audit_entries SET codes = codes || '{"choice": "for"}' WHERE stream = 'case:' || $1 AND seq = 3`,
    [voting],
  );
  expect(about(verification)).toContain(`chains: case ${voting}: chain.hash at entry 3`);
});

test('a fact that its audit entry does not tell is found', async () => {
  const verification = await tampered('facts', `UPDATE facts SET actor_id = 'auditor' WHERE case_id = $1 AND seq = 1`, [
    voting,
  ]);
  expect(about(verification)).toEqual([`chains: case ${voting}: fact 1.actorId`]);
});

test('the last entry cut off a chain is found', async () => {
  const verification = await tampered(
    'audit_entries',
    `DELETE FROM audit_entries WHERE stream = 'case:' || $1 AND seq = (SELECT max(seq) FROM audit_entries WHERE stream = 'case:' || $1)`,
    [voting],
  );
  expect(about(verification)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('chain.heads'),
      expect.stringContaining('cases.audit_head'),
      expect.stringContaining('has no entry'),
    ]),
  );
});

test('an entry cut off a day is found', async () => {
  const verification = await tampered('audit_entries', `DELETE FROM audit_entries WHERE stream LIKE 'day:%'`);
  expect(about(verification)).toEqual([
    expect.stringMatching(/chains: day:\S+: chain\.heads/),
    expect.stringMatching(/audit_streams\.head/),
  ]);
});

test('a seal that was changed is found', async () => {
  const verification = await tampered(
    'audit_seals',
    `UPDATE audit_seals SET at = at + interval '1 second' WHERE id = 1`,
  );
  expect(about(verification)).toEqual(['seals: seal 1: hash']);
});

test('a rule that is not the policy’s is found, in ballot and proof alike', async () => {
  const verification = await tampered(
    'ballots',
    `UPDATE ballots SET rule = rule || '{"directorLast": false}', proof = jsonb_set(proof, '{rule,directorLast}', 'false')
     WHERE case_id = $1 AND step = 'approving'`,
    [established],
  );
  expect(about(verification)).toContainEqual(expect.stringMatching(/ballot \S+: rule of the policy\.directorLast/));
});

test('a policy version that was not in force when the case began is found', async () => {
  const verification = await tampered('policy_versions', `UPDATE policy_versions SET effective_from = now()`);
  expect(about(verification)).toContain(
    `ballots: case ${voting}: policy version 1 was not in force when it was submitted`,
  );
});

test('two votes of one person that both count are found, whatever else agrees', async () => {
  const verification = await tampered(
    'ballots',
    `UPDATE ballots SET proof = jsonb_set(proof, '{votes}', proof->'votes' || jsonb_build_array(proof->'votes'->0))
     WHERE case_id = $1 AND step = 'approving'`,
    [established],
  );
  expect(about(verification).join('\n')).toMatch(/two votes of \S+ count[\s\S]*two votes of seat \S+ count/);
});

test('a person who is asked for his vote twice is found', async () => {
  const verification = await tampered(
    'tasks',
    `UPDATE tasks SET candidates = '{person:east-head}' WHERE case_id = $1 AND kind = 'vote' AND status = 'open'`,
    [voting],
  );
  expect(about(verification)).toContainEqual(expect.stringMatching(/ballot \S+: person:east-head is asked twice/));
});

test('a step that waits for nobody is found', async () => {
  const verification = await tampered(
    'ballots',
    `UPDATE ballots SET step = 'confirming' WHERE case_id = $1 AND status = 'open'`,
    [voting],
  );
  expect(about(verification)).toContain(`states: case ${voting}: step approving 1 waits for nobody`);
});

test('an act that was acknowledged and is not on record as that person’s is found', async () => {
  const verification = await tampered(
    'idempotency_keys',
    `UPDATE idempotency_keys SET response = jsonb_set(response, '{seq}', '1') WHERE target LIKE 'task:%' AND response->>'caseId' = $1 AND actor_id = 'vice-director-1'`,
    [voting],
  );
  expect(about(verification)).toEqual([
    `receipts: case ${voting}: fact 1 was acknowledged, and is not there as such`,
    `receipts: case ${voting}: fact 1 was acknowledged, and is not there as such`,
    `receipts: case ${voting}: fact 1 was acknowledged as 2 acts`,
  ]);
});

test('a task that was decided twice is found', async () => {
  const verification = await tampered(
    'facts',
    `UPDATE facts SET task_id = (SELECT id FROM tasks WHERE case_id = $1 AND kind = 'endorse') WHERE case_id = $1 AND action = 'accept'`,
    [voting],
  );
  expect(about(verification)).toContainEqual(expect.stringMatching(/receipts: case \S+: task \S+ was decided twice/));
});

test('a doorbell still to be heard is waited for where everything should be settled', async () => {
  await pool.query(
    `INSERT INTO outbox (case_id, process, seq, next_at) SELECT id, process, seq, now() FROM cases WHERE id = $1`,
    [voting],
  );
  const { findings } = await verifyStored({ pool, keys: deps.keys, files, client }, { settled: true });
  expect(findings).toEqual([]);
});

test('two units leading one client at the same time are found', async () => {
  const verification = await tampered(
    'holding_entities',
    `INSERT INTO holding_entities (holding_id, entity_key, kind, valid_from)
     SELECT 'other', entity_key, kind, valid_from FROM holding_entities ORDER BY entity_key LIMIT 1`,
    [],
    ['ALTER TABLE holding_entities DROP CONSTRAINT holding_entities_one_lead'],
  );
  expect(about(verification)).toEqual([expect.stringMatching(/holdings: holding \S+: overlaps holding \S+/)]);
});

test('a key account that nobody leads is found', async () => {
  const verification = await tampered('holdings', `UPDATE holdings SET kind = 'co'`);
  expect(about(verification)).toContainEqual(expect.stringMatching(/holdings: account \S+: 0 lead holdings, 1 due/));
});

test('an account off the list by no decision is found', async () => {
  const verification = await tampered('accounts', `UPDATE accounts SET delisted_case_id = 'another'`);
  expect(about(verification)).toEqual([
    expect.stringMatching(/accounts: account \S+: off the list by another, decided by null/),
  ]);
});

test('a state that no fact tells is found, and that its execution does not know it', async () => {
  const verification = await tampered('cases', `UPDATE cases SET state = 'established' WHERE id = $1`, [voting]);
  const found = about(verification).join('\n');
  expect(found).toContain(`states: case ${voting}: state established, facts say approving`);
  expect(found).toContain(`holdings: case ${voting}: 0 accounts`);
});

test('a case closed behind its execution’s back is found', async () => {
  const verification = await tampered(
    'cases',
    `UPDATE cases SET state = 'withdrawn', closed_at = now() WHERE id = $1`,
    [voting],
  );
  expect(about(verification)).toContain(`executions: case ${voting}: closed as withdrawn, execution RUNNING`);
});

test('a settled step that nobody rings for is found', async () => {
  const verification = await tampered('cases', `UPDATE cases SET settled_seq = 1 WHERE id = $1`, [voting]);
  expect(about(verification)).toEqual([`executions: case ${voting}: a step is settled, and nobody rings`]);
});

test('a file that was changed, and a form that does not decrypt, are found', async () => {
  await writeFile(join(folder, fileId), 'something else');
  const verification = await tampered(
    'recommendations',
    `UPDATE recommendations SET form = '\\x0102' WHERE case_id = $1`,
    [voting],
  );
  expect(about(verification).sort()).toEqual([
    `attachments: attachment ${fileId}: changed`,
    `secrets: case ${voting}: form does not decrypt`,
  ]);
});

test('Temporal away is said, and is no agreement', async () => {
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const away = new Client({ connection, dataConverter: dataConverter(deps.keys, 'client') });
  const verification = await verifyStored({ pool, keys: deps.keys, files, client: away });
  expect(verification.temporal).toBe('away');
  expect(verification.examined.executions).toBe(0);
  await connection.close();
});
