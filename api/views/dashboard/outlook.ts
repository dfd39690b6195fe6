import { type Actor, hasRole } from '../../../cases/actor.ts';
import type { OutlookScope } from '../../contract/dashboard.ts';
import type { ApiDeps } from '../../deps.ts';
import { countManaged } from '../managedAccounts.ts';
import { isOverseer } from '../readableCases.ts';

/** Whose figures a person sees. A unit's officers see their own units'; that another unit has a case in progress is not theirs to know (系统默认, after Article 11). */
export type Outlook = {
  readonly scope: OutlookScope;
  /** The units whose officer he is. */
  readonly unitIds: readonly string[];
  /** Whoever sees his own accounts alone (Articles 5 and 6.1); else null. */
  readonly managerId: string | null;
};

export async function outlookOf(deps: Pick<ApiDeps, 'prisma'>, actor: Actor): Promise<Outlook> {
  const unitIds = [...new Set(actor.roles.flatMap(({ unitId }) => unitId ?? []))];
  if (actor.seats.length > 0 || hasRole(actor, 'office') || hasRole(actor, 'dataClerk'))
    return { scope: 'company', unitIds, managerId: null };
  if (isOverseer(actor)) return { scope: 'oversight', unitIds: [], managerId: null };
  if (unitIds.length > 0) return { scope: 'unit', unitIds, managerId: null };
  const manages = (await countManaged(deps, actor.personId)) > 0;
  return { scope: manages ? 'accounts' : 'none', unitIds: [], managerId: manages ? actor.personId : null };
}

export const seesAll = ({ scope }: Outlook): boolean => scope === 'company' || scope === 'oversight';

/** Overseers count, and are told no amounts. */
export const seesAmounts = ({ scope }: Outlook): boolean => scope !== 'oversight';

/**
 * The cases that count, as SQL over `cases c` with `$1` the reader's units and `$2` whether he sees all: of his own units every case; of
 * others what was submitted, for a draft is its unit's own, also one that ended without ever having been (see readableCases).
 */
export const COUNTED = `(c.unit_id = ANY ($1::text[]) OR ($2::boolean AND c.state <> 'draft'
  AND (c.state NOT IN ('withdrawn', 'lapsed') OR (SELECT true FROM tasks opened WHERE opened.case_id = c.id LIMIT 1))))`;

export const countedFor = (outlook: Outlook): unknown[] => [outlook.unitIds, seesAll(outlook)];
