import { factPlace } from '../../cases/transaction.ts';
import { openJson } from '../../platform/cipher.ts';
import type { ApiDeps } from '../deps.ts';

/** What was said in a case by these actions, by action; the last of each. For who reads its contents. @throws DecryptionError */
export async function saidIn(
  deps: ApiDeps,
  caseId: string,
  actions: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const facts = await deps.prisma.fact.findMany({
    where: { caseId, action: { in: [...actions] }, kind: { in: ['submitted', 'decided'] }, secret: { not: null } },
    orderBy: { seq: 'asc' },
  });
  const key = await deps.keys.get(`case:${caseId}`);
  return new Map(
    facts.map((fact) => [
      String(fact.action),
      openJson(key, fact.secret, factPlace(caseId, fact.seq)) as Record<string, unknown>,
    ]),
  );
}
