import type { Client } from '@temporalio/client';
import type { Pool, PoolClient } from 'pg';
import type { Attachments } from '../platform/attachments.ts';
import { aad, type DataKey, open, openJson } from '../platform/cipher.ts';
import { type KeyStore, KeyStoreError } from '../platform/keyStore.ts';
import { lifeProblems, loadLives } from './accountAgreement.ts';
import { type Seal, type SealedHead, verifyChain, verifySeals } from './auditHash.ts';
import { bulkVoteProblems } from './bulkVoteAgreement.ts';
import { campaignProblems, loadCampaigns, openedCampaigns } from './campaignAgreement.ts';
import { ballotProblems, chainProblems, decisionProblems, type Problems, stateProblems } from './caseAgreement.ts';
import { caseStream } from './caseAudit.ts';
import { clientKey, sealedTables } from './clientSecrets.ts';
import { coHolderProblems } from './coHolderAgreement.ts';
import { editionProblems, loadEditions, loadListed } from './editionAgreement.ts';
import { exclusivityProblems } from './exclusivityAgreement.ts';
import { compareExecutions } from './executionAgreement.ts';
import { exitProblems } from './exitAgreement.ts';
import { holdingProblems, loadHoldings } from './holdingAgreement.ts';
import { importProblems } from './ledgerAgreement.ts';
import { LIVES, lifeOf } from './lives.ts';
import { membershipProblems } from './membershipAgreement.ts';
import { loadPolicy } from './policies.ts';
import { policyProblems } from './policyAgreement.ts';
import { definitionOf } from './processes.ts';
import { loadProjects, projectProblems } from './projectAgreement.ts';
import { holderProblems } from './reassignmentAgreement.ts';
import { loadReceipts, receiptProblems } from './receiptAgreement.ts';
import { reviewProblems } from './reviewAgreement.ts';
import { caseIds, loadEntries, loadStoredCases, type StoredCase } from './storedCase.ts';
import { suggestionProblems } from './suggestionAgreement.ts';
import { factPlace } from './transaction.ts';

/** What is checked, in the order of the table. */
export const checks = [
  'chains',
  'seals',
  'ballots',
  'states',
  'receipts',
  'executions',
  'holdings',
  'projects',
  'accounts',
  'campaigns',
  'editions',
  'attachments',
  'secrets',
] as const;
export type Check = (typeof checks)[number];

/** One thing that does not agree. `at` and `problem` hold ids and codes only. */
export type Finding = { readonly check: Check; readonly at: string; readonly problem: string };

export type Verification = {
  /** How many streams, seals, ballots, cases, receipts, executions, holdings, projects, accounts, reviews, editions, files and sealed values were looked at. */
  readonly examined: Readonly<Record<Check, number>>;
  readonly findings: readonly Finding[];
  /** Entries that no seal covers yet. */
  readonly unsealedEntries: number;
  /** Away: nothing is known of the executions, which is no agreement. */
  readonly temporal: 'compared' | 'away';
};

export type VerificationDeps = {
  readonly pool: Pool;
  readonly keys: KeyStore;
  readonly files: Attachments;
  readonly client: Client;
};

const PAGE = 50;

/** A seal that was kept outside the system; `hash` in hexadecimal. */
export type ExportedHead = { readonly id: number; readonly hash: string };

export type Asked = {
  /** A seal that was kept outside, and must still be in the chain. */
  readonly exported?: ExportedHead | undefined;
  /** Whether nothing may wait to be done: no doorbell, no deadline that passed. It is given some minutes. */
  readonly settled?: boolean | undefined;
};

