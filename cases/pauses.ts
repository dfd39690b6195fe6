import type { CaseTransaction } from './transaction.ts';

/** The instant until which no time runs in a case; null where it does. What was open before has been moved past it once this is answered. */
export type PausedUntil = (tx: CaseTransaction) => Promise<Date | null>;

const byProcess = new Map<string, PausedUntil>();

/** Makes the pauses of a process known; it is called as the process is added to the engine. */
export function registerPauses(process: string, pausedUntil: PausedUntil): void {
  byProcess.set(process, pausedUntil);
}

/** Has a pause that came meanwhile move what is open, before anything is opened or found overdue. @returns the instant until which it lasts */
export async function heedPause(tx: CaseTransaction): Promise<Date | null> {
  return (await byProcess.get(tx.case.process)?.(tx)) ?? null;
}

/** When time that is given at this instant begins to run: then, or as soon as the case is paused no more. */
export async function beginning(tx: CaseTransaction, at: Date): Promise<Date> {
  const until = await heedPause(tx);
  return until && until > at ? until : at;
}
