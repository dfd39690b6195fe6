import type { ReactNode } from 'react';
import { dayText } from '../format.ts';
import { useWords } from '../words.ts';

export type Period = {
  readonly key: string;
  readonly name: ReactNode;
  /** Days or instants; open where `to` is null. */
  readonly from: string;
  readonly to: string | null;
  readonly note?: ReactNode;
  readonly strong?: boolean;
};

/** Who held what from when to when: a bar for each on one scale, and the days in words beside it. */
export function Periods({ label, periods }: { readonly label: string; readonly periods: readonly Period[] }) {
  const { t } = useWords();
  const now = Date.now();
  const starts = periods.map(({ from }) => Date.parse(from));
  const ends = periods.map(({ to }) => (to ? Date.parse(to) : now));
  const first = Math.min(...starts, now - 1);
  const last = Math.max(...ends, now);
  const share = (from: number, to: number) => `${Math.max(1.5, ((to - from) / (last - first)) * 100)}%`;
  return (
    <ul className="periods" aria-label={label}>
      {periods.map(({ key, name, from, to, note, strong }, index) => (
        <li key={key}>
          <span className="row">
            <strong>{name}</strong>
            <span className="small soft figure">
              {dayText(from)} – {to ? dayText(to) : t('word.open')}
            </span>
            {note}
          </span>
          <span className="bar-track" aria-hidden="true">
            <i
              className={strong ? 'strong' : undefined}
              style={{
                marginInlineStart: `${Math.min(98, (((starts[index] ?? first) - first) / (last - first)) * 100)}%`,
                width: share(starts[index] ?? first, ends[index] ?? now),
              }}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
