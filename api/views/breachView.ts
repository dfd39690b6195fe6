import type { BreachMatter } from '../contract/breaches.ts';
import type { ApiDeps } from '../deps.ts';
import { saidIn } from './factSecrets.ts';
import { loadNames } from './names.ts';

/** What a reported breach is about, for who reads its contents. */
export async function breachView(deps: ApiDeps, caseId: string): Promise<BreachMatter | null> {
  const row = await deps.prisma.breach.findUnique({ where: { caseId } });
  if (!row) return null;
  const [names, said] = await Promise.all([
    loadNames(deps.prisma, { units: [row.holderUnitId, row.accusedUnitId] }),
    saidIn(deps, caseId, ['submit', 'state', 'record']),
  ]);
  const text = (action: string, key: string) => (said.get(action)?.[key] as string | undefined) ?? null;
  return {
    process: 'breach',
    accountId: row.accountId,
    holder: names.unit(row.holderUnitId),
    accused: names.unit(row.accusedUnitId),
    happenedOn: text('submit', 'happenedOn') ?? '',
    evidence: text('submit', 'evidence') ?? '',
    statement: text('state', 'statement'),
    consequence: text('record', 'consequence'),
  };
}
