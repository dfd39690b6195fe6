import { expect, test } from 'vitest';
import { editionNotice } from '../../api/views/editionNotice.ts';
import type { ReadEdition } from '../../api/views/editionViews.ts';
import { editionWorkbook } from '../../api/views/editionWorkbook.ts';
import { changesBetween, type EditionLine, standing } from '../../domain/edition.ts';
import { said, unzip } from '../support/unzip.ts';

const line = (ord: number, part: EditionLine['part'], change: Partial<EditionLine> = {}): EditionLine => ({
  accountId: `${part}-${ord}`,
  part,
  ord,
  archiveNo: `A-${part}-${ord}`,
  clientName: `云澜示例${part}${ord}`,
  grade: part,
  managedBy: part,
  unitId: 'central',
  unitName: '华中分公司',
  managerId: 'm',
  managerName: '王示例',
  coHolders: [{ unitId: 'east', unitName: '华东分公司', managerId: null, managerName: null }],
  establishedOn: '2026-01-05',
  decisionCaseId: 'c',
  struckAt: null,
  struckWhy: null,
  ...change,
});
const FORMULA = '=HYPERLINK("http://example.org","<点击> & 查看")';
const before = [line(1, 'company'), line(1, 'branch', { unitId: 'south', unitName: '华南分公司' }), line(9, 'branch')];
const lines = [
  line(1, 'company'),
  line(2, 'company', { clientName: FORMULA }),
  line(1, 'branch'),
  line(2, 'branch', { struckAt: '2026-06-02T00:00:00.000Z', struckWhy: 'terminated' }),
  ...Array.from({ length: 60 }, (_, index) => line(index + 3, 'branch')).filter(({ ord }) => ord !== 9),
];
const row: ReadEdition['row'] = {
  caseId: 'edition',
  number: 2,
  open: false,
  cutoffAt: new Date('2026-06-01T02:00:00Z'),
  corrects: null,
  noticeNo: '公司经营〔2026〕8号',
  readers: '公司领导及各单位负责人',
  secrecyLevel: '普通商密',
  secrecyTerm: '3年',
  signedBy: 'director',
  publishedAt: new Date('2026-06-05T02:00:00Z'),
  hash: new Uint8Array(32).fill(0xab),
  previousHash: new Uint8Array(32).fill(0xcd),
};
const edition: ReadEdition = {
  row,
  lines,
  before: { caseId: 'first', number: 1 },
  changes: changesBetween(before, lines),
};

test('the notice holds its number, mark of secrecy, readers, date, every line of both parts, and what changed', async () => {
  const parts = unzip(await editionNotice(edition));
  const text = said(parts.get('word/document.xml') ?? '');
  for (const { clientName, archiveNo } of standing(lines))
    for (const each of [clientName, archiveNo]) expect(text).toContain(each);
  for (const each of [
    '普通商密★3年',
    '公司经营〔2026〕8号',
    '关于公布公司大客户名单（第2期）的通知',
    '2026年6月5日',
    '（知悉范围：公司领导及各单位负责人）',
    '名单数据截至2026年6月1日，共62户，其中公司级2户、分公司级60户；与第1期相比，新增60户、退出1户、变更1户。',
    '华南分公司',
    '版式为系统默认',
    'ab'.repeat(32),
  ])
    expect(text, each).toContain(each);
  expect(parts.get('docProps/core.xml')).toContain('2026-06-05T02:00:00.000Z');
});

test('the workbook holds every line as text, and no formula', async () => {
  const parts = unzip(await editionWorkbook(edition));
  const all = said([...parts.values()].join('\n'));
  for (const { clientName, archiveNo } of standing(lines))
    for (const each of [clientName, archiveNo]) expect(all).toContain(each);
  for (const [path, xml] of parts) if (path.includes('worksheets')) expect(xml, path).not.toMatch(/<f[ >]/);
  expect(all).toContain('版式为系统默认');
});

test('what was struck out before the signature is in neither file once it is published, and crossed out in the draft', async () => {
  const draft = { ...edition, row: { ...row, number: null, publishedAt: null, hash: null } };
  for (const make of [editionNotice, editionWorkbook]) {
    const published = said([...unzip(await make(edition)).values()].join('\n'));
    expect(published).not.toContain('A-branch-2\n');
    expect(published).not.toContain('划去');
    const [prepared] = [[...unzip(await make(draft)).values()].join('\n')];
    expect(said(prepared)).toContain('划去：终止合作');
    expect(prepared).toMatch(/<(w:)?strike/);
  }
});

test('the same edition is the same bytes, whenever its files are made', async () => {
  for (const make of [editionNotice, editionWorkbook]) {
    const [first, second] = [await make(edition), await make(structuredClone(edition))];
    expect(second.equals(first), make.name).toBe(true);
    expect(unzip(first).size).toBeGreaterThan(3);
  }
});

test('an edition that is being prepared calls itself a draft, without number or date', async () => {
  const draft: ReadEdition = {
    ...edition,
    row: { ...row, number: null, publishedAt: null, hash: null, noticeNo: null, open: true },
    before: null,
    changes: [],
  };
  const text = said(unzip(await editionNotice(draft)).get('word/document.xml') ?? '');
  expect(text).toContain('关于公布公司大客户名单（送审稿）的通知');
  expect(text).toContain('〔    〕');
  expect(text).toContain('本期为首期');
});
