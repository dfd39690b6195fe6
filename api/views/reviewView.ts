import { accountRow } from '../../cases/accounts.ts';
import type { Actor } from '../../cases/actor.ts';
import { openForClient } from '../../cases/clientSecrets.ts';
import { factPlace } from '../../cases/transaction.ts';
import { standings } from '../../domain/accountStanding.ts';
import { pullOutStates } from '../../domain/agenda.ts';
import { yuanFromFen } from '../../domain/money.ts';
import { dissentStates, type ReviewOption } from '../../domain/review.ts';
import type { Score } from '../../domain/score.ts';
import { type DataKey, openJson } from '../../platform/cipher.ts';
import type { Case, Fact, Review } from '../../prisma/generated/client.ts';
import type { ReviewMatter, ReviewOfYear, ScoreOfYear } from '../contract/reviews.ts';
import type { ApiDeps } from '../deps.ts';
import { recordAccountReading } from '../readings.ts';
import type { Grade } from './caseSummaries.ts';
import { timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';
import { planViews } from './planViews.ts';
import { readableAmong } from './readableCases.ts';
import { readsScore, takesPart } from './scoreReaders.ts';

/** What the review of an account is about, for who reads the case's contents; null for any other case. */
export async function reviewMatter(deps: ApiDeps, actor: Actor, row: Case): Promise<ReviewMatter | null> {
  const { prisma, pool } = deps;
  const found = await prisma.review.findUnique({ where: { caseId: row.id } });
  if (!found || row.clientId === null) return null;
  const [account, before, plan] = await Promise.all([
    accountRow(pool, found.accountId),
    prisma.review.findFirst({
      where: { accountId: found.accountId, year: { lt: found.year }, outcome: { not: null } },
      orderBy: { year: 'desc' },
    }),
    prisma.plan.findUnique({ where: { caseId: row.id }, include: { measures: { orderBy: { ord: 'asc' } } } }),
  ]);
  const standing = standings(actor, account.holdings);
  const reads = await readsScore(deps, actor, row, account);
  if (reads && found.secret) await recordAccountReading(deps, actor, { id: account.id, standing }, 'score');
  const [score, said, [shown], openable] = await Promise.all([
    reads ? scoreOf(deps, row.clientId, found) : null,
    reads ? saidIn(deps, row.id) : { proposal: null, dissents: [] },
    planViews(deps, row.clientId, plan && reads ? [plan] : [], new Set([row.id])),
    readableAmong(deps, actor, before?.caseId ? [before.caseId] : []),
  ]);
  return {
    process: 'review',
    accountId: found.accountId,
    year: found.year,
    readsFile: reads,
    dataAtHand: found.dataAtHand,
    gradeHeld: found.gradeBefore as Grade,
    gradeProposed: found.proposedGrade as Grade | null,
    gradeAfter: found.gradeAfter as Grade | null,
    score,
    proposal: said.proposal,
    before: before?.outcome
      ? {
          year: before.year,
          score: reads ? before.score : null,
          outcome: before.outcome as ReviewOption,
          decided: before.decided,
          caseId: openable[0]?.id ?? null,
        }
      : null,
    outcome: found.outcome as ReviewOption | null,
    decided: found.decided,
    pulledOut: await pulledOutOf(deps, found, reads),
    dissents: said.dissents,
    mayDissent: row.ending === null && dissentStates.includes(row.state) && takesPart(actor, account),
    plan: shown ?? null,
  };
}

/** A member may have a year's review decided singly, once, until it is decided. */
export async function mayPullOut(deps: ApiDeps, actor: Actor, row: Case): Promise<boolean> {
  if (row.process !== 'review' || actor.seats.length === 0 || !pullOutStates.includes(row.state)) return false;
  const found = await deps.prisma.review.findFirst({ where: { caseId: row.id, pulledOutAt: null } });
  return found !== null && takesPart(actor, await accountRow(deps.pool, found.accountId));
}

/** Who had it decided singly, when, and for who reads what was said, why. */
async function pulledOutOf(deps: ApiDeps, review: Review, reads: boolean): Promise<ReviewMatter['pulledOut']> {
  const { caseId, pulledOutBy, pulledOutAt } = review;
  if (caseId === null || pulledOutBy === null || pulledOutAt === null) return null;
  const [names, fact, key] = await Promise.all([
    loadNames(deps.prisma, { persons: [pulledOutBy] }),
    reads ? deps.prisma.fact.findFirst({ where: { caseId, kind: 'pulledOut' }, orderBy: { seq: 'desc' } }) : null,
    deps.keys.get(`case:${caseId}`),
  ]);
  return { by: names.person(pulledOutBy), at: timeOf(pulledOutAt), reason: fact && reasonIn(key, fact) };
}

async function scoreOf(deps: ApiDeps, clientId: string, { id, secret }: Review): Promise<ScoreOfYear | null> {
  if (!secret) return null;
  const { inputs, rule, total, suggests, parts } = await openForClient<Score>(deps, clientId, 'reviews', id, secret);
  const yuan = (fen: string) => yuanFromFen(BigInt(fen));
  const { totalsFen, lineFen, receivableFen, receivedFen, plannedFen, totals: _, ...counted } = inputs;
  return {
    total,
    suggests,
    parts: [...parts],
    inputs: {
      ...counted,
      totalsYuan: yuan(totalsFen),
      lineYuan: yuan(lineFen),
      receivableYuan: receivableFen === null ? null : yuan(receivableFen),
      receivedYuan: receivedFen === null ? null : yuan(receivedFen),
      plannedYuan: yuan(plannedFen),
    },
    intensifyFrom: rule.intensifyFrom,
    terminateBelow: rule.terminateBelow,
  };
}

/** What the office proposed with its reason, and the latest word of each member who differs. */
async function saidIn({ prisma, keys }: ApiDeps, caseId: string): Promise<Pick<ReviewMatter, 'proposal' | 'dissents'>> {
  const facts = await prisma.fact.findMany({
    where: { caseId, OR: [{ kind: 'dissented' }, { kind: 'decided', action: { in: ['assess', 'assessGrade'] } }] },
    orderBy: { seq: 'asc' },
  });
  if (facts.length === 0) return { proposal: null, dissents: [] };
  const [key, names] = await Promise.all([
    keys.get(`case:${caseId}`),
    loadNames(prisma, { persons: facts.map(({ actorId }) => actorId) }),
  ]);
  const reasonOf = (fact: Fact): string | null => reasonIn(key, fact);
  const assessed = facts.findLast(({ kind }) => kind === 'decided');
  const latest = new Map(facts.filter(({ kind }) => kind === 'dissented').map((fact) => [fact.actorId, fact]));
  return {
    proposal: assessed
      ? {
          option: (assessed.codes as { option: ReviewOption }).option,
          regrades: assessed.action === 'assessGrade',
          by: names.person(String(assessed.actorId)),
          at: timeOf(assessed.at),
          reason: reasonOf(assessed),
        }
      : null,
    dissents: [...latest.values()].map((fact) => ({
      by: names.person(String(fact.actorId)),
      at: timeOf(fact.at),
      step: String(fact.step),
      reason: reasonOf(fact) ?? '',
    })),
  };
}

const reasonIn = (key: DataKey, { caseId, seq, secret }: Fact): string | null =>
  secret ? ((openJson(key, Buffer.from(secret), factPlace(caseId, seq)) as { reason?: string }).reason ?? null) : null;

/** The years of an account, the latest first, for who reads its file. */
export async function reviewsOfAccount(deps: ApiDeps, actor: Actor, accountId: string): Promise<ReviewOfYear[]> {
  const rows = await deps.prisma.review.findMany({
    where: { accountId, replaced: false },
    orderBy: { year: 'desc' },
    take: 100,
  });
  const readable = await readableAmong(
    deps,
    actor,
    rows.flatMap(({ caseId }) => caseId ?? []),
  );
  const openable = new Set(readable.map(({ id }) => id));
  return rows.map((row) => ({
    year: row.year,
    state: row.state,
    caseId: row.caseId !== null && openable.has(row.caseId) ? row.caseId : null,
    score: row.score,
    dataAtHand: row.dataAtHand,
    outcome: row.outcome as ReviewOption | null,
    decided: row.decided,
    gradeBefore: row.gradeBefore as Grade,
    gradeAfter: row.gradeAfter as Grade | null,
    finishedAt: timeOrNull(row.finishedAt),
  }));
}
