import { type Actor, hasRole } from '../../cases/actor.ts';
import { DomainError, type ErrorCode } from '../../domain/errors.ts';
import type { BulkVoteSummary, BulkVoteView } from '../contract/agenda.ts';
import type { ApiDeps } from '../deps.ts';
import type { Language } from '../language.ts';
import { problemOf } from '../problems.ts';
import { timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';

type Item = {
  readonly taskId: string;
  readonly caseId: string;
  readonly accountId: string;
  readonly name: string;
  readonly unitId: string;
  readonly state: 'waiting' | 'done' | 'refused';
  readonly code: ErrorCode | null;
  readonly caseState: string;
};

/** A bulk vote, for who gave it; of another's the auditor is told how many it had. @throws DomainError `notFound` */
export async function bulkVoteView(deps: ApiDeps, actor: Actor, id: string, language: Language): Promise<BulkVoteView> {
  const found = await deps.prisma.bulkVote.findUnique({ where: { id } });
  const isHis = found?.personId === actor.personId;
  if (!found || !(isHis || hasRole(actor, 'auditor'))) throw new DomainError('notFound');
  const { rows } = await deps.pool.query<Item>(
    `SELECT i.task_id AS "taskId", i.case_id AS "caseId", r.account_id AS "accountId", k.name, c.unit_id AS "unitId", i.state, i.code,
       c.state AS "caseState"
     FROM bulk_vote_items i JOIN cases c ON c.id = i.case_id JOIN reviews r ON r.case_id = c.id
       JOIN accounts a ON a.id = r.account_id JOIN clients k ON k.id = a.client_id
     WHERE i.bulk_vote_id = $1 ORDER BY i.ord`,
    [id],
  );
  const names = await loadNames(deps.prisma, { units: rows.map(({ unitId }) => unitId) });
  return {
    id,
    year: found.year,
    state: found.state as BulkVoteView['state'],
    createdAt: timeOf(found.createdAt),
    finishedAt: timeOrNull(found.finishedAt),
    items: rows.length,
    done: rows.filter(({ state }) => state === 'done').length,
    refused: rows.filter(({ state }) => state === 'refused').length,
    results: isHis
      ? rows.map(({ taskId, caseId, accountId, name, unitId, state, code, caseState }) => ({
          ...{ taskId, caseId, state },
          account: { id: accountId, name },
          unit: names.unit(unitId),
          problem: code === null ? null : problemOf({ code, params: { why: 'recused', state: caseState } }, language),
        }))
      : null,
  };
}

type Counted = Omit<BulkVoteSummary, 'createdAt' | 'finishedAt'> & {
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
};

/** One's own bulk votes in a campaign, the latest first. */
export async function ownBulkVotes(deps: ApiDeps, { personId }: Actor, year: number): Promise<BulkVoteSummary[]> {
  const { rows } = await deps.pool.query<Counted>(
    `SELECT b.id, b.year, b.state, b.created_at AS "createdAt", b.finished_at AS "finishedAt", count(*)::int AS items,
       count(*) FILTER (WHERE i.state = 'done')::int AS done, count(*) FILTER (WHERE i.state = 'refused')::int AS refused
     FROM bulk_votes b JOIN bulk_vote_items i ON i.bulk_vote_id = b.id
     WHERE b.person_id = $1 AND b.year = $2 GROUP BY b.id ORDER BY b.created_at DESC, b.id DESC LIMIT 20`,
    [personId, year],
  );
  return rows.map((row) => ({ ...row, createdAt: timeOf(row.createdAt), finishedAt: timeOrNull(row.finishedAt) }));
}
