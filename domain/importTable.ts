/** How the columns of somebody's table are found in it: by their headings, which a person may correct. */

type Words = { readonly zh: string; readonly en: string };

export type ImportColumn = Words & {
  readonly key: string;
  readonly required?: boolean;
  /** Other headings it is known by. */
  readonly aliases?: readonly string[];
  /** Codes and dates that a spreadsheet must not take for numbers: the template's cells are text. */
  readonly isCode?: boolean;
  readonly explain: Words;
  readonly example: string;
};

/** Which sheet, in which row its headings stand (counted from 1), and which column holds what (counted from 0). */
export type Mapping = {
  readonly sheet: string;
  readonly headingRow: number;
  readonly columns: Readonly<Record<string, number>>;
};

type Sheet = { readonly name: string; readonly rows: readonly (readonly string[])[] };

/** Headings lie in the first rows, below a title. */
const LOOKED_AT = 10;

/** The heading a template gives a column. */
export const headingOf = ({ zh, en, required }: ImportColumn): string => `${zh} ${en}${required ? ' *' : ''}`;

/** The best guess: the sheet and row most of whose cells are headings. */
export function guessMapping(columns: readonly ImportColumn[], sheets: readonly Sheet[]): Mapping {
  let best: Mapping = { sheet: sheets[0]?.name ?? '', headingRow: 1, columns: {} };
  for (const { name, rows } of sheets) {
    for (const [index, row] of rows.slice(0, LOOKED_AT).entries()) {
      const found = columnsIn(columns, row);
      if (Object.keys(found).length > Object.keys(best.columns).length)
        best = { sheet: name, headingRow: index + 1, columns: found };
    }
  }
  return best;
}

/** Which column stands where in a row of headings; each heading is taken once. */
export function columnsIn(columns: readonly ImportColumn[], headings: readonly string[]): Record<string, number> {
  const plain = headings.map(plainHeading);
  const taken = new Set<number>();
  const found: Record<string, number> = {};
  for (const column of columns) {
    const names = [column.key, column.zh, column.en, headingOf(column), ...(column.aliases ?? [])].map(plainHeading);
    const at = plain.findIndex((heading, index) => !taken.has(index) && names.includes(heading));
    if (at < 0) continue;
    taken.add(at);
    found[column.key] = at;
  }
  return found;
}

/** A row below the headings: its number in the file and the texts of the mapped columns. */
export type TableRow = { readonly row: number; readonly cells: Readonly<Record<string, string>> };

/** The rows that hold anything, with the texts of the columns as they are mapped; what is not mapped is ''. */
export function mappedRows(
  columns: readonly ImportColumn[],
  sheets: readonly Sheet[],
  { sheet, headingRow, columns: places }: Mapping,
): TableRow[] {
  const rows = sheets.find(({ name }) => name === sheet)?.rows ?? [];
  return rows.slice(headingRow).flatMap((row, index) => {
    const cells = Object.fromEntries(
      columns.map(({ key }) => [key, (places[key] === undefined ? '' : row[places[key]]) ?? '']),
    );
    return Object.values(cells).every((text) => text === '') ? [] : [{ row: headingRow + index + 1, cells }];
  });
}

/** Without width, case, blanks, marks of what is needed and what stands in brackets. */
function plainHeading(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s*:]/g, '');
}
