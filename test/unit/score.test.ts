import { describe, expect, test } from 'vitest';
import { defaultPolicy, parsePolicy, scoreWeights } from '../../domain/policy.ts';
import { policyShape, policyUnit } from '../../domain/policyShape.ts';
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

describe('the policy it rests on', () => {
  const given = (change: object) => () => parsePolicy({ ...defaultPolicy, ...change });
  const none = Object.fromEntries(scoreWeights.map((key) => [key, 0]));

  test('lets a part count for nothing, but not all of them', () => {
    expect(given({ weightVisits: 0 })().weightVisits).toBe(0);
    expect(given(none)).toThrow(
      expect.objectContaining({ code: 'invalid', params: { field: 'weightTotals', reason: 'noWeight' } }),
    );
    expect(given({ ...none, weightCredit: 1 })().weightCredit).toBe(1);
    expect(given({ weightCredit: 101 })).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  test('keeps the scores apart at which it suggests to intensify and to terminate', () => {
    for (const lines of [
      { intensifyFrom: 50, terminateBelow: 50 },
      { intensifyFrom: 40, terminateBelow: 60 },
    ])
      expect(given(lines)).toThrow(
        expect.objectContaining({ code: 'invalid', params: { field: 'terminateBelow', reason: 'notBelowIntensify' } }),
      );
    expect(given({ intensifyFrom: 51, terminateBelow: 50 })().terminateBelow).toBe(50);
    expect(given({ intensifyFrom: 101 })).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  test('stands under a heading of its own, in points', () => {
    for (const key of [...scoreWeights, 'intensifyFrom', 'terminateBelow'] as const)
      expect([policyShape(key).group, policyUnit(key)], key).toEqual(['review', 'points']);
  });

  test('is kept with the score, and nothing else of it', () => {
    const { rule } = scoreOf(all, defaultPolicy);
    expect(Object.keys(rule).sort()).toEqual([...scoreWeights, 'intensifyFrom', 'terminateBelow'].sort());
  });
});
