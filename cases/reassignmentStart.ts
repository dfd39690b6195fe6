import { DomainError } from '../domain/errors.ts';
import { mayAsk } from '../domain/reassignment.ts';
import type { ReassignmentForm } from '../forms/reassignment.ts';
import { reassignment as contract } from '../workflows/contracts/reassignment.ts';
import { type AccountRow, accountFor } from './accounts.ts';
import { hasRole } from './actor.ts';
import { aboutAccount } from './caseAccounts.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';
import { concerns, unitParty } from './reassignments.ts';
import type { CaseTransaction } from './transaction.ts';

/** A holding of an account: its lead where none is named. */
export type HoldingOf = { readonly accountId: string; readonly holdingId?: string | undefined };

/** The accounts whose holders are to be replaced: named one by one, or all that a person manages, or a unit holds, for one unit. */
export type Reassigned =
  | { readonly holdings: readonly HoldingOf[] }
  | { readonly managerId: string; readonly unitId?: string | undefined }
  | { readonly unitId: string };

/**
 * Asks that the manager or the unit of accounts be replaced (Articles 7.3, 4.3); the office admits it. What proves it is attached to the case.
 * @throws DomainError `forbidden`, `notFound`, `accountBusy`, `accountTerminated`, `nothingToReassign`, `invalid` for a new unit that is none
 */
export async function startReassignment(
  deps: CaseDeps,
  personId: string,
  { form, ...whose }: { readonly form: ReassignmentForm } & Reassigned,
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const begin = async (tx: CaseTransaction): Promise<void> => {
    const held: Held[] = [];
    // In one order, so that two who ask for several accounts at once do not wait for each other.
    for (const one of [...(await holdingsOf(tx, whose))].sort((a, b) => (a.accountId < b.accountId ? -1 : 1)))
      held.push(await take(tx, form, one));
    const [first] = held;
    if (!first) throw new DomainError('nothingToReassign');
    const { unitId } = first.holding;
    if (held.some(({ holding }) => holding.unitId !== unitId))
      throw new DomainError('invalid', { field: 'unitId', reason: 'severalUnits' }, 'unitId');
    const newUnitId = await newUnit(tx, form, unitId);
    const { of: replaces, ground } = form;
    const adjustment = form.ground === 'personnel' ? form.adjustment : null;
    await tx.sql(
      'INSERT INTO reassignments (case_id, replaces, ground, adjustment, unit_id, new_unit_id) VALUES ($1, $2, $3, $4, $5, $6)',
      [tx.case.id, replaces, ground, adjustment, unitId, newUnitId],
    );
    await concerns(tx, [unitParty(tx.case.unitId)]);
    tx.rename(await titleOf(tx, held));
    tx.fact({
      kind: 'submitted',
      action: 'submit',
      actorId: personId,
      codes: {
        state: contract.lifecycle.initial,
        ground,
        of: replaces,
        adjustment,
        accountIds: held.map(({ account }) => account.id),
      },
      secret: form,
    });
    tx.ring();
  };
  return newCase(deps, contract, personId, begin, keep);
}

type Held = { readonly account: AccountRow; readonly holding: AccountRow['holdings'][number] };

async function holdingsOf(tx: CaseTransaction, whose: Reassigned): Promise<readonly HoldingOf[]> {
  if ('holdings' in whose) return whose.holdings;
  const managerId = 'managerId' in whose ? whose.managerId : null;
  const rows = await tx.sql(
    `SELECT h.account_id AS "accountId", h.id AS "holdingId" FROM holdings h WHERE h.valid_to IS NULL
       AND ($1::text IS NULL OR h.manager_id = $1) AND ($2::text IS NULL OR h.unit_id = $2) AND ($1 IS NOT NULL OR $2 IS NOT NULL)`,
    [managerId, whose.unitId ?? null],
  );
  return rows as HoldingOf[];
}

/** Takes an account into the case, for who may ask for it. Another case about its holders, or its end, refuses it. */
async function take(tx: CaseTransaction, form: ReassignmentForm, { accountId, holdingId }: HoldingOf): Promise<Held> {
  const actor = activeActor(tx);
  const { standing } = await accountFor(tx.client, actor, accountId);
  const headsAUnit = hasRole(actor, 'unitHead');
  if (!mayAsk(form.ground, { standings: standing, headsAUnit }))
    throw new DomainError('forbidden', { needed: 'office, unitHead, committee' });
  const account = await aboutAccount(tx, accountId, { alone: 'reassignment' });
  const holding = account.holdings.find((each) => (holdingId ? each.id === holdingId : each.kind === 'lead'));
  if (!holding) throw new DomainError('notFound', {}, 'holdingId');
  if (form.of === 'coHolding' && holding.kind !== 'co')
    throw new DomainError('invalid', { field: 'of', reason: 'onlyCoHolding' }, 'form.of');
  // A unit may be replaced while its account is vacant; nobody is removed where nobody is.
  if (form.of === 'manager' && form.ground !== 'personnel' && holding.managerId === null)
    throw new DomainError('nothingToReassign');
  await tx.sql(
    'INSERT INTO reassignment_accounts (case_id, account_id, holding_id, manager_id) VALUES ($1, $2, $3, $4)',
    [tx.case.id, accountId, holding.id, holding.managerId],
  );
  return { account, holding };
}

/** The unit that is to hold the accounts: another than holds them, headquarters or a branch, and one that is there. */
async function newUnit(tx: CaseTransaction, form: ReassignmentForm, unitId: string): Promise<string | null> {
  if (form.of !== 'unit' || !form.newUnitId) return null;
  const rows = await tx.sql(
    `SELECT 1 FROM units WHERE id = $1 AND id <> $2 AND kind IN ('headquarters', 'branch') AND (dissolved_on IS NULL OR dissolved_on > (now() AT TIME ZONE 'Asia/Shanghai')::date)`,
    [form.newUnitId, unitId],
  );
  if (rows.length === 0) throw new DomainError('invalid', { field: 'newUnitId', reason: 'noOtherUnit' }, 'newUnitId');
  return form.newUnitId;
}

/** A list names the clients; many are not all named. */
async function titleOf(tx: CaseTransaction, held: readonly Held[]): Promise<string> {
  const rows = await tx.sql('SELECT name FROM clients WHERE id = ANY ($1) ORDER BY name', [
    held.map(({ account }) => account.clientId),
  ]);
  const names = rows.map(({ name }) => String(name));
  return names.length <= NAMED ? names.join('、') : `${names.slice(0, NAMED).join('、')}…（${names.length}）`;
}
const NAMED = 3;
