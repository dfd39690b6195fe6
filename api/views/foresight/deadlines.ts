import { currentCalendar } from '../../../cases/calendars.ts';
import { processOf } from '../../../cases/contracts.ts';
import { loadPolicy } from '../../../cases/policies.ts';
import { ballotDays } from '../../../domain/ballotPolicy.ts';
import type { HolidayCalendar } from '../../../domain/calendar.ts';
import { isChoice, type Proof } from '../../../domain/choice.ts';
import { lastVoter } from '../../../domain/closing.ts';
import { type Days, foreseeBallotDeadline, foreseeTaskDeadline } from '../../../domain/foreseenDeadline.ts';
import type { PolicyValues } from '../../../domain/policy.ts';
import type { Silence } from '../../../domain/process.ts';
import { Prisma } from '../../../prisma/generated/client.ts';
import { matterOf, toldOf } from './ballots.ts';
import { type Asked, after, type CaseColumns, caseColumns, caseOf, goThrough, type Row } from './pages.ts';

type DeadlineRow = Row &
  CaseColumns & {
    readonly process: string;
    readonly version: number;
    readonly step: string;
    readonly round: number;
    readonly openedAt: Date;
    readonly dueAt: Date;
    readonly closedAt: Date;
    readonly expectedFen: string | null;
  } & (
    | { readonly task: string; readonly silence: Silence; readonly isSilent: boolean; readonly level: number }
    | { readonly task: null; readonly proof: Proof }
  );

/** Where the rows of one kind are: `x` the table, its columns, and which of them. Each is gone through by its own index. */
type Source = { readonly from: Prisma.Sql; readonly columns: Prisma.Sql; readonly where: Prisma.Sql };

// A deadline that was moved by hand, by a pause, or for want of a quorum is nobody's to move again.
const TASKS: Source = {
  from: Prisma.sql`tasks x`,
  columns: Prisma.sql`x.kind AS task, x.silence, x.outcome = 'silent' AS "isSilent", x.level`,
  where: Prisma.sql`x.status = 'done' AND x.ballot_id IS NULL AND x.due_days IS NOT NULL AND NOT x.calendar_days AND NOT x.extended`,
};
const BALLOTS: Source = {
  from: Prisma.sql`ballots x`,
  columns: Prisma.sql`NULL AS task, x.proof`,
  where: Prisma.sql`${toldOf(Prisma.sql`x`)} AND x.continues IS NULL AND NOT (x.standing->>'extended')::boolean`,
};

/** What was answered and voted, held against the deadlines of the other values. */
export async function deadlines(asked: Asked) {
  const calendar = await currentCalendar(asked.deps.pool);
  const ballots = await ofSource(asked, BALLOTS, calendar);
  const tasks = await ofSource(asked, TASKS, calendar);
  return {
    kind: ballots.kind,
    total: ballots.total + tasks.total,
    examined: ballots.examined + tasks.examined,
    differing: ballots.differing + tasks.differing,
    shown: [...ballots.shown, ...tasks.shown].slice(0, asked.bounds.shown),
  };
}

function ofSource(asked: Asked, { from, columns, where }: Source, calendar: HolidayCalendar) {
  const { deps, values, bounds } = asked;
  return goThrough<DeadlineRow>(
    asked,
    'deadline',
    {
      count: Prisma.sql`SELECT count(*)::int AS total FROM ${from} JOIN cases c ON c.id = x.case_id WHERE ${where}`,
      page: (
        before,
      ) => Prisma.sql`SELECT x.id, x.step, x.round, x.opened_at AS "openedAt", x.due_at AS "dueAt", x.closed_at AS "closedAt", ${columns},
          c.process, c.policy_version AS version, r.expected_fen::text AS "expectedFen", ${caseColumns(asked)}
        FROM ${from} JOIN cases c ON c.id = x.case_id LEFT JOIN recommendations r ON r.case_id = c.id
        WHERE ${where} AND ${after(Prisma.sql`x.id`, before)} ORDER BY x.id DESC LIMIT ${bounds.page}`,
    },
    async (row) => {
      const { values: kept } = await loadPolicy(deps.pool, row.version);
      const days = daysOf(row, kept, values);
      if (!days || days.was === days.becomes) return null;
      const foreseen = await foreseenOf(asked, row, days, calendar);
      if (!foreseen?.differs) return null;
      const proof = (ofDays: number, dueMs: number, late: number | null) => ({
        days: ofDays,
        dueAt: new Date(dueMs).toISOString(),
        closedAt: row.closedAt.toISOString(),
        late,
      });
      return {
        readable: row.readable,
        view: {
          kind: 'deadline',
          id: row.id,
          case: caseOf(row),
          step: row.step,
          round: row.round,
          task: row.task,
          before: { outcome: foreseen.before, decided: null },
          after: { outcome: foreseen.after, decided: null },
          beforeProof: proof(days.was, foreseen.wasDueMs, null),
          afterProof: proof(days.becomes, foreseen.wouldBeDueMs, foreseen.late),
        },
      };
    },
  );
}

/** How many business days it had, and would have; null where no value says. */
function daysOf(row: DeadlineRow, kept: PolicyValues, values: PolicyValues): Days | null {
  const spec = processOf(row.process).steps[row.step];
  if (row.task !== null) {
    const due = spec?.tasks?.find(({ kind }) => kind === row.task)?.due;
    return due === undefined || due === 'named' ? null : { was: kept[due], becomes: values[due] };
  }
  const { proof } = row;
  if (isChoice(proof) && proof.question.finalists)
    return { was: kept.secondBallotDays, becomes: values.secondBallotDays };
  const due = spec?.ballot?.due;
  if (due) return { was: kept[due], becomes: values[due] };
  return { was: ballotDays(proof.rule.matter, kept), becomes: ballotDays(matterOf({ ...row, proof }, values), values) };
}

async function foreseenOf({ deps }: Asked, row: DeadlineRow, days: Days, calendar: HolidayCalendar) {
  const times = { openedMs: row.openedAt.getTime(), dueMs: row.dueAt.getTime(), closedMs: row.closedAt.getTime() };
  if (row.task !== null) return foreseeTaskDeadline({ ...times, ...row }, days, calendar);
  const { rule, roll, votes, closedBy } = row.proof;
  // The director's own time ends later.
  const last = lastVoter(rule, roll)?.personId;
  const seqs = votes.flatMap(({ personId, seq }) => (personId === last ? [] : [seq]));
  const { rows } = await deps.pool.query<{ at: Date }>('SELECT at FROM facts WHERE case_id = $1 AND seq = ANY ($2)', [
    row.caseId,
    seqs,
  ]);
  const votedMs = rows.map(({ at }) => at.getTime());
  return foreseeBallotDeadline({ ...times, votedMs, byDeadline: closedBy === 'deadline' }, days, calendar);
}
