import { factPlace } from '../../cases/transaction.ts';
import { openJson } from '../../platform/cipher.ts';
import type { Case } from '../../prisma/generated/client.ts';
import type { ExitMatter } from '../contract/exits.ts';
import type { ApiDeps } from '../deps.ts';
import { timeOf } from './days.ts';
import { firstWords } from './firstWords.ts';
import { loadNames } from './names.ts';

/** What the case of a mid-year exit is about, for who reads its contents; null for any other case. */
export async function exitMatter(deps: ApiDeps, row: Case): Promise<ExitMatter | null> {
  const found = await deps.prisma.exit.findUnique({ where: { caseId: row.id } });
  if (!found) return null;
  const [said, { since = '', source = '', grounds = '', successorName }] = await Promise.all([
    statementsIn(deps, row.id),
    firstWords(deps, row.id),
  ]);
  return {
    process: 'exit',
    accountId: found.accountId,
    ground: found.ground as ExitMatter['ground'],
    since,
    source,
    grounds,
    successorName: successorName ?? null,
    successorId: found.successorId,
    statements: said,
  };
}

async function statementsIn({ prisma, keys }: ApiDeps, caseId: string): Promise<ExitMatter['statements']> {
  const facts = await prisma.fact.findMany({
    where: { caseId, kind: 'decided', action: 'state', secret: { not: null } },
    orderBy: { seq: 'asc' },
  });
  if (facts.length === 0) return [];
  const [key, names] = await Promise.all([
    keys.get(`case:${caseId}`),
    loadNames(prisma, { persons: facts.map(({ actorId }) => actorId) }),
  ]);
  return facts.map(({ seq, actorId, at, secret }) => ({
    by: names.person(String(actorId)),
    at: timeOf(at),
    text: (openJson(key, secret, factPlace(caseId, seq)) as { statement: string }).statement,
  }));
}
