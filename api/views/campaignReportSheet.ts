import { type Count, counts } from '../../domain/campaignReport.ts';
import type { CampaignReport, ReportedReview, ReviewFigures } from '../contract/campaignReport.ts';
import type { Language } from '../language.ts';

type Words = Readonly<Record<Language, string>>;

const heads: Readonly<Record<Count | 'meanScore', Words>> = {
  accounts: { zh: '参评客户', en: 'Accounts' },
  maintain: { zh: '维持现状', en: 'Maintained' },
  intensify: { zh: '加强攻关', en: 'Intensified' },
  terminate: { zh: '终止合作', en: 'Terminated' },
  notDecided: { zh: '未形成决定', en: 'Not decided' },
  dataAtHand: { zh: '按现有资料评价', en: 'On the data at hand' },
  ended: { zh: '未经决定终结', en: 'Ended without a decision' },
  excluded: { zh: '未纳入', en: 'Left out' },
  open: { zh: '办理中', en: 'Open' },
  upgraded: { zh: '升为公司级', en: 'Raised to company level' },
  downgraded: { zh: '降为分公司级', en: 'Lowered to branch level' },
  meanScore: { zh: '平均评分', en: 'Mean score' },
};
const options: Readonly<Record<string, Words>> = {
  maintain: heads.maintain,
  intensify: heads.intensify,
  terminate: heads.terminate,
};
const grades: Readonly<Record<string, Words>> = {
  company: { zh: '公司级', en: 'Company level' },
  branch: { zh: '分公司级', en: 'Branch level' },
};
const states: Readonly<Record<string, Words>> = {
  waiting: { zh: '未开始', en: 'Not begun' },
  open: heads.open,
  finished: { zh: '已完成', en: 'Finished' },
  excluded: heads.excluded,
};
const whole: Words = { zh: '合计', en: 'Total' };
const yearBefore: Words = { zh: '上一年度', en: 'The year before' };

type Cell = string | number | null;
const columns = [...counts, 'meanScore'] as const;

/** A campaign's report as a workbook: figures are numbers, everything else is text and never a formula, whatever it begins with. */
export async function reportWorkbook(
  report: CampaignReport,
  reviews: readonly ReportedReview[],
  language: Language,
): Promise<Buffer> {
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const say = (words: Readonly<Record<string, Words>>, code: string | null): string =>
    code === null ? '' : (words[code]?.[language] ?? code);
  const called = (unit: ReportedReview['unit']): string => (language === 'en' ? unit?.nameEn : unit?.name) ?? '';
  const zh = language === 'zh';
  const line = (name: string, figures: ReviewFigures): Cell[] => [name, ...columns.map((column) => figures[column])];
  const both = (name: string, figures: ReviewFigures, before: ReviewFigures | null): Cell[][] => [
    line(name, figures),
    ...(before ? [line(`${name}（${yearBefore[language]}）`, before)] : []),
  ];
  const title = (name: Words): string[] => [name[language], ...columns.map((column) => heads[column][language])];
  const sheet = (name: string, rows: readonly (readonly Cell[])[], widths: readonly number[]) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: (rows[0] ?? []).map((_, index) => ({ width: widths[index] ?? 14 })),
    data: rows.map((row, index) => row.map((cell) => cellOf(cell, index === 0))),
  });
  return writeWorkbook([
    sheet(
      zh ? '按单位' : 'By unit',
      [
        title({ zh: '单位', en: 'Unit' }),
        ...report.units.flatMap(({ unit, figures, before }) => both(called(unit), figures, before)),
        ...both(whole[language], report.total, report.before),
      ],
      [30],
    ),
    sheet(
      zh ? '按级别' : 'By grade',
      [
        title({ zh: '级别', en: 'Grade' }),
        ...report.grades.flatMap(({ grade, figures, before }) => both(say(grades, grade), figures, before)),
      ],
      [30],
    ),
    sheet(
      zh ? '客户' : 'Accounts',
      [
        zh
          ? [
              '档案编号',
              '单位名称',
              '推荐单位',
              '办理',
              '评分',
              '建议',
              '结果',
              '形成决定',
              '按现有资料',
              '原级别',
              '现级别',
            ]
          : [
              ...['Archive number', 'Client', 'Unit', 'State', 'Score', 'Proposed', 'Outcome', 'Decided'],
              ...['On the data at hand', 'Grade before', 'Grade after'],
            ],
        ...reviews.map((review): Cell[] => [
          review.account.archiveNo,
          review.account.name,
          called(review.unit),
          say(states, review.state),
          review.score,
          say(options, review.proposal),
          say(options, review.outcome),
          review.decided === null ? '' : review.decided ? (zh ? '是' : 'yes') : zh ? '否' : 'no',
          review.dataAtHand ? (zh ? '是' : 'yes') : '',
          say(grades, review.gradeBefore),
          say(grades, review.gradeAfter),
        ]),
      ],
      [20, 36, 20],
    ),
  ]).toBuffer();
}

const cellOf = (value: Cell, isHead: boolean) =>
  typeof value === 'number'
    ? ({ value, type: Number } as const)
    : ({ value: value ?? '', type: String, ...(isHead ? ({ fontWeight: 'bold' } as const) : {}) } as const);
