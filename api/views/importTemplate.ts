import type { ImportKind } from '../../cases/importKind.ts';
import { headingOf } from '../../domain/importTable.ts';

/** So many rows of code columns are text before anybody types into them. */
const TEXT_ROWS = 500;
const NOTES: readonly string[] = ['列 Column', '必填 Needed', '填写说明', 'What to enter', '示例 Example'];

/** An empty table of a kind: its headings in both languages, cells of codes and dates as text, and a sheet that explains every column. */
export async function importTemplate({ columns }: ImportKind): Promise<Buffer> {
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const bold = { type: String, fontWeight: 'bold' } as const;
  const asText = { type: String, format: '@' } as const;
  const empty = columns.map(({ isCode }) => (isCode ? { value: '', ...asText } : null));
  const text = (value: string) => ({ value, type: String, wrap: true });
  return writeWorkbook([
    {
      sheet: '数据 Data',
      stickyRowsCount: 1,
      columns: columns.map((column) => ({ width: Math.max(14, headingOf(column).length * 1.4) })),
      data: [
        columns.map((column) => ({
          value: headingOf(column),
          ...bold,
          ...(column.required ? { backgroundColor: '#FFF1CC' } : {}),
        })),
        ...Array.from({ length: TEXT_ROWS }, () => empty),
      ],
    },
    {
      sheet: '说明 Notes',
      stickyRowsCount: 1,
      columns: [{ width: 34 }, { width: 12 }, { width: 52 }, { width: 60 }, { width: 30 }],
      data: [
        NOTES.map((value) => ({ value, ...bold })),
        ...columns.map((column) =>
          [
            headingOf(column),
            column.required ? '是 yes' : '',
            column.explain.zh,
            column.explain.en,
            column.example,
          ].map(text),
        ),
      ],
    },
  ]).toBuffer();
}
