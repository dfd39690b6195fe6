import { Input } from 'antd';
import { useState } from 'react';
import type { DemoPerson } from '../../../api/contract/signIn.ts';
import { useAct } from '../../api/act.ts';
import { type Page, useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { Loaded } from '../Loaded.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

/** The demo organisation: choose a person, grouped by unit. */
export function DemoPersons({ onEntered }: { readonly onEntered: () => Promise<void> }) {
  const { t, called, named } = useWords();
  const [filter, setFilter] = useState('');
  const people = useOne<Page<DemoPerson>>(['signIn', 'demo'], '/demo/persons');
  const act = useAct();

  const enter = (personId: string) =>
    act.mutate({ method: 'POST', path: '/sessions', body: { method: 'demo', personId } }, { onSuccess: onEntered });
  const what = (person: DemoPerson) =>
    [...person.seats, ...person.roles.map((role) => named('role', role))].join(t('list.comma'));

  return (
    <div className="stack">
      <p className="soft">{t('signIn.demo')}</p>
      <ProblemNotice error={act.error} />
      <Input
        allowClear
        aria-label={t('signIn.filter')}
        placeholder={t('signIn.filter')}
        value={filter}
        onChange={(event) => setFilter(event.target.value.trim())}
      />
      <Loaded query={people}>
        {({ items }) => {
          const shown = items.filter((person) =>
            `${called(person)} ${called(person.unit)} ${what(person)}`.includes(filter),
          );
          const units = [...new Map(shown.map(({ unit }) => [unit.id, unit])).values()];
          return units.map((unit) => (
            <section key={unit.id} aria-labelledby={`unit-${unit.id}`} className="panel">
              <h2 id={`unit-${unit.id}`}>{called(unit)}</h2>
              <div className="people">
                {shown
                  .filter((person) => person.unit.id === unit.id)
                  .map((person) => (
                    <button key={person.id} type="button" disabled={act.isPending} onClick={() => enter(person.id)}>
                      <span className="title">{called(person)}</span>
                      <span className="small soft">{what(person)}</span>
                    </button>
                  ))}
              </div>
            </section>
          ));
        }}
      </Loaded>
    </div>
  );
}
