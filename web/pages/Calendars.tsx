import { Select } from 'antd';
import { useState } from 'react';
import type { CalendarView } from '../../api/contract/calendars.ts';
import type { HolidayCalendar } from '../../domain/calendar.ts';
import { type Page, useOne } from '../api/list.ts';
import { rolesOf, useMe } from '../api/me.ts';
import { today } from '../components/AppointmentFields.tsx';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { CalendarImport } from '../components/calendar/CalendarImport.tsx';
import { Year } from '../components/calendar/Year.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { momentText } from '../format.ts';
import '../styles/registers.css';
import { useWords } from '../words.ts';

/** Which days are worked: each year as its months, what it rests on, and how a new one comes in. */
export default function Calendars() {
  const { t } = useWords();
  const calendars = useOne<Page<CalendarView>>(['calendars'], '/calendars');
  return (
    <>
      <PageHead title={t('nav.calendars')} />
      <p className="soft">
        {t('calendar.about')} <ArticleTag article="系统默认" />
      </p>
      <Loaded query={calendars}>{({ items }) => <Known items={items} />}</Loaded>
    </>
  );
}

/** The one in force: each imported calendar laid over those before it, year by year. */
function inForce(items: readonly CalendarView[]): HolidayCalendar {
  const years: HolidayCalendar['years'] = Object.assign({}, ...items.toReversed().map((each) => each.years));
  return { version: items[0]?.version ?? 'none', years };
}

function Known({ items }: { readonly items: readonly CalendarView[] }) {
  const { t, called } = useWords();
  const me = useMe().data;
  const calendar = inForce(items);
  const thisYear = today().slice(0, 4);
  const years = [...new Set([...Object.keys(calendar.years), thisYear, String(Number(thisYear) + 1)])].sort().reverse();
  const [year, setYear] = useState(thisYear);
  const mayImport = me ? rolesOf(me).some((role) => role === 'office' || role === 'systemAdmin') : false;
  const known = calendar.years[year];
  return (
    <>
      <section className="panel stack" aria-label={t('calendar.year', { year })}>
        <div>
          <Select
            aria-label={t('calendar.years')}
            style={{ minWidth: 120 }}
            options={years.map((each) => ({ value: each, label: each }))}
            value={year}
            onChange={setYear}
          />
        </div>
        <div className="row small">
          <span className="chip day-off">{t('calendar.off')}</span>
          <span className="chip day-work">{t('calendar.work')}</span>
          {!known && <span className="chip amber">{t('calendar.unknown')}</span>}
          {known?.provisional && <span className="chip amber">{t('calendar.provisional')}</span>}
        </div>
        <Year year={year} calendar={calendar} />
      </section>
      {mayImport && <CalendarImport current={calendar} known={items.map(({ version }) => version)} />}
      <section className="panel" aria-label={t('calendar.sources')}>
        <h2>{t('calendar.sources')}</h2>
        <Sheet
          caption={t('calendar.sources')}
          rows={items}
          rowKey={(row) => row.version}
          columns={[
            { title: t('calendar.version'), cell: (row) => row.version },
            { title: t('calendar.years'), cell: (row) => spanOf(Object.keys(row.years)) },
            { title: t('calendar.source'), cell: (row) => row.source },
            { title: t('calendar.importedBy'), cell: (row) => (row.importedBy ? called(row.importedBy) : '—') },
            { title: t('word.at'), cell: (row) => momentText(row.importedAt) },
          ]}
        />
      </section>
    </>
  );
}

/** The years of a calendar, from the first to the last. */
function spanOf(years: readonly string[]): string {
  const sorted = [...years].sort();
  return sorted.length > 1 ? `${sorted[0]}–${sorted.at(-1)}` : (sorted[0] ?? '—');
}
