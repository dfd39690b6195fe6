import { type HolidayCalendar, isBusinessDay } from '../../../domain/calendar.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';

const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));

/** A year drawn as its months, Monday first: days off and weekend days worked in exchange stand out. */
export function Year({ year, calendar }: { readonly year: string; readonly calendar: HolidayCalendar }) {
  return (
    <div className="year">
      {MONTHS.map((month) => (
        <Month key={month} month={`${year}-${month}`} calendar={calendar} />
      ))}
    </div>
  );
}

function Month({ month, calendar }: { readonly month: string; readonly calendar: HolidayCalendar }) {
  const { t, language } = useWords();
  const first = new Date(`${month}-01T00:00:00Z`);
  const name = first.toLocaleDateString(language, { month: 'long', timeZone: 'UTC' });
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const cells: (string | null)[] = [
    ...Array.from({ length: (first.getUTCDay() + 6) % 7 }, () => null),
    ...Array.from({ length: days }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`),
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, index) =>
    cells.slice(index * 7, index * 7 + 7),
  );
  return (
    <div className="month">
      <h3>{name}</h3>
      <table aria-label={`${month.slice(0, 4)} ${name}`}>
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
          {weeks.map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, index) => (
                <td key={day ?? index}>{day && <Day day={day} calendar={calendar} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Day({ day, calendar }: { readonly day: string; readonly calendar: HolidayCalendar }) {
  const { t } = useWords();
  const kind = dayKind(calendar, day);
  const title = kind === 'off' ? t('calendar.off') : kind === 'work' ? t('calendar.work') : undefined;
  return (
    <span className={`day-${kind}${day === today() ? ' day-today' : ''}`} title={title}>
      {Number(day.slice(8))}
      {title && <span className="visually-hidden">{title}</span>}
    </span>
  );
}

/** What stands out about a day: off although a working day, worked although a weekend, or neither. */
function dayKind(calendar: HolidayCalendar, day: string): 'off' | 'work' | 'weekend' | 'plain' {
  const year = calendar.years[day.slice(0, 4)];
  if (year?.off.includes(day)) return 'off';
  if (year?.work.includes(day)) return 'work';
  return isBusinessDay(calendar, day) ? 'plain' : 'weekend';
}
