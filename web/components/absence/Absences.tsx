import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { AbsenceView } from '../../../api/contract/absences.ts';
import { type Act, useAct } from '../../api/act.ts';
import { useListed } from '../../api/list.ts';
import { rolesOf, useMe } from '../../api/me.ts';
import { usePersons } from '../../api/organisation.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Empty } from '../Empty.tsx';
import { PersonSelect } from '../PersonSelect.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { Register } from '../Register.tsx';
import { Sheet } from '../Sheet.tsx';
import { TwoStepDialog } from '../TwoStepDialog.tsx';

const colours = { coming: 'brand', away: 'amber', over: '', cancelled: '' } as const;
const after = [['absences'], ['away'], ['delegations']] as const;

/** My absences, and for the office everybody's that are not over. */
export function Absences() {
  const { t } = useWords();
  const me = useMe().data;
  const isOffice = me ? rolesOf(me).includes('office') : false;
  const [entering, setEntering] = useState<'mine' | 'others' | null>(null);
  return (
    <>
      <section className="panel stack" aria-label={t('absence.mine')}>
        <div className="row">
          <h2>{t('absence.mine')}</h2>
          <Button type="primary" onClick={() => setEntering('mine')}>
            {t('absence.enter')}
          </Button>
        </div>
        <p className="soft">
          {t('absence.about')} <ArticleTag article="系统默认" />
        </p>
        <List of="mine" />
      </section>
      {isOffice && (
        <section className="panel stack" aria-label={t('absence.all')}>
          <div className="row">
            <h2>{t('absence.all')}</h2>
            <Button onClick={() => setEntering('others')}>{t('absence.enterFor')}</Button>
          </div>
          <List of="all" />
        </section>
      )}
      {entering && <AbsenceDialog forOthers={entering === 'others'} onClose={() => setEntering(null)} />}
    </>
  );
}

function List({ of }: { readonly of: 'mine' | 'all' }) {
  const { t, named, called } = useWords();
  const [personId, setPersonId] = useState<string>();
  const absences = useListed<AbsenceView>(['absences'], '/absences', { of, personId });
  const end = useAct(after);
  const [changing, setChanging] = useState<AbsenceView | null>(null);
  return (
    <>
      <ProblemNotice error={end.error} />
      <Register
        query={absences}
        {...(of === 'all' ? { person: { value: personId, onChange: setPersonId } } : {})}
        empty={<Empty text={t(of === 'mine' ? 'absence.none' : 'absence.nobody')} />}
      >
        {(items) => (
          <Sheet
            caption={t(of === 'mine' ? 'absence.mine' : 'absence.all')}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
              ...(of === 'all' ? [{ title: t('word.name'), cell: (row: AbsenceView) => called(row.person) }] : []),
              { title: t('absence.days'), cell: (row) => `${row.firstDay} – ${row.lastDay}` },
              {
                title: t('word.status'),
                cell: (row) => (
                  <span className="row">
                    <span className={`chip ${colours[row.state]}`}>{named('absence.state', row.state)}</span>
                    {row.endedOn && row.state === 'over' && (
                      <span className="small soft">{t('absence.endedOn', { on: row.endedOn })}</span>
                    )}
                  </span>
                ),
              },
              { title: t('absence.deputy'), cell: (row) => (row.deputy ? called(row.deputy) : '—') },
              {
                title: t('absence.enteredBy'),
                cell: (row) => (row.enteredBy.id === row.person.id ? t('absence.himself') : called(row.enteredBy)),
              },
              {
                title: t('word.do'),
                cell: (row) => (
                  <span className="row">
                    {row.state === 'coming' && (
                      <Button size="small" onClick={() => setChanging(row)}>
                        {t('absence.change')}
                      </Button>
                    )}
                    {(row.state === 'coming' || row.state === 'away') && (
                      <Button
                        size="small"
                        loading={end.isPending}
                        onClick={() => end.mutate({ method: 'POST', path: `/absences/${row.id}/end` })}
                      >
                        {t(row.state === 'away' ? 'absence.end' : 'absence.cancel')}
                      </Button>
                    )}
                  </span>
                ),
              },
            ]}
          />
        )}
      </Register>
      {changing && <AbsenceDialog changing={changing} forOthers={false} onClose={() => setChanging(null)} />}
    </>
  );
}

type Values = {
  readonly personId?: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly deputyId?: string;
};

function AbsenceDialog({
  changing,
  forOthers,
  onClose,
}: {
  readonly changing?: AbsenceView;
  readonly forOthers: boolean;
  readonly onClose: () => void;
}) {
  const { t, called } = useWords();
  const act = useAct(after);
  const persons = usePersons().data ?? [];
  const nameOf = (id: string | undefined) => called(persons.find((person) => person.id === id));
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  const request = ({ deputyId, ...values }: Values): Act => {
    const body = { ...values, ...(deputyId ? { deputyId } : {}) };
    return changing
      ? { method: 'PUT', path: `/absences/${changing.id}`, body }
      : { method: 'POST', path: '/absences', body };
  };
  return (
    <TwoStepDialog<Values>
      title={t(changing ? 'absence.change' : forOthers ? 'absence.enterFor' : 'absence.enter')}
      confirm={t('do.save')}
      act={act}
      onClose={onClose}
      {...(changing
        ? {
            initialValues: {
              firstDay: changing.firstDay,
              lastDay: changing.lastDay,
              ...(changing.deputy ? { deputyId: changing.deputy.id } : {}),
            },
          }
        : {})}
      request={request}
      review={({ firstDay, lastDay, deputyId }) => (
        <>
          <p>{t('absence.review', { from: firstDay, to: lastDay })}</p>
          <p className="small soft">
            {deputyId ? t('absence.reviewDeputy', { name: nameOf(deputyId) }) : t('absence.reviewNobody')}
          </p>
        </>
      )}
    >
      {forOthers && (
        <Form.Item name="personId" label={t('absence.person')} rules={required}>
          <PersonSelect />
        </Form.Item>
      )}
      <div className="grid">
        <Form.Item name="firstDay" label={t('absence.firstDay')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="lastDay" label={t('absence.lastDay')} rules={required}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item
        name="deputyId"
        label={t('absence.deputy')}
        extra={t(forOthers ? 'absence.deputyOfUnit' : 'absence.deputyHint')}
      >
        <PersonSelect allowClear />
      </Form.Item>
    </TwoStepDialog>
  );
}
