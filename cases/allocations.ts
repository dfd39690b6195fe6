import { choosers, unitsConcerned } from '../domain/allocation.ts';
import { localDay } from '../domain/calendar.ts';
import { normaliseName } from '../domain/clientName.ts';
import { DomainError } from '../domain/errors.ts';
import { givenFen } from '../domain/money.ts';
import { placeOf } from '../domain/project.ts';
import { regionOf } from '../domain/regionNames.ts';
import type { AllocationForm } from '../forms/allocation.ts';
import { allocation as contract } from '../workflows/contracts/allocation.ts';
import { accountFor } from './accounts.ts';
import { aboutAccount } from './caseAccounts.ts';
import { actOnCase } from './caseAct.ts';
import { clientKey } from './clientSecrets.ts';
import { conclude } from './conclusion.ts';
import type { CaseDeps } from './deps.ts';
import { type CaseRequest, endFromOutside } from './ending.ts';
import { activeActor } from './guard.ts';
import { bodyHash, type Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';
import { concerns, unitParty } from './reassignments.ts';
import type { Receipt } from './records.ts';
import { loadTerritories } from './territories.ts';
import type { CaseTransaction } from './transaction.ts';

/** Whoever works on the account, or speaks for the committee, may ask which unit builds (Article 7.2 names unit, client and committee). */
const STARTERS = ['manager', 'head', 'office', 'committee'] as const;

/**
 * Asks which unit builds a project of an account (Article 7.2). In the leading unit's territory that unit does, at once: the case is concluded
 * as it is opened. Anywhere else it is negotiated. One project has one open case.
 * @throws DomainError `notFound`, `forbidden`, `invalid` for an unknown region, `accountTerminated`, `accountBusy`
 */
export function allocate(
  deps: CaseDeps,
  request: { readonly personId: string; readonly accountId: string; readonly form: AllocationForm },
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const { personId, accountId, form } = request;
  return newCase(
    deps,
    contract,
    personId,
    async (tx) => {
      const actor = activeActor(tx);
      const { standing, clientId } = await accountFor(tx.client, actor, accountId);
      if (!STARTERS.some((each) => standing.has(each)))
        throw new DomainError('forbidden', { needed: STARTERS.join(', ') });
      if (!regionOf(form.regionCode))
        throw new DomainError('invalid', { field: 'regionCode', reason: 'noRegion' }, 'regionCode');
      await open(tx, accountId, form, await projectWord(deps, clientId, form));
    },
    keep,
  );
}

/** The word under which a project has one open case; it tells nobody the project's name. */
async function projectWord(
  { keys }: CaseDeps,
  clientId: string,
  { projectName, regionCode }: AllocationForm,
): Promise<string> {
  return `allocation:${bodyHash([normaliseName(projectName), regionCode], await keys.getOrCreate(clientKey(clientId)))}`;
}

async function open(tx: CaseTransaction, accountId: string, form: AllocationForm, alone: string): Promise<void> {
  const { projectName, regionCode, amountYuan, reason } = form;
  const { holdings } = await aboutAccount(tx, accountId, { alone });
  const lead = holdings.find(({ kind }) => kind === 'lead')?.unitId ?? null;
  const place = placeOf(regionCode, lead, await loadTerritories(tx.client), localDay(tx.now.getTime()));
  const [client] = await tx.sql('SELECT name FROM clients WHERE id = $1', [tx.case.clientId]);
  tx.rename(String(client?.name ?? ''));
  if (lead) tx.moveTo(lead);
  await tx.sql(
    `INSERT INTO allocations (case_id, account_id, region_code, amount_fen, place, covering_ids, chooser_ids) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      tx.case.id,
      accountId,
      regionCode,
      amountYuan === undefined ? null : givenFen(amountYuan).toString(),
      place.kind,
      place.unitIds,
      choosers(holdings),
    ],
  );
  // Whoever is asked reads it to the end, though recused from its ballots.
  await concerns(tx, unitsConcerned(holdings, place.unitIds).map(unitParty));
  const inside = place.kind === 'inside';
  tx.fact({
    kind: inside ? 'decided' : 'submitted',
    action: inside ? 'byTerritory' : 'submit',
    actorId: tx.actor?.personId ?? null,
    codes: {
      ...(inside ? {} : { state: contract.lifecycle.initial }),
      ...{ accountId, regionCode, place: place.kind, unitIds: place.unitIds },
    },
    secret: { projectName, ...(reason ? { reason } : {}) },
  });
  if (!inside) {
    tx.ring();
    return;
  }
  await tx.sql('UPDATE allocations SET proposed_id = $2 WHERE case_id = $1', [tx.case.id, lead]);
  await conclude(tx, 'allocated');
}

/**
 * The project is not built after all: its negotiation lapses (Article 7.2). Said by whoever asked, the officers of the leading unit, or the office.
 * @throws DomainError `notFound` for a case of another process, `forbidden`, `caseEnded`
 */
export function cancelAllocation(deps: CaseDeps, request: CaseRequest): Promise<Receipt> {
  return actOnCase(deps, request, 'cancelProject', async (tx, actor) => {
    if (tx.case.process !== contract.process) throw new DomainError('notFound');
    const [about] = await tx.sql('SELECT account_id AS id FROM allocations WHERE case_id = $1', [tx.case.id]);
    const { standing } = await accountFor(tx.client, actor, String(about?.id));
    const may =
      actor.personId === tx.case.submitterId ||
      ['manager', 'head', 'office'].some((each) => standing.has(each as 'manager'));
    if (!may) throw new DomainError('forbidden', { needed: 'submitter, manager, head, office' });
    const fact = tx.fact({
      kind: 'decided',
      action: 'cancelProject',
      actorId: actor.personId,
      secret: { reason: request.reason },
    });
    endFromOutside(tx, 'lapsed');
    return fact;
  });
}
