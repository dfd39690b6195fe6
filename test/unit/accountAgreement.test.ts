import { expect, test } from 'vitest';
import { lifeProblems, type StoredLives } from '../../cases/accountAgreement.ts';
import { accountClocks, taskClock } from '../../domain/accountClock.ts';
import { defaultPolicy } from '../../domain/policy.ts';

const now = new Date('2026-11-28T10:00:00Z');
const times = { managedBy: 'branch', visitedOn: null, reportedTo: null, vacantSince: null } as const;
const account: StoredLives['accounts'][number] = {
  id: 'a',
  state: 'active',
  onList: true,
  closed: false,
  sleeps: true,
  openHoldings: 1,
  openCases: 0,
  clocks: accountClocks({ ...times, establishedOn: '2026-11-20' }, defaultPolicy),
  told: [],
  reports: [],
};
const visit = {
  id: 'v',
  visitedOn: '2026-11-25',
  enteredAt: now,
  held: true,
  validFrom: new Date('2026-11-20'),
  validTo: null,
};
const found = (change: Partial<typeof account>, visits: StoredLives['visits'] = []) =>
  lifeProblems({ accounts: [{ ...account, ...change }], visits, now }).map(({ problem }) => problem);

test('an account that lives, or was ended, as it must be is not found wanting', () => {
  expect(found({}, [visit])).toEqual([]);
  expect(found({ state: 'terminated', onList: false, openHoldings: 0, closed: true })).toEqual([]);
});

test('what fell due and was told to nobody is found, unless its execution is about to look', () => {
  const clocks = accountClocks({ ...times, establishedOn: '2026-09-20' }, defaultPolicy);
  expect(found({ clocks })).toEqual([
    'visit of 2026-11-19: head was not told',
    'report of 2026-12-19: half was not told',
  ]);
  expect(found({ clocks, sleeps: false })).toEqual([]);
  expect(found({ clocks, told: [{ duty: 'visit', subject: '', dueOn: '2026-11-19', level: 'head' }] })).toHaveLength(1);
});

test('of two marketing tasks of one day each is told for itself (Article 6.1)', () => {
  const setAt = new Date('2026-11-01');
  const clocks = ['one', 'other'].map((id) => taskClock({ id, dueOn: '2026-11-27', setAt }));
  const told = [{ duty: 'marketingTask', subject: 'one', dueOn: '2026-11-27', level: 'head' }] as const;
  expect(found({ clocks, told })).toEqual(['marketingTask of 2026-11-27: head was not told']);
  expect(found({ clocks: clocks.slice(0, 1), told })).toEqual([]);
});

test('what outlives its account is found', () => {
  expect(found({ state: 'terminated', onList: true, openHoldings: 1, closed: true, openCases: 2 })).toEqual([
    'terminated, and on the list',
    'terminated, and held',
    'closed, and 2 cases about it go on',
  ]);
  const clocks = [taskClock({ id: 'one', dueOn: '2026-12-20', setAt: now })];
  expect(found({ state: 'terminated', onList: false, openHoldings: 0, closed: true, clocks })).toEqual([
    'terminated, and a marketing task is open',
  ]);
  expect(found({ closed: true })).toEqual(['closed, and not terminated']);
});

test('a visit outside its holding, and a report that leaves days out, are found', () => {
  expect(found({}, [{ ...visit, visitedOn: '2026-11-19' }])).toEqual(['visitBeforeHolding']);
  expect(found({}, [{ ...visit, visitedOn: '2026-11-29' }])).toEqual(['visitInFuture']);
  expect(found({}, [{ ...visit, held: false }])).toEqual(['in no holding of its account']);
  const reports = [
    { fromOn: '2026-09-01', toOn: '2026-10-01' },
    { fromOn: '2026-10-03', toOn: '2026-11-01' },
  ];
  expect(found({ reports })).toEqual(['the report from 2026-10-03 follows on no other']);
});
