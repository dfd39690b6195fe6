import type { PoolClient } from 'pg';
import { origin } from '../platform/origin.ts';
import { LIVES, type Life } from './lives.ts';

/** When the `n`th of many doorbells is rung: fifty a second, so that what people wait for is not held up. */
export const inTurn = (n: string): string => `now() + (${n} - 1) * interval '20 milliseconds'`;

type Database = Pick<PoolClient, 'query'>;

/**
 * Leaves a doorbell at executions of one kind, which starts them where there are none. The relay rings it within a second of the commit; of
 * thousands, in turn.
 */
export async function ringLives(database: Database, kind: Life['kind'], ids: readonly string[]): Promise<void> {
  const { requestId, traceParent } = origin();
  await database.query(
    `INSERT INTO outbox (case_id, process, seq, request_id, trace_parent, next_at)
     SELECT id, $2, 0, $3, $4, ${inTurn('n')} FROM unnest($1::text[]) WITH ORDINALITY AS rung (id, n)`,
    [ids, kind, requestId, traceParent],
  );
}

/** The same at every one, of whatever kind, that nothing wakes though it goes on. Asked by each worker when it starts. */
export async function ringWhereNothingTicks(database: Database): Promise<void> {
  await database.query(
    `INSERT INTO outbox (case_id, process, seq, next_at)
     SELECT l.id, l.process, 0, ${inTurn('row_number() OVER (ORDER BY l.id)')} FROM ${LIVES} l
     WHERE l.is_still AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = l.id)`,
  );
}
