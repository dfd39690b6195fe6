import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';

export type Mark = { readonly day: string; readonly kind: 'done' | 'planned' | 'due'; readonly name?: string };

type Props = {
  readonly label: string;
  readonly marks: readonly Mark[];
  /** What is done with a day, where something can be; days are buttons then. */
  readonly onDay?: (day: string) => void;
};

/** A month of visits, Monday first: what was made, what is planned, and the day by which the next is due. */
export function VisitCalendar({ label, marks, onDay }: Props) {
  const { t, language } = useWords();
  const [month, setMonth] = useState(today().slice(0, 7));
  const first = new Date(`${month}-01T00:00:00Z`);
  const name = first.toLocaleDateString(language, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  const move = (by: number) =>
    setMonth(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + by, 1)).toISOString().slice(0, 7));
  return (
    <section className="visit-calendar" aria-label={label}>
      <div className="row section-head">
        <Button type="text" icon={<LeftOutlined />} aria-label={t('visit.month.before')} onClick={() => move(-1)} />
        <h3 aria-live="polite">{name}</h3>
        <Button type="text" icon={<RightOutlined />} aria-label={t('visit.month.after')} onClick={() => move(1)} />
      </div>
      <table aria-label={name}>
        <thead>
          <tr>
            {t('calendar.weekdays')
              .split(' ')
              .map((day) => (
                <th key={day} scope="col">
                  {day}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, index) => (
                <td key={day ?? index}>
                  {day && (
                    <Day day={day} marks={marks.filter((mark) => mark.day === day)} {...(onDay ? { onDay } : {})} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="row small soft legend" aria-hidden="true">
        {(['done', 'planned', 'due'] as const).map((kind) => (
          <span key={kind} className="row">
            <i className={`mark ${kind}`} /> {t(`visit.mark.${kind}`)}
          </span>
        ))}
      </p>
    </section>
  );
}

function Day({
  day,
  marks,
  onDay,
}: {
  readonly day: string;
  readonly marks: readonly Mark[];
  readonly onDay?: (day: string) => void;
}) {
  const { t } = useWords();
  const said = marks
    .map(({ kind, name }) => [t(`visit.mark.${kind}`), name].filter(Boolean).join(' '))
    .join(t('list.comma'));
  const isLate = marks.some(({ kind }) => kind === 'due') && day < today();
  const className = ['day', marks[0]?.kind ?? '', isLate ? 'late' : '', day === today() ? 'today' : ''].join(' ');
  const contents = (
    <>
      {Number(day.slice(8))}
      <span className="marks" aria-hidden="true">
        {[...new Set(marks.map(({ kind }) => kind))].map((kind) => (
          <i key={kind} className={`mark ${kind}`} />
        ))}
      </span>
    </>
  );
  if (!onDay)
    return (
      <span className={className} title={said || undefined}>
        {contents}
        {said && <span className="unseen">{said}</span>}
      </span>
    );
  return (
    <button
      type="button"
      className={className}
      title={said || undefined}
      aria-label={[day, said].filter(Boolean).join(' ')}
      onClick={() => onDay(day)}
    >
      {contents}
    </button>
  );
}

function weeksOf(month: string): readonly (readonly (string | null)[])[] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const cells: (string | null)[] = [
    ...Array.from({ length: (first.getUTCDay() + 6) % 7 }, () => null),
    ...Array.from({ length: days }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`),
  ];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, index) => cells.slice(index * 7, index * 7 + 7));
}
