import { regionPath } from '../../domain/regionNames.ts';
import type { ProjectView } from '../contract/projects.ts';
import type { Language } from '../language.ts';

type Words = Readonly<Record<Language, string>>;
type Cell = string | number | null;
type Column = readonly [zh: string, en: string, width: number, cell: (row: ProjectView, language: Language) => Cell];

const states: Readonly<Record<string, Words>> = {
  upcoming: { zh: '即将建设', en: 'Upcoming' },
  building: { zh: '正在建设', en: 'Under construction' },
  past: { zh: '合作过', en: 'Past' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
};
const counts: Readonly<Record<string, Words>> = {
  expected: { zh: '预计后续合同额', en: 'Expected' },
  concluded: { zh: '累计成交额', en: 'Cumulative' },
  prior: { zh: '既往合同额', en: 'Before establishment' },
  none: { zh: '不计入', en: 'Not counted' },
};
const called = (words: Readonly<Record<string, Words>>, code: string, language: Language): string =>
  words[code]?.[language] ?? code;

/** 万元 as a number that a spreadsheet adds up. */
const wan = (yuan: string | null): number | null => (yuan === null ? null : Number(yuan) / 10_000);

const columns: readonly Column[] = [
  ['项目名称', 'Project', 32, (row) => row.form.name],
  ['状态', 'State', 16, (row, language) => called(states, row.cancelled ? 'cancelled' : row.form.state, language)],
  ['地区', 'Region', 26, (row) => regionPath(row.form.regionCode).join(' ') || row.form.regionCode],
  ['发包人', 'Employer', 32, (row) => row.employer?.name ?? ''],
  ['含税金额（万元）', 'Amount with tax (10,000 yuan)', 20, (row) => wan(row.form.amountYuan)],
  ['计入', 'Counts as', 18, (row, language) => called(counts, row.counts, language)],
  ['承建单位', 'Builder', 20, (row, language) => (language === 'en' ? row.builder?.nameEn : row.builder?.name) ?? ''],
  ['合同方式', 'Contract form', 18, (row) => row.form.contractForm],
  ['竞标办法', 'Bidding', 18, (row) => row.form.bidding],
  ['签约日期', 'Contract signed', 14, (row) => row.form.contractedOn ?? ''],
  ['计划开工', 'Planned start', 14, (row) => row.form.plannedOn ?? ''],
  ['开工日期', 'Started', 14, (row) => row.form.startedOn ?? ''],
  ['竣工日期', 'Finished', 14, (row) => row.form.finishedOn ?? ''],
  ['应收（万元）', 'Due (10,000 yuan)', 16, (row) => wan(row.form.receivableYuan)],
  ['已收（万元）', 'Received (10,000 yuan)', 16, (row) => wan(row.form.receivedYuan)],
  ['应收未收（万元）', 'Outstanding (10,000 yuan)', 18, (row) => wan(row.outstandingYuan)],
];

/** An account's projects as a workbook: amounts are numbers, everything else is text and never a formula. */
export async function projectWorkbook(rows: readonly ProjectView[], language: Language): Promise<Buffer> {
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const heading = { type: String, fontWeight: 'bold' } as const;
  return writeWorkbook(
    [
      columns.map(([zh, en]) => ({ value: language === 'en' ? en : zh, ...heading })),
      ...rows.map((row) => columns.map(([, , , cell]) => cellOf(cell(row, language)))),
    ],
    {
      sheet: language === 'en' ? 'Projects' : '项目',
      stickyRowsCount: 1,
      columns: columns.map(([, , width]) => ({ width })),
    },
  ).toBuffer();
}

const cellOf = (value: Cell) =>
  typeof value === 'number'
    ? ({ value, type: Number, format: '#,##0.00####' } as const)
    : ({ value: value ?? '', type: String } as const);
