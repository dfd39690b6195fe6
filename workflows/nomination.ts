import type { Prose } from './case.ts';

/**
 * A unit nominates the account manager and the committee confirms him; after so many refusals the director names one of that unit, or ends
 * it (Article 7.1). Its steps are `nominationSteps` of the contract.
 */
export async function confirmedManager({
  ask,
  ballot,
  policy,
}: Prose<'nominating' | 'confirming' | 'appointing'>): Promise<'confirmed' | 'rejected' | 'lapsed'> {
  for (let refusals = 0; refusals < policy.maxNominations; refusals++) {
    if ((await ask('nominating')).outcome === 'silent') return 'lapsed';
    const confirmed = await ballot('confirming');
    if (confirmed === 'passed') return 'confirmed';
    if (confirmed === 'lapse') return 'lapsed';
  }
  const named = await ask('appointing');
  return named.outcome === 'appoint' ? 'confirmed' : 'rejected';
}
