import { type Actor, candidateKeys, hasRole, personKey } from '../../cases/actor.ts';
import { CONFIRMATIONS } from '../../cases/proposals.ts';
import { type Case, Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import { delegatedTasks } from './delegatedTasks.ts';

export type ReadableCases = {
  /** Holds for a row `c` of `cases` that the person may read. */
  readonly condition: Prisma.Sql;
  /** Ids among which all of them are, for who reads only what he has to do with; null for who reads nearly all. */
  readonly among: Prisma.Sql | null;
};

/**
 * Which cases a person may read, as a condition on the table of cases, so that lists and single reads cannot disagree. Who
 * reads what is an assumption 系统默认, after Article 11: those who work on it, its unit's officers, whom it concerns besides, the
 * committee unless recused, the office.
 *
 * Everything about one case is asked by a scalar subquery of its id, which PostgreSQL always answers by an index; an EXISTS among
 * alternatives it may answer by reading the whole table of tasks first.
 */
export async function readableCases(deps: Pick<ApiDeps, 'pool' | 'prisma'>, actor: Actor): Promise<ReadableCases> {
  const { personId } = actor;
  const readsAll = actor.seats.length > 0 || hasRole(actor, 'office') || hasRole(actor, 'dataClerk');
  const units = actor.roles.flatMap(({ unitId }) => unitId ?? []);
  const keys = candidateKeys(actor);
  const delegated = await delegatedTasks(deps, actor);
  const parties = [personKey(personId), ...units.map((unitId) => `unit:${unitId}`)];
  const concerned = Prisma.sql`(SELECT true FROM case_parties y WHERE y.case_id = c.id AND y.party = ANY (${parties}) LIMIT 1)`;
  const ofUnit = Prisma.sql`(c.submitter_id = ${personId} OR c.unit_id = ANY (${units}) OR ${concerned})`;
  // What one administrator proposes another confirms: he is shown its reason and nothing of the case's contents. What is delegated is
  // the open task, not the past of its owner.
  const named = Prisma.sql`(t.kind <> ALL (${[...CONFIRMATIONS]}::text[]) AND t.candidates && ${keys}::text[])`;
  const tasks = Prisma.join([named, Prisma.sql`t.assignee_id = ${personId}`, ...delegated.map(openOf)], ' OR ');
  const worksOnIt = Prisma.sql`(
    (SELECT true FROM copies x WHERE x.case_id = c.id AND x.person_id = ${personId})
    OR (SELECT true FROM tasks t WHERE t.case_id = c.id AND (${tasks}) LIMIT 1)
    OR (SELECT true FROM facts f WHERE f.case_id = c.id AND f.actor_id = ${personId} AND f.kind = 'decided' LIMIT 1))`;
  return {
    condition: Prisma.sql`(${ofUnit} OR (${notRecused(personId)} AND ${readsAll ? Prisma.sql`(${submitted} OR ${worksOnIt})` : worksOnIt}))`,
    among: readsAll
      ? null
      : Prisma.sql`(SELECT id FROM cases WHERE submitter_id = ${personId}
          UNION SELECT id FROM cases WHERE unit_id = ANY (${units})
          UNION SELECT case_id FROM case_parties WHERE party = ANY (${parties})
          UNION SELECT case_id FROM copies WHERE person_id = ${personId}
          UNION SELECT case_id FROM tasks WHERE status = 'open' AND candidates && ${keys}::text[]
          UNION SELECT case_id FROM tasks WHERE status <> 'open' AND candidates && ${keys}::text[]
          UNION SELECT case_id FROM tasks WHERE assignee_id = ${personId}
          ${union(delegated.map((each) => Prisma.sql`SELECT t.case_id FROM tasks t WHERE ${openOf(each)}`))}
          UNION SELECT case_id FROM facts WHERE actor_id = ${personId} AND kind = 'decided')`,
  };
}

const openOf = ({ condition }: { readonly condition: Prisma.Sql }): Prisma.Sql =>
  Prisma.sql`(t.status = 'open' AND ${condition})`;
const union = (parts: readonly Prisma.Sql[]): Prisma.Sql =>
  parts.length === 0 ? Prisma.empty : Prisma.sql`UNION ${Prisma.join([...parts], ' UNION ')}`;

/** A recusal withdraws the file: from a seat, its tasks and copies, not from whoever works for the recommending unit. */
const notRecused = (personId: string): Prisma.Sql => Prisma.sql`(SELECT true FROM ballots b WHERE b.case_id = c.id
  AND jsonb_path_exists(b.roll, '$[*] ? (@.personId == $person && @.recusal != null)', jsonb_build_object('person', ${personId}::text)) LIMIT 1) IS NULL`;

/** A draft is its unit's own; also one that was withdrawn or lapsed and never submitted, which no task was ever opened in. Only recommendations have drafts. */
export const submitted = Prisma.sql`(c.state <> 'draft' AND (c.closed_at IS NULL OR c.process <> 'recommendation' OR (SELECT true FROM tasks t WHERE t.case_id = c.id LIMIT 1)))`;

/** The administrators and the auditor see that a case is and where it stands, nothing of its contents. */
export const isOverseer = (actor: Actor): boolean =>
  ['systemAdmin', 'securityAdmin', 'auditor'].some((role) => hasRole(actor, role));

/** Those of some cases that a person may read. */
export async function readableAmong(
  deps: ApiDeps,
  actor: Actor,
  caseIds: readonly string[],
): Promise<Pick<Case, 'id' | 'number' | 'title' | 'state'>[]> {
  if (caseIds.length === 0) return [];
  const { condition } = await readableCases(deps, actor);
  const { rows } = await deps.pool.query<Pick<Case, 'id' | 'number' | 'title' | 'state'>>(
    Prisma.sql`SELECT c.id, c.number, c.title, c.state FROM cases c WHERE c.id = ANY (${[...caseIds]}) AND ${condition}`,
  );
  return rows;
}

export type ReadableCase = {
  readonly row: Case;
  /** Whether opinions, reasons, the form and files may be shown. */
  readonly contents: boolean;
};

/** @returns null when there is none, or none for this person: the two are told alike. */
export async function readCase(deps: ApiDeps, actor: Actor, caseId: string): Promise<ReadableCase | null> {
  const { condition } = await readableCases(deps, actor);
  const [standing] = (
    await deps.pool.query<{ contents: boolean; overseen: boolean }>(
      Prisma.sql`SELECT coalesce(${condition}, false) AS contents, coalesce(${submitted}, false) AS overseen FROM cases c WHERE c.id = ${caseId}`,
    )
  ).rows;
  if (!standing?.contents && !(standing?.overseen && isOverseer(actor))) return null;
  const row = await deps.prisma.case.findUnique({ where: { id: caseId } });
  return row && { row, contents: standing.contents };
}
