import { type Actor, hasRole, personKey } from '../../cases/actor.ts';
import { singlyBecause } from '../../domain/agenda.ts';
import type { Question } from '../../domain/choice.ts';
import { DomainError } from '../../domain/errors.ts';
import type { AgendaItem } from '../contract/agenda.ts';
import type { ApiDeps } from '../deps.ts';
import { timeOf } from './days.ts';
import { loadNames } from './names.ts';

type Row = {
  readonly caseId: string;
  readonly number: string;
  readonly accountId: string;
  readonly name: string;
  readonly archiveNo: string;
  readonly unitId: string;
  readonly grade: AgendaItem['grade'];
  readonly score: number | null;
  readonly proposal: AgendaItem['proposal'];
  readonly dissents: number;
  readonly dataAtHand: boolean;
  readonly pulledOutBy: string | null;
  readonly pulledOutAt: Date | null;
  readonly question: Question;
  readonly dueAt: Date;
  readonly recusal: AgendaItem['recusal'];
  readonly taskId: string | null;
  readonly taskStatus: string | null;
  readonly taskOutcome: string | null;
};

/** What the committee decides on now, by unit and the score from the lowest. @throws DomainError `notFound` for a year without a campaign; `forbidden` */
export async function agendaOf(deps: ApiDeps, actor: Actor, year: number): Promise<AgendaItem[]> {
  if (actor.seats.length === 0 && !hasRole(actor, 'office'))
    throw new DomainError('forbidden', { needed: 'committee, office' });
  if ((await deps.prisma.campaign.count({ where: { year } })) === 0) throw new DomainError('notFound');
  const { rows } = await deps.pool.query<Row>(
    `SELECT c.id AS "caseId", c.number, r.account_id AS "accountId", k.name, a.archive_no AS "archiveNo", c.unit_id AS "unitId", a.grade,
       r.score, r.proposal, r.data_at_hand AS "dataAtHand", r.pulled_out_by AS "pulledOutBy", r.pulled_out_at AS "pulledOutAt",
       (SELECT count(DISTINCT f.actor_id)::int FROM facts f WHERE f.case_id = c.id AND f.kind = 'dissented') AS dissents,
       b.question, coalesce(b.director_due_at, b.due_at) AS "dueAt",
       jsonb_path_query_first(b.roll, '$[*] ? (@.personId == $person)', jsonb_build_object('person', $3::text)) ->> 'recusal' AS recusal,
       t.id AS "taskId", t.status AS "taskStatus", t.outcome AS "taskOutcome"
     FROM reviews r JOIN cases c ON c.id = r.case_id AND c.closed_at IS NULL AND c.state = 'deciding'
       JOIN accounts a ON a.id = r.account_id JOIN clients k ON k.id = a.client_id
       JOIN ballots b ON b.case_id = c.id AND b.step = 'deciding' AND b.status = 'open'
       LEFT JOIN LATERAL (SELECT id, status, outcome FROM tasks v
         WHERE v.ballot_id = b.id AND v.kind = 'vote' AND $2 = ANY (v.candidates) ORDER BY v.opened_seq DESC LIMIT 1) t ON true
     WHERE r.year = $1 ORDER BY c.unit_id, r.score NULLS FIRST, k.name`,
    [year, personKey(actor.personId), actor.personId],
  );
  const names = await loadNames(deps.prisma, {
    persons: rows.map(({ pulledOutBy }) => pulledOutBy),
    units: rows.map(({ unitId }) => unitId),
  });
  return rows.map((row): AgendaItem => {
    const { caseId, number, accountId, name, archiveNo, grade, score, proposal, dissents, dataAtHand, question } = row;
    const { pulledOutBy, pulledOutAt, recusal } = row;
    const vote = voteOf(row);
    const singly = singlyBecause({ proposal, pulledOut: pulledOutAt !== null, question });
    return {
      caseId,
      number,
      account: { id: accountId, name, archiveNo },
      unit: names.unit(row.unitId),
      ...{ grade, score, proposal, dissents, dataAtHand, recusal },
      pulledOut: pulledOutBy && pulledOutAt ? { by: names.person(pulledOutBy), at: timeOf(pulledOutAt) } : null,
      secondBallot: question.finalists !== null,
      dueAt: timeOf(row.dueAt),
      vote,
      inBulk: singly === null && vote?.state === 'open',
      ...(recusal === 'declared' ? withdrawn : {}),
    };
  });
}

/** A recusal withdraws the file; whoever is recused by rule works for the account, and reads it as such. */
const withdrawn = { score: null, proposal: null, dissents: 0, dataAtHand: false, pulledOut: null } as const;

function voteOf({ taskId, taskStatus, taskOutcome }: Row): AgendaItem['vote'] {
  if (taskId === null) return null;
  if (taskStatus === 'open') return { taskId, state: 'open' };
  return { taskId, state: taskOutcome === 'voted' ? 'given' : 'takenBack' };
}
