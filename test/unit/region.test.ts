import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Territory } from '../../domain/region.ts';
import { hasTerritory, inTerritory, isRegionCode, unitFor } from '../../domain/region.ts';
import { regionOf, regionPath, regions, regionsWithin } from '../../domain/regionNames.ts';

const holds = (
  unitId: string | null,
  regionCode: string,
  from = '2020-01-01',
  until: string | null = null,
): Territory => ({
  unitId,
  regionCode,
  from,
  until,
});
const DAY = '2026-11-06';

describe('the unit of a place', () => {
  const territories = [
    holds('central', '420000'),
    holds('wuhan', '420100'),
    holds('hongshan', '420111'),
    holds('east-lake', '420111/东湖高新区'),
    holds('south', '430000'),
    holds(null, '430100'),
  ];

  test('is the one with the longest prefix: county before city before province', () => {
    expect(unitFor('420111', territories, DAY).unitIds).toEqual(['hongshan']);
    expect(unitFor('420106', territories, DAY).unitIds).toEqual(['wuhan']);
    expect(unitFor('420100', territories, DAY).unitIds).toEqual(['wuhan']);
    expect(unitFor('420500', territories, DAY).unitIds).toEqual(['central']);
    expect(unitFor('420000', territories, DAY).unitIds).toEqual(['central']);
  });

  test('in a zone without a code of its own is the one it was carved out for, and only there', () => {
    expect(unitFor('420111/东湖高新区', territories, DAY).unitIds).toEqual(['east-lake']);
    expect(unitFor('420111/东湖', territories, DAY).unitIds).toEqual(['hongshan']);
    expect(unitFor('420111/东湖高新区二期', territories, DAY).unitIds).toEqual(['hongshan']);
  });

  test('is nobody where no territory reaches, or where a place was carved out for nobody', () => {
    expect(unitFor('440100', territories, DAY).unitIds).toEqual([]);
    expect(unitFor('430104', territories, DAY).unitIds).toEqual([]);
    expect(unitFor('430200', territories, DAY).unitIds).toEqual(['south']);
  });

  test('is in conflict when two hold the same region, and a more precise one ends the conflict', () => {
    const doubled = [...territories, holds('other', '420100')];
    expect(unitFor('420106', doubled, DAY).unitIds).toEqual(['other', 'wuhan']);
    expect(unitFor('420111', doubled, DAY).unitIds).toEqual(['hongshan']);
  });

  test('changes on the effective day, not the day before or after', () => {
    const moved = [holds('old', '420100', '2020-01-01', '2026-07-01'), holds('new', '420100', '2026-07-01')];
    expect(unitFor('420100', moved, '2019-12-31').unitIds).toEqual([]);
    expect(unitFor('420100', moved, '2026-06-30').unitIds).toEqual(['old']);
    expect(unitFor('420100', moved, '2026-07-01').unitIds).toEqual(['new']);
  });

  test('a unit without territory holds no place', () => {
    expect(inTerritory('wuhan', '420106', territories, DAY)).toBe(true);
    expect(inTerritory('central', '420106', territories, DAY)).toBe(false);
    expect(inTerritory('tunnels', '420106', territories, DAY)).toBe(false);
    expect(hasTerritory('tunnels', territories, DAY)).toBe(false);
    expect(hasTerritory('wuhan', territories, DAY)).toBe(true);
    expect(hasTerritory('wuhan', territories, '2019-12-31')).toBe(false);
  });

  test('does not depend on the order in which territories are kept', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(territories, { minLength: territories.length }),
        fc.constantFrom('420111', '420106', '430104', '420111/东湖高新区', '990000'),
        (shuffled, code) => {
          expect(unitFor(code, shuffled, DAY)).toEqual(unitFor(code, territories, DAY));
        },
      ),
    );
  });
});

test('a region code is six digits of province, city and county, or a named zone in one', () => {
  for (const code of ['420000', '420100', '420111', '429004', '500000', '420111/东湖高新区']) {
    expect(isRegionCode(code), code).toBe(true);
  }
  for (const code of [
    '',
    '42',
    '4201',
    '42011',
    '4201111',
    '000000',
    '420011',
    '42010a',
    '420111/',
    '420111/a/b',
    '420111/a b',
  ]) {
    expect(isRegionCode(code), code).toBe(false);
  }
});

describe('the shipped regions', () => {
  test('name a place from its province down', () => {
    expect(regionPath('420111')).toEqual(['湖北省', '武汉市', '洪山区']);
    expect(regionPath('430104')).toEqual(['湖南省', '长沙市', '岳麓区']);
    expect(regionPath('429004')).toEqual(['湖北省', '仙桃市']);
    expect(regionPath('110108')).toEqual(['北京市', '海淀区']);
    expect(regionPath('420000')).toEqual(['湖北省']);
  });

  test('name as much as is known of a code newer than they are', () => {
    expect(regionPath('420199')).toEqual(['湖北省', '武汉市']);
    expect(regionPath('990000')).toEqual([]);
    expect(regionOf('420199')).toBeNull();
  });

  test('hold 34 provinces, 333 cities and the counties of Wuhan and Changsha', () => {
    expect(regionsWithin(null)).toHaveLength(34);
    expect(regions().filter((region) => region.code.endsWith('00') && region.parent !== null)).toHaveLength(333);
    expect(regionsWithin('420100')).toHaveLength(13);
    expect(regionsWithin('430100')).toHaveLength(9);
  });

  test('have sound, unique codes and parents that exist', () => {
    const codes = regions().map((region) => region.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { code, name, parent } of regions()) {
      expect(isRegionCode(code), code).toBe(true);
      expect(name).toMatch(/^\p{Script=Han}{2,}$/u);
      expect(parent === null || regionOf(parent) !== null, code).toBe(true);
    }
  });
});
