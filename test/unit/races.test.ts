import { expect, test } from 'vitest';
import { conclude, type RollEntry, type Vote } from '../../domain/ballot.ts';
import { ruleOf } from '../../domain/ballotPolicy.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { type Choice, outcomeOf } from '../../scripts/races/ballot.ts';
import { chanceFrom } from '../../scripts/system/random.ts';

test('what a round draws follows from its number', () => {
  const drawn = (seed: number) => {
    const chance = chanceFrom(seed);
    return [
      chance.between(1, 1000),
      chance.is(0.5),
      chance.shuffled([1, 2, 3, 4, 5]),
      chance.another().between(1, 1000),
    ];
  };
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
});

test.each(['defer', 'fail'] as const)('the voters count as the rule does, where half of them: %s', (tieBreak) => {
  const rule = ruleOf('approve', { ...defaultPolicy, tieBreak });
  for (const seats of [3, 12, 13, 43]) {
    for (const recused of [0, 1]) {
      const roll = Array.from(
        { length: seats },
        (_, index): RollEntry => ({
          seatId: `s${index}`,
          kind: index === 0 ? 'director' : 'member',
          order: index + 1,
          unitId: null,
          personId: `p${index}`,
          recusal: index >= seats - recused ? 'declared' : null,
        }),
      );
      for (let given = 0; given <= seats - recused; given++) {
        for (let inFavour = 0; inFavour <= given; inFavour++) {
          const choice = (index: number): Choice => (index < inFavour ? 'for' : index % 2 ? 'against' : 'abstain');
          const votes = Array.from(
            { length: given },
            (_, index): Vote => ({ seq: index + 1, personId: `p${index}`, choice: choice(index) }),
          );
          const counted = new Map(votes.map(({ personId, choice }) => [personId, choice]));
          const { outcome } = conclude(rule, roll, votes, { runoff: false });
          expect([seats, recused, given, inFavour, outcomeOf(counted, seats, recused, tieBreak)]).toEqual([
            seats,
            recused,
            given,
            inFavour,
            outcome,
          ]);
        }
      }
    }
  }
});
