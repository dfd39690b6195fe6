import type { Client } from '@temporalio/client';
import type { Pool, PoolClient } from 'pg';
import type { Attachments } from '../platform/attachments.ts';
import type { KeyStore } from '../platform/keyStore.ts';
import { lifeProblems, loadLives } from './accountAgreement.ts';
import { type Seal, type SealedHead, verifyChain, verifySeals } from './auditHash.ts';
import { bulkVoteProblems } from './bulkVoteAgreement.ts';
import { campaignProblems, loadCampaigns, openedCampaigns } from './campaignAgreement.ts';
import { ballotProblems, chainProblems, decisionProblems, stateProblems } from './caseAgreement.ts';
import { caseStream } from './caseAudit.ts';
import { coHolderProblems } from './coHolderAgreement.ts';
import { editionProblems, loadEditions, loadListed } from './editionAgreement.ts';
import { exclusivityProblems } from './exclusivityAgreement.ts';
import { compareExecutions } from './executionAgreement.ts';
import { exitProblems } from './exitAgreement.ts';
import { checkAttachments, checkVisitFiles } from './fileAgreement.ts';
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
import { checkClients, checkSecrets } from './secretAgreement.ts';
import { caseIds, loadEntries, loadStoredCases, type StoredCase } from './storedCase.ts';
import { suggestionProblems } from './suggestionAgreement.ts';
import { type Check, type Finding, newReport, type Report } from './verificationReport.ts';

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

async function checkCampaigns(report: Report, { keys }: VerificationDeps, client: PoolClient): Promise<void> {
  const campaigns = await loadCampaigns(client);
  report.examined.campaigns = campaigns.reviews.length;
  const { opened, problems } = await openedCampaigns(campaigns, keys);
  report.examined.secrets += opened;
  for (const { at, problem } of problems) report.find('secrets', at, [problem]);
  for (const { at, problem } of campaignProblems(campaigns)) report.find('campaigns', at, [problem]);
}
