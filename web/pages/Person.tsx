import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { PersonDetail } from '../../api/contract/persons.ts';
import { useOne } from '../api/list.ts';
import { rolesOf, useMe } from '../api/me.ts';
import { Absent } from '../components/Absent.tsx';
import { Facts } from '../components/Facts.tsx';
import { History } from '../components/History.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Periods } from '../components/Periods.tsx';
import { ChangePerson, LeavePerson } from '../components/people/PersonForms.tsx';
import { StartReassignment } from '../components/reassignment/StartReassignment.tsx';
import '../styles/registers.css';
import { useWords } from '../words.ts';

/** One person: the roles and seats held now and before, the documents they rest on, and what was changed. */
export default function Person() {
  const { t, named, called, language } = useWords();
  const { id = '' } = useParams();
  const me = useMe().data;
  const roles = me ? rolesOf(me) : [];
  const person = useOne<PersonDetail>(['person', id], `/persons/${id}`);
  const [dialog, setDialog] = useState<'change' | 'leave' | null>(null);
  const others = me?.person.id !== id;
  return (
    <Loaded query={person}>
      {(value) => (
        <>
          <PageHead title={called(value)}>
            {value.active ? (
              <Absent personId={id} />
            ) : (
              <span className="chip red">{t('people.leftOn', { on: value.leftOn ?? '—' })}</span>
            )}
            {value.reassignable.map(({ unit, accounts, grounds }) => (
              <StartReassignment
                key={unit.id}
                of={`/persons/${id}`}
                unitId={unit.id}
                whom={['manager']}
                grounds={grounds.toReversed()}
                label={
                  value.reassignable.length > 1
                    ? t('reassignment.allOfUnit', { unit: called(unit), count: accounts })
                    : t('reassignment.allAtOnce', { count: accounts })
                }
              />
            ))}
            {value.active && others && roles.includes('systemAdmin') && (
              <Button onClick={() => setDialog('change')}>{t('people.change')}</Button>
            )}
            {value.active && others && roles.includes('securityAdmin') && (
              <Button danger onClick={() => setDialog('leave')}>
                {t('people.leave')}
              </Button>
            )}
          </PageHead>
          <section className="panel">
            <Facts
              rows={[
                { label: t('word.unit'), value: <Link to={`/units/${value.unit.id}`}>{called(value.unit)}</Link> },
                { label: t('people.login'), value: value.login },
                {
                  label: t('people.roles'),
                  value: value.roles.map(({ role }) => named('role', role)).join(t('list.comma')),
                },
                { label: t('vote.seat'), value: value.seats.map(called).join(t('list.comma')) },
              ]}
            />
          </section>
          <section className="panel stack" aria-label={t('people.held')}>
            <h2>{t('people.held')}</h2>
            {value.rolesHeld.length + value.terms.length === 0 && <p className="soft">{t('people.heldNothing')}</p>}
            <Periods
              label={t('people.held')}
              periods={[
                ...value.terms.map((term) => ({
                  key: term.id,
                  name: language === 'en' ? term.seatEn : term.seat,
                  from: term.validFrom,
                  to: term.validTo,
                  note: <span className="small soft break">{term.document}</span>,
                  strong: term.validTo === null,
                })),
                ...value.rolesHeld.map((held) => ({
                  key: held.id,
                  name: `${named('role', held.role)}${held.unit ? ` · ${called(held.unit)}` : ''}`,
                  from: held.validFrom,
                  to: held.validTo,
                  note: <span className="small soft break">{held.document}</span>,
                  strong: held.validTo === null,
                })),
              ]}
            />
          </section>
          <section className="panel stack" aria-label={t('org.history')}>
            <h2>{t('org.history')}</h2>
            <History history={value.history} />
          </section>
          {dialog === 'change' && <ChangePerson person={value} onClose={() => setDialog(null)} />}
          {dialog === 'leave' && <LeavePerson person={value} onClose={() => setDialog(null)} />}
        </>
      )}
    </Loaded>
  );
}
