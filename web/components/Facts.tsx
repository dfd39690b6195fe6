import type { ReactNode } from 'react';

export type FactRow = { readonly label: string; readonly value: ReactNode; readonly wide?: boolean };

/** Labelled values; what is not there is left out. */
export function Facts({ rows }: { readonly rows: readonly (FactRow | false | null)[] }) {
  return (
    <dl className="facts">
      {rows
        .filter((row) => row !== false && row !== null)
        .filter(({ value }) => value !== null && value !== undefined && value !== false && value !== '')
        .map(({ label, value, wide }) => (
          <div key={label} className={wide ? 'wide' : undefined}>
            <dt>{label}</dt>
            <dd className={wide ? 'break' : undefined}>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
