import { yuanFromFen } from '../../domain/money.ts';
import type { Case } from '../../prisma/generated/client.ts';
import type { CoHolderMatter } from '../contract/coHolders.ts';
import type { ApiDeps } from '../deps.ts';
import { firstWords } from './firstWords.ts';
import { loadNames } from './names.ts';

/** What a case about a co-holder is about, for who reads its contents; null for any other case. */
export async function coHolderMatter(deps: ApiDeps, row: Case): Promise<CoHolderMatter | null> {
  const { prisma } = deps;
  const found = await prisma.coHolder.findUnique({ where: { caseId: row.id } });
  if (!found) return null;
  const [holdings, nominated, { reason }] = await Promise.all([
    // As they stood when the case was opened.
    prisma.holding.findMany({
      where: {
        accountId: found.accountId,
        validFrom: { lte: row.openedAt },
        OR: [{ validTo: null }, { validTo: { gt: row.openedAt } }],
      },
    }),
    prisma.step.findMany({
      where: { caseId: row.id, name: { in: ['nominating', 'appointing'] }, closedSeq: { not: null } },
      orderBy: { closedSeq: 'desc' },
    }),
    firstWords(deps, row.id),
  ]);
  const lead = holdings.find(({ kind }) => kind === 'lead')?.unitId ?? null;
  const nominee = nominated.flatMap(({ codes }) => (codes as { managerId?: string }).managerId ?? []).at(0) ?? null;
  const names = await loadNames(prisma, { units: [row.unitId, lead], persons: [nominee] });
  return {
    process: 'coHolder',
    accountId: found.accountId,
    unit: names.unit(row.unitId),
    lead: names.unitOrNull(lead),
    secondManager: holdings.some(({ unitId }) => unitId === row.unitId),
    regionCodes: found.regionCodes,
    volumeYuan: found.volumeFen === null ? null : yuanFromFen(found.volumeFen),
    coRecommended: found.coRecommendationId !== null,
    reason: reason ?? null,
    nominee: names.personOrNull(nominee),
  };
}
