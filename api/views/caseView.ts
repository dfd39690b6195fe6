import { type Actor, hasRole } from '../../cases/actor.ts';
import { processOf } from '../../cases/contracts.ts';
import { loadPolicy } from '../../cases/policies.ts';
import { transition } from '../../domain/lifecycle.ts';
import { yuanFromFen } from '../../domain/money.ts';
import { ASSUMPTION } from '../../domain/policy.ts';
import type { Case, Step, Task } from '../../prisma/generated/client.ts';
import type { CaseView, RecommendationFacts } from '../contract/cases.ts';
import type { ApiDeps } from '../deps.ts';
import { allocationMatter } from './allocationView.ts';
import { breachView } from './breachView.ts';
import { caseSummaries, type Grade, stateKeyOf } from './caseSummaries.ts';
import { coHolderMatter } from './coHolderView.ts';
import { timeOrNull } from './days.ts';
import { evaluationView } from './evaluationView.ts';
import { exitMatter } from './exitView.ts';
import { holderViews } from './holders.ts';
import { lifecyclePath } from './lifecyclePath.ts';
import { mayAnswer } from './mayAnswer.ts';
import { membershipView } from './membershipView.ts';
import { loadNames } from './names.ts';
import type { ReadableCase } from './readableCases.ts';
import { reassignmentMatter } from './reassignmentView.ts';
import { relistingMatter } from './relistingView.ts';
import { mayPullOut, reviewMatter } from './reviewView.ts';
import { suggestionMatter } from './suggestionViews.ts';

/** One case: where it stands, who holds it and until when, and what the reader may do. */
export async function caseView(deps: ApiDeps, actor: Actor, { row, contents }: ReadableCase): Promise<CaseView> {
  const { prisma } = deps;
  const contract = processOf(row.process);
  const [[summary], steps, open, recommendation, names, policy] = await Promise.all([
    caseSummaries(prisma, [row]),
    prisma.step.findMany({ where: { caseId: row.id }, orderBy: { openedSeq: 'asc' } }),
    prisma.task.findMany({ where: { caseId: row.id, status: 'open' }, orderBy: { openedSeq: 'asc' } }),
    recommendationFacts(deps, row),
    loadNames(prisma, { persons: [row.submitterId] }),
    loadPolicy(deps.pool, row.policyVersion),
  ]);
  if (!summary) throw new Error('a case has a summary');
  const grade = (summary.grade ?? recommendation?.proposedGrade ?? 'branch') as Grade;
  const mine = await mayAnswer(deps, actor, open);
  return {
    ...summary,
    article: steps.length > 0 ? (contract.steps[steps.at(-1)?.name ?? '']?.article ?? ASSUMPTION) : '7.1',
    submitter: names.person(row.submitterId),
    clientId: row.clientId,
    policyVersion: row.policyVersion,
    ending: row.ending,
    seq: row.seq,
    settledSeq: row.settledSeq,
    waitingForEngine: await waitsForEngine(deps, row),
    path: lifecyclePath(contract.lifecycle, row.state, visits(contract.steps, steps, row), (state) =>
      stateKeyOf(row.process, state, grade),
    ),
    holders: await holderViews(prisma, row.process, open),
    verbs:
      contents || hasRole(actor, 'systemAdmin') || hasRole(actor, 'securityAdmin')
        ? verbsOf(row, actor, open, {
            contents,
            asked: await unitThatAsked(deps, row),
            mayPullOut: await mayPullOut(deps, actor, row),
          })
        : [],
    // Amounts and names are contents, which overseers are not shown.
    recommendation:
      contents && recommendation
        ? {
            ...recommendation,
            companyLineYuan: yuanFromFen(BigInt(policy.values.companyLineFen)),
            branchLineYuan: yuanFromFen(BigInt(policy.values.branchLineFen)),
          }
        : null,
    evaluation: contents ? await evaluationView(deps, row) : null,
    matter: contents ? await matterOf(deps, actor, row) : null,
    myTaskIds: mine.map((task) => task.id),
  };
}

/** What a case is about that is no recommendation. */
async function matterOf(deps: ApiDeps, actor: Actor, row: Case): Promise<CaseView['matter']> {
  if (row.process === 'reassignment') return reassignmentMatter(deps, actor, row.id);
  if (row.process === 'breach') return breachView(deps, row.id);
  if (row.process === 'membership') return membershipView(deps, row.id);
  if (row.process === 'coHolder') return coHolderMatter(deps, row);
  if (row.process === 'suggestion') return suggestionMatter(deps, row);
  if (row.process === 'exit') return exitMatter(deps, row);
  if (row.process === 'review') return reviewMatter(deps, actor, row);
  if (row.process === 'relisting') return relistingMatter(deps, row);
  if (row.process === 'publication') return { process: 'publication' };
  return row.process === 'allocation' ? allocationMatter(deps, actor, row) : null;
}