/** Checks everything stored on one snapshot of the database, while the system may go on running. Changes nothing. */
export async function verifyStored(
  deps: VerificationDeps,
  { exported, settled = false }: Asked = {},
): Promise<Verification> {
  const report = newReport();
  const ids = await onSnapshot(deps.pool, async (client) => {
    const sealed = await checkSeals(report, client, exported);
    const all = await caseIds(client);
    for (let start = 0; start < all.length; start += PAGE) {
      for (const stored of await loadStoredCases(client, all.slice(start, start + PAGE)))
        await checkCase(report, deps, client, stored, sealed);
    }
    for (const { at, problem } of await policyProblems(client)) report.find('ballots', at, [problem]);
    const receipts = await loadReceipts(client);
    report.examined.receipts = receipts.given;
    for (const { at, problem } of receiptProblems(receipts)) report.find('receipts', at, [problem]);
    await checkStreams(report, client, sealed, new Set(all.map(caseStream)));
    await checkCampaigns(report, deps, client);
    const lives = await loadLives(client);
    report.examined.accounts = lives.accounts.length;
    for (const { at, problem } of [...lifeProblems(lives), ...(await exitProblems(client))])
      report.find('accounts', at, [problem]);
    for (const { at, problem } of [...(await suggestionProblems(client)), ...(await reviewProblems(client, deps.keys))])
      report.find('states', at, [problem]);
    const editions = await loadEditions(client);
    report.examined.editions = editions.length;
    for (const { at, problem } of editionProblems(editions, await loadListed(client)))
      report.find('editions', at, [problem]);
    for (const { at, problem } of await bulkVoteProblems(client, deps.keys)) report.find('ballots', at, [problem]);
    const holdings = await loadHoldings(client);
    report.examined.holdings = holdings.holdings.length;
    const projects = await loadProjects(client);
    report.examined.projects = projects.count;
    for (const { at, problem } of projectProblems(projects)) report.find('projects', at, [problem]);
    for (const { at, problem } of await membershipProblems(client)) report.find('holdings', at, [problem]);
    for (const { at, problem } of [...holdingProblems(holdings), ...(await holderProblems(client))])
      report.find('holdings', at, [problem]);
    for (const { at, problem } of await coHolderProblems(client)) report.find('holdings', at, [problem]);
    await checkClients(report, deps, client);
    for (const { check, at, problem } of await importProblems(client, deps)) report.find(check, at, [problem]);
    await checkExclusivity(report, deps, client);
    await checkVisitFiles(report, deps, client);
    return [...all, ...(await lifeIds(client))];
  });
  const executions = await compareExecutions(deps.pool, deps.client, ids, settled);
  if (executions.temporal === 'compared') {
    report.examined.executions = ids.length;
    for (const { place, problem } of executions.problems)
      report.find('executions', `${lifeOf(place.process)?.word ?? 'case'} ${place.id}`, [problem]);
  }
  return { ...report.counts(), temporal: executions.temporal };
}

async function lifeIds(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(`SELECT l.id FROM ${LIVES} l ORDER BY l.process, l.id`);
  return rows.map(({ id }) => id);
}

/** One REPEATABLE READ transaction that may take its time. */
async function onSnapshot<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    return await work(client);
  } finally {
    await client.query('ROLLBACK').catch(() => {});
    client.release();
  }
}

function newReport() {
  const examined = Object.fromEntries(checks.map((check) => [check, 0])) as Record<Check, number>;
  const findings: Finding[] = [];
  let unsealedEntries = 0;
  return {
    examined,
    find(check: Check, at: string, problems: Problems): void {
      for (const problem of problems) findings.push({ check, at, problem });
    },
    /** A stream of `length` entries of which `sealed` are covered. */
    stream(length: number, sealed: readonly SealedHead[]): void {
      examined.chains += 1;
      unsealedEntries += Math.max(0, length - Math.max(0, ...sealed.map((head) => head.seq)));
    },
    counts: () => ({ examined, findings, unsealedEntries }),
  };
}

type Report = ReturnType<typeof newReport>;
type SealedStreams = ReadonlyMap<string, readonly SealedHead[]>;

/** The global chain. @returns every head it holds, by stream */
async function checkSeals(report: Report, client: PoolClient, exported?: ExportedHead): Promise<SealedStreams> {
  const { rows } = await client.query<Seal>(
    'SELECT id, at, heads, prev_hash AS "prevHash", hash FROM audit_seals ORDER BY id',
  );
  report.examined.seals = rows.length;
  const chain = verifySeals(rows, exported && { id: exported.id, hash: Buffer.from(exported.hash, 'hex') });
  if (!chain.ok) report.find('seals', `seal ${rows[chain.index]?.id ?? chain.index + 1}`, [chain.fault]);
  const streams = new Map<string, SealedHead[]>();
  for (const head of rows.flatMap((seal) => seal.heads)) {
    const heads = streams.get(head.stream);
    if (heads) heads.push(head);
    else streams.set(head.stream, [head]);
  }
  return streams;
}

