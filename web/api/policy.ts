import type { PolicySummary, PolicyView } from '../../api/contract/policies.ts';
import type { GradeLines } from '../../domain/grading.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { type Page, useOne } from './list.ts';
import { useMe } from './me.ts';
import { useUnits } from './organisation.ts';

export const usePolicies = () => useOne<Page<PolicySummary>>(['policies'], '/policies');
/** One version, by number or `current`. */
export const usePolicy = (version: string) => useOne<PolicyView>(['policy', version], `/policies/${version}`);

/** Whether the one signed in sets the policy: the head of the office (系统默认). */
export function useMaySetPolicy(): boolean {
  const me = useMe().data;
  const office = useUnits().data?.items.find((unit) => unit.kind === 'office' && unit.dissolvedOn === null);
  return me?.roles.some((held) => held.role === 'unitHead' && held.unit?.id === office?.id) ?? false;
}

/** Whether the one signed in may see what other values would change: the committee and the office. */
export function useMayPreview(): boolean {
  const me = useMe().data;
  return me ? me.seats.length > 0 || me.roles.some(({ role }) => role === 'office') : false;
}

/** The lines of Article 12 in force; until they are read, those of the first policy. */
export function useGradeLines(): GradeLines {
  const values = usePolicy('current').data?.values ?? [];
  const fen = (key: 'companyLineFen' | 'branchLineFen') => {
    const value = values.find((each) => each.key === key)?.value;
    return BigInt(typeof value === 'string' ? value : defaultPolicy[key]);
  };
  return { companyLineFen: fen('companyLineFen'), branchLineFen: fen('branchLineFen') };
}