/** A doorbell not yet answered: facts were recorded that the workflow has not walked past. */
async function waitsForEngine(deps: Pick<ApiDeps, 'prisma'>, row: Case): Promise<boolean> {
  return (await deps.prisma.doorbell.count({ where: { caseId: row.id, seq: { gt: row.settledSeq } } })) > 0;
}

function visits(
  specs: Readonly<Record<string, { readonly state: string }>>,
  steps: readonly Step[],
  row: Case,
): Map<string, Date> {
  const entered = new Map<string, Date>([['draft', row.openedAt]]);
  for (const step of steps) {
    const state = specs[step.name]?.state;
    if (state) entered.set(state, step.openedAt);
  }
  return entered.set(row.state, row.stateSince);
}

/** What one may do with the case as a whole; each act is checked again by its own guard, under the lock. */
function verbsOf(
  row: Case,
  actor: Actor,
  open: readonly Task[],
  { contents, asked, mayPullOut }: { readonly contents: boolean; readonly asked: string; readonly mayPullOut: boolean },
): CaseView['verbs'] {
  if (row.closedAt || row.ending) return contents ? ['comment', 'copy'] : [];
  const isSubmitter = row.submitterId === actor.personId;
  const isHead = hasRole(actor, 'unitHead', row.unitId);
  const isOffice = hasRole(actor, 'office');
  const verbs: CaseView['verbs'] = [];
  if (isSubmitter && row.process === 'recommendation' && ['draft', 'supplementing'].includes(row.state))
    verbs.push('edit');
  if (isSubmitter && row.state === 'draft') verbs.push('submit');
  const back = transition(processOf(row.process).lifecycle, row.state, 'withdraw') !== null;
  if (back && (isSubmitter || hasRole(actor, 'unitHead', asked)) && row.seq > 0 && row.state !== 'draft')
    verbs.push('withdraw');
  if (contents) verbs.push('comment', 'attach', 'copy');
  if (contents && mayPullOut) verbs.push('pullOut');
  if ((isSubmitter || isHead || isOffice) && open.some((task) => task.kind !== 'revise')) verbs.push('urge');
  if (isOffice && open.some((task) => task.dueAt !== null && !task.extended)) verbs.push('extend');
  // One administrator proposes it, the other confirms it.
  if (hasRole(actor, 'systemAdmin')) verbs.push('override');
  return verbs;
}

/** Whose head may withdraw it: the case's unit, or the submitter's where it lies under the unit it is about. */
async function unitThatAsked({ prisma }: Pick<ApiDeps, 'prisma'>, row: Case): Promise<string> {
  if (!processOf(row.process).aboutAnotherUnit) return row.unitId;
  return (await prisma.person.findUniqueOrThrow({ where: { id: row.submitterId } })).unitId;
}

async function recommendationFacts(
  { prisma }: Pick<ApiDeps, 'prisma'>,
  row: Case,
): Promise<Omit<RecommendationFacts, 'companyLineYuan' | 'branchLineYuan'> | null> {
  const found = await prisma.recommendation.findUnique({ where: { caseId: row.id } });
  if (!found) return null;
  const refused = await prisma.ballot.findMany({
    where: { caseId: row.id, step: 'confirming', outcome: 'failed' },
    select: { subject: true },
  });
  const refusedNominees = refused.flatMap((ballot) => (ballot.subject as { personIds?: string[] }).personIds ?? []);
  const [names, account] = await Promise.all([
    loadNames(prisma, {
      persons: [...found.evaluatorIds, ...refusedNominees, found.nomineeId],
      units: found.departmentIds,
    }),
    prisma.account.findUnique({ where: { decisionCaseId: row.id }, select: { id: true } }),
  ]);
  return {
    proposedGrade: found.proposedGrade as Grade,
    expectedYuan: yuanFromFen(found.expectedFen),
    specialConsideration: found.specialConsideration,
    outsideTerritory: found.outsideTerritory,
    submittedAt: timeOrNull(found.submittedAt),
    linkedCaseId: found.linkedCaseId,
    evaluators: found.evaluatorIds.map((id) => names.person(id)),
    departments: found.departmentIds.map((id) => names.unit(id)),
    nominee: names.personOrNull(found.nomineeId),
    nominations: found.nominations,
    refusedNominees: refusedNominees.map((id) => names.person(id)),
    accountId: account?.id ?? null,
  };
}
