import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import type { SeatKind } from '../domain/roll.ts';

/** A person with what he holds at this instant: roles (in a unit where one is meant) and seats of the committee. */
export type Actor = {
  readonly personId: string;
  readonly name: string;
  readonly nameEn: string;
  readonly unitId: string;
  readonly active: boolean;
  readonly roles: readonly { readonly role: string; readonly unitId: string | null }[];
  readonly seats: readonly {
    readonly seatId: string;
    readonly kind: SeatKind;
    readonly ord: number;
    readonly unitId: string | null;
  }[];
};

/** An actor as one JSON value; `person` is the SQL of the person's id. Dates are days at Asia/Shanghai. */
export const actorSql = (person: string): string => `(
  SELECT json_build_object('personId', p.id, 'name', p.name, 'nameEn', p.name_en, 'unitId', p.unit_id, 'active', p.active,
    'roles', (SELECT coalesce(json_agg(json_build_object('role', r.role, 'unitId', r.unit_id) ORDER BY r.role), '[]')
      FROM role_assignments r WHERE r.person_id = p.id AND ${validToday('r')}),
    'seats', (SELECT coalesce(json_agg(json_build_object('seatId', s.id, 'kind', s.kind, 'ord', s.ord, 'unitId', s.unit_id) ORDER BY s.ord), '[]')
      FROM seat_terms t JOIN seats s ON s.id = t.seat_id WHERE t.person_id = p.id AND ${validToday('t')}))
  FROM persons p WHERE p.id = ${person})`;

/** A from–to row is in force: from its first day until before its last. */
export const validToday = (alias: string): string =>
  `${alias}.valid_from <= (now() AT TIME ZONE 'Asia/Shanghai')::date AND (${alias}.valid_to IS NULL OR ${alias}.valid_to > (now() AT TIME ZONE 'Asia/Shanghai')::date)`;

/** A from–to row is in force, or will be. */
export const notOver = (alias: string): string =>
  `(${alias}.valid_to IS NULL OR ${alias}.valid_to > greatest(${alias}.valid_from, (now() AT TIME ZONE 'Asia/Shanghai')::date))`;

/** @returns null for an unknown person; one who left is returned as not active. */
export async function loadActor(database: Pool | PoolClient, personId: string): Promise<Actor | null> {
  const { rows } = await database.query<{ actor: Actor | null }>({
    name: 'load-actor',
    text: `SELECT ${actorSql('$1')} AS actor`,
    values: [personId],
  });
  return rows[0]?.actor ?? null;
}

/** Who acts, as he is now: what he held when he was let in may have ended. @throws DomainError `unauthenticated` for one who left */
export async function actorNow(client: PoolClient, personId: string): Promise<Actor> {
  const actor = await loadActor(client, personId);
  if (!actor?.active) throw new DomainError('unauthenticated');
  return actor;
}

/** Whether the actor holds the role, in that unit where one is named. */
export function hasRole(actor: Actor, role: string, unitId?: string | null): boolean {
  return actor.roles.some((held) => held.role === role && (unitId == null || held.unitId === unitId));
}

/** The keys under which tasks name an actor as candidate: himself, his seats, his roles. */
export function candidateKeys(actor: Actor): string[] {
  return [
    personKey(actor.personId),
    ...actor.seats.map((seat) => seatKey(seat.seatId)),
    ...actor.roles.map((held) => roleKey(held.role, held.unitId)),
  ];
}

export const personKey = (personId: string): string => `person:${personId}`;
export const seatKey = (seatId: string): string => `seat:${seatId}`;
/** Roles that are the whole company's: the unit of the assignment does not matter. */
const COMPANY_ROLES = ['office', 'systemAdmin', 'securityAdmin', 'auditor', 'dataClerk'];

/** A role in a unit; the office's and the administrators' hold for the whole company. */
export const roleKey = (role: string, unitId: string | null = null): string =>
  `role:${role}@${COMPANY_ROLES.includes(role) ? '' : (unitId ?? '')}`;

/** The active persons behind candidate keys. */
export async function holdersOf(database: Pool | PoolClient, keys: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>({
    name: 'holders-of',
    text: `SELECT p.id FROM persons p WHERE p.active AND (
      'person:' || p.id = ANY ($1)
      OR EXISTS (SELECT 1 FROM seat_terms t WHERE t.person_id = p.id AND 'seat:' || t.seat_id = ANY ($1) AND ${validToday('t')})
      OR EXISTS (SELECT 1 FROM role_assignments r WHERE r.person_id = p.id AND ${validToday('r')}
        AND 'role:' || r.role || '@' || CASE WHEN r.role = ANY ($2) THEN '' ELSE coalesce(r.unit_id, '') END = ANY ($1)))
      ORDER BY p.id`,
    values: [keys, COMPANY_ROLES],
  });
  return rows.map((row) => row.id);
}
