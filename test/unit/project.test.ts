import { describe, expect, test } from 'vitest';
import { checkOperation, operationTotals } from '../../domain/operation.ts';
import { builderOf, checkProject, notesOn, outstanding, type Project, placeOf } from '../../domain/project.ts';
import type { Territory } from '../../domain/region.ts';

const TODAY = '2026-11-28';
const project = (change: Partial<Project> = {}): Project => ({
  ...{ state: 'upcoming', stage: null, amountFen: 100n, regionCode: '420106', employerId: 'e1' },
  ...{ contractedOn: null, plannedOn: null, startedOn: null, finishedOn: null },
  ...{ receivableFen: null, receivedFen: null },
  ...change,
});
const territory = (unitId: string, regionCode: string): Territory => ({
  ...{ unitId, regionCode, from: '2020-01-01', until: null },
});
const territories = [territory('central', '420000'), territory('east', '310000'), territory('west', '310000')];

describe('a project', () => {
  test.each([
    ['signed tomorrow', { contractedOn: '2026-11-29' }, 'dayInFuture', 'contractedOn'],
    [
      'finished before it started',
      { state: 'past', startedOn: '2026-03-02', finishedOn: '2026-03-01' },
      'daysOutOfOrder',
      'finishedOn',
    ],
    ['upcoming and started', { startedOn: '2026-03-02' }, 'stateDisagrees', 'startedOn'],
    [
      'under construction and finished',
      { state: 'building', finishedOn: '2026-03-02' },
      'stateDisagrees',
      'finishedOn',
    ],
    ['past and still being tendered for', { state: 'past', stage: 'tendering' }, 'stateDisagrees', 'stage'],
  ] as const)('that is %s is refused', (_, change, code, field) => {
    expect(() => checkProject(project(change), TODAY)).toThrow(expect.objectContaining({ code, field }));
  });

  test('that started and finished on one day, today, is not', () => {
    expect(() => checkProject(project({ state: 'past', startedOn: TODAY, finishedOn: TODAY }), TODAY)).not.toThrow();
  });

  test.each([
    ['420106', 'inside', ['central']],
    ['310115', 'contested', ['east', 'west']],
    ['650100', 'uncovered', []],
  ] as const)('in %s lies %s', (regionCode, kind, unitIds) => {
    expect(placeOf(regionCode, 'central', territories, TODAY)).toEqual({ kind, unitIds });
  });

  test('in another’s territory is marked, and a cancelled one tells nothing', () => {
    const place = placeOf('420106', 'east', territories, TODAY);
    expect(notesOn({ ...project({ employerId: null }), cancelled: false }, place)).toEqual([
      'crossRegion',
      'employerMissing',
    ]);
    expect(notesOn({ ...project({ employerId: null }), cancelled: true }, place)).toEqual([]);
  });

  test('tells what was received above what was due, and what was agreed above what was claimed', () => {
    const place = placeOf('420106', 'central', territories, TODAY);
    const told = notesOn({ ...project({ receivableFen: 5n, receivedFen: 6n }), cancelled: false }, place, [
      { claimedFen: 1n, agreedFen: 2n },
    ]);
    expect(told).toEqual(['receivedAboveDue', 'agreedAboveClaimed']);
    expect([outstanding(5n, 6n), outstanding(5n, null), outstanding(null, 6n)]).toEqual([0n, 5n, null]);
  });
});

describe('who builds (Article 7.2)', () => {
  const inside = placeOf('420106', 'central', territories, TODAY);
  const outside = placeOf('310115', 'central', [territory('east', '310000')], TODAY);

  test('what comes inside the lead unit’s territory is that unit’s at once', () => {
    expect(builderOf(project(), 'east', inside, 'central', null)).toBe('central');
  });

  test('what comes elsewhere is left to the allocation, which stays until the project moves', () => {
    const before = { regionCode: '310115', builderUnitId: 'east' };
    expect(builderOf(project({ regionCode: '310115' }), 'central', outside, 'central', null)).toBeNull();
    expect(builderOf(project({ regionCode: '310115' }), null, outside, 'central', before)).toBe('east');
    expect(builderOf(project({ regionCode: '310117' }), null, outside, 'central', before)).toBeNull();
  });

  test('what is being built has the builder it has', () => {
    expect(builderOf(project({ state: 'building' }), 'east', inside, 'central', null)).toBe('east');
  });
});

describe('operations', () => {
  const claim = { tier: 'secondary', state: 'claimed', claimedFen: 10n, agreedFen: null, on: '2025-12-31' } as const;

  test('are added up in all and by the year they were claimed in; only what is agreed counts as agreed', () => {
    const totals = operationTotals([
      claim,
      { ...claim, state: 'agreed', claimedFen: 20n, agreedFen: 15n, on: '2026-01-01' },
      { ...claim, tier: 'tertiary', state: 'refused', claimedFen: 7n, on: '2026-02-02' },
    ]);
    expect(totals).toEqual([
      { year: null, tier: 'secondary', count: 2, claimedFen: 30n, agreedFen: 15n, openFen: 10n },
      { year: null, tier: 'tertiary', count: 1, claimedFen: 7n, agreedFen: 0n, openFen: 0n },
      { year: 2026, tier: 'secondary', count: 1, claimedFen: 20n, agreedFen: 15n, openFen: 0n },
      { year: 2026, tier: 'tertiary', count: 1, claimedFen: 7n, agreedFen: 0n, openFen: 0n },
      { year: 2025, tier: 'secondary', count: 1, claimedFen: 10n, agreedFen: 0n, openFen: 10n },
    ]);
  });

  test.each([
    ['claimed tomorrow', { state: 'claimed', agreed: false, on: '2026-11-29' }, 'dayInFuture'],
    ['agreed without an amount', { state: 'agreed', agreed: false, on: TODAY }, 'agreedAmount'],
    ['refused with one', { state: 'refused', agreed: true, on: TODAY }, 'agreedAmount'],
  ] as const)('one %s is refused', (_, operation, code) => {
    expect(() => checkOperation(operation, TODAY)).toThrow(expect.objectContaining({ code }));
  });
});
