import { processOf } from '../../cases/contracts.ts';
import { type RecommendationState, stateKey } from '../../domain/recommendation.ts';
import type { Case, PrismaClient } from '../../prisma/generated/client.ts';
import type { CaseSummary } from '../contract/cases.ts';
import { timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';

export type Grade = 'company' | 'branch';

/** Cases as lists show them, in the order given. */
export async function caseSummaries(prisma: PrismaClient, cases: readonly Case[]): Promise<CaseSummary[]> {
  const ids = [...new Set(cases.map((row) => row.id))];
  const [names, grades, dues] = await Promise.all([
    loadNames(prisma, { units: cases.map((row) => row.unitId) }),
    prisma.recommendation.findMany({
      where: { caseId: { in: ids } },
      select: { caseId: true, grade: true, proposedGrade: true },
    }),
    prisma.task.groupBy({ by: ['caseId'], where: { caseId: { in: ids }, status: 'open' }, _min: { dueAt: true } }),
  ]);
  const gradeOf = new Map(grades.map((row) => [row.caseId, row]));
  const dueOf = new Map(dues.map((row) => [row.caseId, row._min.dueAt]));
  return cases.map((row) => {
    const { grade = null, proposedGrade = null } = gradeOf.get(row.id) ?? {};
    return {
      id: row.id,
      process: row.process,
      number: row.number,
      title: row.title,
      state: row.state,
      stateKey: stateKeyOf(row.process, row.state, (grade ?? proposedGrade ?? 'branch') as Grade),
      stateSince: timeOf(row.stateSince),
      terminal: processOf(row.process).lifecycle.states[row.state]?.terminal ?? false,
      unit: names.unit(row.unitId),
      grade: grade as Grade | null,
      openedAt: timeOf(row.openedAt),
      closedAt: timeOrNull(row.closedAt),
      dueAt: timeOrNull(dueOf.get(row.id) ?? null),
    };
  });
}

/** Approving has two names by grade, 审定 and 批准: two different acts (Article 4.6). */
export function stateKeyOf(process: string, state: string, grade: Grade): string {
  if (process === 'recommendation') return stateKey(state as RecommendationState, grade);
  return processOf(process).lifecycle.states[state]?.zhKey ?? state;
}
