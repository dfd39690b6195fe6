import { allContracts } from '../../../cases/contracts.ts';
import { currentPolicy } from '../../../cases/policies.ts';
import { ballotDays } from '../../../domain/ballotPolicy.ts';
import { statesOf } from '../../../domain/lifecycle.ts';
import type { PolicyValues } from '../../../domain/policy.ts';
import type { ProcessContract } from '../../../domain/process.ts';
import type { DurationFigures, StayFigures } from '../../contract/dashboard.ts';
import type { ApiDeps } from '../../deps.ts';
import { timeOf } from '../days.ts';
import { COUNTED, countedFor, type Outlook } from './outlook.ts';
import { HOLDS, OVERDUE } from './waits.ts';

const DAY_MS = 86_400_000;

type Row = {
  process: string;
  state: string;
  ended: number;
  quarters: [number, number, number, number];
  late: number;
  median: number | null;
  ninety: number | null;
  going: number;
  goingLate: number;
  /** When the earliest of those that ended began. */
  earliest: Date | null;
};

/** How many of the stays that ended are looked at, the latest: enough for any share and percentile, and soon done. */
const MOST = 10_000;

/** The stays of cases that count, in the states of their processes. */
const stays = (
  which: string,
): string => `SELECT s.case_id, s.name, s.round, s.opened_at, s.closed_seq, m.process, m.state
    FROM steps s JOIN cases c ON c.id = s.case_id
    JOIN unnest($4::text[], $5::text[], $6::text[]) AS m (process, step, state) ON m.process = c.process AND m.step = s.name
    WHERE s.opened_at >= $3 AND ${COUNTED} AND ${which}`;

/**
 * A stay is one step of a case, from its opening until the fact that closed it. It is late when a deadline of its first level passed: it
 * was escalated, or answered after its time, or its ballot had to be extended. What was cut off from outside is no stay.
 */
const STAYS = `SELECT s.process, s.state, s.opened_at, f.at AS ended_at, coalesce(b.due_at, w.due_at) AS due_at,
    coalesce(b.late, w.late, false) AS late
  FROM (${stays('s.outcome IS NULL AND c.closed_at IS NULL AND c.ending IS NULL')}
    UNION ALL (${stays(`s.outcome <> 'unavailable' AND (s.outcome <> 'ended' OR c.ending IS NULL)`)} ORDER BY s.opened_at DESC LIMIT $7)) s
  LEFT JOIN LATERAL (SELECT f.at FROM facts f WHERE f.case_id = s.case_id AND f.seq = s.closed_seq LIMIT 1) f ON true
  LEFT JOIN LATERAL (SELECT greatest(b.due_at, b.director_due_at) AS due_at,
      (b.standing->>'extended')::boolean OR (b.status = 'open' AND greatest(b.due_at, b.director_due_at) <= now()) AS late
    FROM ballots b WHERE b.case_id = s.case_id AND b.step = s.name AND b.round = s.round LIMIT 1) b ON true
  LEFT JOIN LATERAL (SELECT max(t.due_at) AS due_at,
      bool_or(CASE WHEN t.status = 'open' THEN ${OVERDUE} ELSE t.level > 0 OR t.closed_at >= t.due_at END) AS late
    FROM tasks t WHERE t.case_id = s.case_id AND t.step = s.name AND t.round = s.round AND ${HOLDS}) w ON b.due_at IS NULL`;

const USED = `extract(epoch FROM ended_at - opened_at) / nullif(extract(epoch FROM due_at - opened_at), 0)`;
const DAYS = `extract(epoch FROM ended_at - opened_at) / 86400`;
const inTime = (from: number, to: number): string =>
  `count(*) FILTER (WHERE ended_at IS NOT NULL AND NOT late AND coalesce(${USED}, 0) > ${from} AND coalesce(${USED}, 0) <= ${to})::int`;

