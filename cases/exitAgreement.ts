import type { PoolClient } from 'pg';
import { type ExitState, exitOptions } from '../domain/exit.ts';

/** A case about a mid-year exit, with what the committee chose, one that put an account back onto the list, or a review that ended cooperation. Days are `YYYY-MM-DD` at Asia/Shanghai. */
export type StoredExit = {
  readonly caseId: string;
  readonly state: ExitState | 'listed' | 'terminated';
  readonly closedOn: string | null;
  /** Null where it is about none. */
  readonly accountId: string | null;
  /** The option its last ballot came to, by its proof. */
  readonly chosen: string | null;
};

/** An account as exits leave it. */
export type LeftAccount = {
  readonly id: string;
  readonly state: string;
  readonly onList: boolean;
  readonly terminatedOn: string | null;
  readonly delistedCaseId: string | null;
};

export type ExitProblem = { readonly at: string; readonly problem: string };

/** What disagrees between the exits that were decided, reviews that ended cooperation among them, and the accounts they were about. */
export async function exitProblems(client: Pick<PoolClient, 'query'>): Promise<ExitProblem[]> {
  const { rows: exits } = await client.query<StoredExit>(
    `SELECT c.id AS "caseId", c.state, (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "closedOn",
       (SELECT a.account_id FROM case_accounts a LEFT JOIN exits x ON x.case_id = a.case_id WHERE a.case_id = c.id AND (x.account_id = a.account_id OR c.process <> 'exit')) AS "accountId",
       (SELECT b.proof ->> 'option' FROM ballots b WHERE b.case_id = c.id AND b.step = 'deciding' ORDER BY b.round DESC LIMIT 1) AS chosen
     FROM cases c WHERE c.process = 'exit' OR (c.process = 'relisting' AND c.state = 'listed') OR (c.process = 'review' AND c.state = 'terminated') ORDER BY c.closed_at, c.id`,
  );
  const { rows: accounts } = await client.query<LeftAccount>(
    `SELECT id, state, on_list AS "onList", terminated_on::text AS "terminatedOn", delisted_case_id AS "delistedCaseId" FROM accounts
     WHERE state = 'terminated' OR terminated_on IS NOT NULL OR delisted_case_id IS NOT NULL OR id = ANY ($1) ORDER BY id`,
    [exits.map(({ accountId }) => accountId)],
  );
  return disagreements(exits, accounts);
}

/** `exits` come in the order in which they were concluded. Pure. */
export function disagreements(exits: readonly StoredExit[], accounts: readonly LeftAccount[]): ExitProblem[] {
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  return [
    ...exits.flatMap((exit) =>
      caseProblems(exit, accountOf.get(exit.accountId ?? '')).map((problem) => ({
        at: `case ${exit.caseId}`,
        problem,
      })),
    ),
    ...accounts.flatMap((account) =>
      accountProblems(
        account,
        exits.filter(({ accountId }) => accountId === account.id),
      ).map((problem) => ({ at: `account ${account.id}`, problem })),
    ),
  ];
}

/** Cooperation ends within the year, or by the annual review (Article 10.3). */
const isEnding = (state: StoredExit['state']): boolean => state === 'ended' || state === 'terminated';

/** What it came to is what the committee chose (Article 4.6), and where that ended cooperation, it is over. */
function caseProblems({ state, closedOn, accountId, chosen }: StoredExit, account: LeftAccount | undefined): string[] {
  if (accountId === null) return ['about no account'];
  const isDecided = exitOptions.some((option) => option === state);
  const isOver = account?.state === 'terminated' && (account.terminatedOn ?? '') <= (closedOn ?? '');
  return [
    ...(isDecided && chosen !== state ? [`${state}, chosen was ${chosen ?? 'nothing'}`] : []),
    ...(state === 'terminated' && chosen !== 'terminate' ? [`terminated, chosen was ${chosen ?? 'nothing'}`] : []),
    ...(isEnding(state) && !isOver ? [`${state}, and its account goes on`] : []),
  ];
}

/** Terminated, off the list, or back on it, it is by a decision about it that says so, of that day; and where the last one says so, it is. */
function accountProblems(account: LeftAccount, about: readonly StoredExit[]): string[] {
  const { state, onList, terminatedOn, delistedCaseId } = account;
  const isEnded =
    state === 'terminated' && about.some((exit) => isEnding(exit.state) && exit.closedOn === terminatedOn);
  const decided = about.filter(({ state: each }) => each === 'listed' || exitOptions.some((option) => option === each));
  const last = about.findLast(({ state: each }) => each === 'delisted' || each === 'listed');
  const lastDelisted = last?.state === 'delisted' ? last.caseId : null;
  return [
    ...(state === 'terminated' && !isEnded ? [`terminated on ${terminatedOn} by no decision of that day`] : []),
    ...(state !== 'terminated' && terminatedOn !== null ? ['terminated on a day, and goes on'] : []),
    ...(delistedCaseId === lastDelisted ? [] : [`off the list by ${delistedCaseId}, decided by ${lastDelisted}`]),
    ...(decided.at(-1)?.state === 'delisted' && onList ? ['off the list by decision, and on it'] : []),
    ...(decided.at(-1)?.state === 'listed' && !onList ? ['on the list by decision, and off it'] : []),
  ];
}
