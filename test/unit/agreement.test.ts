import { describe, expect, test } from 'vitest';
import { type CasePlace, type ExecutionPlace, executionProblem } from '../../cases/executionAgreement.ts';
import { holdingProblems, type StoredHoldings } from '../../cases/holdingAgreement.ts';

const keptSince = new Date('2026-10-01T00:00:00Z');
const open: CasePlace = {
  id: 'c',
  process: 'recommendation',
  state: 'approving',
  closedAt: null,
  rang: true,
  doorbell: false,
  behind: false,
  waits: true,
  overdue: false,
};
const closed: CasePlace = { ...open, state: 'established', closedAt: new Date('2026-11-01T00:00:00Z') };
const running: ExecutionPlace = { status: 'RUNNING', result: null };
const completed = (result: string): ExecutionPlace => ({ status: 'COMPLETED', result });

describe('a case and its execution', () => {
  test.each<[string, CasePlace, ExecutionPlace, string | null]>([
    ['open and running', open, running, null],
    ['open, nothing runs, a doorbell waits', { ...open, doorbell: true }, null, null],
    ['open, nothing runs, nobody rings', open, null, 'open, no execution, and no doorbell waits'],
    [
      'open and failed, a doorbell starts it again',
      { ...open, doorbell: true },
      { status: 'FAILED', result: null },
      null,
    ],
    ['open and failed', open, { status: 'FAILED', result: null }, 'open, execution FAILED'],
    [
      'open and completed, whatever waits',
      { ...open, doorbell: true },
      completed('established'),
      'open, execution COMPLETED',
    ],
    ['behind a settled step', { ...open, behind: true }, running, 'a step is settled, and nobody rings'],
    ['behind, and a doorbell waits', { ...open, behind: true, doorbell: true }, running, null],
    ['open, and every step done', { ...open, waits: false }, running, 'open, and waits for nothing'],
    ['a draft', { ...open, state: 'draft', rang: false }, null, null],
    ['a draft that runs', { ...open, state: 'draft', rang: false }, running, 'never submitted, execution RUNNING'],
    ['closed with that result', closed, completed('established'), null],
    ['closed with another result', closed, completed('lapsed'), 'closed as established, execution ended lapsed'],
    ['closed and still running', closed, running, 'closed as established, execution RUNNING'],
    ['closed, execution lost', closed, null, 'closed, and no execution is kept'],
    ['closed, past the retention', { ...closed, closedAt: new Date('2026-09-01T00:00:00Z') }, null, null],
    ['an erased draft', { ...closed, state: 'lapsed', rang: false }, null, null],
  ])('%s', (_, place, execution, problem) => {
    expect(executionProblem(place, execution, { keptSince, settled: false })).toBe(problem);
  });

  test('that should be settled have no doorbell waiting and no deadline passed', () => {
    const settled = { keptSince, settled: true };
    expect(executionProblem(open, running, settled)).toBe(null);
    expect(executionProblem({ ...open, doorbell: true }, running, settled)).toBe('a doorbell waits');
    expect(executionProblem({ ...open, overdue: true }, running, settled)).toBe(
      'a deadline has passed, and nobody settles it',
    );
  });
});

describe('holdings', () => {
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  const holding = (id: string, from: string, to: string | null) => ({
    id,
    accountId: 'a',
    kind: 'lead',
    from: day(from),
    to: to === null ? null : day(to),
  });
  const covers = (each: ReturnType<typeof holding>) => ({
    holdingId: each.id,
    entityKey: 'e',
    kind: each.kind,
    from: each.from,
    to: each.to,
  });
  const stored = (...holdings: ReturnType<typeof holding>[]): StoredHoldings => ({
    established: ['c'],
    accounts: [{ id: 'a', decisionCaseId: 'c', state: 'active', takenOver: false }],
    holdings,
    entities: holdings.map(covers),
    takenTwice: [],
    misplaced: [],
  });

  test('one after another agree', () => {
    expect(holdingProblems(stored(holding('1', '2026-01-01', '2026-02-01'), holding('2', '2026-02-01', null)))).toEqual(
      [],
    );
  });

  test('that overlap do not, also where a third lies between', () => {
    const three = stored(
      holding('1', '2026-01-01', '2026-04-01'),
      holding('2', '2026-01-15', '2026-02-01'),
      holding('3', '2026-03-01', null),
    );
    expect(holdingProblems(three)).toEqual([
      { at: 'holding 2', problem: 'overlaps holding 1' },
      { at: 'holding 3', problem: 'overlaps holding 1' },
    ]);
  });

  test('of a terminated account are over', () => {
    const left = stored(holding('1', '2026-01-01', null));
    const terminated = { ...left, accounts: [{ id: 'a', decisionCaseId: 'c', state: 'terminated', takenOver: false }] };
    expect(holdingProblems(terminated)).toEqual([{ at: 'account a', problem: '1 lead holdings, 0 due' }]);
  });

  test('covering another kind or another time, or nothing, are found', () => {
    const lead = holding('1', '2026-01-01', '2026-02-01');
    const wrong = { ...stored(lead), entities: [{ ...covers(lead), kind: 'co', to: null }] };
    expect(holdingProblems(wrong).map(({ problem }) => problem)).toEqual([
      '0 lead holdings, 1 due',
      'covers as another kind',
      'covers beyond its time',
    ]);
    expect(holdingProblems({ ...stored(holding('1', '2026-01-01', null)), entities: [] })).toEqual([
      { at: 'holding 1', problem: 'covers nothing' },
    ]);
  });

  test('from no established case are found, and one client taken by two cases', () => {
    const strange = { ...stored(holding('1', '2026-01-01', null)), established: [], takenTwice: [['c', 'd']] };
    expect(holdingProblems(strange)).toEqual([
      { at: 'account a', problem: 'case c established nothing' },
      { at: 'case c', problem: 'its client is also taken by d' },
    ]);
  });
});
