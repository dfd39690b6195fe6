import type { Actor } from '../../cases/actor.ts';
import type { BallotRule } from '../../domain/ballot.ts';
import { yuanFromFen } from '../../domain/money.ts';
import type { Ballot, Case } from '../../prisma/generated/client.ts';
import type { EarlierDecision } from '../contract/cases.ts';
import type { ApiDeps } from '../deps.ts';
import { caseSummaries } from './caseSummaries.ts';
import { timeOrNull } from './days.ts';
import { readableAmong } from './readableCases.ts';
import type { SealingContext } from './sealing.ts';
import { toldCounts } from './toldCounts.ts';

/** More than any client was ever recommended; the latest are told. */
const MOST = 30;

/**
 * Other recommendations of the same client: those that took one of this one's legal entities, and those it is linked with. Only what
 * the person may read is told, not even how many others there are: what is in progress elsewhere stays masked (7.1).
 */
export async function earlierDecisions(deps: ApiDeps, actor: Actor, caseId: string): Promise<EarlierDecision[]> {
  const { prisma } = deps;
  const [own, entities, resubmissions] = await Promise.all([
    prisma.recommendation.findUnique({ where: { caseId }, select: { linkedCaseId: true } }),
    prisma.recommendationEntity.findMany({ where: { caseId }, select: { entityKey: true } }),
    prisma.recommendation.findMany({ where: { linkedCaseId: caseId }, select: { caseId: true } }),
  ]);
  const linked = [...resubmissions.map((row) => row.caseId), ...(own?.linkedCaseId ? [own.linkedCaseId] : [])];
  const taken = await prisma.recommendationEntity.findMany({
    where: { entityKey: { in: entities.map((row) => row.entityKey) }, caseId: { not: caseId } },
  });
  const related = [...new Set([...linked, ...taken.map((row) => row.caseId)])];
  const readable = await readableAmong(deps, actor, related);
  const rows = await prisma.case.findMany({
    where: { id: { in: readable.map((row) => row.id) } },
    orderBy: [{ openedAt: 'desc' }, { id: 'asc' }],
    take: MOST,
  });
  const ids = { caseId: { in: rows.map((row) => row.id) } };
  const [summaries, recommendations, ballots, steps] = await Promise.all([
    caseSummaries(prisma, rows),
    prisma.recommendation.findMany({ where: ids, select: { caseId: true, expectedFen: true, submittedAt: true } }),
    prisma.ballot.findMany({ where: ids, orderBy: [{ openedAt: 'asc' }, { round: 'asc' }] }),
    prisma.step.findMany({ where: ids, select: { caseId: true, name: true, outcome: true } }),
  ]);
  const recommendationOf = new Map(recommendations.map((row) => [row.caseId, row]));
  return rows.map((row, index) => ({
    case: summaries[index] as EarlierDecision['case'],
    expectedYuan: yuanFromFen(recommendationOf.get(row.id)?.expectedFen ?? 0n),
    submittedAt: timeOrNull(recommendationOf.get(row.id)?.submittedAt ?? null),
    linked: linked.includes(row.id),
    shared: taken
      .filter((entity) => entity.caseId === row.id)
      .map(({ entityKey }) => entityKey.slice(entityKey.indexOf(':') + 1)),
    ballots: closedBallots(
      row,
      ballots.filter((ballot) => ballot.caseId === row.id),
      steps.filter((step) => step.caseId === row.id),
    ),
  }));
}

function closedBallots(
  { closedAt }: Case,
  ballots: readonly Ballot[],
  steps: SealingContext['steps'],
): EarlierDecision['ballots'] {
  const sealing = { ballots, steps, isClosed: closedAt !== null };
  return ballots
    .filter((ballot) => ballot.status === 'closed')
    .map((ballot) => {
      return {
        matter: (ballot.rule as unknown as BallotRule).matter as EarlierDecision['ballots'][number]['matter'],
        outcome: ballot.outcome as EarlierDecision['ballots'][number]['outcome'],
        ...toldCounts(ballot, sealing),
        closedAt: timeOrNull(ballot.closedAt),
      };
    });
}
