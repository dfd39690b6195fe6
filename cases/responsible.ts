import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { validToday } from './actor.ts';

/** Who answers for what the calendar begins: the head of the office, else a person of it (系统默认). @throws DomainError `notFound` where the office has nobody */
export async function responsibleForCalendar(client: Pick<PoolClient, 'query'>): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT r.person_id AS id FROM role_assignments r JOIN persons p ON p.id = r.person_id AND p.active LEFT JOIN units u ON u.id = r.unit_id
     WHERE ((r.role = 'unitHead' AND u.kind = 'office') OR r.role = 'office') AND ${validToday('r')}
     ORDER BY r.role = 'unitHead' DESC, r.person_id LIMIT 1`,
  );
  const [row] = rows;
  if (!row) throw new DomainError('notFound');
  return row.id;
}
