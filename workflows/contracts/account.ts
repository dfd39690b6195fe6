/**
 * What the workflow of a key account shares with those who start, ring and read it. It is started and rung as a case's is
 * (`contracts/case.ts`), with the account's id where a case has its own. Names are strings on the wire: never rename one.
 */

/** The workflow's name; an account's execution has the id `account:<accountId>`. */
export const ACCOUNT = 'account';

/** What the execution of an account that was terminated ends with. */
export const TERMINATED = 'terminated';

/** What the workflow asks of the facts; implemented in `activities/account.ts`. */
export type AccountActivities = {
  /**
   * Tells whoever is to be told by `now`, in milliseconds since 1970 UTC; of an account that was terminated, ends what is open about it.
   * Idempotent. @returns when to look again, null for not before somebody rings; and whether its life is over
   */
  accountClock(input: {
    readonly accountId: string;
    readonly now: number;
  }): Promise<{ readonly nextAt: number | null; readonly over: boolean }>;
};
