import type { BallotView } from '../api/contract/ballots.ts';
import type { Words } from './words.ts';

/** What a ballot came to: of a choice the option that holds, by the name one votes for it with. One that was ended came to none. */
export function outcomeWord(ballot: Pick<BallotView, 'outcome' | 'decided'>, named: Words['named']): string {
  const { outcome, decided } = ballot;
  if (outcome === null) return '';
  return named(decided === null ? 'outcome' : 'vote', outcome);
}

/** What a ballot decides: approving, ratifying or confirming, or which of its options. */
export const matterWord = ({ matter, choice }: Pick<BallotView, 'matter' | 'choice'>, named: Words['named']): string =>
  named('matter', choice ? 'choice' : matter);

/** The count in words: for, against and abstentions, or the votes of each option. */
export function countText({ tally }: Pick<BallotView, 'tally'>, t: Words['t'], named: Words['named']): string {
  if (tally.options)
    return [...tally.options, { option: 'abstain', votes: tally.abstain ?? 0 }]
      .map(({ option, votes }) => `${named('vote', option)} ${votes}`)
      .join(t('list.comma'));
  return t('ballot.count', { for: tally.for ?? 0, against: tally.against ?? 0, abstain: tally.abstain ?? 0 });
}
