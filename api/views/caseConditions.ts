import { Prisma } from '../../prisma/generated/client.ts';
import { contains } from './casePages.ts';
import { isHeldBy } from './dashboard/waits.ts';

/** What a list of cases can be narrowed to; each part is optional. */
export type CaseCriteria = {
  readonly process?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly unitId?: string | undefined;
  readonly grade?: 'company' | 'branch' | undefined;
  readonly open?: boolean | undefined;
  /** Held up by this unit, or by `committee`. */
  readonly waitsFor?: string | undefined;
  /** In the title or the number. */
  readonly text?: string | undefined;
  /** Days at Asia/Shanghai. */
  readonly openedFrom?: string | undefined;
  readonly openedTo?: string | undefined;
};

/** What holds for a row `c` of `cases` that fits; empty where nothing is asked. */
export function caseConditions(criteria: CaseCriteria): Prisma.Sql[] {
  const { process, states, unitId, waitsFor, open, text, openedFrom, openedTo, grade } = criteria;
  const conditions: Prisma.Sql[] = [];
  if (process) conditions.push(Prisma.sql`c.process = ${process}`);
  if (states) conditions.push(Prisma.sql`c.state = ANY (${[...states]})`);
  if (unitId) conditions.push(Prisma.sql`c.unit_id = ${unitId}`);
  if (waitsFor) conditions.push(isHeldBy(waitsFor));
  if (open !== undefined) conditions.push(open ? Prisma.sql`c.closed_at IS NULL` : Prisma.sql`c.closed_at IS NOT NULL`);
  if (text)
    conditions.push(
      Prisma.sql`(${contains(Prisma.sql`c.title`, text)} OR ${contains(Prisma.sql`c.number`, text.toUpperCase())})`,
    );
  if (openedFrom) conditions.push(Prisma.sql`c.opened_at >= ${new Date(`${openedFrom}T00:00:00+08:00`)}`);
  if (openedTo)
    conditions.push(Prisma.sql`c.opened_at < ${new Date(Date.parse(`${openedTo}T00:00:00+08:00`) + 86_400_000)}`);
  // Looked up for each row of the list, never joined: a join may read the whole table for one page.
  if (grade) conditions.push(Prisma.sql`(SELECT r.grade FROM recommendations r WHERE r.case_id = c.id) = ${grade}`);
  return conditions;
}

/** All of some conditions; what nothing is asked of fits. */
export const all = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? Prisma.sql`true` : Prisma.join([...conditions], ' AND ');
