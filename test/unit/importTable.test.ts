import { describe, expect, test } from 'vitest';
import { describeFinding, findingCodes } from '../../domain/importFinding.ts';
import { columnsIn, guessMapping, headingOf, mappedRows } from '../../domain/importTable.ts';
import { findingOf } from '../../forms/importCells.ts';
import { ledgerColumns, ledgerRowSchema } from '../../forms/ledgerRow.ts';

const row = {
  name: '岭南示例集团有限公司',
  code: '',
  codeType: '',
  grade: '公司级',
  managedBy: '',
  unit: '华中分公司',
  manager: '',
  establishedOn: '2024/3/5',
  document: '公司发〔2024〕18号',
  decidedOn: '2024年3月1日',
  body: '大客户管理委员会',
  expected: '２６，０２０.５万元',
  cumulative: '',
  region: '420100',
  formerNames: '岭南甲、岭南乙',
  shortName: '',
  nature: '',
  industry: '',
  onList: '是',
  group: '',
  relation: '',
};
const read = (change: Partial<typeof row>) => {
  const cells = { ...row, ...change };
  return ledgerRowSchema(cells).safeParse(cells);
};
const found = (change: Partial<typeof row>): string[] => {
  const parsed = read(change);
  return parsed.success ? [] : parsed.error.issues.map(findingOf).map(({ column, code }) => `${column}: ${code}`);
};

describe('the columns of a table that is brought', () => {
  test('are known by their headings in either language, with marks and units, and wherever they stand', () => {
    const headings = ['序号', '预计后续合同额(元)', ' 单位名称* ', 'Code', '客户经理'];
    expect(columnsIn(ledgerColumns, headings)).toEqual({ expected: 1, name: 2, code: 3, manager: 4 });
    expect(Object.keys(columnsIn(ledgerColumns, ledgerColumns.map(headingOf)))).toHaveLength(ledgerColumns.length);
  });

  test('are looked for on every sheet, below a title; empty rows are left out and rows keep their numbers', () => {
    const sheets = [
      { name: '封面', rows: [['大客户台账']] },
      { name: '台账', rows: [['大客户台账（2026年）'], [], ['单位名称', '级别'], ['甲', '公司级'], ['', ''], ['乙']] },
    ];
    const mapping = guessMapping(ledgerColumns, sheets);
    expect(mapping).toEqual({ sheet: '台账', headingRow: 3, columns: { name: 0, grade: 1 } });
    const rows = mappedRows(ledgerColumns, sheets, mapping);
    expect(rows.map(({ row: no, cells }) => [no, cells.name, cells.grade, cells.unit])).toEqual([
      [4, '甲', '公司级', ''],
      [6, '乙', '', ''],
    ]);
  });
});

describe('a row of the ledger', () => {
  test('is read as people write it: days, 万元 with commas and full width, several names', () => {
    expect(read({}).data).toMatchObject({
      establishedOn: '2024-03-05',
      decidedOn: '2024-03-01',
      expected: 26020500000n,
      formerNames: ['岭南甲', '岭南乙'],
      onList: 'yes',
      manager: null,
    });
  });

  test('tells everything that is wrong with it at once, column by column', () => {
    expect(
      found({ name: '', code: '91420100MAEXAMPL8N', grade: '省级', expected: '1.1234567', region: '999999' }),
    ).toEqual(['name: missing', 'code: badUscc', 'grade: badChoice', 'expected: badAmount', 'region: badRegion']);
    expect(found({ establishedOn: '2024-02-30', expected: '2.6亿', onList: '也许' })).toEqual([
      'establishedOn: badDay',
      'expected: badAmount',
      'onList: badChoice',
    ]);
    expect(found({ codeType: '其他', code: '境外登记 77-1' })).toEqual([]);
  });

  test('that names its client is a member of it, and needs no more than its own name', () => {
    const parsed = read({ group: '岭南示例集团有限公司', grade: '', unit: '', relation: '项目公司' });
    expect(parsed.data).toMatchObject({ group: '岭南示例集团有限公司', relation: '项目公司' });
  });
});

test('every finding says what is wrong and what to do, in both languages', () => {
  for (const code of findingCodes) {
    for (const language of ['zh', 'en'] as const) {
      const { text } = describeFinding(code, {}, language);
      expect(text.length, code).toBeGreaterThan(8);
    }
  }
});
