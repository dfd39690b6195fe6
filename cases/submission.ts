import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { checkExpected, type Grade, type GradedProject, grade } from '../domain/grading.ts';
import { givenFen, yuanFromFen } from '../domain/money.ts';
import type { PolicyValues } from '../domain/policy.ts';
import { inTerritory } from '../domain/region.ts';
import { type RecommendationForm, recommendationForm } from '../forms/recommendation.ts';
import type { Actor } from './actor.ts';
import { actOnCase } from './caseAct.ts';
import type { CaseDeps } from './deps.ts';
import { guardForm, readForm } from './drafts.ts';
import { type Entity, entitiesOf } from './entities.ts';
import { countingRefusals, takeForSubmission } from './exclusivityChecks.ts';
import type { Receipt } from './records.ts';
import { settleStep } from './settlement.ts';
import { loadTerritories } from './territories.ts';
import type { CaseTransaction } from './transaction.ts';

export type Submission = {
  readonly personId: string;
  readonly caseId: string;
  /** 提请特别审议: asked for where the sum is below the branch level's line. */
  readonly specialConsideration?: { readonly reason: string } | undefined;
  readonly outsideTerritoryReason?: string | undefined;
  readonly key: string;
};

/**
 * Submits a draft, new or sent back by the unit's head. Its own transaction takes the client: of two at the same instant the first
 * wins (Article 7.1).
 * @throws DomainError `missing`, `belowStandard`, `sumMismatch`, `reasonRequired`, `clientInProgress`, `clientOwn`, `clientHeld`, `entityShared`; the draft stays as it was
 */
export async function submit(deps: CaseDeps, submission: Submission): Promise<Receipt> {
  return countingRefusals(deps, submission.personId, (refusable) => submitForm(deps, submission, refusable));
}

function submitForm(
  deps: CaseDeps,
  submission: Submission,
  refusable: (entities: readonly Entity[]) => void,
): Promise<Receipt> {
  return actOnCase(deps, submission, 'submit', async (tx, actor) => {
    await guardForm(tx, actor);
    if (tx.case.state !== 'draft') throw new DomainError('notYourMatter', { state: tx.case.state });
    const stored = await readForm(tx);
    const form = completeForm(stored.form);
    // A case keeps the version it began with; it begins when it is first submitted.
    const policy = stored.submittedAt === null ? await tx.policyInForce() : tx.policy;
    tx.keepPolicy(policy);
    const special = submission.specialConsideration ?? null;
    const graded = gradeOf(form, policy.values, special !== null);
    const outside = await refuseUnexplainedTerritory(tx, form, submission.outsideTerritoryReason);
    const entities = entitiesOf(form);
    refusable(entities);
    const receipt = await takeForSubmission(tx, actor, entities);
    await tx.sql(
      `UPDATE recommendations SET grade = $2, special_consideration = $3, outside_territory = $4, submitted_at = coalesce(submitted_at, $5) WHERE case_id = $1`,
      [tx.case.id, graded.grade, graded.below, outside, tx.now],
    );
    const revise = tx.tasks.all.find((task) => task.kind === 'revise' && task.status === 'open');
    const fact = tx.fact({
      kind: 'submitted',
      action: 'submit',
      actorId: actor.personId,
      taskId: revise?.id ?? null,
      codes: {
        grade: graded.grade,
        specialConsideration: graded.below,
        outsideTerritory: outside,
        formVersion: stored.version,
        ...receipt,
      },
      secret: { specialReason: special?.reason, outsideTerritoryReason: submission.outsideTerritoryReason },
    });
    if (revise) {
      tx.closeTask(revise, 'submit');
      settleStep(tx, revise.step, revise.round, revise);
    }
    tx.setState('endorsing');
    tx.ring();
    return fact;
  });
}

/** A supplemented form is examined like a new one: complete, graded again, its client taken again. @returns the receipt's codes, for the fact */
export async function regrade(tx: CaseTransaction, actor: Actor): Promise<Readonly<Record<string, unknown>>> {
  const { form } = await readForm(tx);
  const complete = completeForm(form);
  const [row] = await tx.sql('SELECT special_consideration AS special FROM recommendations WHERE case_id = $1', [
    tx.case.id,
  ]);
  const graded = gradeOf(complete, tx.policy.values, row?.special === true);
  const receipt = await takeForSubmission(tx, actor, entitiesOf(complete));
  await tx.sql('UPDATE recommendations SET grade = $2, special_consideration = $3 WHERE case_id = $1', [
    tx.case.id,
    graded.grade,
    graded.below,
  ]);
  return receipt;
}

/** @throws DomainError `missing`, naming every path */
function completeForm(form: unknown): RecommendationForm {
  const parsed = recommendationForm.safeParse(form);
  if (parsed.success) return parsed.data;
  const paths = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
  throw new DomainError('missing', { field: paths.join(', ') }, paths[0]);
}

/**
 * The grade by Article 12, from subsequent contracts only. Below the line it needs special consideration, and is then treated as
 * branch level (系统默认).
 */
function gradeOf(form: RecommendationForm, values: PolicyValues, special: boolean): { grade: Grade; below: boolean } {
  const expected = givenFen(form.expectedSubsequentYuan);
  const projects: GradedProject[] = form.projects.map((project) => ({
    ...project,
    amountFen: givenFen(project.amountYuan),
  }));
  const sum = checkExpected(expected, projects);
  if (!sum.ok) {
    throw new DomainError(
      'sumMismatch',
      { stated: yuanFromFen(expected), sum: yuanFromFen(sum.sumFen) },
      'expectedSubsequentYuan',
    );
  }
  const lines = { companyLineFen: BigInt(values.companyLineFen), branchLineFen: BigInt(values.branchLineFen) };
  const graded = grade(expected, lines);
  if (graded !== 'below') return { grade: graded, below: false };
  if (!special) {
    const params = { amount: yuanFromFen(expected), line: yuanFromFen(lines.branchLineFen) };
    throw new DomainError('belowStandard', params, 'expectedSubsequentYuan');
  }
  return { grade: 'branch', below: true };
}

/** Recommending a client outside one's own territory (7.1) is not refused, but needs a reason. @returns whether it is outside */
async function refuseUnexplainedTerritory(
  tx: CaseTransaction,
  form: RecommendationForm,
  reason: string | undefined,
): Promise<boolean> {
  const territories = await loadTerritories(tx.client);
  const today = localDay(tx.now.getTime());
  const inside = form.client.territory.some((code) => inTerritory(tx.case.unitId, code, territories, today));
  if (!inside && !reason)
    throw new DomainError('reasonRequired', { why: 'outsideTerritory' }, 'outsideTerritoryReason');
  return !inside;
}
