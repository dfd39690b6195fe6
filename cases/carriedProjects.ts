import type { PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { givenFen } from '../domain/money.ts';
import { builderOf, placeOf } from '../domain/project.ts';
import type { RecommendationForm } from '../forms/recommendation.ts';
import { newId } from '../platform/id.ts';
import { type Rounds, startRounds } from '../platform/rounds.ts';
import { lockAccount } from './accounts.ts';
import { appendAudit } from './audit.ts';
import { openForClient } from './clientSecrets.ts';
import { storeProjectTotals } from './contractTotals.ts';
import type { CaseDeps } from './deps.ts';
import { keepProjectChange } from './projectChanges.ts';
import { formOf, type Project, storeProject } from './projectRows.ts';
import { loadTerritories } from './territories.ts';
import { inTransaction } from './transaction.ts';

/**
 * The projects of the recommendation become rows of the account, once: in the transaction that establishes it, or for an account from
 * before there were such rows by the worker's round, since no migration can open what is sealed. @returns how many
 */
export async function carryProjects(
  deps: Pick<CaseDeps, 'keys'>,
  client: PoolClient,
  accountId: string,
  now: Date,
): Promise<number> {
  await lockAccount(client, accountId);
  const { rows } = await client.query<Archived>(
    `SELECT a.client_id AS "clientId", a.decision_case_id AS "caseId", a.projects_carried AS carried, c.secret,
       (SELECT h.unit_id FROM holdings h WHERE h.account_id = a.id AND h.kind = 'lead' ORDER BY h.valid_from LIMIT 1) AS "leadUnitId"
     FROM accounts a JOIN clients c ON c.id = a.client_id WHERE a.id = $1`,
    [accountId],
  );
  const [account] = rows;
  if (!account || account.carried) return 0;
  const given = await archivedProjects(deps, account);
  for (const [index, each] of given.entries()) {
    const at = new Date(now.getTime() - index);
    const project = await carried(client, { ...account, id: accountId }, each, at);
    await storeProject(deps, client, project);
    await keepProjectChange(deps, client, project, {
      ...{ act: 'carried', version: 1, actorId: null, caseId: account.caseId },
      ...{ before: null, after: formOf(project) },
    });
  }
  await client.query('UPDATE accounts SET projects_carried = true WHERE id = $1', [accountId]);
  await storeProjectTotals(client, accountId);
  await appendAudit(client, {
    act: 'projects.carried',
    caseId: account.caseId,
    codes: { accountId, count: given.length },
  });
  return given.length;
}

type Archived = {
  readonly clientId: string;
  readonly caseId: string | null;
  readonly carried: boolean;
  readonly secret: Buffer | null;
  readonly leadUnitId: string | null;
};
type Given = RecommendationForm['projects'][number];

async function archivedProjects(deps: Pick<CaseDeps, 'keys'>, { clientId, secret }: Archived): Promise<Given[]> {
  if (!secret) return [];
  const archive = await openForClient<{ projects?: Given[] }>(deps, clientId, 'clients', clientId, secret);
  return archive.projects ?? [];
}

async function carried(
  client: PoolClient,
  account: { readonly id: string; readonly clientId: string; readonly leadUnitId: string | null },
  given: Given,
  at: Date,
): Promise<Project> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM legal_entities WHERE client_id = $1 AND code = $2 AND valid_to IS NULL LIMIT 1',
    [account.clientId, given.employer ?? null],
  );
  const isUpcoming = given.stage === 'upcoming';
  const place = placeOf(given.regionCode, account.leadUnitId, await loadTerritories(client), localDay(at.getTime()));
  const { leadUnitId } = account;
  const builderUnitId = builderOf({ state: given.stage, regionCode: given.regionCode }, null, place, leadUnitId, null);
  return {
    ...{ id: newId(), accountId: account.id, clientId: account.clientId, version: 1, enteredAt: at, updatedAt: at },
    ...{ name: given.name, state: given.stage, stage: null, cancelled: false, prior: !isUpcoming },
    ...{ regionCode: given.regionCode, employerId: rows[0]?.id ?? null, builderUnitId },
    ...{ amountFen: givenFen(given.amountYuan), countsTowardGrade: given.countsTowardGrade },
    ...{ contractForm: given.contractForm ?? '', bidding: given.bidding ?? '' },
    // What counted as upcoming has no contract yet, whatever day was written beside it.
    ...{ expectedTender: given.expectedTender ?? null, contractedOn: isUpcoming ? null : (given.contractedOn ?? null) },
    ...{ plannedOn: null, startedOn: null, finishedOn: null, receivableFen: null, receivedFen: null, note: '' },
  };
}

const EVERY_MS = 3_600_000;
const BATCH = 50;

/** Carries what accounts from before have, soon after the worker starts and every hour; what cannot be opened stays, and is told. */
export function startCarrying(deps: CaseDeps): Rounds {
  return startRounds({
    everyMs: EVERY_MS,
    round: async () => {
      await carryAllProjects(deps);
    },
    onError: (error) => deps.log.warn('projects were not carried into their accounts', {}, error),
  });
}

/** Any number of workers may do this at once. @returns how many projects became rows */
export async function carryAllProjects(deps: CaseDeps): Promise<number> {
  let count = 0;
  for (let after = ''; ; ) {
    const { rows } = await deps.pool.query<{ id: string }>(
      'SELECT id FROM accounts WHERE NOT projects_carried AND id > $1 ORDER BY id LIMIT $2',
      [after, BATCH],
    );
    for (const { id } of rows) {
      count += await inTransaction(deps, async (client) => ({
        result: await carryProjects(deps, client, id, new Date()),
        doorbell: null,
      })).catch((error: unknown) => {
        deps.log.warn('the projects of an account were not carried', { accountId: id }, error);
        return 0;
      });
    }
    if (rows.length < BATCH) return count;
    after = rows.at(-1)?.id ?? '';
  }
}