async function checkCase(
  report: Report,
  deps: VerificationDeps,
  client: PoolClient,
  stored: StoredCase,
  sealedStreams: SealedStreams,
): Promise<void> {
  const { row } = stored;
  const at = `case ${row.id}`;
  const sealed = sealedStreams.get(caseStream(row.id)) ?? [];
  report.stream(stored.entries.length, sealed);
  report.find('chains', at, chainProblems(stored, sealed));
  const { lifecycle } = definitionOf(row.process).contract;
  report.examined.states += 1;
  report.find(
    'states',
    at,
    stateProblems(stored, (state) => lifecycle.states[state]?.terminal ?? false),
  );
  const secrets = await checkSecrets(report, deps, stored);
  report.examined.ballots += stored.ballots.length;
  report.find('ballots', at, ballotProblems(stored, await loadPolicy(client, row.policyVersion), secrets));
  report.find('receipts', at, decisionProblems(stored));
  await checkAttachments(report, deps, stored);
}

/** Opens whatever is sealed under the case's key; an idle draft's key must be gone. @returns the facts' secrets, by number */
async function checkSecrets(
  report: Report,
  { keys }: VerificationDeps,
  stored: StoredCase,
): Promise<ReadonlyMap<number, unknown>> {
  const { id } = stored.row;
  const secrets = new Map<number, unknown>();
  const key = await keyOf(keys, `case:${id}`);
  const isErased = stored.form?.length === 0 && stored.row.state === 'lapsed';
  if (isErased) {
    if (key) report.find('secrets', `case ${id}`, ['erased, and its key is still there']);
    return secrets;
  }
  if (!key) {
    report.find('secrets', `case ${id}`, ['no key']);
    return secrets;
  }
  const opening = (what: string, work: () => unknown): void => {
    report.examined.secrets += 1;
    try {
      work();
    } catch {
      report.find('secrets', `case ${id}`, [`${what} does not decrypt`]);
    }
  };
  for (const fact of stored.facts) {
    if (!fact.secret) continue;
    opening(`fact ${fact.seq}`, () => secrets.set(fact.seq, openJson(key, fact.secret, factPlace(id, fact.seq))));
  }
  const { form } = stored;
  if (form) opening('form', () => openJson(key, form, aad('recommendations', 'form', id)));
  for (const note of stored.notes)
    opening(`${note.table} ${note.id}`, () => open(key, note.secret, aad(note.table, 'secret', note.id)));
  for (const file of stored.attachments)
    opening(`attachment ${file.id} name`, () => open(key, file.name, aad('attachments', 'name', file.id)));
  return secrets;
}

async function keyOf(keys: KeyStore, scope: string): Promise<DataKey | null> {
  try {
    return await keys.get(scope);
  } catch (error) {
    if (error instanceof KeyStoreError) return null;
    throw error;
  }
}

/** The file is the one that was stored, by its row and by the fact of its coming, and it decrypts to its end. */
async function checkAttachments(report: Report, deps: VerificationDeps, stored: StoredCase): Promise<void> {
  for (const file of stored.attachments) {
    if (file.removedAt !== null) continue;
    report.examined.attachments += 1;
    const at = `attachment ${file.id}`;
    const told = stored.facts.find((fact) => fact.kind === 'attached' && fact.codes.attachmentId === file.id);
    if (told?.codes.storedHash !== file.storedHash) report.find('attachments', at, ['stored_hash is not the fact’s']);
    await checkStoredFile(report, deps, `case:${stored.row.id}`, file);
  }
}

/** The same of the files of return visits, by what the audit says of their coming. */
async function checkVisitFiles(report: Report, deps: VerificationDeps, client: PoolClient): Promise<void> {
  const { rows } = await client.query<{
    id: string;
    name: Buffer;
    storedHash: string;
    removed: boolean;
    clientId: string;
    told: string | null;
  }>(
    `SELECT f.id, f.name, f.stored_hash AS "storedHash", f.removed_at IS NOT NULL AS removed, a.client_id AS "clientId", e.codes->>'storedHash' AS told
     FROM attachments f JOIN visits v ON v.id = f.visit_id JOIN accounts a ON a.id = v.account_id
       LEFT JOIN audit_entries e ON e.act = 'visit.attached' AND e.codes->>'attachmentId' = f.id
     ORDER BY f.id`,
  );
  for (const { id, name, storedHash, removed, clientId, told } of rows) {
    const key = await keyOf(deps.keys, clientKey(clientId));
    report.examined.secrets += 1;
    try {
      if (!key) throw new Error('no key');
      open(key, name, aad('attachments', 'name', id));
    } catch {
      report.find('secrets', `attachment ${id}`, ['name does not decrypt']);
    }
    if (removed) continue;
    report.examined.attachments += 1;
    if (told !== storedHash) report.find('attachments', `attachment ${id}`, ['stored_hash is not the audit’s']);
    await checkStoredFile(report, deps, clientKey(clientId), { id, storedHash });
  }
}

