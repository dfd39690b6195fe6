/**
 * How long no more is tried after failures in a row (系统默认): five are free, then one minute, doubling up to a quarter of an hour,
 * so that nobody guesses a password and nobody is locked out for long by a stranger. Many people share one address.
 */
export type BrakeKind = 'login' | 'address';

const FREE: Readonly<Record<BrakeKind, number>> = { login: 5, address: 50 };
const FIRST_MS = 60_000;
const LONGEST_MS = 15 * 60_000;
/** Failures older than this no longer count. */
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Milliseconds during which nothing more is tried after so many failures in a row. */
export function lockMs(kind: BrakeKind, failures: number): number {
  const beyond = failures - FREE[kind];
  return beyond < 0 ? 0 : Math.min(FIRST_MS * 2 ** beyond, LONGEST_MS);
}
