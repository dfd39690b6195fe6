import { describe, expect, test } from 'vitest';
import { straightWay, transition } from '../../domain/lifecycle.ts';
import { checkContract } from '../../domain/process.ts';
import {
  admissionOf,
  assignmentOf,
  grounds,
  groundsOf,
  mayAsk,
  reassignment,
  sameAssignment,
} from '../../domain/reassignment.ts';
import { reassignment as contract } from '../../workflows/contracts/reassignment.ts';

describe('a reassignment', () => {
  test('has a sound contract', () => {
    expect(checkContract(contract)).toEqual([]);
  });

  test('can be taken back until the removal is decided, or the change arranged, and not after', () => {
    const back = Object.keys(reassignment.states).filter((state) =>
      transition(reassignment, state as keyof typeof reassignment.states, 'withdraw'),
    );
    expect(back).toEqual(['admission', 'statement', 'removing', 'ending', 'hearing']);
  });
});

test('every ground is open to the office, the committee and the holding unit’s head; a conflict of interest to any head', () => {
  const by = (standings: string[], headsAUnit = false) =>
    grounds.filter((ground) => mayAsk(ground, { standings: new Set(standings), headsAUnit }));
  for (const standing of ['office', 'committee', 'leader', 'head']) expect(by([standing])).toEqual(grounds);
  expect(by([], true)).toEqual(['conflictOfInterest']);
  for (const standing of ['manager', 'unit', 'auditor']) expect(by([standing])).toEqual([]);
});

test('of several accounts at once it may be asked for on the grounds that each of them allows', () => {
  const head = { standings: new Set(['head']), headsAUnit: true };
  const other = { standings: new Set<string>(), headsAUnit: true };
  expect(groundsOf([head, head])).toEqual(grounds);
  expect(groundsOf([head, other])).toEqual(['conflictOfInterest']);
  expect(groundsOf([head, { ...other, headsAUnit: false }])).toEqual([]);
});

describe('an assignment', () => {
  const one = { accountId: 'a', managerId: 'x' };

  test('names one for all, one for each, or one for all but some', () => {
    expect(assignmentOf(['a', 'b'], { managerId: 'y' })?.map(({ managerId }) => managerId)).toEqual(['y', 'y']);
    expect(assignmentOf(['a', 'b'], { managerId: 'y', each: [one] })?.map(({ managerId }) => managerId)).toEqual([
      'x',
      'y',
    ]);
    expect(assignmentOf(['a'], { each: [one] })).toEqual([one]);
  });

  test('leaves no account out, and names none that is not of the case, or twice', () => {
    expect(assignmentOf(['a', 'b'], { each: [one] })).toBeNull();
    expect(assignmentOf(['a'], {})).toBeNull();
    expect(assignmentOf(['b'], { managerId: 'y', each: [one] })).toBeNull();
    expect(assignmentOf(['a'], { each: [one, one] })).toBeNull();
  });

  test('is the same whatever its order', () => {
    const other = { accountId: 'b', managerId: 'y' };
    expect(sameAssignment([one, other], [other, one])).toBe(true);
    expect(sameAssignment([one], [{ ...one, managerId: 'y' }])).toBe(false);
    expect(sameAssignment([one, other], [one])).toBe(false);
  });
});

test('is admitted to be heard for cause, arranged without fault; a co-holding ends on no ground unheard', () => {
  expect(grounds.map((ground) => admissionOf('manager', ground))).toEqual(['admit', 'admit', 'admit', 'arrange']);
  expect(grounds.map((ground) => admissionOf('unit', ground))).toEqual(['admit', 'admit', 'admit', 'arrange']);
  expect(new Set(grounds.map((ground) => admissionOf('coHolding', ground)))).toEqual(new Set(['hear']));
});

test('the straight way of a reassignment does not lead through the end of a co-holding', () => {
  expect(straightWay(reassignment)).toEqual([
    ...['admission', 'statement', 'removing', 'nominating', 'confirming', 'handover', 'completed'],
  ]);
});
