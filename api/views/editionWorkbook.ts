import { editionParts } from '../../domain/edition.ts';
import {
  changeHeadings,
  changeRows,
  comparedText,
  countsText,
  dayOfTime,
  LAYOUT,
  lineHeadings,
  lineRows,
  partNames,
  secrecyOf,
  titleOf,
} from './editionText.ts';
import type { ReadEdition } from './editionViews.ts';
import { withoutTimes } from './withoutTimes.ts';

const bold = { type: String, fontWeight: 'bold' } as const;
const text = (value: string) => ({ value, type: String, wrap: true, alignVertical: 'top' }) as const;
const struck = { textDecoration: { strikethrough: true }, textColor: '#808080' } as const;

/** An edition as a workbook: a sheet a part, one of the changes, one that says what it is. Every cell is text, never a formula, whatever it begins with. */
export async function editionWorkbook(edition: ReadEdition): Promise<Buffer> {
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const { row } = edition;
  const heading = (headings: readonly string[]) => headings.map((value) => ({ value, ...bold }));
  const about = [
    ['名称', titleOf(edition)],
    ['密级及期限', secrecyOf(edition)],
    ['知悉范围', row.readers ?? ''],
    ['文号', row.noticeNo ?? ''],
    ['数据截止', dayOfTime(row.cutoffAt)],
    ['公布日期', row.publishedAt ? dayOfTime(row.publishedAt) : ''],
    ['更正', row.corrects === null ? '' : `第${row.corrects}期`],
    ['户数', countsText(edition)],
    ['变化', comparedText(edition)],
    ['内容摘要（SHA-256）', row.hash ? Buffer.from(row.hash).toString('hex') : ''],
    ['说明', LAYOUT],
  ];
  const bytes = await writeWorkbook([
    ...editionParts.map((part) => ({
      sheet: partNames[part],
      stickyRowsCount: 1,
      columns: [6, 36, 16, 12, 20, 16, 30, 14, 20].map((width) => ({ width })),
      data: [
        heading(lineHeadings),
        ...lineRows(edition, part).map(({ struck: isStruck, cells }) =>
          cells.map((cell) => ({ ...text(cell), ...(isStruck ? struck : {}) })),
        ),
      ],
    })),
    {
      sheet: '变化',
      stickyRowsCount: 1,
      columns: [10, 36, 16, 18, 30, 30].map((width) => ({ width })),
      data: [heading(changeHeadings), ...changeRows(edition).map((cells) => cells.map(text))],
    },
    {
      sheet: '说明',
      columns: [{ width: 24 }, { width: 72 }],
      data: about.map(([name = '', value = '']) => [{ value: name, ...bold }, text(value)]),
    },
  ]).toBuffer();
  return withoutTimes(bytes);
}
