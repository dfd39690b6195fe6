/** What PostgreSQL's errors mean to us. Codes: PostgreSQL manual, appendix A. */

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** A serialization failure or a deadlock: the same transaction may simply be run again. */
export const isRetriable = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error));

// 53300: too many connections, 53100: its disk is full.
const AWAY = /^(08|57P0)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|53300|53100)$/;

/** 57014: the database gave a statement up, 55P03: nobody let go of a lock in time. */
const TOO_LONG = /^(57014|55P03)$/;

/** The database took longer than anybody should wait for: it is busy, and the same may well work in a moment. */
export const isDatabaseBusy = (error: unknown): boolean =>
  TOO_LONG.test(codeOf(error)) || (error instanceof Error && error.message === 'Query read timeout');

/** The database cannot be reached, or closed the connection on us. Whether a commit under way took place is then unknown. */
export function isDatabaseAway(error: unknown): boolean {
  if (AWAY.test(codeOf(error))) return true;
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      error.message,
    )
  );
}

/** Text PostgreSQL cannot hold, such as U+0000: the request is wrong, not the database. */
export const isUnstorableText = (error: unknown): boolean => ['22021', '22P05'].includes(codeOf(error));

/** The name of the constraint an insert or update ran against, or null. */
export function violatedConstraint(error: unknown): string | null {
  if (!['23505', '23P01', '23503', '23514'].includes(codeOf(error))) return null;
  return (error as { constraint?: string }).constraint ?? null;
}
