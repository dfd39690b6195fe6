import { z } from 'zod';
import { isChoice } from '../domain/choice.ts';
import { DomainError } from '../domain/errors.ts';
import { type ReviewOption, reviewOptions } from '../domain/review.ts';
import { planForm } from '../forms/plan.ts';
import { reviewReportForm } from '../forms/reviewReport.ts';
import { review as contract } from '../workflows/contracts/review.ts';
import { ringAccount } from './accountBell.ts';
import { accountRow, isIntensified } from './accounts.ts';
import { roleKey } from './actor.ts';
import { type Answer, settle } from './answer.ts';
import { goesOnAt, heedPauses } from './campaignPause.ts';
import { officeHead, officeSlate } from './companySlates.ts';
import { opinion, reason, withOpinion, withReason } from './decisionBody.ts';
import { planBodies, planCodes, planEffects, planEntering, planSilences, planSlates } from './planSupervision.ts';
import { endPlan, openPlan } from './plans.ts';
import type { Matters, ProcessDefinition } from './processDefinition.ts';
import type { FactRow } from './records.ts';
import { followLead, managerSlate } from './reviewHolders.ts';
import { scoreReview } from './reviewScore.ts';
import { concernedBy, reviewOf, settleReview } from './reviews.ts';
import type { CaseTransaction } from './transaction.ts';
import { reportedIn, updateArchive } from './yearlyReport.ts';

/** 年度评价 (Article 10.3): what the review of one account brings to the engine besides its workflow. */
export const reviewProcess: ProcessDefinition = {
  contract,
  bodies: {
    reportYear: { report: reviewReportForm },
    endorseReport: { endorse: withOpinion, return: withReason },
    assess: {
      assess: z.strictObject({ option: z.enum(reviewOptions).optional(), reason: reason.optional() }),
      assessGrade: z.strictObject({ option: z.enum(reviewOptions).optional(), reason: reason.optional() }),
    },
    planPursuit: { plan: z.strictObject({ plan: planForm, opinion: opinion.optional() }) },
    ...planBodies,
  },
  codes: ['option', ...planCodes],
  effects: {
    async 'reportYear.report'(tx, answer) {
      await tx.sql('UPDATE reviews SET reported_at = $2, endorsed_at = NULL WHERE case_id = $1', [tx.case.id, tx.now]);
      return settle(tx, answer);
    },
    async 'endorseReport.endorse'(tx, answer) {
      await tx.sql('UPDATE reviews SET endorsed_at = $2 WHERE case_id = $1', [tx.case.id, tx.now]);
      await updateArchive(tx);
      return settle(tx, answer);
    },
    'assess.assess': assess,
    'assess.assessGrade': assess,
    async 'planPursuit.plan'(tx, answer) {
      const { accountId } = await reviewOf(tx);
      await openPlan(tx, accountId, planForm.parse(answer.body.plan), 'underway');
      return settle(tx, answer);
    },
    ...planEffects,
  },
  silences: {
    ...planSilences,
    async reportYear(tx) {
      await tx.sql('UPDATE reviews SET data_at_hand = true WHERE case_id = $1', [tx.case.id]);
    },
  },
  entering: {
    ...planEntering,
    async evaluating(tx) {
      await scoreReview(tx, await reviewOf(tx), await reportedRatings(tx));
    },
    async deciding(tx) {
      await takeGrade(tx);
    },
    async planning(tx) {
      const { option, decided } = chosen(tx);
      await settleReview(tx, option, decided);
    },
  },
  slates: {
    ...planSlates,
    /** The lead's manager; where there is none the head of its unit reports. */
    async reporter(tx) {
      const { dueOn } = await reviewOf(tx);
      return [{ ...(await managerSlate(tx)), dueOn }];
    },
    reportEndorser: async (tx) => [
      { candidates: [roleKey('unitHead', tx.case.unitId)], escalations: [[roleKey('office')], [await officeHead(tx)]] },
    ],
    async assessors(tx) {
      const { proposedGrade } = await reviewOf(tx);
      // A grade that does not fit the totals is put to the vote, or left with a reason: never silently (Article 12).
      const actions = proposedGrade ? ['assessGrade', 'assess'] : ['assess'];
      return [{ ...(await officeSlate(tx)), actions }];
    },
    planners: async (tx) => [await managerSlate(tx)],
  },
  matters: reviewMatters,
  settleHolders: followLead,
  pausedUntil,
  async conclude(tx, state) {
    const { option, decided } = chosen(tx);
    const ended = state === 'withdrawn' || state === 'lapsed';
    await settleReview(tx, ended ? null : option, ended ? null : decided);
    await endPlan(tx, null);
    const { accountId } = await reviewOf(tx);
    // Until its plan is closed; a later year may have intensified it again meanwhile.
    await tx.sql(
      `UPDATE accounts a SET state = 'active' WHERE id = $1 AND state = 'intensified' AND NOT ${isIntensified('$2')}`,
      [accountId, tx.case.id],
    );
  },
};

