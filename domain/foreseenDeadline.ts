/**
 * 将会改变什么, of deadlines: what was answered or voted, held against the deadline it would have had. Nothing follows from it: how long
 * somebody would have had says nothing of what he would have done with it. Pure.
 */
import { dueAt, type HolidayCalendar } from './calendar.ts';
import type { Silence } from './process.ts';

/** Business days: as they were, and as they would be. */
export type Days = { readonly was: number; readonly becomes: number };

/**
 * `atDeadline`: a ballot that its deadline closed. `open`: its time would not have been over when it ended. `struck`: the deadline would have
 * come before some of its votes.
 */
export type Timeliness = 'inTime' | 'overdue' | 'silent' | 'atDeadline' | 'open' | 'struck';

export type ForeseenDeadline = {
  readonly before: Timeliness;
  readonly after: Timeliness;
  readonly differs: boolean;
  /** The first instants that are too late, in milliseconds since 1970 UTC. */
  readonly wasDueMs: number;
  readonly wouldBeDueMs: number;
  /** The votes of a ballot that would have come too late; null for a task. */
  readonly late: number | null;
};

type Times = { readonly openedMs: number; readonly dueMs: number; readonly closedMs: number };

/**
 * A task that was answered, or ended in silence. Null where its deadline was not counted from its opening by these days: by another
 * calendar, or moved since; and where silence goes from level to level, so that it would have ended at another.
 */
export function foreseeTaskDeadline(
  task: Times & { readonly silence: Silence; readonly isSilent: boolean; readonly level: number },
  days: Days,
  calendar: HolidayCalendar,
): ForeseenDeadline | null {
  const { closedMs, silence, isSilent, level } = task;
  const due = duesOf(task, days, calendar);
  // Of one that was escalated the stored deadline is its last level's.
  if (level === 0 ? due.wasDueMs !== task.dueMs : due.wasDueMs > closedMs) return null;
  if (silence === 'none' || (isSilent && silence !== 'outcome')) return null;
  const { wasDueMs, wouldBeDueMs } = due;
  if (isSilent) {
    const after = wouldBeDueMs > closedMs ? 'open' : 'silent';
    return { before: 'silent', after, differs: after !== 'silent', ...due, late: null };
  }
  const missed = silence === 'outcome' ? 'silent' : 'overdue';
  const before = closedMs < wasDueMs ? 'inTime' : missed;
  const after = closedMs < wouldBeDueMs ? 'inTime' : missed;
  return { before, after, differs: before !== after, ...due, late: null };
}

/** A closed ballot that was not extended: which of its votes would have come too late, or whether it would still have been open. */
export function foreseeBallotDeadline(
  ballot: Times & { readonly votedMs: readonly number[]; readonly byDeadline: boolean },
  days: Days,
  calendar: HolidayCalendar,
): ForeseenDeadline | null {
  const due = duesOf(ballot, days, calendar);
  if (due.wasDueMs !== ballot.dueMs) return null;
  const late = ballot.votedMs.filter((at) => at >= due.wouldBeDueMs).length;
  const isOpen = ballot.byDeadline && due.wouldBeDueMs > ballot.closedMs;
  const before = ballot.byDeadline ? 'atDeadline' : 'inTime';
  const after = late > 0 ? 'struck' : isOpen ? 'open' : before;
  return { before, after, differs: before !== after, ...due, late };
}

const duesOf = ({ openedMs }: Times, { was, becomes }: Days, calendar: HolidayCalendar) => ({
  wasDueMs: dueAt(calendar, openedMs, was).dueMs,
  wouldBeDueMs: dueAt(calendar, openedMs, becomes).dueMs,
});
