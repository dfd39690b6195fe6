import type { PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { nearKey, normaliseName } from '../domain/clientName.ts';
import { type Grade, subsequentByRegion } from '../domain/grading.ts';
import { givenFen } from '../domain/money.ts';
import { recommendationForm } from '../forms/recommendation.ts';
import { newId } from '../platform/id.ts';
import { ringAccount } from './accountBell.ts';
import { carryProjects } from './carriedProjects.ts';
import { sealForClient } from './clientSecrets.ts';
import type { CaseDeps } from './deps.ts';
import { readForm } from './drafts.ts';
import { type Entity, entitiesOf } from './entities.ts';
import type { CaseTransaction } from './transaction.ts';

/** A client that becomes a key account: its group, the client first, and who holds it from when on. */
export type Establishment = {
  readonly entities: readonly Entity[];
  /** What the client's archive begins with; goes under the client's own key. */
  readonly archive: unknown;
  readonly grade: Grade;
  readonly managedBy: Grade;
  readonly onList: boolean;
  readonly unitId: string;
  /** Null: vacant. */
  readonly managerId: string | null;
  readonly from: Date;
  /** Null where the decision was taken outside this system. */
  readonly decisionCaseId: string | null;
  /** Expected contracts in fen, by region of GB/T 2260. */
  readonly regions: ReadonlyMap<string, bigint>;
};

export type Established = { readonly accountId: string; readonly clientId: string };

/**
 * The client becomes a key account (7.1): the recommending unit and the confirmed manager hold it from this instant, exclusively (7.3).
 * What is newest of the client is its form, so it takes the place of an archive that is there.
 */
export async function establish(tx: CaseTransaction): Promise<void> {
  const form = recommendationForm.parse((await readForm(tx)).form);
  const [row] = await tx.sql(
    'SELECT r.grade, CASE WHEN p.active THEN p.id END AS manager_id FROM recommendations r JOIN persons p ON p.id = r.nominee_id WHERE r.case_id = $1',
    [tx.case.id],
  );
  const grade = row?.grade as Grade;
  const [established] = await establishAccounts(tx.client, tx.deps, [
    {
      entities: entitiesOf(form),
      archive: { client: form.client, keyPersons: form.keyPersons, projects: form.projects },
      grade,
      managedBy: grade,
      onList: false,
      unitId: tx.case.unitId,
      managerId: (row?.manager_id as string | null) ?? null,
      from: tx.now,
      decisionCaseId: tx.case.id,
      regions: subsequentByRegion(
        form.projects.map((project) => ({ ...project, amountFen: givenFen(project.amountYuan) })),
      ),
    },
  ]);
  if (!established) return;
  tx.belongsTo(established.clientId);
  await carryProjects(tx.deps, tx.client, established.accountId, tx.now);
}

/**
 * Enters clients in the register with their groups, makes each a key account, and has its unit hold it. The database refuses a second
 * lead holding of one entity. Several at once are written in as many statements as one. @returns what was made, in the same order
 */
export async function establishAccounts(
  client: PoolClient,
  deps: CaseDeps,
  establishments: readonly Establishment[],
): Promise<readonly Established[]> {
  const clientIds = await register(client, establishments);
  const made = establishments.map((each, index) => ({
    ...each,
    clientId: clientIds[index] as string,
    accountId: newId(),
    holdingId: newId(),
  }));
  await keepArchives(client, deps, made);
  await insert(
    client,
    `INSERT INTO accounts (id, client_id, archive_no, grade, managed_by, state, on_list, established_on, decision_case_id)
     SELECT id, client_id, 'A-' || lpad(n::text, greatest(5, length(n::text)), '0'), grade, managed_by, state, on_list, established_on, decision_case_id
     FROM (SELECT r.*, nextval('archive_numbers') AS n FROM jsonb_populate_recordset(NULL::accounts, $1) r OFFSET 0) numbered`,
    made.map((each) => ({
      id: each.accountId,
      client_id: each.clientId,
      grade: each.grade,
      managed_by: each.managedBy,
      state: each.managerId ? 'active' : 'vacant',
      on_list: each.onList,
      established_on: localDay(each.from.getTime()),
      decision_case_id: each.decisionCaseId,
    })),
  );
  await insert(
    client,
    `INSERT INTO account_regions (account_id, region_code, expected_fen) SELECT account_id, region_code, expected_fen FROM jsonb_populate_recordset(NULL::account_regions, $1)`,
    made.flatMap(({ accountId, regions }) =>
      [...regions].map(([region, fen]) => ({ account_id: accountId, region_code: region, expected_fen: String(fen) })),
    ),
  );
  await insert(
    client,
    `INSERT INTO holdings (id, account_id, client_id, unit_id, manager_id, kind, valid_from, decision_case_id) SELECT id, account_id, client_id, unit_id, manager_id, kind, valid_from, decision_case_id FROM jsonb_populate_recordset(NULL::holdings, $1)`,
    made.map((each) => ({
      id: each.holdingId,
      account_id: each.accountId,
      client_id: each.clientId,
      unit_id: each.unitId,
      manager_id: each.managerId,
      kind: 'lead',
      valid_from: each.from,
      decision_case_id: each.decisionCaseId,
    })),
  );
  await insert(
    client,
    `INSERT INTO holding_entities (holding_id, entity_key, kind, valid_from) SELECT holding_id, entity_key, kind, valid_from FROM jsonb_populate_recordset(NULL::holding_entities, $1)`,
    made.flatMap(({ holdingId, entities, from }) =>
      entities
        .flatMap((entity) => entity.keys)
        .map((key) => ({ holding_id: holdingId, entity_key: key, kind: 'lead', valid_from: from })),
    ),
  );
  await ringAccount(client, ...made.map(({ accountId }) => accountId));
  return made.map(({ accountId, clientId }) => ({ accountId, clientId }));
}

/** Data keys are made some at a time: each is a file. */
const AT_ONCE = 16;

/** A form that was decided on replaces the archive; what is taken over only begins one. */
async function keepArchives(
  client: PoolClient,
  deps: CaseDeps,
  made: readonly (Establishment & { readonly clientId: string })[],
): Promise<void> {
  const sealed: object[] = [];
  for (let start = 0; start < made.length; start += AT_ONCE) {
    const some = made.slice(start, start + AT_ONCE).map(async ({ clientId, archive, decisionCaseId }) => ({
      id: clientId,
      secret: `\\x${(await sealForClient(deps, clientId, 'clients', clientId, archive)).toString('hex')}`,
      replaces: decisionCaseId !== null,
    }));
    sealed.push(...(await Promise.all(some)));
  }
  await insert(
    client,
    `UPDATE clients c SET secret = s.secret FROM jsonb_to_recordset($1) AS s (id text, secret bytea, replaces boolean)
     WHERE c.id = s.id AND (s.replaces OR c.secret IS NULL)`,
    sealed,
  );
}

/** Enters each group in the register, or what of it is not there yet. @returns the clients' ids, in the same order */
async function register(
  client: PoolClient,
  groups: readonly Pick<Establishment, 'entities' | 'from'>[],
): Promise<string[]> {
  const { rows: known } = await client.query<{ key: string; clientId: string }>(
    'SELECT entity_key AS key, client_id AS "clientId" FROM legal_entities WHERE entity_key = ANY ($1) AND valid_to IS NULL',
    [groups.flatMap(({ entities }) => entities.flatMap((entity) => entity.keys))],
  );
  const clientOf = new Map(known.map(({ key, clientId }) => [key, clientId]));
  const clientIds = groups.map(({ entities }) => {
    const keys = entities.flatMap((entity) => entity.keys);
    if (keys.length === 0) throw new Error('a complete form names its client');
    return keys.flatMap((key) => clientOf.get(key) ?? [])[0] ?? newId();
  });
  await insert(
    client,
    `INSERT INTO clients (id, name, name_key, near_key) SELECT id, name, name_key, near_key FROM jsonb_populate_recordset(NULL::clients, $1)
     ON CONFLICT (id) DO NOTHING`,
    groups.map(({ entities }, index) => ({ id: clientIds[index], ...spellings(entities[0]?.name ?? '') })),
  );
  await enterEntities(
    client,
    groups.flatMap(({ entities, from }, index) =>
      entities.map((entity) => ({ entity, clientId: clientIds[index] as string, from })),
    ),
  );
  return clientIds;
}

/** Enters legal entities as ones of their clients' groups. One that left its group comes to the one it is entered in; one that is in a group stays as it is. */
export async function enterEntities(
  client: PoolClient,
  given: readonly { readonly entity: Entity; readonly clientId: string; readonly from: Date }[],
): Promise<void> {
  const entered = await insert(
    client,
    `INSERT INTO legal_entities AS l (id, client_id, entity_key, code_type, code, name, relation, valid_from)
     SELECT id, client_id, entity_key, code_type, code, name, relation, valid_from FROM jsonb_populate_recordset(NULL::legal_entities, $1)
     ON CONFLICT (entity_key) DO UPDATE SET client_id = excluded.client_id, name = excluded.name, relation = excluded.relation,
       valid_from = excluded.valid_from, valid_to = NULL WHERE l.valid_to IS NOT NULL RETURNING id, entity_key AS key`,
    [...new Map(given.map((each) => [each.entity.keys[0], each])).values()].map(({ entity, clientId, from }) => ({
      id: newId(),
      client_id: clientId,
      entity_key: entity.keys[0],
      code_type: entity.codeType,
      code: entity.code,
      name: entity.name,
      relation: entity.relation,
      valid_from: localDay(from.getTime()),
    })),
  );
  const idOf = new Map(entered.map(({ key, id }) => [key, id]));
  await insert(
    client,
    `INSERT INTO entity_names (id, entity_id, kind, name, name_key, near_key)
     SELECT id, entity_id, kind, name, name_key, near_key FROM jsonb_populate_recordset(NULL::entity_names, $1) r
     WHERE NOT EXISTS (SELECT 1 FROM entity_names n WHERE n.entity_id = r.entity_id AND n.kind = r.kind AND n.name_key = r.name_key)`,
    given
      .filter(({ entity }) => idOf.has(entity.keys[0]))
      .flatMap(({ entity }) =>
        namesOf(entity).map(({ kind, name }) => ({
          id: newId(),
          entity_id: idOf.get(entity.keys[0]),
          kind,
          ...spellings(name),
        })),
      ),
  );
}

const spellings = (name: string) => ({ name, name_key: normaliseName(name), near_key: nearKey(name) });

const namesOf = ({ name, formerNames, shortName }: Entity): { kind: string; name: string }[] => [
  { kind: 'name', name },
  ...formerNames.map((former) => ({ kind: 'former', name: former })),
  ...(shortName ? [{ kind: 'short', name: shortName }] : []),
];

/** One statement whose only parameter is an array of rows; none without rows. */
async function insert(client: PoolClient, text: string, rows: readonly object[]): Promise<Record<string, unknown>[]> {
  return rows.length === 0 ? [] : (await client.query(text, [JSON.stringify(rows)])).rows;
}
