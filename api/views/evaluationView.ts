import { factPlace } from '../../cases/transaction.ts';
import { criteria } from '../../domain/recommendation.ts';
import { openJson } from '../../platform/cipher.ts';
import type { Case } from '../../prisma/generated/client.ts';
import type { EvaluationView } from '../contract/cases.ts';
import type { ApiDeps } from '../deps.ts';
import { loadNames } from './names.ts';

/** What the evaluation came to: scores 1–5 as mean and range, departments' answers, and who was silent (系统默认). */
export async function evaluationView(
  deps: Pick<ApiDeps, 'prisma' | 'keys'>,
  row: Case,
): Promise<EvaluationView | null> {
  const { prisma } = deps;
  const tasks = await prisma.task.findMany({
    where: { caseId: row.id, kind: { in: ['evaluate', 'countersign'] } },
    orderBy: { openedSeq: 'asc' },
  });
  if (tasks.length === 0) return null;
  const facts = await prisma.fact.findMany({
    where: { caseId: row.id, taskId: { in: tasks.map((task) => task.id) }, kind: 'decided' },
    orderBy: { seq: 'asc' },
  });
  const key = facts.some((fact) => fact.secret) ? await deps.keys.get(`case:${row.id}`) : null;
  const answerOf = new Map(facts.map((fact) => [fact.taskId, fact]));
  const evaluations = tasks.filter((task) => task.kind === 'evaluate');
  const sheets = evaluations.flatMap((task) => {
    const fact = answerOf.get(task.id);
    if (!key || !fact?.secret) return [];
    const { scores } = openJson(key, fact.secret, factPlace(row.id, fact.seq)) as { scores?: Record<string, number> };
    return scores ? [scores] : [];
  });
  const personOf = (candidates: readonly string[]) => (candidates[0] ?? '').replace(/^person:/, '');
  const unitOf = (candidates: readonly string[]) => (candidates[0] ?? '').replace(/^role:unitHead@/, '');
  const countersigns = tasks.filter((task) => task.kind === 'countersign');
  const names = await loadNames(prisma, {
    persons: [...evaluations.map((task) => personOf(task.candidates)), ...facts.map((fact) => fact.actorId)],
    units: countersigns.map((task) => unitOf(task.candidates)),
  });
  return {
    scores: criteria.map(({ code }) => {
      const given = sheets.flatMap((sheet) => sheet[code] ?? []);
      return {
        criterion: code,
        mean: given.length > 0 ? given.reduce((sum, score) => sum + score, 0) / given.length : null,
        lowest: given.length > 0 ? Math.min(...given) : null,
        highest: given.length > 0 ? Math.max(...given) : null,
      };
    }),
    given: evaluations.flatMap((task) => {
      const fact = answerOf.get(task.id);
      return fact?.actorId ? [names.person(fact.actorId)] : [];
    }),
    silent: evaluations
      .filter((task) => task.status !== 'open' && !answerOf.has(task.id))
      .map((task) => names.person(personOf(task.candidates))),
    departments: countersigns.map((task) => {
      const { agrees } = (answerOf.get(task.id)?.codes ?? {}) as { agrees?: boolean };
      return {
        unit: names.unit(unitOf(task.candidates)),
        taskId: task.id,
        agrees: agrees ?? null,
        silent: task.status !== 'open' && !answerOf.has(task.id),
      };
    }),
  };
}
