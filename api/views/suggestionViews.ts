import { localDay } from '../../domain/calendar.ts';
import { isOverdue, type MeasureState, progressOf } from '../../domain/plan.ts';
import type { Case } from '../../prisma/generated/client.ts';
import type { SuggestionMatter, SuggestionView } from '../contract/suggestions.ts';
import type { ApiDeps } from '../deps.ts';
import { caseSummaries } from './caseSummaries.ts';
import { dayOf } from './days.ts';
import { firstWords } from './firstWords.ts';
import { loadNames } from './names.ts';
import { planViews } from './planViews.ts';

/** More than any account was ever warned of; the latest are told. */
const MOST = 200;

/** What was raised about an account: the open ones first, then the newest. */
export async function suggestionViews(
  { prisma }: Pick<ApiDeps, 'prisma'>,
  accountId: string,
  readable: (caseIds: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<SuggestionView[]> {
  const found = await prisma.suggestion.findMany({ where: { accountId }, orderBy: { caseId: 'desc' }, take: MOST });
  const ids = found.map(({ caseId }) => caseId);
  const [cases, plans, open] = await Promise.all([
    prisma.case.findMany({ where: { id: { in: ids } } }),
    prisma.plan.findMany({ where: { caseId: { in: ids }, state: { not: 'proposed' } }, include: { measures: true } }),
    readable(ids),
  ]);
  const [summaries, names] = await Promise.all([
    caseSummaries(prisma, cases),
    loadNames(prisma, { persons: cases.map(({ submitterId }) => submitterId) }),
  ]);
  const today = localDay(Date.now());
  return found
    .flatMap(({ caseId, kind, severity }): SuggestionView[] => {
      const summary = summaries.find(({ id }) => id === caseId);
      const row = cases.find(({ id }) => id === caseId);
      if (!summary || !row) return [];
      const measures = plans
        .find((plan) => plan.caseId === caseId)
        ?.measures.map(({ state, dueOn }) => ({ state: state as MeasureState, dueOn: dayOf(dueOn) }));
      const { number, state, stateKey, terminal, openedAt, closedAt } = summary;
      return [
        {
          caseId,
          number,
          readable: open.has(caseId),
          kind: kind as SuggestionView['kind'],
          severity: severity as SuggestionView['severity'],
          state,
          stateKey,
          terminal,
          raisedBy: names.person(row.submitterId),
          openedAt,
          closedAt,
          plan: measures
            ? { ...progressOf(measures), overdue: measures.filter((measure) => isOverdue(measure, today)).length }
            : null,
        },
      ];
    })
    .sort((one, other) => Number(one.terminal) - Number(other.terminal));
}

/** What the case of a suggestion is about, for who reads its contents; null for any other case. */
export async function suggestionMatter(deps: ApiDeps, row: Case): Promise<SuggestionMatter | null> {
  const { prisma } = deps;
  const found = await prisma.suggestion.findUnique({ where: { caseId: row.id } });
  if (!found || row.clientId === null) return null;
  const [{ grounds, measures }, plan] = await Promise.all([
    firstWords(deps, row.id),
    prisma.plan.findUnique({ where: { caseId: row.id }, include: { measures: { orderBy: { ord: 'asc' } } } }),
  ]);
  const [shown] = await planViews(deps, row.clientId, plan ? [plan] : [], new Set([row.id]));
  return {
    process: 'suggestion',
    accountId: found.accountId,
    kind: found.kind as SuggestionMatter['kind'],
    severity: found.severity as SuggestionMatter['severity'],
    grounds: grounds ?? '',
    measures: measures ?? null,
    plan: shown ?? null,
  };
}
