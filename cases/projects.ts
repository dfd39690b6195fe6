import type { PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { givenFen } from '../domain/money.ts';
import { builderOf, checkProject, placeOf } from '../domain/project.ts';
import { regionOf } from '../domain/regionNames.ts';
import type { ProjectForm } from '../forms/project.ts';
import { newId } from '../platform/id.ts';
import { type AccountRow, accountToKeep, lockAccount } from './accounts.ts';
import { actorNow } from './actor.ts';
import { storeProjectTotals } from './contractTotals.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { recordProjectChange } from './projectChanges.ts';
import { formOf, type Project, projectById, storeProject } from './projectRows.ts';
import { loadTerritories } from './territories.ts';
import { inTransaction } from './transaction.ts';

type Entered = { readonly id: string; readonly version: number };

/**
 * Enters a project of an account (Articles 6.4, 9). @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `regionUnknown`,
 * `employerNotOfGroup`, `builderByAllocation`, and what `checkProject` refuses
 */
export async function enterProject(
  deps: CaseDeps,
  { personId, accountId, form }: { readonly personId: string; readonly accountId: string; readonly form: ProjectForm },
  keep?: Keep<Entered>,
): Promise<Entered> {
  return inTransaction(deps, async (client) => {
    const account = await keptAccount(client, personId, accountId);
    const now = new Date();
    const project: Project = {
      ...(await settled(client, account, form, null)),
      ...{ id: newId(), accountId, clientId: account.clientId, cancelled: false, prior: false },
      ...{ version: 1, enteredAt: now, updatedAt: now },
    };
    await storeProject(deps, client, project);
    await storeProjectTotals(client, accountId);
    await recordProjectChange(deps, client, project, {
      ...{ act: 'entered', version: 1, actorId: personId, before: null },
      after: formOf(project),
    });
    const result = { id: project.id, version: 1 };
    await keep?.(client, result);
    return { result, doorbell: null };
  });
}

type Changing = { readonly personId: string; readonly projectId: string; readonly version: number };

/** Replaces what is entered of a project. @throws DomainError `projectChanged` when `version` is not the stored one, and as for entering */
export async function changeProject(
  deps: CaseDeps,
  { form, ...asked }: Changing & { readonly form: ProjectForm },
): Promise<Entered> {
  return inTransaction(deps, async (client) => {
    const { project, account } = await lockProject(deps, client, asked);
    const next: Project = {
      ...project,
      ...(await settled(client, account, form, project)),
      ...{ version: project.version + 1, updatedAt: new Date() },
    };
    await storeProject(deps, client, next);
    await storeProjectTotals(client, account.id);
    await recordProjectChange(deps, client, next, {
      ...{ act: 'changed', version: next.version, actorId: asked.personId },
      ...{ before: formOf(project), after: formOf(next) },
    });
    return { result: { id: next.id, version: next.version }, doorbell: null };
  });
}

/** A project that will not be built. It stays on record and counts nowhere. @throws DomainError `projectChanged`, `projectCancelled` */
export async function cancelProject(
  deps: CaseDeps,
  { reason, ...asked }: Changing & { readonly reason: string },
  keep?: Keep<Entered>,
): Promise<Entered> {
  return inTransaction(deps, async (client) => {
    const { project, account } = await lockProject(deps, client, asked);
    const next: Project = { ...project, cancelled: true, version: project.version + 1, updatedAt: new Date() };
    await storeProject(deps, client, next);
    await storeProjectTotals(client, account.id);
    await recordProjectChange(deps, client, next, {
      ...{ act: 'cancelled', version: next.version, actorId: asked.personId },
      ...{ before: null, after: { reason } },
    });
    const result = { id: next.id, version: next.version };
    await keep?.(client, result);
    return { result, doorbell: null };
  });
}

/**
 * The unit that an allocation gives a project to (Article 7.2), in the transaction that decides it. One that was cancelled or begun
 * meanwhile stays as it is. @throws DomainError `notFound`
 */
export async function giveProject(
  deps: CaseDeps,
  client: PoolClient,
  given: {
    readonly projectId: string;
    readonly unitId: string;
    readonly actorId: string | null;
    readonly caseId: string;
  },
): Promise<void> {
  const project = await projectById(deps, client, given.projectId, 'FOR UPDATE');
  if (!project) throw new DomainError('notFound');
  if (project.cancelled || project.state !== 'upcoming' || project.builderUnitId === given.unitId) return;
  const next: Project = {
    ...project,
    ...{ builderUnitId: given.unitId, version: project.version + 1, updatedAt: new Date() },
  };
  await storeProject(deps, client, next);
  await recordProjectChange(deps, client, next, {
    ...{ act: 'allocated', version: next.version, actorId: given.actorId, caseId: given.caseId },
    ...{ before: { builderUnitId: project.builderUnitId }, after: { builderUnitId: given.unitId } },
  });
}

/** The account, locked, of one who may keep its file as he stands now. */
export async function keptAccount(client: PoolClient, personId: string, accountId: string): Promise<AccountRow> {
  const actor = await actorNow(client, personId);
  await lockAccount(client, accountId);
  return accountToKeep(client, actor, accountId);
}

async function lockProject(deps: CaseDeps, client: PoolClient, { personId, projectId, version }: Changing) {
  const { rows } = await client.query<{ accountId: string }>(
    'SELECT account_id AS "accountId" FROM projects WHERE id = $1',
    [projectId],
  );
  if (!rows[0]) throw new DomainError('notFound');
  const account = await keptAccount(client, personId, rows[0].accountId);
  const project = await projectById(deps, client, projectId, 'FOR UPDATE');
  if (!project) throw new DomainError('notFound');
  if (project.version !== version) throw new DomainError('projectChanged', { version: project.version });
  if (project.cancelled) throw new DomainError('projectCancelled');
  return { project, account };
}

/** What is entered, as it will be stored: checked, with its builder settled by Article 7.2. */
async function settled(client: PoolClient, account: AccountRow, form: ProjectForm, before: Project | null) {
  const { amountYuan, receivableYuan, receivedYuan, ...fields } = form;
  const today = localDay(Date.now());
  if (!regionOf(form.regionCode)) throw new DomainError('regionUnknown', { code: form.regionCode }, 'regionCode');
  const project = {
    ...fields,
    amountFen: givenFen(amountYuan),
    receivableFen: receivableYuan === null ? null : givenFen(receivableYuan),
    receivedFen: receivedYuan === null ? null : givenFen(receivedYuan),
  };
  checkProject(project, today);
  if (form.employerId !== (before?.employerId ?? null))
    await requireOfGroup(client, account.clientId, form.employerId, today);
  const lead = account.holdings.find(({ kind }) => kind === 'lead')?.unitId ?? null;
  const place = placeOf(form.regionCode, lead, await loadTerritories(client), today);
  const builderUnitId = builderOf(form, form.builderUnitId, place, lead, before);
  if (form.builderUnitId !== null && form.builderUnitId !== builderUnitId)
    throw new DomainError('builderByAllocation', {}, 'builderUnitId');
  if (builderUnitId !== null && builderUnitId !== before?.builderUnitId) await requireUnit(client, builderUnitId);
  return { ...project, builderUnitId };
}

async function requireOfGroup(client: PoolClient, clientId: string, entityId: string | null, today: string) {
  if (entityId === null) return;
  const { rows } = await client.query(
    'SELECT 1 FROM legal_entities WHERE id = $1 AND client_id = $2 AND (valid_to IS NULL OR valid_to > $3)',
    [entityId, clientId, today],
  );
  if (rows.length === 0) throw new DomainError('employerNotOfGroup', {}, 'employerId');
}

async function requireUnit(client: PoolClient, unitId: string): Promise<void> {
  const { rows } = await client.query('SELECT 1 FROM units WHERE id = $1', [unitId]);
  if (rows.length === 0) throw new DomainError('notFound', {}, 'builderUnitId');
}
