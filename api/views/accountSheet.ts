import type { AccountSummary } from '../contract/accounts.ts';
import type { Language } from '../language.ts';

type Column = readonly [zh: string, en: string, cell: (row: AccountSummary, language: Language) => string];

const grade = (code: string, language: Language): string =>
  language === 'en' ? code : code === 'company' ? '公司级' : '分公司级';
const called = (who: { name: string; nameEn: string } | null, language: Language): string =>
  who ? (language === 'en' ? who.nameEn : who.name) : '';

const states: Readonly<Record<string, string>> = {
  active: '正常对接',
  intensified: '加强攻关',
  vacant: '客户经理空缺',
  terminated: '终止合作',
};

const columns: readonly Column[] = [
  ['档案编号', 'Archive number', (row) => row.archiveNo],
  ['单位名称', 'Client', (row) => row.client.name],
  ['级别', 'Grade', (row, language) => grade(row.grade, language)],
  ['对接层级', 'Managed by', (row, language) => grade(row.managedBy, language)],
  ['推荐单位', 'Recommending unit', (row, language) => called(row.unit, language)],
  ['专职客户经理', 'Account manager', (row, language) => called(row.manager, language)],
  ['状态', 'State', (row, language) => (language === 'en' ? row.state : (states[row.state] ?? row.state))],
  ['已列入名单', 'On the list', (row, language) => (row.onList ? (language === 'en' ? 'yes' : '是') : '')],
  ['确立日期', 'Established on', (row) => row.establishedOn],
];

/** Key accounts as CSV that spreadsheets open: UTF-8 with its mark, one line a row. */
export function accountSheet(rows: readonly AccountSummary[], language: Language): string {
  const lines = [
    columns.map(([zh, en]) => (language === 'en' ? en : zh)),
    ...rows.map((row) => columns.map(([, , cell]) => cell(row, language))),
  ];
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** What begins like a formula is text to a spreadsheet, too: a client's name must not compute anything. */
const quoted = (cell: string): string => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`;