async function checkStoredFile(
  report: Report,
  deps: VerificationDeps,
  scope: string,
  { id, storedHash }: { readonly id: string; readonly storedHash: string },
): Promise<void> {
  const actual = await deps.files.storedHash(id);
  if (actual === storedHash) await checkContent(report, deps, scope, id);
  else if (!(await removedSince(deps.pool, id)))
    report.find('attachments', `attachment ${id}`, [actual === null ? 'gone' : 'changed']);
}

async function checkContent(report: Report, { keys, files }: VerificationDeps, scope: string, id: string) {
  const key = await keyOf(keys, scope);
  if (!key) return;
  report.examined.secrets += 1;
  try {
    for await (const _ of files.read(id, key));
  } catch {
    report.find('secrets', `attachment ${id}`, ['does not decrypt']);
  }
}

/** A file may have been taken out while this ran. */
async function removedSince(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM attachments WHERE id = $1 AND removed_at IS NOT NULL', [id]);
  return rowCount !== 0;
}

/** The day streams, and streams that belong to nothing. */
async function checkStreams(
  report: Report,
  client: PoolClient,
  sealedStreams: SealedStreams,
  ofCases: ReadonlySet<string>,
): Promise<void> {
  const { rows: heads } = await client.query<{ stream: string; seq: number; head: Buffer }>(
    'SELECT stream, seq, head FROM audit_streams',
  );
  const { rows: told } = await client.query<{ stream: string }>('SELECT DISTINCT stream FROM audit_entries');
  const known = new Map(heads.map((head) => [head.stream, head]));
  const streams = new Set([...known.keys(), ...told.map((row) => row.stream), ...sealedStreams.keys()]);
  for (const stream of [...streams].filter((each) => !ofCases.has(each)).sort()) {
    const sealed = sealedStreams.get(stream) ?? [];
    const entries = await loadEntries(client, [stream]);
    const chain = verifyChain(entries, sealed);
    const head = known.get(stream);
    const last = entries.at(-1);
    report.stream(entries.length, sealed);
    report.find('chains', stream, [
      ...(chain.ok ? [] : [`chain.${chain.fault} at entry ${chain.index + 1}`]),
      ...(head ? [] : ['belongs to nothing stored']),
      ...(head && (head.seq !== entries.length || (last && Buffer.compare(head.head, last.hash) !== 0))
        ? ['audit_streams.head']
        : []),
    ]);
  }
}

/** What was asked about clients, and what was judged of near names. */
async function checkExclusivity(report: Report, { keys }: VerificationDeps, client: PoolClient): Promise<void> {
  const { opened, receipts, secrets } = await exclusivityProblems(client, keys);
  report.examined.secrets += opened;
  for (const { at, problem } of receipts) report.find('receipts', at, [problem]);
  for (const { at, problem } of secrets) report.find('secrets', at, [problem]);
}

/** @returns the assessment years, which are the ids of their executions */
async function checkCampaigns(report: Report, { keys }: VerificationDeps, client: PoolClient): Promise<void> {
  const campaigns = await loadCampaigns(client);
  report.examined.campaigns = campaigns.reviews.length;
  const { opened, problems } = await openedCampaigns(campaigns, keys);
  report.examined.secrets += opened;
  for (const { at, problem } of problems) report.find('secrets', at, [problem]);
  for (const { at, problem } of campaignProblems(campaigns)) report.find('campaigns', at, [problem]);
}

async function checkClients(report: Report, { keys }: VerificationDeps, client: PoolClient): Promise<void> {
  for (const { table, clientId } of sealedTables) {
    const { rows } = await client.query<{ id: string; clientId: string; secret: Buffer }>(
      `SELECT t.id, ${clientId} AS "clientId", t.secret FROM ${table} t WHERE t.secret IS NOT NULL ORDER BY t.id`,
    );
    for (const row of rows) {
      report.examined.secrets += 1;
      const key = await keyOf(keys, clientKey(row.clientId));
      try {
        if (!key) throw new Error('no key');
        openJson(key, row.secret, aad(table, 'secret', row.id));
      } catch {
        report.find('secrets', table === 'clients' ? `client ${row.id}` : `${table} ${row.id}`, ['does not decrypt']);
      }
    }
  }
}
