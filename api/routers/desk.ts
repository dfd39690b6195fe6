import { type Actor, hasRole } from '../../cases/actor.ts';
import { headedUnits } from '../../domain/accountStanding.ts';
import { DomainError } from '../../domain/errors.ts';
import { type DeskScope, deskRoutes as routes } from '../contract/desk.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { deskOf } from '../views/desk.ts';

/** 工作台: what is to be done this week, over accounts. */
export function mountDesk({ on }: Routing, deps: ApiDeps): void {
  on(routes.desk, async ({ actor, params: { scope } }) => {
    if (!mayLook(actor, scope)) throw new DomainError('forbidden', { needed: NEEDED[scope] });
    return deskOf(deps, actor, scope);
  });
}

const NEEDED: Readonly<Record<DeskScope, string>> = {
  mine: '',
  unit: 'unitHead, marketingDeputy',
  company: 'committee, office, dataClerk, auditor',
};

/** A unit's desk is its head's; the company's the committee's, the office's and the auditor's (系统默认). */
function mayLook(actor: Actor, scope: DeskScope): boolean {
  if (scope === 'mine') return true;
  if (scope === 'unit') return headedUnits(actor).length > 0;
  return actor.seats.length > 0 || ['office', 'dataClerk', 'auditor'].some((role) => hasRole(actor, role));
}
