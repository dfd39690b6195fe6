import { mayEnd, mayPropose } from '../domain/coHolder.ts';
import { DomainError } from '../domain/errors.ts';
import { givenFen } from '../domain/money.ts';
import type { CoHolderForm } from '../forms/coHolder.ts';
import { type Rounds, startRounds } from '../platform/rounds.ts';
import { coHolder as contract } from '../workflows/contracts/coHolder.ts';
import { accountFor } from './accounts.ts';
import { holdersOf, roleKey } from './actor.ts';
import { aboutAccount } from './caseAccounts.ts';
import { conclude } from './conclusion.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor } from './guard.ts';
import { endHolding } from './holderChange.ts';
import type { Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';
import { concerns, unitParty } from './reassignments.ts';
import { violatedConstraint } from './sqlErrors.ts';
import type { CaseTransaction } from './transaction.ts';
import { requireBuilder } from './units.ts';

/**
 * A unit's officer proposes his unit, the committee or the office any, as a co-holder of an account (Article 7.4). A unit that holds the
 * account already is to have a second manager. Of two proposals for one unit the second is refused.
 * @throws DomainError `notFound`, `forbidden`, `invalid`, `unitGone`, `accountTerminated`, `accountBusy`
 */
export function proposeCoHolder(
  deps: CaseDeps,
  request: { readonly personId: string; readonly accountId: string; readonly form: CoHolderForm },
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const { personId, accountId, form } = request;
  return newCase(
    deps,
    contract,
    personId,
    async (tx) => {
      const actor = activeActor(tx);
      await accountFor(tx.client, actor, accountId);
      if (!mayPropose(actor, form.unitId))
        throw new DomainError('forbidden', { needed: 'submitter, unitHead, marketingDeputy, office, committee' });
      await openProposal(tx, { ...form, accountId, personId: actor.personId, coRecommendationId: null });
    },
    keep,
  );
}

type Proposal = CoHolderForm & {
  readonly accountId: string;
  readonly personId: string;
  readonly coRecommendationId: string | null;
};

async function openProposal(tx: CaseTransaction, proposal: Proposal): Promise<void> {
  const { accountId, unitId, regionCodes, volumeYuan, reason, coRecommendationId } = proposal;
  await requireBuilder(tx.client, unitId, 'unitId');
  const { holdings } = await aboutAccount(tx, accountId, { alone: `coHolder:${unitId}` });
  // The leading unit reads it, though it is recused.
  await concerns(
    tx,
    holdings.filter(({ kind }) => kind === 'lead').map((holding) => unitParty(holding.unitId)),
  );
  tx.moveTo(unitId);
  await named(tx);
  await tx.sql(
    'INSERT INTO co_holders (case_id, account_id, region_codes, volume_fen, co_recommendation_id) VALUES ($1, $2, $3, $4, $5)',
    [
      tx.case.id,
      accountId,
      regionCodes,
      volumeYuan === undefined ? null : givenFen(volumeYuan).toString(),
      coRecommendationId,
    ],
  );
  tx.fact({
    kind: 'submitted',
    action: 'submit',
    actorId: proposal.personId,
    codes: {
      state: contract.lifecycle.initial,
      accountId,
      unitId,
      regionCodes,
      ...(coRecommendationId ? { coRecommendationId } : {}),
    },
    secret: { reason },
  });
  tx.ring();
}

/** A co-recommendation both asked sides accepted (7.4), whose client has become a key account since. */
type Accepted = {
  readonly id: string;
  readonly caseId: string;
  readonly accountId: string;
  readonly unitId: string;
  readonly personId: string;
};

/** Looks every few seconds for what was accepted and established. */
export function startCoHolderProposals(deps: CaseDeps): Rounds {
  return startRounds({
    everyMs: PROPOSED_WITHIN_MS,
    round: () => proposeCoRecommended(deps),
    onError: (error) => deps.log.warn('accepted co-recommendations were not proposed', {}, error),
  });
}

/** How soon after establishment. */
const PROPOSED_WITHIN_MS = 10_000;

/**
 * Accepted co-recommendations become proposals once the client is a key account (Article 7.4), each once, by itself. The regions are those
 * the account was established with. Any number of workers may do this at once.
 * @returns the cases opened
 */
export async function proposeCoRecommended(deps: CaseDeps): Promise<string[]> {
  const { rows } = await deps.pool.query<Accepted>(
    `SELECT r.id, r.case_id AS "caseId", a.id AS "accountId", r.unit_id AS "unitId", r.person_id AS "personId"
     FROM co_recommendations r JOIN accounts a ON a.decision_case_id = r.case_id
     WHERE r.status = 'accepted' AND a.state <> 'terminated' AND NOT EXISTS (SELECT 1 FROM co_holders c WHERE c.co_recommendation_id = r.id)
     ORDER BY r.asked_at`,
  );
  const opened: string[] = [];
  for (const accepted of rows) {
    const caseId = await proposeAccepted(deps, accepted);
    if (caseId) opened.push(caseId);
  }
  return opened;
}

async function proposeAccepted(deps: CaseDeps, accepted: Accepted): Promise<string | null> {
  const personId = await spokesmanOf(deps, accepted);
  if (personId === null) return null;
  const { rows } = await deps.pool.query<{ codes: string[] }>(
    `SELECT coalesce(array_agg(region_code ORDER BY region_code), '{}') AS codes FROM account_regions WHERE account_id = $1`,
    [accepted.accountId],
  );
  try {
    const { caseId } = await newCase(deps, contract, personId, (tx) =>
      openProposal(tx, {
        ...accepted,
        personId,
        coRecommendationId: accepted.id,
        regionCodes: rows[0]?.codes ?? [],
        reason: '共同推荐已获同意',
      }),
    );
    return caseId;
  } catch (error) {
    // Another worker was first, or somebody proposed the unit by hand: then it has its case.
    if (violatedConstraint(error) === 'co_holders_co_recommendation_id_key') return null;
    if (error instanceof DomainError && ['accountBusy', 'unitGone', 'accountTerminated'].includes(error.code))
      return null;
    throw error;
  }
}

/** Who asked, or where he has left the officers of his unit, or the office. */
async function spokesmanOf(deps: CaseDeps, { personId, unitId }: Accepted): Promise<string | null> {
  const asked = [
    [`person:${personId}`],
    [roleKey('unitHead', unitId), roleKey('marketingDeputy', unitId)],
    [roleKey('office')],
  ];
  for (const keys of asked) {
    const [first] = await holdersOf(deps.pool, keys);
    if (first) return first;
  }
  return null;
}

/**
 * A co-holding ends with its unit's wish: its head says so, or the office, which names the document in which the unit consents (系统默认).
 * It is a case of its own that is concluded at once. The leading holding cannot be given up: there is a reassignment for it.
 * @throws DomainError `notFound`, `forbidden`, `missing` for the office without that document
 */
export function endCoHolding(
  deps: CaseDeps,
  request: {
    readonly personId: string;
    readonly accountId: string;
    readonly holdingId: string;
    readonly reason: string;
    readonly consentDocument?: string | undefined;
  },
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const { personId, accountId, holdingId, reason, consentDocument } = request;
  return newCase(
    deps,
    contract,
    personId,
    async (tx) => {
      const actor = activeActor(tx);
      await accountFor(tx.client, actor, accountId);
      const { holdings } = await aboutAccount(tx, accountId);
      const holding = holdings.find(({ id, kind }) => id === holdingId && kind === 'co');
      if (!holding) throw new DomainError('notFound');
      const may = mayEnd(actor, holding.unitId);
      if (may === 'no') throw new DomainError('forbidden', { needed: 'unitHead, marketingDeputy, office' });
      if (may === 'withConsent' && !consentDocument)
        throw new DomainError('missing', { field: 'consentDocument' }, 'consentDocument');
      await named(tx);
      tx.moveTo(holding.unitId);
      await tx.sql('INSERT INTO co_holders (case_id, account_id, region_codes, holding_id) VALUES ($1, $2, $3, $4)', [
        tx.case.id,
        accountId,
        [],
        holdingId,
      ]);
      await endHolding(tx, { accountId, holdingId });
      tx.fact({
        kind: 'decided',
        action: 'giveUp',
        actorId: actor.personId,
        codes: { accountId, holdingId, unitId: holding.unitId, managerId: holding.managerId },
        secret: { reason, ...(consentDocument ? { consentDocument } : {}) },
      });
      await conclude(tx, 'ended');
    },
    keep,
  );
}

/** A case about an account is called by its client's name. */
async function named(tx: CaseTransaction): Promise<void> {
  const [client] = await tx.sql('SELECT name FROM clients WHERE id = $1', [tx.case.clientId]);
  tx.rename(String(client?.name ?? ''));
}
