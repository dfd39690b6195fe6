import type { Taken } from './load.ts';

/** One row of the table: milliseconds at the median, the 95th and the 99th percentile, and pieces of work a second. */
export type Figures = {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly perSecond: number;
};

export function figuresOf({ each, wallMs }: Taken): Figures {
  const sorted = [...each].sort((one, other) => one - other);
  return {
    count: sorted.length,
    p50: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
    perSecond: (sorted.length / wallMs) * 1000,
  };
}

/** The nearest-rank percentile of sorted values. */
export function percentile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] as number;
}

/** A promise of the product, as a ratio of two figures of the same run. */
export type Ratio = {
  readonly name: string;
  readonly value: number;
  readonly bound: number;
  /** Whether the bound is the most, or the least, the ratio may be. */
  readonly is: 'atMost' | 'atLeast';
};

export const isKept = ({ value, bound, is }: Ratio): boolean => (is === 'atMost' ? value <= bound : value >= bound);

const rounded = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

export const figuresTable = (rows: Readonly<Record<string, Figures>>): string =>
  table([
    ['', 'count', 'p50 ms', 'p95 ms', 'p99 ms', 'per second'],
    ...Object.entries(rows).map(([name, { count, p50, p95, p99, perSecond }]) => [
      name,
      String(count),
      ...[p50, p95, p99, perSecond].map(rounded),
    ]),
  ]);

export const ratioTable = (ratios: readonly Ratio[]): string =>
  table([
    ['ratio', 'measured', 'bound', ''],
    ...ratios.map((ratio) => [
      ratio.name,
      rounded(ratio.value),
      `${ratio.is === 'atMost' ? '≤' : '≥'} ${ratio.bound}`,
      isKept(ratio) ? 'kept' : 'BROKEN',
    ]),
  ]);

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
