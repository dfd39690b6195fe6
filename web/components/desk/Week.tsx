import type { DeskItem, DeskView } from '../../../api/contract/desk.ts';
import { daysAhead } from '../../../domain/desk.ts';
import { useWords } from '../../words.ts';
import { ItemCard } from './ItemCard.tsx';

/** What is to be done, day by day: first what is overdue, then today and the six days after it, then what has no day. */
export function Week({ desk }: { readonly desk: DeskView }) {
  const { t } = useWords();
  const overdue = desk.items.filter(({ standing }) => standing === 'overdue');
  const undated = desk.items.filter(({ dueOn }) => dueOn === null);
  return (
    <section className="panel stack" aria-label={t('desk.week')}>
      <h2>{t('desk.week')}</h2>
      {desk.items.length === 0 && <p className="soft">{t('desk.nothing')}</p>}
      {overdue.length > 0 && <Column name={t('desk.overdue')} items={overdue} level="red" />}
      <ol className="week">
        {daysAhead(desk.today).map((day, index) => (
          <li key={day}>
            <Column
              name={index === 0 ? t('desk.today') : t(`weekday.${weekdayOf(day)}`)}
              note={day.slice(5)}
              items={desk.items.filter(({ dueOn }) => dueOn === day)}
              level={index === 0 ? 'amber' : undefined}
            />
          </li>
        ))}
      </ol>
      {undated.length > 0 && <Column name={t('desk.undated')} items={undated} />}
      {desk.more && <p className="small soft">{t('desk.more')}</p>}
    </section>
  );
}

type ColumnProps = {
  readonly name: string;
  readonly note?: string;
  readonly items: readonly DeskItem[];
  readonly level?: 'red' | 'amber' | undefined;
};

function Column({ name, note, items, level }: ColumnProps) {
  const { t } = useWords();
  return (
    <section
      className={`week-day ${level ?? ''}`}
      aria-label={note ? `${name} ${note}` : name}
      data-empty={items.length === 0 || undefined}
    >
      <h3>
        {name} {note && <span className="figure soft">{note}</span>}
        {items.length > 0 && <span className={`chip ${level ?? ''}`}>{t('desk.count', { count: items.length })}</span>}
      </h3>
      {items.length > 0 && (
        <ul>
          {items.map((item) => (
            <li key={`${item.kind}:${item.id}`}>
              <ItemCard item={item} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** 0 for Sunday. A day is a day, wherever the reader is. */
const weekdayOf = (day: string): 0 | 1 | 2 | 3 | 4 | 5 | 6 =>
  new Date(`${day}T00:00:00Z`).getUTCDay() as 0 | 1 | 2 | 3 | 4 | 5 | 6;
