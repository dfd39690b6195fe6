import { useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import type { DemoPerson } from '../../api/contract/signIn.ts';
import { useAct } from '../api/act.ts';
import { type Page, useOne } from '../api/list.ts';
import { meKey } from '../api/me.ts';
import { Controls } from '../components/Controls.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { useWords } from '../words.ts';

/** Sign-in to the demo organisation: choose a person, grouped by unit. */
export default function SignIn() {
  const { t, called, named } = useWords();
  const [filter, setFilter] = useState('');
  const client = useQueryClient();
  const people = useOne<Page<DemoPerson>>(['demo'], '/demo/persons');
  const act = useAct();

  const enter = (personId: string) =>
    act.mutate(
      { method: 'POST', path: '/sessions', body: { method: 'demo', personId } },
      {
        onSuccess: async () => {
          client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'demo' });
          await client.refetchQueries({ queryKey: meKey });
        },
      },
    );

  const what = (person: DemoPerson) =>
    [...person.seats, ...person.roles.map((role) => named('role', role))].join(t('list.comma'));

  return (
    <main className="signin stack">
      <div className="page-head">
        <img src="/mark.svg" alt="" width={40} height={40} />
        <h1>{t('app.name')}</h1>
        <span className="spacer" />
        <Controls />
      </div>
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
    </main>
  );
}
