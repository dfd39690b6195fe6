import { expect, test } from 'vitest';
import {
  changesBetween,
  type EditionLine,
  editionText,
  isEditionDue,
  nextEditionOn,
  type PublishedEdition,
} from '../../domain/edition.ts';

const line = (accountId: string, change: Partial<EditionLine> = {}): EditionLine => ({
  accountId,
  part: 'branch',
  ord: 1,
  archiveNo: accountId,
  clientName: '云澜示例',
  grade: 'branch',
  managedBy: 'branch',
  unitId: 'central',
  unitName: '华中分公司',
  managerId: 'm',
  managerName: '王',
  coHolders: [],
  establishedOn: '2026-01-01',
  decisionCaseId: 'c',
  struckAt: null,
  struckWhy: null,
  ...change,
});
const coHolder = { unitId: 'east', unitName: '华东分公司', managerId: null, managerName: null };
const moved = { unitId: 'east', unitName: '华东分公司', managerId: null, managerName: null, coHolders: [coHolder] };
const struck = { struckAt: '2026-01-01T00:00:00.000Z', struckWhy: 'terminated' } as const;

test('an edition says what is new, gone and changed; what was struck out does not stand', () => {
  const before = [line('kept'), line('moved'), line('left'), line('ended')];
  const after = [line('kept'), line('moved', moved), line('ended', struck), line('came')];
  const told = changesBetween(before, after).map(({ accountId, change, fields }) => ({ accountId, change, fields }));
  expect(told).toEqual([
    {
      accountId: 'moved',
      change: 'changed',
      fields: [
        { field: 'unitId', was: '华中分公司', is: '华东分公司' },
        { field: 'managerId', was: '王', is: '' },
        { field: 'coHolders', was: '', is: '华东分公司' },
      ],
    },
    { accountId: 'came', change: 'new', fields: [] },
    { accountId: 'left', change: 'gone', fields: [] },
    { accountId: 'ended', change: 'gone', fields: [] },
  ]);
});

test('a holder who is called otherwise is the same holder', () => {
  expect(changesBetween([line('a')], [line('a', { unitName: '华中公司', managerName: '王一' })])).toEqual([]);
});

test('the calendar begins an edition so many months after the last, on whatever day of its month that was, and the first at once', () => {
  expect(isEditionDue(null, '2026-12-01', 6)).toBe(true);
  expect(isEditionDue('2026-06-30', '2026-11-30', 6)).toBe(false);
  expect(isEditionDue('2026-06-30', '2026-12-01', 6)).toBe(true);
  expect(isEditionDue('2026-12-31', '2027-05-31', 6)).toBe(false);
  expect(isEditionDue('2026-12-31', '2027-06-01', 6)).toBe(true);
  expect(nextEditionOn('2026-12-31', 12)).toBe('2027-12-01');
  expect(nextEditionOn('2026-12-31', 1)).toBe('2027-01-01');
});

test("an edition's text covers every field and every line, in one order", () => {
  const edition: PublishedEdition = {
    number: 1,
    cutoffAt: '2026-01-01T00:00:00.000Z',
    corrects: null,
    noticeNo: null,
    readers: '各单位',
    secrecyLevel: '普通商密',
    secrecyTerm: '3年',
    signedBy: 'director',
    previousHash: null,
    lines: [line('a'), line('b')],
  };
  expect(editionText({ ...edition, lines: [line('b'), line('a')] })).toBe(editionText(edition));
  for (const key of Object.keys(edition) as (keyof PublishedEdition)[])
    if (key !== 'lines') expect(editionText({ ...edition, [key]: 'other' }), key).not.toBe(editionText(edition));
  for (const key of Object.keys(line('a')) as (keyof EditionLine)[])
    expect(
      editionText({ ...edition, lines: [line('a', { [key]: key === 'coHolders' ? [coHolder] : 'other' }), line('b')] }),
      key,
    ).not.toBe(editionText(edition));
});
