import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocationProblem, coHolderProblem } from '../../cases/coHolderAgreement.ts';
import { allocation, choosers, departsFromChoice, recusedUnits, unitsConcerned } from '../../domain/allocation.ts';
import { coHolder, mayEnd, mayPropose } from '../../domain/coHolder.ts';
import { checkLifecycle, straightWay, terminalStates } from '../../domain/lifecycle.ts';
import { checkContract } from '../../domain/process.ts';
import { placeOf } from '../../domain/project.ts';
import { allocation as allocationContract } from '../../workflows/contracts/allocation.ts';
import { coHolder as coHolderContract } from '../../workflows/contracts/coHolder.ts';

const territory = (unitId: string | null, regionCode: string) => ({
  unitId,
  regionCode,
  from: '2020-01-01',
  until: null,
});
const TERRITORIES = [
  territory('central', '420000'),
  territory('south', '440000'),
  territory('east', '420200'),
  territory('north', '420300'),
  territory('central', '420300'),
  territory(null, '420115'),
];
const lies = (regionCode: string, lead: string | null = 'central') =>
  placeOf(regionCode, lead, TERRITORIES, '2026-01-01');

describe('allocation (Article 7.2)', () => {
  test('table and contract are sound; the straight way leads to a builder', () => {
    expect([checkLifecycle(allocation), checkContract(allocationContract)]).toEqual([[], []]);
    expect(straightWay(allocation)).toEqual(['firstChoice', 'consultation', 'proposing', 'deciding', 'allocated']);
    expect(terminalStates(allocation)).toEqual(['allocated', 'released', 'withdrawn', 'lapsed']);
  });

  test('a place is the leading unit’s only where its territory alone, and most precisely, covers it', () => {
    expect(lies('420111')).toEqual({ kind: 'inside', unitIds: ['central'] });
    expect(lies('420111', 'south').kind).toBe('outside');
    expect(lies('420205')).toEqual({ kind: 'outside', unitIds: ['east'] });
    expect(lies('440100').kind).toBe('outside');
    expect(lies('650100')).toEqual({ kind: 'uncovered', unitIds: [] });
    expect(lies('420115').kind).toBe('uncovered');
    expect(lies('420304')).toEqual({ kind: 'contested', unitIds: ['central', 'north'] });
    expect(lies('420111', null).kind).toBe('outside');
  });

  test('the leading unit chooses first, then the co-holders in order of addition, each unit once', () => {
    const held = (unitId: string, day: number, kind: 'lead' | 'co' = 'co') => ({
      ...{ unitId, kind, validFrom: `2026-01-0${day}T00:00:00Z` },
    });
    const holdings = [held('south', 4), held('central', 5), held('east', 3), held('central', 6, 'lead')];
    expect(choosers(holdings)).toEqual(['central', 'east', 'south']);
    expect(unitsConcerned(holdings, ['north', 'east'])).toEqual(['central', 'east', 'south', 'north']);
  });

  test('only a proposal against a choice that was taken departs from it', () => {
    expect(departsFromChoice(null, 'east')).toBe(false);
    expect(departsFromChoice('central', 'central')).toBe(false);
    expect(departsFromChoice('central', 'east')).toBe(true);
    expect(departsFromChoice('central', null)).toBe(true);
  });

  test('who has a stake is recused once: the leading unit, who took the choice, who is proposed', () => {
    const unit = fc.option(fc.constantFrom('central', 'east', 'south'));
    fc.assert(
      fc.property(unit, unit, unit, (lead, claimed, proposed) => {
        const recused = recusedUnits(lead, claimed, proposed);
        expect(new Set(recused)).toEqual(new Set([lead, claimed, proposed].filter((each) => each !== null)));
        expect(recused.length).toBe(new Set(recused).size);
      }),
    );
  });
});

describe('co-holder (Article 7.4)', () => {
  const person = (role: string, unitId: string | null, seats = 0) => ({
    roles: [{ role, unitId }],
    seats: Array.from({ length: seats }),
  });

  test('table and contract are sound; it ends added, ended, refused, withdrawn or lapsed', () => {
    expect([checkLifecycle(coHolder), checkContract(coHolderContract)]).toEqual([[], []]);
    expect(straightWay(coHolder)).toEqual(['deciding', 'nominating', 'confirming', 'added']);
    expect(terminalStates(coHolder)).toEqual(['added', 'ended', 'refused', 'withdrawn', 'lapsed']);
  });

  test('an officer proposes his own unit; the committee and the office any', () => {
    for (const role of ['submitter', 'unitHead', 'marketingDeputy']) {
      expect(mayPropose(person(role, 'south'), 'south')).toBe(true);
      expect(mayPropose(person(role, 'south'), 'east')).toBe(false);
    }
    expect(mayPropose(person('office', null), 'east')).toBe(true);
    expect(mayPropose(person('dataClerk', null), 'east')).toBe(false);
    expect(mayPropose(person('none', null, 1), 'east')).toBe(true);
  });

  test('ends by the word of its unit’s head, or by the office with the unit’s consent', () => {
    expect(mayEnd(person('unitHead', 'south'), 'south')).toBe('yes');
    expect(mayEnd(person('submitter', 'south'), 'south')).toBe('no');
    expect(mayEnd(person('unitHead', 'south'), 'east')).toBe('no');
    expect(mayEnd(person('office', null), 'east')).toBe('withConsent');
  });
});

describe('what is stored of them', () => {
  const at = 'case K';
  test('a co-holder that was added has its holding, one that ended has it no more', () => {
    const stored = { caseId: 'K', accountId: 'A', state: 'added', holding: null };
    const holding = { accountId: 'A', kind: 'co', ended: false };
    expect(coHolderProblem({ ...stored, holding })).toEqual([]);
    expect(coHolderProblem({ ...stored, state: 'refused' })).toEqual([]);
    expect(coHolderProblem(stored)).toEqual([{ at, problem: 'added without a holding' }]);
    expect(coHolderProblem({ ...stored, state: 'lapsed', holding })).toHaveLength(1);
    expect(coHolderProblem({ ...stored, holding: { ...holding, accountId: 'B' } })).toHaveLength(1);
    expect(coHolderProblem({ ...stored, state: 'ended', holding })).toHaveLength(1);
    expect(coHolderProblem({ ...stored, state: 'ended', holding: { ...holding, ended: true } })).toEqual([]);
  });

  test('a project that was allocated has a builder, inside the territory the leading unit', () => {
    const stored = { caseId: 'K', state: 'allocated', place: 'outside', chooserIds: ['central', 'south'] };
    const built = { ...stored, claimedBy: 'south', proposedId: 'east', builderId: 'east' };
    expect(allocationProblem(built)).toEqual([]);
    expect(allocationProblem({ ...built, builderId: null })).toHaveLength(1);
    expect(allocationProblem({ ...built, state: 'released' })).toHaveLength(1);
    expect(allocationProblem({ ...built, claimedBy: 'north' })).toHaveLength(1);
    expect(allocationProblem({ ...built, proposedId: 'south' })).toHaveLength(1);
    expect(allocationProblem({ ...built, place: 'inside' })).toHaveLength(1);
    expect(allocationProblem({ ...built, place: 'inside', builderId: 'central' })).toEqual([]);
  });
});
