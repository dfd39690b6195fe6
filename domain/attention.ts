/**
 * What is wrong between a case and its execution, from what the database and Temporal say together. Pure. What moves is left alone for a
 * minute; the lines are assumptions 系统默认.
 */
export type CaseStanding = {
  readonly closed: boolean;
  /** Whether the case ever rang: a draft that was never submitted has no execution. */
  readonly rang: boolean;
  /** The doorbell that has waited longest: how often it was rung, and the seconds since; null where none waits. */
  readonly doorbell: { readonly attempts: number; readonly seconds: number } | null;
  /** Seconds since a step was settled that the workflow has not walked past; null where there is none. */
  readonly behindSeconds: number | null;
  /** Seconds since a deadline passed that the workflow has not settled; null where there is none. */
  readonly overdueSeconds: number | null;
};

export type ExecutionStanding = {
  readonly status: string;
  readonly taskAttempts: number;
  readonly taskFailure: string | null;
  readonly activities: readonly { readonly attempts: number; readonly failure: string | null }[];
};

export type Problem = {
  readonly code:
    | 'noExecution'
    | 'endedWhileOpen'
    | 'openWhileEnded'
    | 'noCase'
    | 'doorbellUnanswered'
    | 'behind'
    | 'deadlinePassed'
    | 'workflowTaskFailing'
    | 'activityFailing';
  readonly attempts: number | null;
  readonly failure: string | null;
};

const PATIENCE_SECONDS = 60;
const FAILING_ATTEMPTS = 2;
const ACTIVITY_ATTEMPTS = 5;

const problem = (code: Problem['code'], attempts: number | null = null, failure: string | null = null): Problem => ({
  code,
  attempts,
  failure,
});

/** `place` null for an execution without a case; `execution` null where Temporal has none, undefined where it could not be asked. */
export function problemsOf(
  place: CaseStanding | null,
  execution: ExecutionStanding | null | undefined,
): readonly Problem[] {
  const found: Problem[] = [];
  const running = execution?.status === 'running';
  if (execution && place === null && running) found.push(problem('noCase'));
  if (place?.closed && running) found.push(problem('openWhileEnded'));
  if (place && !place.closed && place.rang) {
    if (execution === null) found.push(problem('noExecution'));
    else if (execution && !running) found.push(problem('endedWhileOpen', null, execution.status));
  }
  if (running && execution.taskAttempts >= FAILING_ATTEMPTS)
    found.push(problem('workflowTaskFailing', execution.taskAttempts, execution.taskFailure));
  for (const activity of running ? execution.activities : [])
    if (activity.attempts >= ACTIVITY_ATTEMPTS)
      found.push(problem('activityFailing', activity.attempts, activity.failure));
  if (!place || place.closed) return found;
  if (place.doorbell && place.doorbell.seconds >= PATIENCE_SECONDS)
    found.push(problem('doorbellUnanswered', place.doorbell.attempts));
  else if (!place.doorbell && (place.behindSeconds ?? 0) >= PATIENCE_SECONDS) found.push(problem('behind'));
  if ((place.overdueSeconds ?? 0) >= PATIENCE_SECONDS) found.push(problem('deadlinePassed'));
  return found;
}
