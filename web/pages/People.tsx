import { usePersons, useSeats, useUnits } from '../api/organisation.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { regionText } from '../components/regionText.ts';
import { Sheet } from '../components/Sheet.tsx';
import { dayText } from '../format.ts';
import { useWords } from '../words.ts';

const parts = ['seats', 'persons', 'units'] as const;

/** The committee's seats, the persons with their roles, and the units with their territories. */
export default function People() {
  const { t } = useWords();
  const part = usePageTab('part', parts);
  return (
    <>
      <PageHead title={t('nav.people')} />
      <PageTabs label={t('nav.people')} param="part" items={parts.map((key) => ({ key, label: t(`people.${key}`) }))} />
      {part === 'seats' && <Seats />}
      {part === 'persons' && <Persons />}
      {part === 'units' && <Units />}
    </>
  );
}

function Seats() {
  const { t, named, called } = useWords();
  const seats = useSeats();
  return (
    <section className="panel">
      <p className="small soft">
        {t('people.committee')} <ArticleTag article="3" />
      </p>
      <Loaded query={seats}>
        {({ items }) => (
          <Sheet
            caption={t('people.seats')}
            rows={items}
            rowKey={(seat) => seat.id}
            columns={[
              { title: t('vote.seat'), cell: (seat) => called(seat) },
              { title: t('word.kind'), cell: (seat) => named('role', seat.kind) },
              { title: t('word.unit'), cell: (seat) => (seat.unit ? called(seat.unit) : '—') },
              {
                title: t('people.holder'),
                cell: (seat) =>
                  seat.holder ? called(seat.holder.person) : <span className="chip amber">{t('people.vacant')}</span>,
              },
              { title: t('word.from'), cell: (seat) => dayText(seat.holder?.validFrom) },
              { title: t('people.document'), cell: (seat) => seat.holder?.document ?? '—' },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

function Persons() {
  const { t, named, called } = useWords();
  const persons = usePersons();
  return (
    <section className="panel">
      <Loaded query={persons}>
        {(items) => (
          <Sheet
            caption={t('people.persons')}
            rows={items}
            rowKey={(person) => person.id}
            columns={[
              { title: t('word.name'), cell: (person) => <strong>{called(person)}</strong> },
              { title: t('word.unit'), cell: (person) => called(person.unit) },
              {
                title: t('people.roles'),
                cell: (person) => person.roles.map(({ role }) => named('role', role)).join(t('list.comma')) || '—',
              },
              { title: t('vote.seat'), cell: (person) => person.seats.map(called).join(t('list.comma')) || '—' },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

function Units() {
  const { t, named, called } = useWords();
  const units = useUnits();
  return (
    <section className="panel">
      <Loaded query={units}>
        {({ items }) => (
          <Sheet
            caption={t('people.units')}
            rows={items}
            rowKey={(unit) => unit.id}
            columns={[
              { title: t('word.title'), cell: (unit) => <strong>{called(unit)}</strong> },
              { title: t('word.kind'), cell: (unit) => named('unit', unit.kind) },
              {
                title: t('unit.territory'),
                cell: (unit) =>
                  unit.territories
                    .map((each) => `${each.carveOut ? t('people.without') : ''}${regionText(each.regionCode)}`)
                    .join(t('list.comma')) || t('people.noTerritory'),
              },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}
