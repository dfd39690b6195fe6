import type { AccountSummary } from '../contract/accounts.ts';
import type { Language } from '../language.ts';

type Words = Readonly<Record<Language, string>>;
type Column = readonly [zh: string, en: string, cell: (row: AccountSummary, language: Language) => string];

const grades: Readonly<Record<string, Words>> = {
  company: { zh: '公司级', en: 'Company level' },
  branch: { zh: '分公司级', en: 'Branch level' },
};
const grade = (code: string, language: Language): string => grades[code]?.[language] ?? code;
const called = (who: { name: string; nameEn: string } | null, language: Language): string =>
  who ? (language === 'en' ? who.nameEn : who.name) : '';

const states: Readonly<Record<string, Words>> = {
  active: { zh: '正常对接', en: 'Active' },
  intensified: { zh: '加强攻关', en: 'Intensified' },
  vacant: { zh: '客户经理空缺', en: 'Manager vacant' },
  terminated: { zh: '终止合作', en: 'Terminated' },
};

const columns: readonly Column[] = [
  ['档案编号', 'Archive number', (row) => row.archiveNo],
  ['单位名称', 'Client', (row) => row.client.name],
  ['级别', 'Grade', (row, language) => grade(row.grade, language)],
  ['对接层级', 'Managed by', (row, language) => grade(row.managedBy, language)],
  ['推荐单位', 'Recommending unit', (row, language) => called(row.unit, language)],
  ['专职客户经理', 'Account manager', (row, language) => called(row.manager, language)],
  ['状态', 'State', (row, language) => states[row.state]?.[language] ?? row.state],
  ['已列入名单', 'On the list', (row, language) => (row.onList ? (language === 'en' ? 'yes' : '是') : '')],
  ['确立日期', 'Established on', (row) => row.establishedOn],
];

const headings = (language: Language): string[] => columns.map(([zh, en]) => (language === 'en' ? en : zh));
const cells = (row: AccountSummary, language: Language): string[] => columns.map(([, , cell]) => cell(row, language));

/** Key accounts as a workbook. Every cell is text of its own type, never a formula, whatever it begins with. */
export async function accountWorkbook(rows: readonly AccountSummary[], language: Language): Promise<Buffer> {
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const bold = { fontWeight: 'bold' } as const;
  return writeWorkbook(
    [
      headings(language).map((value) => ({ value, type: String, ...bold })),
      ...rows.map((row) => cells(row, language).map((value) => ({ value, type: String }))),
    ],
    {
      sheet: language === 'en' ? 'Key accounts' : '大客户',
      stickyRowsCount: 1,
      columns: columns.map((_, index) => ({ width: WIDTHS[index] ?? 14 })),
    },
  ).toBuffer();
}

/** In characters, as the columns stand. */
const WIDTHS: readonly number[] = [20, 36, 14, 14, 18, 18, 16, 14, 14];

/** Key accounts as CSV that spreadsheets open: UTF-8 with its mark, one line a row. */
export function accountSheet(rows: readonly AccountSummary[], language: Language): string {
  const lines = [headings(language), ...rows.map((row) => cells(row, language))];
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** What begins like a formula is text to a spreadsheet, too: a client's name must not compute anything. */
const quoted = (cell: string): string => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`;
