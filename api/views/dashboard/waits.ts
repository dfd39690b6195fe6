import { Prisma } from '../../../prisma/generated/client.ts';

/** The tasks that hold a case up: what its process waits for, each seat's vote, and an approver who was added. */
export const HOLDS = `(t.blocking OR t.kind IN ('vote', 'coapprove'))`;

/** A deadline has passed: of the task itself, or of the level it was escalated from. */
export const OVERDUE = `(t.level > 0 OR t.due_at <= now())`;

/** The committee as a body, beside the ids of units. */
export const COMMITTEE = 'committee';

/**
 * Who holds up which case, as SQL: case_id, holder (a unit's id, or the committee), opened_at, overdue. A task is its claimer's, else
 * whom it was first given to; in a ballot the committee's.
 */
export const WAITS = `SELECT t.case_id, t.opened_at, ${OVERDUE} AS overdue,
    CASE WHEN t.ballot_id IS NOT NULL OR t.candidates[1] LIKE 'seat:%' AND t.assignee_id IS NULL THEN '${COMMITTEE}'
      WHEN p.unit_id IS NOT NULL THEN p.unit_id
      ELSE coalesce(nullif(split_part(t.candidates[1], '@', 2), ''), (SELECT id FROM units WHERE kind = 'office' ORDER BY dissolved_on DESC NULLS FIRST LIMIT 1))
    END AS holder
  FROM tasks t LEFT JOIN persons p
    ON p.id = coalesce(t.assignee_id, CASE WHEN t.candidates[1] LIKE 'person:%' THEN substr(t.candidates[1], 8) END)
  WHERE t.status = 'open' AND ${HOLDS}`;

/** Holds for a row `c` of `cases` that a unit, or the committee, holds up. Nobody waits for a draft. */
export const isHeldBy = (holder: string): Prisma.Sql =>
  Prisma.sql`(c.state <> 'draft' AND c.id IN (SELECT w.case_id FROM (${Prisma.raw(WAITS)}) w WHERE w.holder = ${holder}))`;
