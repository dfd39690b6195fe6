/** Votes as they were given, and which of them count. */

export type Choice = 'for' | 'against' | 'abstain';

/** One vote as recorded; `seq` is its place in the case's sequence of facts. All are kept. */
export type Vote<C extends string = Choice> = { readonly seq: number; readonly personId: string; readonly choice: C };

/** Why a vote does not count: its voter changed it, is recused, or is nobody on the roll. */
export type VoidReason = 'changed' | 'recused' | 'notOnRoll';

/** The part of a roll entry that decides whether its person's vote counts. */
type Voter = {
  readonly seatId: string;
  readonly personId: string;
  readonly recusal: unknown;
  readonly vacated?: boolean;
};

export type MarkedVote<C extends string = Choice> = Vote<C> & {
  readonly seatId: string | null;
  readonly counted: boolean;
  readonly void: VoidReason | null;
};

/** All votes in sequence, each with its seat and whether it counts. */
export function markVotes<C extends string>(
  roll: readonly Voter[],
  votes: readonly Vote<C>[],
): readonly MarkedVote<C>[] {
  const last = new Map<string, number>();
  for (const { personId, seq } of votes) last.set(personId, Math.max(seq, last.get(personId) ?? seq));
  return [...votes]
    .sort((a, b) => a.seq - b.seq)
    .map(({ seq, personId, choice }) => {
      const voter = roll.find((entry) => entry.personId === personId && !entry.vacated);
      const reason: VoidReason | null = !voter
        ? 'notOnRoll'
        : seq !== last.get(personId)
          ? 'changed'
          : voter.recusal
            ? 'recused'
            : null;
      return { seq, personId, choice, seatId: voter?.seatId ?? null, counted: reason === null, void: reason };
    });
}

/** The votes that count, by person: the last of each person on the roll who is not recused. */
export function countedVotes<C extends string>(
  roll: readonly Voter[],
  votes: readonly Vote<C>[],
): ReadonlyMap<string, C> {
  return new Map(
    markVotes(roll, votes)
      .filter((vote) => vote.counted)
      .map((vote) => [vote.personId, vote.choice]),
  );
}
