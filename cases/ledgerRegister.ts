import type { PoolClient } from 'pg';
import { nearKey, normaliseName } from '../domain/clientName.ts';
import type { LedgerAccount } from '../forms/ledgerRow.ts';
import type { LedgerGroup } from './ledgerGroups.ts';

/** A lead holding of an entity. */
export type HeldEntity = { readonly holder: string; readonly to: Date | null };
type Unit = { readonly id: string; readonly dissolved: boolean };
type Somebody = {
  readonly id: string;
  readonly active: boolean;
  readonly unitId: string;
  /** The unit's name. */
  readonly unit: string;
};
type Entry = { readonly archiveNo: string; readonly contentHash: string };

/** What is stored of everything a ledger names, read in a few statements however many rows it has. */
export type Register = {
  heldBy(key: string): readonly HeldEntity[];
  isInProgress(key: string): boolean;
  /** The client an entity is registered with. */
  ownerOf(key: string): string | null;
  /** Registered names with this key. */
  near(nearKey: string): readonly string[];
  /** By code or name; one that is there before one that was dissolved. */
  unit(name: string): Unit | null;
  /** By login, else by name. */
  people(name: string): readonly Somebody[];
  /** The one active person of its unit that an account's row names. */
  manager(value: LedgerAccount): Somebody | null;
  /** The entry of a client that was taken over before and still holds. */
  entryOf(group: LedgerGroup): Entry | null;
};

export async function loadRegister(client: PoolClient, groups: readonly LedgerGroup[]): Promise<Register> {
  const all = async <Row extends object>(text: string, values: unknown[]): Promise<Row[]> =>
    (await client.query<Row>(text, values)).rows;
  const keys = [...new Set(groups.flatMap(({ entities }) => entities.flatMap((entity) => entity.keys)))];
  const held = await all<HeldEntity & Entry & { key: string }>(
    `SELECT e.entity_key AS key, u.name AS holder, e.valid_to AS "to", a.archive_no AS "archiveNo", l.content_hash AS "contentHash"
     FROM holding_entities e JOIN holdings h ON h.id = e.holding_id JOIN units u ON u.id = h.unit_id JOIN accounts a ON a.id = h.account_id
     LEFT JOIN ledger_entries l ON l.account_id = a.id WHERE e.entity_key = ANY ($1) AND e.kind = 'lead' ORDER BY e.valid_from DESC`,
    [keys],
  );
  const open = await all<{ key: string }>(
    'SELECT entity_key AS key FROM recommendation_entities WHERE entity_key = ANY ($1) AND open',
    [keys],
  );
  const owners = await all<{ key: string; clientId: string }>(
    'SELECT entity_key AS key, client_id AS "clientId" FROM legal_entities WHERE entity_key = ANY ($1)',
    [keys],
  );
  const near = await all<{ key: string; name: string }>(
    'SELECT near_key AS key, name FROM entity_names WHERE near_key = ANY ($1) ORDER BY name',
    [groups.map(({ value }) => nearKey(value.name))],
  );
  const units = await all<Unit & { code: string; name: string; nameEn: string }>(
    `SELECT id, code, name, name_en AS "nameEn", dissolved_on IS NOT NULL AS dissolved FROM units ORDER BY dissolved_on IS NOT NULL, id`,
    [],
  );
  const people = await all<Somebody & { login: string; name: string; nameEn: string }>(
    `SELECT p.id, p.login, p.name, p.name_en AS "nameEn", p.active, p.unit_id AS "unitId", u.name AS unit FROM persons p JOIN units u ON u.id = p.unit_id
     WHERE p.login = ANY ($1) OR p.name = ANY ($1) OR p.name_en = ANY ($1)`,
    [groups.flatMap(({ value }) => value.manager ?? [])],
  );
  const heldBy = byKey(held);
  const inProgress = new Set(open.map(({ key }) => key));
  const ownerOf = new Map(owners.map(({ key, clientId }) => [key, clientId]));
  const nearNames = byKey(near);
  const unitOf = new Map<string, Unit>();
  for (const unit of units) {
    for (const name of [unit.code, unit.name, unit.nameEn].map(normaliseName))
      if (!unitOf.has(name)) unitOf.set(name, unit);
  }
  const named = (name: string): readonly Somebody[] => {
    const byLogin = people.filter(({ login }) => login === name);
    return byLogin.length > 0 ? byLogin : people.filter((each) => each.name === name || each.nameEn === name);
  };
  const unit = (name: string): Unit | null => unitOf.get(normaliseName(name)) ?? null;
  return {
    heldBy: (key) => heldBy.get(key) ?? [],
    isInProgress: (key) => inProgress.has(key),
    ownerOf: (key) => ownerOf.get(key) ?? null,
    near: (key) => (nearNames.get(key) ?? []).map(({ name }) => name),
    unit,
    people: named,
    manager({ manager, unit: unitName }) {
      const unitId = unit(unitName)?.id;
      return named(manager ?? '').find((person) => person.active && person.unitId === unitId) ?? null;
    },
    entryOf: ({ entities }) =>
      entities
        .flatMap((entity) => entity.keys.flatMap((key) => heldBy.get(key) ?? []))
        .find(({ to, contentHash }) => to === null && contentHash !== null) ?? null,
  };
}

function byKey<Row extends { readonly key: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const map = new Map<string, Row[]>();
  for (const row of rows) map.set(row.key, [...(map.get(row.key) ?? []), row]);
  return map;
}
