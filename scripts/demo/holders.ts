import type { AccountView } from '../../api/contract/accounts.ts';
import type { AskedView } from '../../api/contract/exclusivity.ts';
import { expectSame } from './calls.ts';
import type { Scene } from './scene.ts';

const CLERK = 'office-clerk-1';

/** An account as the office sees it. */
export const accountOf = ({ calls }: Scene, accountId: string): Promise<AccountView> =>
  calls.get<AccountView>(CLERK, `/accounts/${accountId}`);

/** Who holds an account now: unit and manager, the lead first. */
export const holdersOf = ({ holdings }: AccountView): (string | null)[][] =>
  holdings
    .filter(({ validTo }) => validTo === null)
    .toSorted((one, other) => Number(one.kind === 'co') - Number(other.kind === 'co'))
    .map(({ kind, unit, manager }) => [kind, unit.id, manager?.id ?? null]);

/** What another unit is told when it asks about the client, by name or by code. */
export async function expectAnswer(
  { calls }: Scene,
  personId: string,
  question: { readonly name: string } | { readonly code: string },
  result: string,
): Promise<void> {
  const { answer } = await calls.post<AskedView>(personId, '/exclusivity-checks', question);
  expectSame(`${personId} 的专属核查 · what the check answers`, answer.result, result);
}
