import { z } from 'zod';
import { departsFromChoice, recusedUnits, unitsConcerned } from '../domain/allocation.ts';
import { DomainError } from '../domain/errors.ts';
import { allocation as contract } from '../workflows/contracts/allocation.ts';
import { personKey, roleKey } from './actor.ts';
import { type Answer, settle } from './answer.ts';
import { attachedTo } from './attachments.ts';
import { accountOf } from './caseAccounts.ts';
import { id, opinion, reason } from './decisionBody.ts';
import type { ProcessDefinition, Slate } from './processDefinition.ts';
import { giveProject } from './projects.ts';
import type { FactRow } from './records.ts';
import type { CaseTransaction } from './transaction.ts';
import { requireBuilder } from './units.ts';

/** An opinion with its evidence: which unit should build, and files of the case that show why. */
const view = z.strictObject({ unitId: id.optional(), opinion, evidenceId: id.optional() });

/** 项目承建协商 (Article 7.2): what the process brings to the engine besides its workflow. */
export const allocationProcess: ProcessDefinition = {
  contract,
  bodies: {
    chooseFirst: {
      claim: z.strictObject({ opinion: opinion.optional() }),
      leave: z.strictObject({ reason: reason.optional() }),
    },
    giveUnitView: { state: view },
    recordClientView: { state: view },
    proposeBuilder: {
      propose: z.strictObject({ unitId: id, reason: reason.optional() }),
      release: z.strictObject({ reason }),
    },
    decideBuilder: { allocate: z.strictObject({ unitId: id, reason }), giveFree: z.strictObject({ reason }) },
  },
  codes: ['unitId', 'evidenceId'],
  effects: {
    'chooseFirst.claim': claim,
    'chooseFirst.leave': leave,
    'giveUnitView.state': stateView,
    'recordClientView.state': stateView,
    'proposeBuilder.propose': propose,
    'proposeBuilder.release': proposeRelease,
    'decideBuilder.allocate': propose,
    'decideBuilder.giveFree': proposeRelease,
  },
  slates: {
    async nextChooser(tx) {
      const { chooserIds } = await allocationOf(tx);
      const unitId = chooserIds[roundOf(tx) - 1];
      return unitId ? [officersOf(unitId)] : [];
    },
    async unitsConcerned(tx) {
      const { coveringIds } = await allocationOf(tx);
      const { holdings } = await accountOf(tx);
      return unitsConcerned(holdings, coveringIds).map(officersOf);
    },
    async leadManager(tx) {
      const { holdings } = await accountOf(tx);
      return holdings
        .filter(({ kind }) => kind === 'lead')
        .map(({ managerId, unitId }) => ({
          candidates: managerId ? [personKey(managerId)] : [],
          escalations: [[roleKey('unitHead', unitId)]],
        }));
    },
  },
  async matters(tx) {
    const account = await accountOf(tx);
    const { claimedBy, proposedId } = await allocationOf(tx);
    const lead = account.holdings.find(({ kind }) => kind === 'lead')?.unitId ?? null;
    return {
      level: account.grade,
      specialConsideration: false,
      subject: { kind: 'client', unitIds: recusedUnits(lead, claimedBy, proposedId), personIds: [] },
    };
  },
  async conclude(tx, state) {
    if (state === 'allocated') await build(tx, (await allocationOf(tx)).proposedId);
  },
};

/** What an allocation is about, as it stands. */
async function allocationOf(tx: CaseTransaction): Promise<{
  readonly coveringIds: readonly string[];
  readonly chooserIds: readonly string[];
  readonly claimedBy: string | null;
  readonly proposedId: string | null;
}> {
  const [row] = await tx.sql(
    `SELECT covering_ids AS "coveringIds", chooser_ids AS "chooserIds", claimed_by AS "claimedBy", proposed_id AS "proposedId" FROM allocations WHERE case_id = $1`,
    [tx.case.id],
  );
  if (!row) throw new DomainError('notFound');
  return row as Awaited<ReturnType<typeof allocationOf>>;
}

/** The unit builds the project. */
async function build(tx: CaseTransaction, unitId: string | null): Promise<void> {
  const [row] = await tx.sql(
    'UPDATE allocations SET builder_id = $2 WHERE case_id = $1 RETURNING project_id AS "projectId"',
    [tx.case.id, unitId],
  );
  if (!row?.projectId || !unitId) return;
  const given = { projectId: String(row.projectId), unitId, actorId: null, caseId: tx.case.id };
  await giveProject(tx.deps, tx.client, given);
}

/** Those who speak for a unit in what it builds. */
const officersOf = (unitId: string): Slate => ({
  candidates: [roleKey('unitHead', unitId), roleKey('marketingDeputy', unitId)],
  escalations: [],
});

/** How many units were asked, the present one counted. */
const roundOf = (tx: CaseTransaction): number => tx.steps.all.filter(({ name }) => name === 'firstChoice').length;

/** The unit whose turn it was to choose. */
async function chooser(tx: CaseTransaction, answer: Answer): Promise<string> {
  const { chooserIds } = await allocationOf(tx);
  return chooserIds[answer.task.round - 1] ?? '';
}

/** A unit takes its first choice, while it holds the account. @throws DomainError `notHolder` */
async function claim(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const unitId = await chooser(tx, answer);
  const { holdings } = await accountOf(tx);
  if (!holdings.some((holding) => holding.unitId === unitId)) throw new DomainError('notHolder');
  await tx.sql('UPDATE allocations SET claimed_by = $2 WHERE case_id = $1', [tx.case.id, unitId]);
  return settle(tx, answer, { ...answer.codes, unitId });
}

async function leave(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  return settle(tx, answer, { ...answer.codes, unitId: await chooser(tx, answer) });
}

async function stateView(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const { unitId, evidenceId } = answer.body as { unitId?: string; evidenceId?: string };
  if (unitId) await requireBuilder(tx.client, unitId, 'unitId');
  if (evidenceId) await attachedTo(tx, evidenceId, 'evidenceId');
  return settle(tx, answer);
}

/** Departing from the first choice needs a reason (Article 7.2). @throws DomainError `reasonRequired`, `unitGone`, `invalid` */
async function propose(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const unitId = String(answer.body.unitId);
  await requireBuilder(tx.client, unitId, 'unitId');
  const { claimedBy } = await allocationOf(tx);
  if (departsFromChoice(claimedBy, unitId) && !answer.body.reason)
    throw new DomainError('reasonRequired', { why: 'departsFromChoice' }, 'reason');
  await tx.sql('UPDATE allocations SET proposed_id = $2 WHERE case_id = $1', [tx.case.id, unitId]);
  return settle(tx, answer);
}

async function proposeRelease(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  await tx.sql('UPDATE allocations SET proposed_id = NULL WHERE case_id = $1', [tx.case.id]);
  return settle(tx, answer);
}
