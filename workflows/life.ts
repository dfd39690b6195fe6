import { condition, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow';
import { DECIDED, type Doorbell } from './contracts/case.ts';

/** When to look again, in milliseconds since 1970 UTC, null for not before somebody rings; and whether the life is over. */
export type Look = { readonly nextAt: number | null; readonly over: boolean };

/** A run lasts so long at most, or until its history is long; then the next goes on where it stands, and no history grows for years. */
const RUN_MS = 60 * 86_400_000;

/**
 * A long life: it looks at the facts, then sleeps until the calendar or somebody's doorbell wakes it.
 * @returns whether it is over; else it is time to continue as new
 */
export async function live(look: () => Promise<Look>): Promise<boolean> {
  let rung = 0;
  setHandler(defineSignal<[Doorbell]>(DECIDED), () => {
    rung++;
  });
  const lastUntil = Date.now() + RUN_MS;

  while (Date.now() < lastUntil && !workflowInfo().continueAsNewSuggested) {
    const heard = rung;
    const { nextAt, over } = await look();
    if (over) return true;
    const wakeAt = Math.min(nextAt ?? lastUntil, lastUntil);
    await condition(() => rung !== heard, Math.max(wakeAt - Date.now(), 1));
  }
  return false;
}
