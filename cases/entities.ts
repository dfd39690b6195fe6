import { DomainError } from '../domain/errors.ts';
import { normaliseUscc } from '../domain/uscc.ts';
import type { RecommendationForm } from '../forms/recommendation.ts';
import { type AskedClient, type NearName, standingOf } from './clients.ts';
import { codeKey, keyHash, lockKeys, nameKey, nearKeyOf } from './entityKeys.ts';
import { violatedConstraint } from './sqlErrors.ts';
import type { CaseTransaction } from './transaction.ts';

/** A legal entity as a form names it. A recommendation or a holding covers the whole group: the client and its members. */
export type Entity = {
  readonly name: string;
  readonly code: string | null;
  readonly codeType: 'uscc' | 'other';
  readonly relation: string | null;
  readonly formerNames: readonly string[];
  readonly shortName: string | null;
  /** What exclusivity is held on: the code, and the full names, present and former, since one company may be recommended with and without its code. */
  readonly keys: readonly string[];
};

/** One of a group, as somebody wrote it down: the client itself has no relation. */
export type Named = Omit<Entity, 'keys'>;

/** The client first, then its members; each once. */
export function entitiesOf({ client }: RecommendationForm): Entity[] {
  return entitiesNamed(
    [
      { ...client, relation: null, shortName: client.shortName ?? null },
      ...client.members.map((member) => ({ ...member, formerNames: [], shortName: null })),
    ].map(({ name, uscc, relation, formerNames, shortName }) => ({
      name,
      code: uscc ? normaliseUscc(uscc) : null,
      codeType: uscc ? ('uscc' as const) : ('other' as const),
      relation,
      formerNames,
      shortName,
    })),
  );
}

/** The same of any group: a member written twice, or under another's name, is held once; a code of its own is never lost. */
export function entitiesNamed(named: readonly Named[]): Entity[] {
  const seen = new Set<string>();
  return named.flatMap((each) => {
    const { name, code, codeType, formerNames } = each;
    const keys = [
      ...(code && codeType === 'uscc' ? [codeKey(code)] : []),
      nameKey(name),
      ...formerNames.map(nameKey),
    ].filter((key, index, all) => !seen.has(key) && all.indexOf(key) === index);
    if (keys.length === 0) return [];
    for (const key of keys) seen.add(key);
    return [{ ...each, keys }];
  });
}

/** A group as it is asked about, whole. */
export const groupOf = (entities: readonly Entity[]): AskedClient => ({
  keys: entities.flatMap((entity) => entity.keys),
  names: [...new Set(entities.flatMap((entity) => [entity.name, ...entity.formerNames]))],
});

/**
 * Takes the group for this recommendation (7.1, first developer first). One open recommendation an entity is held by a partial
 * unique index, so of two at the same instant the second waits for the first and is refused.
 * @returns names near those taken, which a person looks at
 * @throws DomainError `clientInProgress` (masked), `clientOwn`, `clientHeld` (the list tells the holder anyway, 7.3), `entityShared`
 */
export async function takeEntities(tx: CaseTransaction, entities: readonly Entity[]): Promise<readonly NearName[]> {
  const keys = entities.flatMap((entity) => entity.keys).sort();
  await lockKeys(tx.client, keys, 'alone');
  try {
    await tx.sql('DELETE FROM recommendation_entities WHERE case_id = $1 AND entity_key <> ALL ($2)', [
      tx.case.id,
      keys,
    ]);
    // In the order of the keys, so that two transactions never wait for each other crosswise.
    await tx.sql(
      `INSERT INTO recommendation_entities (case_id, entity_key, open, near_key) SELECT $1, key, true, near FROM unnest($2::text[], $3::text[]) AS taken (key, near) ORDER BY key
       ON CONFLICT (case_id, entity_key) DO UPDATE SET open = true, near_key = excluded.near_key`,
      [tx.case.id, keys, keys.map(nearKeyOf)],
    );
  } catch (error) {
    if (violatedConstraint(error) === 'recommendation_entities_one_open')
      throw new DomainError('clientInProgress', {}, 'client.name');
    throw error;
  }
  const { unitId, id: except } = tx.case;
  const standing = await standingOf(tx.client, groupOf(entities), await keyHash(tx.deps.keys), { unitId, except });
  if (standing.own) throw new DomainError('clientOwn', {}, 'client.name');
  if (standing.holder) {
    const [unit] = await tx.sql('SELECT name FROM units WHERE id = $1', [standing.holder.unitId]);
    throw new DomainError('clientHeld', { holder: String(unit?.name) }, 'client.name');
  }
  if (standing.result === 'inProgress') throw new DomainError('clientInProgress', {}, 'client.name');
  const owners = await tx.sql(
    'SELECT DISTINCT client_id FROM legal_entities WHERE entity_key = ANY ($1) AND valid_to IS NULL',
    [keys],
  );
  if (owners.length > 1) throw new DomainError('entityShared', { field: 'client.members' }, 'client.members');
  return standing.near;
}
