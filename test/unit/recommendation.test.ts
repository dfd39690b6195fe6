import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkLifecycle,
  eventsFrom,
  isTerminal,
  statesOf,
  terminalStates,
  transition,
} from '../../domain/lifecycle.ts';
import type { RecommendationState } from '../../domain/recommendation.ts';
import { criteria, recommendation, stateKey } from '../../domain/recommendation.ts';

function walk(...events: string[]): RecommendationState | null {
  return events.reduce<RecommendationState | null>(
    (state, on) => (state === null ? null : transition(recommendation, state, on)),
    recommendation.initial,
  );
}

const toScreening = ['submit', 'endorse'];
const toApproving = [...toScreening, 'accept', 'complete'];
const toNominating = [...toApproving, 'passed'];

test('the table is sound: deterministic, everything reachable, always a way out, nothing after the end', () => {
  expect(checkLifecycle(recommendation)).toEqual([]);
});

test('a recommendation ends established, rejected, ineligible, withdrawn or lapsed, and in no other way', () => {
  expect(terminalStates(recommendation)).toEqual(['established', 'rejected', 'ineligible', 'withdrawn', 'lapsed']);
});

describe('a recommendation goes', () => {
  test('from draft to established through every step of Article 7.1', () => {
    expect(walk('submit')).toBe('endorsing');
    expect(walk(...toScreening)).toBe('screening');
    expect(walk(...toScreening, 'accept')).toBe('evaluating');
    expect(walk(...toApproving)).toBe('approving');
    expect(walk(...toNominating)).toBe('nominating');
    expect(walk(...toNominating, 'nominate')).toBe('confirming');
    expect(walk(...toNominating, 'nominate', 'passed')).toBe('established');
  });

  test('back to the draft when the head of the unit returns it', () => {
    expect(walk('submit', 'return')).toBe('draft');
  });

  test('to supplementing and back when the office returns it, and lapses when nobody answers', () => {
    expect(walk(...toScreening, 'return')).toBe('supplementing');
    expect(walk(...toScreening, 'return', 'resubmit')).toBe('screening');
    expect(walk(...toScreening, 'return', 'silent')).toBe('lapsed');
  });

  test('to ineligible from screening alone', () => {
    expect(walk(...toScreening, 'ineligible')).toBe('ineligible');
    expect(recommendation.transitions.filter((t) => t.to === 'ineligible')).toHaveLength(1);
  });

  test('to rejected when the committee does not pass it', () => {
    expect(walk(...toApproving, 'failed')).toBe('rejected');
  });

  test('to nominating again when the nominee is refused or has left', () => {
    expect(walk(...toNominating, 'nominate', 'failed')).toBe('nominating');
    expect(walk(...toNominating, 'nominate', 'unavailable')).toBe('nominating');
  });

  test('to its end by the director, who names the manager or rejects', () => {
    expect(walk(...toNominating, 'appoint')).toBe('established');
    expect(walk(...toNominating, 'reject')).toBe('rejected');
  });

  test('to lapsed, the client being free, when the unit names nobody', () => {
    expect(walk(...toNominating, 'silent')).toBe('lapsed');
  });
});

// Articles 4.6 and 7.1.
test('no ballot is skipped: every way to established passes the approval, and a confirmation or the director', () => {
  const entries = recommendation.transitions.filter((t) => t.to === 'established');
  expect(entries.map((t) => [t.from, t.by])).toEqual([
    ['nominating', 'director'],
    ['confirming', 'ballot'],
  ]);
  const intoNominating = recommendation.transitions.filter((t) => t.to === 'nominating').map((t) => t.from);
  expect(new Set(intoNominating)).toEqual(new Set(['approving', 'confirming']));
});

test('every state that is not terminal can be withdrawn and can lapse', () => {
  for (const state of statesOf(recommendation)) {
    const expected = isTerminal(recommendation, state) ? [null, null] : ['withdrawn', 'lapsed'];
    expect([transition(recommendation, state, 'withdraw'), transition(recommendation, state, 'lapse')]).toEqual(
      expected,
    );
  }
});

test('whatever sequence of events comes, the state is one of the table and an ended recommendation never moves', () => {
  const events = [...new Set(recommendation.transitions.map((t) => t.on)), 'deferred', 'inquorate', 'nonsense'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (sequence) => {
      let state = recommendation.initial;
      for (const on of sequence) {
        const next = transition(recommendation, state, on);
        expect(next !== null).toBe(eventsFrom(recommendation, state).includes(on));
        if (isTerminal(recommendation, state)) expect(next).toBeNull();
        state = next ?? state;
        expect(statesOf(recommendation)).toContain(state);
      }
    }),
  );
});

test('every state and every transition names its article or says it is an assumption', () => {
  const sources = [...Object.values(recommendation.states), ...recommendation.transitions].map(
    (entry) => entry.article,
  );
  for (const source of sources) expect(source).toMatch(/^(Article \d+(\.\d+)?|assumption 系统默认)$/);
});

test('approving is called 审定 or 批准 by grade, every other state has one name', () => {
  expect(stateKey('approving', 'company')).toBe('rec.approving.company');
  expect(stateKey('approving', 'branch')).toBe('rec.approving.branch');
  expect(stateKey('screening', 'branch')).toBe('rec.screening');
});

test('the five criteria of Article 2 are there, in its order', () => {
  expect(criteria.map((criterion) => criterion.code)).toEqual([
    'largeContracts',
    'steadyReturns',
    'partnership',
    'continuousInvestment',
    'goodCredit',
  ]);
});
