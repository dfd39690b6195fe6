import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { SeatView } from '../../../api/contract/organisation.ts';
import { useAct } from '../../api/act.ts';
import { rolesOf, useMe } from '../../api/me.ts';
import { usePersons, useSeats } from '../../api/organisation.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Absent } from '../Absent.tsx';
import { AppointmentFields, today } from '../AppointmentFields.tsx';
import { ArticleTag } from '../ArticleTag.tsx';
import { Changes } from '../Changes.tsx';
import { Loaded } from '../Loaded.tsx';
import { PersonSelect } from '../PersonSelect.tsx';
import { Sheet } from '../Sheet.tsx';
import { TwoStepDialog } from '../TwoStepDialog.tsx';

/** The seats of the committee with their terms; the security administrator appoints a successor, or vacates one. */
export function Seats() {
  const { t, called } = useWords();
  const seats = useSeats();
  const me = useMe().data;
  const mayAppoint = me ? rolesOf(me).includes('securityAdmin') : false;
  const [appointing, setAppointing] = useState<SeatView | null>(null);
  const [vacating, setVacating] = useState<SeatView | null>(null);
  return (
    <section className="panel">
      <p className="small soft">
        {t('people.committee')} <ArticleTag article="3" />
      </p>
      <Loaded query={seats}>
        {({ items }) => (
          <Sheet
            dense
            caption={t('people.seats')}
            rows={items}
            rowKey={(seat) => seat.id}
            columns={[
              { title: t('vote.seat'), cell: (seat) => called(seat) },
              { title: t('word.unit'), cell: (seat) => (seat.unit ? called(seat.unit) : '—') },
              { title: t('people.holder'), cell: (seat) => <Holder seat={seat} /> },
              { title: t('people.terms'), cell: (seat) => <Terms seat={seat} /> },
              ...(mayAppoint
                ? [
                    {
                      title: t('word.do'),
                      cell: (seat: SeatView) => (
                        <span className="row">
                          <Button size="small" onClick={() => setAppointing(seat)}>
                            {t('seat.appoint')}
                          </Button>
                          {seat.holder && (
                            <Button size="small" onClick={() => setVacating(seat)}>
                              {t('seat.vacate')}
                            </Button>
                          )}
                        </span>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
      {appointing && <Appointment seat={appointing} onClose={() => setAppointing(null)} />}
      {vacating && <Vacating seat={vacating} onClose={() => setVacating(null)} />}
    </section>
  );
}

function Holder({ seat }: { readonly seat: SeatView }) {
  const { t, called } = useWords();
  const coming = seat.terms.find(({ validFrom }) => validFrom > today());
  return (
    <span className="row">
      {seat.holder ? (
        <>
          <Link to={`/people/${seat.holder.person.id}`}>{called(seat.holder.person)}</Link>
          <Absent personId={seat.holder.person.id} />
        </>
      ) : (
        <span className="chip amber">{t('people.vacant')}</span>
      )}
      {coming && (
        <span className="chip brand">{t('seat.coming', { name: called(coming.person), from: coming.validFrom })}</span>
      )}
    </span>
  );
}

function Terms({ seat }: { readonly seat: SeatView }) {
  const { t, called } = useWords();
  if (seat.terms.length === 0) return '—';
  return (
    <details>
      <summary className="summary-link small">
        {seat.holder
          ? t('seat.since', { from: dayText(seat.holder.validFrom) })
          : t('seat.terms', { count: seat.terms.length })}
      </summary>
      <ul className="quiet-list small">
        {seat.terms.map((term) => (
          <li key={term.id}>
            {called(term.person)}{' '}
            <span className="figure soft">
              {term.validFrom} – {term.validTo ?? t('word.open')}
            </span>
            <div className="soft break">{term.document}</div>
          </li>
        ))}
      </ul>
    </details>
  );
}

type Values = { readonly personId: string; readonly validFrom: string; readonly document: string };

function Appointment({ seat, onClose }: { readonly seat: SeatView; readonly onClose: () => void }) {
  const { t, called } = useWords();
  const persons = usePersons();
  const act = useAct([['seats'], ['person'], ['persons']]);
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  const named_ = (id: string) => called(persons.data?.find((person) => person.id === id));
  return (
    <TwoStepDialog<Values>
      title={t('seat.appointTo', { seat: called(seat) })}
      confirm={t('seat.appoint')}
      act={act}
      onClose={onClose}
      request={(values) => ({
        method: 'POST',
        path: `/seats/${seat.id}/terms`,
        body: { ...values, after: seat.terms[0]?.id ?? null },
      })}
      review={(values) => (
        <>
          <Changes
            changes={[
              {
                key: 'holder',
                what: t('people.holder'),
                from: seat.holder ? called(seat.holder.person) : t('people.vacant'),
                to: named_(values.personId),
              },
            ]}
          />
          <p className="small soft">{t('seat.review', { from: values.validFrom, document: values.document })}</p>
        </>
      )}
    >
      <Form.Item name="personId" label={t('people.holder')} rules={required}>
        <PersonSelect />
      </Form.Item>
      <Form.Item name="validFrom" label={t('word.from')} rules={required} extra={t('seat.laterByTwo')}>
        <Input type="date" max={today()} />
      </Form.Item>
      <Form.Item name="document" label={t('people.document')} rules={required} extra={t('org.documentHint')}>
        <Input maxLength={200} />
      </Form.Item>
    </TwoStepDialog>
  );
}

function Vacating({ seat, onClose }: { readonly seat: SeatView; readonly onClose: () => void }) {
  const { t, called } = useWords();
  const act = useAct([['seats'], ['person'], ['persons']]);
  return (
    <TwoStepDialog<{ readonly on: string; readonly document: string }>
      title={t('seat.vacateOf', { seat: called(seat) })}
      confirm={t('seat.vacate')}
      danger
      act={act}
      onClose={onClose}
      request={(body) => ({ method: 'POST', path: `/seats/${seat.id}/vacate`, body })}
      review={() => <p>{t('seat.vacateReview', { name: called(seat.holder?.person) })}</p>}
    >
      <AppointmentFields />
    </TwoStepDialog>
  );
}
