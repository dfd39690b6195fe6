import { expect, test } from 'vitest';
import { changesBetween, type EditionLine, editionText, type PublishedEdition } from '../../domain/edition.ts';

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
const struck = { struckAt: '2026-01-01T00:00:00.000Z', struckWhy: 'terminated' } as const;

test('an edition says what is new, gone and changed; what was struck out does not stand', () => {
  const before = [line('kept'), line('moved'), line('left'), line('ended')];
  const after = [line('kept'), line('moved', { unitId: 'east', managerId: null }), line('ended', struck), line('came')];
  expect(changesBetween(before, after)).toEqual([
    { accountId: 'moved', change: 'changed', fields: ['unitId', 'managerId'] },
    { accountId: 'came', change: 'new' },
    { accountId: 'left', change: 'gone' },
    { accountId: 'ended', change: 'gone' },
  ]);
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
