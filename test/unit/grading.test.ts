import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GradedProject } from '../../domain/grading.ts';
import { checkExpected, grade, subsequentByRegion, subsequentSum } from '../../domain/grading.ts';
import { defaultPolicy } from '../../domain/policy.ts';

const YUAN = 100n;
const article12Lines = {
  companyLineFen: BigInt(defaultPolicy.companyLineFen),
  branchLineFen: BigInt(defaultPolicy.branchLineFen),
};
const upcoming = (yuan: bigint): GradedProject => ({
  stage: 'upcoming',
  countsTowardGrade: true,
  amountFen: yuan * YUAN,
});

describe('the grade of Article 12 is', () => {
  // Article 12: 以上 includes the figure.
  test('company at exactly 200 million and above, branch a fen below', () => {
    expect(grade(200_000_000n * YUAN, article12Lines)).toBe('company');
    expect(grade(200_000_000n * YUAN + 1n, article12Lines)).toBe('company');
    expect(grade(200_000_000n * YUAN - 1n, article12Lines)).toBe('branch');
  });

  test('branch at exactly 100 million and above, below a fen below', () => {
    expect(grade(100_000_000n * YUAN, article12Lines)).toBe('branch');
    expect(grade(100_000_000n * YUAN + 1n, article12Lines)).toBe('branch');
    expect(grade(100_000_000n * YUAN - 1n, article12Lines)).toBe('below');
    expect(grade(0n, article12Lines)).toBe('below');
  });

  test('drawn at the lines of the policy', () => {
    expect(grade(500n, { companyLineFen: 1000n, branchLineFen: 500n })).toBe('branch');
    expect(grade(1000n, { companyLineFen: 1000n, branchLineFen: 500n })).toBe('company');
  });
});

test('the sums by region leave nothing of the subsequent contracts out and count nothing twice', () => {
  const stage = fc.constantFrom('past', 'building', 'upcoming');
  const project = fc.record({
    stage,
    countsTowardGrade: fc.boolean(),
    amountFen: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    regionCode: fc.constantFrom('420000', '420111', '420111/东湖高新区', '310000'),
  });
  fc.assert(
    fc.property(fc.array(project), (projects) => {
      const sums = [...subsequentByRegion(projects).values()];
      expect(sums.reduce((all, sum) => all + sum, 0n)).toBe(subsequentSum(projects));
    }),
  );
});

test('only upcoming projects that are to count are subsequent: past and current ones never are', () => {
  const projects: GradedProject[] = [
    { stage: 'past', countsTowardGrade: true, amountFen: 98_600_000n * YUAN },
    { stage: 'building', countsTowardGrade: true, amountFen: 50_000_000n * YUAN },
    { stage: 'upcoming', countsTowardGrade: false, amountFen: 7_000_000n * YUAN },
    upcoming(128_600_000n),
    upcoming(86_400_000n),
    upcoming(45_200_000n),
  ];
  expect(subsequentSum(projects)).toBe(260_200_000n * YUAN);
  expect(subsequentSum([])).toBe(0n);
});

test('past and current contracts, however large, never change the sum', () => {
  const project = fc.record({
    stage: fc.constantFrom('past' as const, 'building' as const, 'upcoming' as const),
    countsTowardGrade: fc.boolean(),
    amountFen: fc.bigInt({ min: 0n, max: 10n ** 16n }),
  });
  fc.assert(
    fc.property(fc.array(project), (projects) => {
      const only = projects.filter((each) => each.stage === 'upcoming');
      expect(subsequentSum(projects)).toBe(subsequentSum(only));
      expect(subsequentSum([...projects, upcoming(1n)])).toBe(subsequentSum(projects) + YUAN);
    }),
  );
});

test('an expected sum that is not the sum of its projects is told what they add up to', () => {
  expect(checkExpected(300n, [upcoming(2n), upcoming(1n)])).toEqual({ ok: true });
  expect(checkExpected(301n, [upcoming(2n), upcoming(1n)])).toEqual({ ok: false, sumFen: 300n });
});
