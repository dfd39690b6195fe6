import type { Pool } from 'pg';
import { hashPassword, verifyPassword } from '../platform/passwordHash.ts';

export const LOCAL = 'local';

/** Who has this login and password; null where either is wrong. Takes as long for a login nobody has. */
export async function checkPassword(pool: Pool, login: string, password: string): Promise<string | null> {
  const { rows } = await pool.query<{ person_id: string; password_hash: string }>(
    `SELECT c.person_id, c.password_hash FROM local_credentials c JOIN persons p ON p.id = c.person_id
     WHERE lower(p.login) = lower($1)`,
    [login.trim()],
  );
  const found = rows[0];
  const { right, outdated } = await verifyPassword(password, found?.password_hash ?? null);
  if (!found || !right) return null;
  if (outdated)
    await pool.query('UPDATE local_credentials SET password_hash = $3 WHERE person_id = $1 AND password_hash = $2', [
      found.person_id,
      found.password_hash,
      await hashPassword(password),
    ]);
  return found.person_id;
}
