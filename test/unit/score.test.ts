import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../domain/policy.ts';
import { isRecomputed, type ScoreInputs, scoreOf } from '../../domain/score.ts';

const line = '10000000000';
const all: ScoreInputs = {
  totalsFen: line,
  lineFen: line,
  receivableFen: '1000',
  receivedFen: '1000',
  performance: 5,
  cooperation: 5,
  credit: 5,
  visitsDone: 6,
  visitsDue: 6,
  plannedFen: line,
};
const nothing: ScoreInputs = {
  ...all,
  totalsFen: '0',
  receivedFen: '0',
  performance: 1,
  cooperation: 1,
  credit: 1,
  visitsDone: 0,
  plannedFen: '0',
};
const score = (inputs: Partial<ScoreInputs>, of = all) => scoreOf({ ...of, ...inputs }, defaultPolicy);

describe("the score of a year's evaluation", () => {
  test('is 100 where all is as it should be, and 0 where nothing is', () => {
    expect(score({})).toMatchObject({ total: 100, suggests: 'intensify' });
    expect(score({}, nothing)).toMatchObject({ total: 0, suggests: 'terminate' });
  });

  test('counts what cannot be measured neither way', () => {
    const unknown = { receivableFen: null, performance: null, cooperation: null, credit: null, visitsDue: 0 };
    expect(score(unknown)).toMatchObject({ total: 100 });
    expect(score(unknown, nothing)).toMatchObject({ total: 0 });
    expect(
      score(unknown)
        .parts.filter(({ value }) => value === null)
        .map(({ part }) => part),
    ).toEqual(['payment', 'performance', 'cooperation', 'credit', 'visits']);
  });

  test('weighs its parts by policy, and the line itself is reached (Article 12)', () => {
    const { weightTotals, weightPlanned } = defaultPolicy;
    expect(score({ totalsFen: line, plannedFen: line }, nothing).total).toBe(weightTotals + weightPlanned);
    expect(score({ totalsFen: '9999999999' }).parts[0]).toMatchObject({ part: 'totals', value: 99 });
    expect(score({ totalsFen: `${line}0` }).parts[0]?.value).toBe(100);
  });

  test('suggests to maintain between the two lines of the policy', () => {
    const { intensifyFrom, terminateBelow } = defaultPolicy;
    const at = (total: number) =>
      scoreOf(
        { ...all, totalsFen: String((BigInt(line) * BigInt(total)) / 100n) },
        {
          ...defaultPolicy,
          weightPayment: 0,
          weightPerformance: 0,
          weightCooperation: 0,
          weightCredit: 0,
          weightVisits: 0,
          weightPlanned: 0,
        },
      ).suggests;
    expect([intensifyFrom, intensifyFrom - 1, terminateBelow, terminateBelow - 1].map(at)).toEqual([
      'intensify',
      'maintain',
      'maintain',
      'terminate',
    ]);
  });

  test('is recomputed from what it stores, and a changed one is found', () => {
    const stored = JSON.parse(JSON.stringify(score({})));
    expect(isRecomputed(stored)).toBe(true);
    expect(isRecomputed({ ...stored, total: 99 })).toBe(false);
  });
});
