import { expect, test } from 'vitest';
import { checklist, type Held, unticked } from '../../domain/handover.ts';

const nothing: Held = {
  archive: { basics: 0, contact: 0, keyPersons: 0, projects: 0 },
  projects: [],
  openOperations: 0,
  reports: { count: 0, lastOn: null },
  records: { visits: 0, files: 0 },
  cases: [],
  plans: [],
  visits: [],
  tasks: [],
};
const said = (held: Partial<Held>, successor = true) =>
  checklist({ ...nothing, ...held }, { successor }).map(({ kind, ref }) => `${kind} ${ref}`);
const project = { id: 'p', state: 'building', regionCode: '420100', outstandingFen: 0n } as const;

test('an account that holds nothing still has one item: the client is told who is in charge', () => {
  expect(said({})).toEqual(['introduction client']);
  expect(said({}, false)).toEqual(['introduction leave']);
});

test('each project that is coming or being built is an item, those that are over are one, and so is each that money is owed of', () => {
  const projects = [
    project,
    { ...project, id: 'q', state: 'upcoming' },
    { ...project, id: 'r', state: 'past', outstandingFen: 100n },
    { ...project, id: 's', state: 'past' },
  ] as const;
  const list = checklist({ ...nothing, projects }, { successor: true });
  expect(list.slice(1)).toEqual([
    { kind: 'project', ref: 'p', codes: { state: 'building', regionCode: '420100' } },
    { kind: 'project', ref: 'q', codes: { state: 'upcoming', regionCode: '420100' } },
    { kind: 'project', ref: 'past', codes: { state: 'past', count: 2 } },
    { kind: 'receivable', ref: 'r', codes: { regionCode: '420100', fen: '100' } },
  ]);
});

test('what the archive said of projects is an item only while they are no projects of their own', () => {
  const archive = { basics: 3, contact: 0, keyPersons: 0, projects: 2 };
  expect(said({ archive })).toEqual(['introduction client', 'archive basics', 'archive projects']);
  expect(said({ archive, projects: [project] })).toEqual(['introduction client', 'archive basics', 'project p']);
  // Whoever leads the account has its archive.
  expect(said({ archive }, false)).toEqual(['introduction leave']);
});

test('records, reports, claims, and what is under way are each named, and none twice', () => {
  const list = said({
    openOperations: 2,
    reports: { count: 3, lastOn: '2026-10-31' },
    records: { visits: 4, files: 0 },
    cases: [{ id: 'c', number: 'P-2026-0001', process: 'allocation' }],
    plans: [{ id: 'l', number: 'W-2026-0001', measures: 1 }],
    visits: [{ id: 'v', on: '2026-12-01' }],
    tasks: [{ id: 't', on: '2026-12-02' }],
  });
  expect(list.slice(1)).toEqual([
    'operation open',
    'report all',
    'record all',
    'case c',
    'plan l',
    'visit v',
    'task t',
  ]);
  expect(new Set(list).size).toBe(list.length);
});

test('a side is done when it has ticked every item of its accounts', () => {
  const items = [
    { id: '1', accountId: 'a', given: true, taken: false },
    { id: '2', accountId: 'a', given: false, taken: false },
    { id: '3', accountId: 'b', given: false, taken: true },
  ];
  expect(unticked(items, ['a'], 'given')).toEqual(['2']);
  expect(unticked(items, ['b'], 'taken')).toEqual([]);
  expect(unticked(items, ['a', 'b'], 'taken')).toEqual(['1', '2']);
});
