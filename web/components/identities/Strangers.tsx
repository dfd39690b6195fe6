import { Button } from 'antd';
import { useState } from 'react';
import type { StrangerView } from '../../../api/contract/identities.ts';
import { useAct } from '../../api/act.ts';
import { type Page, useOne } from '../../api/list.ts';
import { usePersons } from '../../api/organisation.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Loaded } from '../Loaded.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { Sheet } from '../Sheet.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { useMethodName } from './useMethodName.ts';

/** Who was proven by a method and is linked to nobody: linked with one click where one person has the name, else after a choice. */
export function Strangers() {
  const { t, called } = useWords();
  const methodName = useMethodName();
  const strangers = useOne<Page<StrangerView>>(['identities', 'strangers'], '/identities/strangers');
  const persons = usePersons();
  const link = useAct([['identities']]);
  const dismiss = useAct([['identities']]);
  const [chosen, setChosen] = useState<StrangerView | null>(null);

  const namesakeOf = ({ name }: StrangerView) => {
    const found = (persons.data ?? []).filter((person) => name !== null && [person.name, person.nameEn].includes(name));
    return found.length === 1 ? found[0] : undefined;
  };
  const linkTo = ({ method, subject }: StrangerView, personId: string) =>
    link.mutate(
      { method: 'POST', path: '/identities', body: { method, subject, personId } },
      { onSuccess: () => setChosen(null) },
    );

  return (
    <section className="panel" aria-labelledby="strangers">
      <h2 id="strangers">{t('identity.strangers')}</h2>
      {chosen === null && <ProblemNotice error={link.error ?? dismiss.error} />}
      <Loaded query={strangers}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('identity.noStrangers')}</p>
          ) : (
            <Sheet
              caption={t('identity.strangers')}
              rows={items}
              rowKey={({ method, subject }) => `${method} ${subject}`}
              columns={[
                {
                  title: t('identity.account'),
                  cell: (row) => (
                    <>
                      <strong>{row.name ?? row.login ?? row.subject}</strong>
                      {[row.login, row.email].filter(Boolean).map((told) => (
                        <div key={told} className="small soft break">
                          {told}
                        </div>
                      ))}
                    </>
                  ),
                },
                { title: t('identity.method'), cell: (row) => methodName(row.method) },
                {
                  title: t('identity.lastTry'),
                  cell: (row) => (
                    <>
                      {momentText(row.lastAt)}
                      <div className="small soft">{t('identity.times', { count: row.times })}</div>
                    </>
                  ),
                },
                {
                  title: t('word.do'),
                  cell: (row) => {
                    const namesake = namesakeOf(row);
                    return (
                      <div className="row">
                        {namesake && (
                          <Button
                            type="primary"
                            size="small"
                            disabled={link.isPending}
                            onClick={() => linkTo(row, namesake.id)}
                          >
                            {t('identity.linkTo', { name: `${called(namesake)} · ${called(namesake.unit)}` })}
                          </Button>
                        )}
                        <Button size="small" type={namesake ? 'default' : 'primary'} onClick={() => setChosen(row)}>
                          {t('identity.choose')}
                        </Button>
                        <Button
                          size="small"
                          type="text"
                          disabled={dismiss.isPending}
                          onClick={() =>
                            dismiss.mutate({
                              method: 'POST',
                              path: '/identities/strangers/dismiss',
                              body: { method: row.method, subject: row.subject },
                            })
                          }
                        >
                          {t('identity.dismiss')}
                        </Button>
                      </div>
                    );
                  },
                },
              ]}
            />
          )
        }
      </Loaded>
      {chosen && (
        <LinkDialog
          stranger={chosen}
          pending={link.isPending}
          error={link.error}
          onLink={(personId) => linkTo(chosen, personId)}
          onClose={() => setChosen(null)}
        />
      )}
    </section>
  );
}
