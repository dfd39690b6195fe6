import { expect, test } from 'vitest';
import { change, figuresOf, type Reviewed, scoreBands } from '../../domain/campaignReport.ts';

const review = (of: Partial<Reviewed> = {}): Reviewed => ({
  state: 'finished',
  outcome: 'maintain',
  decided: true,
  dataAtHand: false,
  score: 70,
  gradeBefore: 'branch',
  gradeAfter: 'branch',
  ...of,
});

test('each review is counted once by what came of it, and what holds undecided is among those maintained', () => {
  const figures = figuresOf([
    review({ score: 100 }),
    review({ decided: false, score: null }),
    review({ outcome: 'intensify', gradeAfter: 'company' }),
    review({ outcome: 'terminate', gradeBefore: 'company', gradeAfter: 'branch', dataAtHand: true, score: 9 }),
    review({ outcome: null, decided: null, score: null, gradeAfter: null }),
    review({ state: 'excluded', outcome: null, decided: null, score: null, gradeAfter: null }),
    review({ state: 'open', outcome: null, decided: null, score: null, gradeAfter: null }),
  ]);
  expect(figures).toEqual({
    ...{ accounts: 7, maintain: 2, intensify: 1, terminate: 1, notDecided: 1, dataAtHand: 1, ended: 1, excluded: 1 },
    ...{ open: 1, upgraded: 1, downgraded: 1, meanScore: 60 },
  });
  const { accounts, maintain, intensify, terminate, ended, excluded, open } = figures;
  expect(maintain + intensify + terminate + ended + excluded + open).toBe(accounts);
});

test('of nobody nothing is counted, and nothing has a mean', () => {
  expect(figuresOf([])).toMatchObject({ accounts: 0, meanScore: null });
});

test('a score of 100 stands with those from 90', () => {
  const scores = [0, 9, 10, 89, 90, 100, null];
  expect(scoreBands(scores.map((score) => review({ score })))).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 1, 2]);
});

test('a grade that stayed, or was never settled, is no change', () => {
  expect([change(review()), change(review({ gradeAfter: null }))]).toEqual([null, null]);
  expect(change(review({ gradeAfter: 'company' }))).toEqual({ from: 'branch', to: 'company' });
});
