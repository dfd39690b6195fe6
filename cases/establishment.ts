import { nearKey, normaliseName } from '../domain/clientName.ts';
import { subsequentByRegion } from '../domain/grading.ts';
import { givenFen } from '../domain/money.ts';
import { recommendationForm } from '../forms/recommendation.ts';
import { newId } from '../platform/id.ts';
import { ringAccount } from './accountBell.ts';
import { sealForClient } from './clientSecrets.ts';
import { readForm } from './drafts.ts';
import { type Entity, entitiesOf } from './entities.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * The client becomes a key account (7.1): it enters the register with its group, its data goes under its own key, and the recommending
 * unit and the confirmed manager hold it from this instant, exclusively (7.3). The database refuses a second lead holding.
 */
export async function establish(tx: CaseTransaction): Promise<void> {
  const form = recommendationForm.parse((await readForm(tx)).form);
  const entities = entitiesOf(form);
  const clientId = await register(tx, entities);
  tx.belongsTo(clientId);
  const archive = { client: form.client, keyPersons: form.keyPersons, projects: form.projects };
  await tx.sql('UPDATE clients SET secret = $2 WHERE id = $1', [
    clientId,
    await sealForClient(tx.deps, clientId, 'clients', clientId, archive),
  ]);

  const [row] = await tx.sql(
    'SELECT r.grade, CASE WHEN p.active THEN p.id END AS manager_id FROM recommendations r JOIN persons p ON p.id = r.nominee_id WHERE r.case_id = $1',
    [tx.case.id],
  );
  const accountId = newId();
  await tx.sql(
    `INSERT INTO accounts (id, client_id, archive_no, grade, managed_by, state, on_list, established_on, decision_case_id)
     VALUES ($1, $2, 'A-' || (SELECT lpad(n::text, greatest(5, length(n::text)), '0') FROM nextval('archive_numbers') AS n), $3, $3, $6, false, ($4::timestamptz AT TIME ZONE 'Asia/Shanghai')::date, $5)`,
    [accountId, clientId, row?.grade, tx.now, tx.case.id, row?.manager_id ? 'active' : 'vacant'],
  );
  const places = subsequentByRegion(
    form.projects.map((project) => ({ ...project, amountFen: givenFen(project.amountYuan) })),
  );
  await tx.sql(
    `INSERT INTO account_regions (account_id, region_code, expected_fen) SELECT $1, * FROM unnest($2::text[], $3::bigint[])`,
    [accountId, [...places.keys()], [...places.values()].map(String)],
  );
  const holdingId = newId();
  await tx.sql(
    `INSERT INTO holdings (id, account_id, client_id, unit_id, manager_id, kind, valid_from, decision_case_id) VALUES ($1, $2, $3, $4, $5, 'lead', $6, $7)`,
    [holdingId, accountId, clientId, tx.case.unitId, row?.manager_id, tx.now, tx.case.id],
  );
  await tx.sql(
    `INSERT INTO holding_entities (holding_id, entity_key, kind, valid_from) SELECT $1, key, 'lead', $3 FROM unnest($2::text[]) AS key`,
    [holdingId, entities.flatMap((entity) => entity.keys), tx.now],
  );
  await ringAccount(tx.client, accountId);
}

/** Enters the group in the register, or what of it is not there yet. @returns the client's id */
async function register(tx: CaseTransaction, entities: readonly Entity[]): Promise<string> {
  const [main] = entities;
  if (!main) throw new Error('a complete form names its client');
  const known = await tx.sql('SELECT client_id AS id FROM legal_entities WHERE entity_key = ANY ($1) LIMIT 1', [
    entities.flatMap((entity) => entity.keys),
  ]);
  const clientId = known[0] ? String(known[0].id) : newId();
  await tx.sql(
    'INSERT INTO clients (id, name, name_key, near_key) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING',
    [clientId, main.name, normaliseName(main.name), nearKey(main.name)],
  );
  for (const entity of entities) await registerEntity(tx, clientId, entity);
  return clientId;
}

async function registerEntity(tx: CaseTransaction, clientId: string, entity: Entity): Promise<void> {
  const entityId = newId();
  const added = await tx.sql(
    `INSERT INTO legal_entities (id, client_id, entity_key, code_type, code, name, relation, valid_from)
     VALUES ($1, $2, $3, $4, $5, $6, $7, ($8::timestamptz AT TIME ZONE 'Asia/Shanghai')::date) ON CONFLICT (entity_key) DO NOTHING RETURNING id`,
    [entityId, clientId, entity.keys[0], entity.codeType, entity.code, entity.name, entity.relation, tx.now],
  );
  if (added.length === 0) return;
  const names = [
    { kind: 'name', name: entity.name },
    ...entity.formerNames.map((name) => ({ kind: 'former', name })),
    ...(entity.shortName ? [{ kind: 'short', name: entity.shortName }] : []),
  ];
  for (const { kind, name } of names) {
    await tx.sql(
      'INSERT INTO entity_names (id, entity_id, kind, name, name_key, near_key) VALUES ($1, $2, $3, $4, $5, $6)',
      [newId(), entityId, kind, name, normaliseName(name), nearKey(name)],
    );
  }
}
