import { choosers, mayAskBuilder, unitsConcerned } from '../domain/allocation.ts';
import { localDay } from '../domain/calendar.ts';
import { normaliseName } from '../domain/clientName.ts';
import { DomainError } from '../domain/errors.ts';
import { givenFen, yuanFromFen } from '../domain/money.ts';
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
import { projectById } from './projectRows.ts';
import { concerns, unitParty } from './reassignments.ts';
import type { Receipt } from './records.ts';
import { loadTerritories } from './territories.ts';
import type { CaseTransaction } from './transaction.ts';

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
      if (!mayAskBuilder(standing)) throw new DomainError('forbidden', { needed: 'manager, head, office, committee' });
      if (!regionOf(form.regionCode))
        throw new DomainError('invalid', { field: 'regionCode', reason: 'noRegion' }, 'regionCode');
      const asked = await askedOf(tx, accountId, form);
      await open(tx, accountId, asked, await projectWord(deps, clientId, asked));
    },
    keep,
  );
}

/** What is asked, in the project's own words where it is one of the account's. @throws DomainError `notFound`, `projectCancelled` */
async function askedOf(tx: CaseTransaction, accountId: string, form: AllocationForm): Promise<AllocationForm> {
  if (form.projectId === undefined) return form;
  const project = await projectById(tx.deps, tx.client, form.projectId);
  if (project?.accountId !== accountId || project.state !== 'upcoming')
    throw new DomainError('notFound', {}, 'projectId');
  if (project.cancelled) throw new DomainError('projectCancelled', {}, 'projectId');
  const { name, regionCode, amountFen } = project;
  return { ...form, projectName: name, regionCode, amountYuan: yuanFromFen(amountFen) };
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
    `INSERT INTO allocations (case_id, account_id, region_code, amount_fen, place, covering_ids, chooser_ids, project_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.case.id,
      accountId,
      regionCode,
      amountYuan === undefined ? null : givenFen(amountYuan).toString(),
      place.kind,
      place.unitIds,
      choosers(holdings),
      form.projectId ?? null,
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

/** What is negotiated of a project that is not built after all lapses with it. Whoever keeps the account's file may say both. */
export async function cancelAllocationsOf(deps: CaseDeps, projectId: string, request: Omit<CaseRequest, 'caseId'>) {
  const { rows } = await deps.pool.query<{ caseId: string }>(
    `SELECT a.case_id AS "caseId" FROM allocations a JOIN cases c ON c.id = a.case_id WHERE a.project_id = $1 AND c.closed_at IS NULL AND c.ending IS NULL`,
    [projectId],
  );
  for (const { caseId } of rows)
    await cancelAllocation(deps, { ...request, caseId }).catch((error: unknown) => {
      // It has ended meanwhile.
      if (!(error instanceof DomainError && ['caseEnded', 'notYourMatter'].includes(error.code))) throw error;
    });
}
