import { lookAtAccount } from '../cases/accountClock.ts';
import type { CaseDeps } from '../cases/deps.ts';
import type { AccountActivities } from '../workflows/contracts/account.ts';

/** The account workflow's way to the facts. */
export function createAccountActivities(deps: CaseDeps): AccountActivities {
  return { accountClock: (input) => lookAtAccount(deps, input) };
}
