import type { PoolClient } from 'pg';

/** A case about a co-holder (Article 7.4), with the holding that came of it, or that it ended. */
export type StoredCoHolder = {
  readonly caseId: string;
  readonly accountId: string;
  readonly state: string;
  readonly holding: {
    readonly accountId: string;
    readonly kind: string;
    readonly ended: boolean;
  } | null;
};

/** A case about a project's builder (Article 7.2). */
export type StoredAllocation = {
  readonly caseId: string;
  readonly state: string;
  readonly place: string;
  readonly chooserIds: readonly string[];
  readonly claimedBy: string | null;
  readonly proposedId: string | null;
  readonly builderId: string | null;
};

export type CoHolderProblem = { readonly at: string; readonly problem: string };

/** What disagrees between these cases and what came of them. */
export async function coHolderProblems(client: PoolClient): Promise<CoHolderProblem[]> {
  const { rows: coHolders } = await client.query<StoredCoHolder>(
    `SELECT x.case_id AS "caseId", x.account_id AS "accountId", c.state,
       (SELECT json_build_object('accountId', h.account_id, 'kind', h.kind, 'ended', h.valid_to IS NOT NULL) FROM holdings h WHERE h.id = x.holding_id) AS holding
     FROM co_holders x JOIN cases c ON c.id = x.case_id ORDER BY x.case_id`,
  );
  const { rows: allocations } = await client.query<StoredAllocation>(
    `SELECT a.case_id AS "caseId", c.state, a.place, a.chooser_ids AS "chooserIds", a.claimed_by AS "claimedBy", a.proposed_id AS "proposedId", a.builder_id AS "builderId"
     FROM allocations a JOIN cases c ON c.id = a.case_id ORDER BY a.case_id`,
  );
  return [...coHolders.flatMap(coHolderProblem), ...allocations.flatMap(allocationProblem)];
}

/** Added, it has a holding of its account; ended, one that is over; anything else has none. Pure. */
export function coHolderProblem({ caseId, accountId, state, holding }: StoredCoHolder): CoHolderProblem[] {
  const problem = (text: string) => [{ at: `case ${caseId}`, problem: text }];
  if (state !== 'added' && state !== 'ended') return holding ? problem(`${state}, and has a holding`) : [];
  if (!holding) return problem(`${state} without a holding`);
  if (holding.accountId !== accountId) return problem('its holding is of another account');
  return state === 'ended' && !holding.ended ? problem('ended, and its holding goes on') : [];
}

/** Allocated, it has a builder: inside the territory the leading unit, elsewhere the one that was decided on; anything else has none. Pure. */
export function allocationProblem(stored: StoredAllocation): CoHolderProblem[] {
  const { caseId, state, place, chooserIds, claimedBy, proposedId, builderId } = stored;
  const problem = (text: string) => [{ at: `case ${caseId}`, problem: text }];
  return [
    ...((state === 'allocated') === (builderId !== null) ? [] : problem(`${state}, builder ${builderId ?? 'none'}`)),
    ...(place === 'inside' && builderId !== chooserIds[0]
      ? problem('not built by the unit whose territory it is')
      : []),
    ...(place !== 'inside' && builderId !== null && builderId !== proposedId
      ? problem('built by another unit than was decided')
      : []),
    ...(claimedBy !== null && !chooserIds.includes(claimedBy) ? problem('taken by a unit that had no choice') : []),
  ];
}
