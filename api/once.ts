import { answered, keepAnswer } from '../cases/idempotency.ts';
import type { ApiDeps } from './deps.ts';

type Asked = { readonly personId: string; readonly target: string; readonly key: string; readonly body: unknown };

/**
 * Does something once under its Idempotency-Key and tells the same answer again. For writes whose own transaction keeps no
 * key; a lock makes a twin that arrives meanwhile wait. @throws DomainError `keyReused`
 */
export async function once<Answer>(
  deps: Pick<ApiDeps, 'pool' | 'keys'>,
  asked: Asked,
  work: () => Promise<Answer>,
): Promise<Answer> {
  // What was asked may be confidential: its digest is made with a key, so that nobody can try out what it was.
  const key = await deps.keys.getOrCreate(`person:${asked.personId}`);
  const client = await deps.pool.connect();
  let broken = true;
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      JSON.stringify([asked.personId, asked.target, asked.key]),
    ]);
    const before = await answered<Answer>(client, asked, key);
    const answer = before ?? (await work());
    if (!before) await keepAnswer(client, asked, answer, key);
    await client.query('COMMIT');
    broken = false;
    return answer;
  } catch (error) {
    broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.release(broken);
  }
}
