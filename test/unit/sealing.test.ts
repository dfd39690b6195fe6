import { expect, test } from 'vitest';
import { isTold, type SealingContext } from '../../api/views/sealing.ts';

type Ballot = SealingContext['ballots'][number];
const ballot = (change: Partial<Ballot>): Ballot => ({
  id: 'b1',
  step: 'approving',
  continues: null,
  status: 'closed',
  outcome: 'passed',
  rule: { sealed: true },
  proof: {},
  ...change,
});
const told = (one: Ballot, context: Partial<SealingContext> = {}) =>
  isTold(one, { ballots: [one], steps: [], isClosed: false, ...context });

test('votes are sealed while the ballot is open, and told once it has closed with a result', () => {
  expect(told(ballot({ status: 'open', outcome: null }))).toBe(false);
  expect(told(ballot({}))).toBe(true);
  expect(told(ballot({ status: 'open', outcome: null, rule: { sealed: false } }))).toBe(true);
});

test('a ballot that was ended without a result is never told, also after the case has ended', () => {
  for (const outcome of ['ended', 'unavailable'])
    expect(told(ballot({ outcome, proof: null }), { isClosed: true })).toBe(false);
});

test('a choice that was decided is told, whatever the option is called', () => {
  expect(told(ballot({ outcome: 'ended' }))).toBe(true);
});

test('an inquorate ballot stays sealed until its votes cannot count again', () => {
  const first = ballot({ outcome: 'inquorate' });
  expect(told(first)).toBe(false);
  expect(told(first, { steps: [{ name: 'approving.inquorate', outcome: null }] })).toBe(false);
  expect(told(first, { steps: [{ name: 'approving.inquorate', outcome: 'substitute' }] })).toBe(false);
  expect(told(first, { steps: [{ name: 'approving.inquorate', outcome: 'lapse' }] })).toBe(true);
  const next = ballot({ id: 'b2', continues: 'b1', status: 'open', outcome: null });
  expect(told(first, { ballots: [first, next] })).toBe(false);
  expect(told(first, { ballots: [first, ballot({ id: 'b2', continues: 'b1' })] })).toBe(true);
});
