import type { Case } from '../../prisma/generated/client.ts';
import type { RelistingMatter } from '../contract/relistings.ts';
import type { ApiDeps } from '../deps.ts';
import { firstWords } from './firstWords.ts';

/** What a case about coming back onto the list is about, for who reads its contents. */
export async function relistingMatter(deps: ApiDeps, row: Case): Promise<RelistingMatter | null> {
  const { prisma } = deps;
  const [about, opened, { source = '', grounds = '' }] = await Promise.all([
    prisma.caseAccount.findFirst({ where: { caseId: row.id } }),
    prisma.fact.findUnique({ where: { caseId_seq: { caseId: row.id, seq: 1 } } }),
    firstWords(deps, row.id),
  ]);
  if (!about || !opened) return null;
  const { delistedCaseId } = opened.codes as { delistedCaseId: string };
  const delisting = await prisma.case.findUnique({ where: { id: delistedCaseId }, select: { number: true } });
  return {
    process: 'relisting',
    accountId: about.accountId,
    delisting: delisting && { caseId: delistedCaseId, number: delisting.number },
    source,
    grounds,
  };
}
