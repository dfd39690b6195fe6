import type { WorkflowEventView } from '../api/contract/workflows.ts';
import type { WordKey, WordParams } from './words.ts';

/** One thing that happened in an execution, in plain words; `events` are those of the history it is told from. */
export type TimelineRow = {
  readonly word: WordKey;
  readonly params: WordParams;
  /** A code whose word goes into the text as `{what}`: a state, an outcome, an activity. */
  readonly what: { readonly prefix: string; readonly code: string } | null;
  /** An instant whose words go into the text as `{until}`. */
  readonly until: string | null;
  readonly at: string;
  readonly tone: 'plain' | 'good' | 'bad' | 'quiet';
  readonly events: readonly number[];
};

/** What happened while the case was in one state; null before its first. */
export type Stage = {
  readonly state: string | null;
  readonly from: string;
  to: string | null;
  readonly rows: TimelineRow[];
};

type Details = Readonly<Record<string, unknown>>;

/** A history as people read it: stage by stage, without the workings of the engine. Pure. */
export function stagesOf(events: readonly WorkflowEventView[]): readonly Stage[] {
  const [first] = events;
  if (!first) return [];
  const stages: Stage[] = [{ state: null, from: first.at, to: null, rows: [] }];
  for (const event of events) {
    const state = stateIn(event);
    const current = stages.at(-1) as Stage;
    if (state !== null && state !== current.state) {
      // The step is opened just before its state is told.
      const opened = current.rows.at(-1)?.word === 'exe.opened' ? [current.rows.pop() as TimelineRow] : [];
      current.to = opened[0]?.at ?? event.at;
      stages.push({ state, from: current.to, to: null, rows: opened });
      continue;
    }
    const row = rowOf(event);
    if (row) current.rows.push(row);
  }
  const last = events.at(-1);
  if (last && /^workflowExecution(Completed|Failed|Terminated|TimedOut|Canceled)$/.test(last.type))
    (stages.at(-1) as Stage).to = last.at;
  return stages.filter((stage) => stage.rows.length > 0);
}

/** Until when the execution sleeps by itself: its timer that neither fired nor was cancelled; null without one. */
export function sleepsUntil(events: readonly WorkflowEventView[]): string | null {
  const over = new Set(
    events
      .filter(({ type }) => type === 'timerFired' || type === 'timerCanceled')
      .map(({ details }) => String(details.timerId)),
  );
  const open = events.findLast(({ type, details }) => type === 'timerStarted' && !over.has(String(details.timerId)));
  return open ? timerEnd(open) : null;
}

function stateIn({ type, details }: WorkflowEventView): string | null {
  if (type !== 'upsertWorkflowSearchAttributes') return null;
  const state = at(details, 'searchAttributes', 'indexedFields', 'CaseState');
  return typeof state === 'string' ? state : null;
}

const ends = ['Completed', 'Failed', 'Terminated', 'TimedOut', 'Canceled'] as const;

function rowOf(event: WorkflowEventView): TimelineRow | null {
  const { type, details } = event;
  const row = (word: WordKey, rest: Partial<TimelineRow> = {}): TimelineRow => ({
    word,
    params: {},
    what: null,
    until: null,
    at: event.at,
    tone: 'plain',
    events: [event.eventId],
    ...rest,
  });
  switch (type) {
    case 'workflowExecutionStarted':
      return row('exe.started');
    case 'workflowExecutionSignaled':
      return details.signalName === 'decided'
        ? row('exe.doorbell', { params: { seq: Number(at(details, 'input', 'payloads', '0', 'seq') ?? 0) } })
        : row('exe.signal', { params: { name: String(details.signalName) } });
    case 'markerRecorded':
      return markerRow(details, row);
    case 'timerStarted':
      return row('exe.timer', { until: timerEnd(event), tone: 'quiet' });
    case 'timerFired':
      return row('exe.timerFired');
    case 'workflowTaskFailed':
      // News came while the code answered: the server has it look again, as a matter of course.
      return at(details, 'failure', 'message') === 'UnhandledCommand'
        ? row('exe.overtaken', { tone: 'quiet' })
        : row('exe.taskFailed', { tone: 'bad' });
    case 'workflowTaskTimedOut':
      return row('exe.taskTimedOut', { tone: 'bad' });
    case 'activityTaskScheduled':
      return row('exe.activity', { params: { name: String(at(details, 'activityType', 'name') ?? '') } });
    case 'activityTaskFailed':
    case 'activityTaskTimedOut':
      return row('exe.activityFailed', { tone: 'bad' });
  }
  const end = ends.find((each) => type === `workflowExecution${each}`);
  return end ? row(`exe.end${end}`, { tone: end === 'Completed' ? 'good' : 'bad' }) : null;
}

/** A local activity: what it was asked is not kept, but what it answered. */
function markerRow(
  details: Details,
  row: (word: WordKey, rest?: Partial<TimelineRow>) => TimelineRow,
): TimelineRow | null {
  const activity = String(at(details, 'details', 'data', 'payloads', '0', 'activity_type') ?? '');
  if (details.failure !== undefined) return row('exe.stepFailed', { params: { name: activity }, tone: 'bad' });
  const result = (at(details, 'details', 'result', 'payloads', '0') ?? {}) as Details;
  const settled = result.is === 'done';
  const until = typeof result.nextAt === 'number' ? new Date(result.nextAt).toISOString() : null;
  const outcome = { prefix: 'outcome', code: String(result.outcome ?? '') };
  switch (activity) {
    case 'begin':
      return row('exe.begun', { tone: 'quiet' });
    case 'openStep':
      return settled
        ? row('exe.passed', { what: outcome, tone: 'quiet' })
        : row(until ? 'exe.opened' : 'exe.openedFor', { until });
    case 'progress':
      if (settled) return row('exe.settled', { what: outcome, tone: 'good' });
      if (result.is === 'ended')
        return row('exe.endedOutside', { what: { prefix: 'rec', code: String(result.ending) } });
      return row(until ? 'exe.waits' : 'exe.waitsOn', { until, tone: 'quiet' });
    case 'conclude':
      return row('exe.concluded', { what: { prefix: 'rec', code: String(result.state ?? '') }, tone: 'good' });
    case 'decideBySignal':
      return row('exe.signalTaken');
    default:
      return activity ? row('exe.activity', { params: { name: activity } }) : null;
  }
}

function timerEnd({ at: started, details }: WorkflowEventView): string {
  const part = (name: string) => Number(at(details, 'startToFireTimeout', name) ?? 0);
  return new Date(Date.parse(started) + part('seconds') * 1000 + Math.round(part('nanos') / 1e6)).toISOString();
}

/** What stands at a path into nested values, or undefined. */
function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (found === null || typeof found !== 'object') return undefined;
    found = (found as Details)[name];
  }
  return found;
}