/** An instant within the day on which the campaign goes on: the first one still is the end of the day before. */
async function pausedUntil(tx: CaseTransaction): Promise<Date | null> {
  const day = await heedPauses(tx);
  return day === null ? null : new Date(goesOnAt(day) + 1);
}

/** The account's grade says which act the ballot is (4.6); its holding units' seats and its managers are recused by rule. */
async function reviewMatters(tx: CaseTransaction): Promise<Matters> {
  const { accountId } = await reviewOf(tx);
  const { grade, holdings } = await accountRow(tx.client, accountId);
  return {
    level: grade,
    specialConsideration: false,
    subject: concernedBy(holdings),
  };
}

/** The office proposes what the score suggests, or something else with a reason; leaving a grade that does not fit needs one too. */
async function assess(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const { proposal, proposedGrade } = await reviewOf(tx);
  const option = (answer.body.option as ReviewOption | undefined) ?? proposal ?? 'maintain';
  const leavesGrade = proposedGrade !== null && answer.action === 'assess';
  if ((option !== proposal || leavesGrade) && answer.body.reason === undefined)
    throw new DomainError('invalid', { field: 'reason', reason: 'reasonMissing' }, 'reason');
  await tx.sql(
    'UPDATE reviews SET proposal = $2, proposed_grade = CASE WHEN $3 THEN NULL ELSE proposed_grade END WHERE case_id = $1',
    [tx.case.id, option, leavesGrade],
  );
  return settle(tx, answer, { ...answer.codes, option });
}

/** A grade the committee agreed to holds from now on, and with it who manages the account (Articles 8, 12). */
async function takeGrade(tx: CaseTransaction): Promise<void> {
  const { accountId, proposedGrade } = await reviewOf(tx);
  const ballots = tx.ballots.all.filter(({ step, status }) => step === 'regrading' && status === 'closed');
  const settled = tx.steps.all.filter(({ name }) => name === 'regrading.inquorate').at(-1);
  const passed =
    ballots.at(-1)?.outcome === 'passed' ||
    (settled?.outcome === 'recordHigherBody' && settled.codes.decision === 'passed');
  if (!proposedGrade || !passed) return;
  await tx.sql('UPDATE accounts SET grade = $2, managed_by = $2 WHERE id = $1', [accountId, proposedGrade]);
  // The return visits of its new grade are due otherwise.
  await ringAccount(tx.client, accountId);
}

/** What the manager rated in the report that was endorsed; null where nobody reported. */
async function reportedRatings(tx: CaseTransaction) {
  const [row] = await tx.sql('SELECT data_at_hand AS "dataAtHand" FROM reviews WHERE case_id = $1', [tx.case.id]);
  return row?.dataAtHand ? null : reportedIn(tx);
}

/** What the committee chose, or what holds where it did not decide. */
function chosen(tx: CaseTransaction): { readonly option: ReviewOption | null; readonly decided: boolean | null } {
  const proof = tx.ballots.all.filter(({ step, status }) => step === 'deciding' && status === 'closed').at(-1)?.proof;
  if (!proof || !isChoice(proof)) return { option: null, decided: null };
  const option = reviewOptions.find((each) => each === proof.option) ?? null;
  return { option, decided: proof.outcome === 'decided' };
}
