import type { Case } from '../../prisma/generated/client.ts';
import type { ExitMatter } from '../contract/exits.ts';
import type { ApiDeps } from '../deps.ts';
import { firstWords } from './firstWords.ts';

/** What the case of a mid-year exit is about, for who reads its contents; null for any other case. */
export async function exitMatter(deps: ApiDeps, row: Case): Promise<ExitMatter | null> {
  const found = await deps.prisma.exit.findUnique({ where: { caseId: row.id } });
  if (!found) return null;
  const { since = '', source = '', grounds = '', successorName } = await firstWords(deps, row.id);
  return {
    process: 'exit',
    accountId: found.accountId,
    ground: found.ground as ExitMatter['ground'],
    since,
    source,
    grounds,
    successorName: successorName ?? null,
    successorId: found.successorId,
  };
}
