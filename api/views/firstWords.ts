import { factPlace } from '../../cases/transaction.ts';
import { openJson } from '../../platform/cipher.ts';
import type { ApiDeps } from '../deps.ts';

/** What was written, confidentially, where a case was opened: in its first fact. */
export async function firstWords(
  { prisma, keys }: Pick<ApiDeps, 'prisma' | 'keys'>,
  caseId: string,
): Promise<Readonly<Record<string, string | undefined>>> {
  const fact = await prisma.fact.findUnique({ where: { caseId_seq: { caseId, seq: 1 } } });
  if (!fact?.secret) return {};
  return openJson(await keys.get(`case:${caseId}`), Buffer.from(fact.secret), factPlace(caseId, 1)) as Record<
    string,
    string
  >;
}
