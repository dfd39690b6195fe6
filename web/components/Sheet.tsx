import type { Key, ReactNode } from 'react';

export type Column<T> = {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  readonly number?: boolean;
  /** Takes the whole line on a phone where the table is dense. */
  readonly wide?: boolean;
};

type Props<T> = {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => Key;
  /** Few and short columns: a table on a phone too. */
  readonly narrow?: boolean;
  /** Many rows: on a phone two cells beside each other, under the first, which names the row. */
  readonly dense?: boolean;
};

/** A day, or a moment, as `format.ts` writes it: never broken over two lines. */
const MOMENT = /^\d{4}-\d\d-\d\d( \d\d:\d\d)?$/;

/** A table that a phone shows row by row, each cell with its heading. */
export function Sheet<T>({ caption, columns, rows, rowKey, narrow = false, dense = false }: Props<T>) {
  return (
    <div className="scroll">
      <table className={narrow ? 'sheet' : dense ? 'sheet tall dense' : 'sheet tall'} aria-label={caption}>
        <thead>
          <tr>
            {columns.map(({ title, number }) => (
              <th key={title} scope="col" className={number ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ title, cell, number, wide }) => {
                const value = cell(row);
                return (
                  <td
                    key={title}
                    data-label={title}
                    data-wide={wide || undefined}
                    data-none={value === '—' || undefined}
                    className={number ? 'number' : undefined}
                  >
                    <Cell value={value} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ value }: { readonly value: ReactNode }) {
  const isMoment = typeof value === 'string' && MOMENT.test(value);
  return <div className={isMoment ? 'moment' : undefined}>{value}</div>;
}
