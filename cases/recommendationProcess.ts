import { z } from 'zod';
import { criteria } from '../domain/recommendation.ts';
import { recommendation as contract } from '../workflows/contracts/recommendation.ts';
import { personKey, roleKey } from './actor.ts';
import { settle } from './answer.ts';
import { answerCoRecommendation } from './coRecommendation.ts';
import { id, nothing, opinion, withOpinion, withReason } from './decisionBody.ts';
import { establish } from './establishment.ts';
import { nominate, nominationBodies, nominationSlates } from './nomination.ts';
import type { ProcessDefinition } from './processDefinition.ts';
import { acceptScreening } from './screening.ts';
import { regrade } from './submission.ts';
import type { CaseTransaction } from './transaction.ts';

const score = z.int().min(1).max(5);
const scores = Object.fromEntries(criteria.map(({ code }) => [code, score])) as Record<
  (typeof criteria)[number]['code'],
  typeof score
>;

/** 推荐 (Articles 7.1, 12, 4.6): what the recommendation brings to the engine besides its workflow. */
export const recommendationProcess: ProcessDefinition = {
  contract,
  bodies: {
    endorse: { endorse: withOpinion, return: withReason },
    screen: {
      accept: z.strictObject({
        evaluatorIds: z.array(id).min(1).max(20),
        departmentIds: z.array(id).max(20).default([]),
        opinion: opinion.optional(),
      }),
      return: withReason,
      ineligible: withReason,
    },
    supplement: { resubmit: z.strictObject({ note: opinion.optional() }) },
    evaluate: { evaluate: z.strictObject({ scores: z.strictObject(scores), opinion: opinion.optional() }) },
    countersign: { countersign: z.strictObject({ agrees: z.boolean(), opinion }) },
    ...nominationBodies,
    answerCoRecommendation: { accept: nothing, refuse: withReason },
  },
  codes: ['evaluatorIds', 'departmentIds', 'agrees', 'managerId'],
  effects: {
    'screen.accept': acceptScreening,
    'supplement.resubmit': async (tx, answer) => {
      const receipt = await regrade(tx, answer.actor);
      return settle(tx, answer, { ...answer.codes, ...receipt });
    },
    'nominate.nominate': nominate,
    'appoint.appoint': nominate,
    'answerCoRecommendation.accept': answerCoRecommendation,
    'answerCoRecommendation.refuse': answerCoRecommendation,
  },
  slates: {
    evaluators: async (tx) =>
      (await examiners(tx)).evaluatorIds.map((each) => ({ candidates: [personKey(each)], escalations: [] })),
    departments: async (tx) =>
      (await examiners(tx)).departmentIds.map((each) => ({ candidates: [roleKey('unitHead', each)], escalations: [] })),
    ...nominationSlates,
  },
  async matters(tx) {
    const [row] = await tx.sql(
      `SELECT grade, special_consideration AS special, nominee_id AS nominee,
         (SELECT coalesce(array_agg(unit_id), '{}') FROM co_recommendations WHERE case_id = $1 AND status = 'accepted') AS co_units
       FROM recommendations WHERE case_id = $1`,
      [tx.case.id],
    );
    const nominee = (row?.nominee as string | null) ?? null;
    return {
      level: row?.grade === 'company' ? 'company' : 'branch',
      specialConsideration: row?.special === true,
      subject: {
        kind: 'client',
        unitIds: [tx.case.unitId, ...((row?.co_units as string[] | undefined) ?? [])],
        // The manager concerned; whoever nominated himself is the same person.
        personIds: nominee ? [nominee] : [],
      },
    };
  },
  async conclude(tx, state) {
    await tx.sql('UPDATE recommendation_entities SET open = false WHERE case_id = $1', [tx.case.id]);
    if (state === 'established') await establish(tx);
  },
};

async function examiners(tx: CaseTransaction): Promise<{ evaluatorIds: string[]; departmentIds: string[] }> {
  const [row] = await tx.sql(
    'SELECT evaluator_ids AS "evaluatorIds", department_ids AS "departmentIds" FROM recommendations WHERE case_id = $1',
    [tx.case.id],
  );
  return row as { evaluatorIds: string[]; departmentIds: string[] };
}