const FIGURES = `SELECT process, state, count(ended_at)::int AS ended,
    ARRAY[${inTime(-1, 0.25)}, ${inTime(0.25, 0.5)}, ${inTime(0.5, 0.75)}, ${inTime(0.75, 1e9)}] AS quarters,
    count(*) FILTER (WHERE ended_at IS NOT NULL AND late)::int AS late,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY ${DAYS}) AS median,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY ${DAYS}) AS ninety,
    count(*) FILTER (WHERE ended_at IS NULL)::int AS going,
    count(*) FILTER (WHERE ended_at IS NULL AND late)::int AS "goingLate", min(opened_at) FILTER (WHERE ended_at IS NOT NULL) AS earliest
  FROM (${STAYS}) stays GROUP BY process, state`;

/**
 * How long cases stay in each state against its deadline, of the stays that began in the last `days` days; where more than `most` ended,
 * of the latest of those, and `since` says from when.
 */
export async function durationFigures(
  { pool }: ApiDeps,
  outlook: Outlook,
  days: number,
  most = MOST,
): Promise<DurationFigures> {
  const now = Date.now();
  const since = new Date(now - days * DAY_MS).toISOString();
  const places = allContracts().flatMap(({ process, lifecycle, steps }) =>
    Object.entries(steps)
      .filter(([, { state }]) => state !== lifecycle.initial)
      .map(([step, { state }]) => ({ process, step, state })),
  );
  const [{ rows }, policy] = await Promise.all([
    pool.query<Row>(FIGURES, [
      ...countedFor(outlook),
      since,
      places.map(({ process }) => process),
      places.map(({ step }) => step),
      places.map(({ state }) => state),
      most,
    ]),
    currentPolicy(pool),
  ]);
  return {
    scope: outlook.scope,
    asOf: new Date(now).toISOString(),
    since: rows.reduce((all, { ended }) => all + ended, 0) < most ? since : earliestOf(rows, since),
    items: shownOf(rows).flatMap((contract) => figuresOf(contract, rows, policy.values)),
  };
}

/** The processes that had stays; the first of all where none had any, so that its deadlines can be read. */
function shownOf(rows: readonly Row[]): readonly ProcessContract[] {
  const all = allContracts();
  const held = all.filter(({ process }) => rows.some((row) => row.process === process));
  return held.length > 0 ? held : all.slice(0, 1);
}

const earliestOf = (rows: readonly Row[], since: string): string =>
  rows.flatMap(({ earliest }) => (earliest ? timeOf(earliest) : [])).sort()[0] ?? since;

/** The states a case of a process can stay in, in the order of its table. */
function figuresOf(contract: ProcessContract, rows: readonly Row[], policy: PolicyValues): StayFigures[] {
  const staying = new Set(Object.values(contract.steps).map(({ state }) => state));
  return statesOf(contract.lifecycle)
    .filter((state) => staying.has(state) && state !== contract.lifecycle.initial)
    .map((state) => {
      const row = rows.find((each) => each.process === contract.process && each.state === state);
      return {
        process: contract.process,
        state,
        dueDays: dueDays(contract, state, policy),
        ended: row?.ended ?? 0,
        onTime: row?.quarters ?? [0, 0, 0, 0],
        late: row?.late ?? 0,
        medianDays: row?.median ?? null,
        ninetyDays: row?.ninety ?? null,
        going: row?.going ?? 0,
        goingLate: row?.goingLate ?? 0,
      };
    });
}

/** The time of a state's own step; that of its side steps is theirs. A ballot by grade has two (Article 4.6). */
function dueDays({ steps }: ProcessContract, state: string, policy: PolicyValues): number[] {
  const { tasks = [], ballot } = steps[state] ?? {};
  const matters = ballot?.matter === 'byGrade' ? (['approve', 'ratify'] as const) : ballot ? [ballot.matter] : [];
  const days = [
    ...tasks.flatMap(({ due }) => (due === 'named' ? [] : [policy[due]])),
    ...matters.map((matter) => ballotDays(matter, policy)),
  ];
  return [...new Set(days)].sort((a, b) => a - b);
}
