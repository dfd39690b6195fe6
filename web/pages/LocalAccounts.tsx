import { Alert, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { LocalAccountView, OneTimePassword } from '../../api/contract/localAccounts.ts';
import { useAct } from '../api/act.ts';
import { useListed } from '../api/list.ts';
import { rolesOf, useMe } from '../api/me.ts';
import { PageHead } from '../components/PageHead.tsx';
import { PersonSelect } from '../components/PersonSelect.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { Register } from '../components/Register.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import '../styles/signIn.css';

const accounts = ['localAccounts'] as const;

/** Local accounts: who has one, given out and reset by the security administrator; an administrator's by two. */
export default function LocalAccounts() {
  const { t, called } = useWords();
  const me = useMe().data;
  const [personId, setPersonId] = useState<string>();
  const [half, setHalf] = useState<string | null>(null);
  const [ofPerson, setOfPerson] = useState<string>();
  const list = useListed<LocalAccountView>(accounts, '/local-accounts', { personId: ofPerson });
  const issue = useAct<OneTimePassword>([accounts]);
  const other = useAct<{ readonly password: string }>([accounts]);
  const remove = useAct([accounts]);
  const gives = me ? rolesOf(me).includes('securityAdmin') : false;
  /** Nobody resets or ends his own. */
  const mayChange = ({ person }: LocalAccountView) => gives && person.id !== me?.person.id;
  const told = issue.data?.value;
  const asked = (title: string, onConfirm: () => void, button: React.ReactNode) => (
    <Popconfirm title={title} okText={t('do.confirm')} cancelText={t('do.cancel')} onConfirm={onConfirm}>
      {button}
    </Popconfirm>
  );
  const reset = (id: string, secondFactor: boolean) =>
    issue.mutate({ method: 'POST', path: `/persons/${id}/local-account/reset`, body: { secondFactor } });

  return (
    <>
      <PageHead title={t('nav.localAccounts')} />
      <p className="soft">{t('accounts.about')}</p>
      <ProblemNotice error={issue.error ?? other.error ?? remove.error} />
      {told && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={
            told.half
              ? t('accounts.half', { login: told.login })
              : t('accounts.once', { login: told.login, until: momentText(told.expiresAt) })
          }
          description={<code className="break">{told.password}</code>}
        />
      )}
      {half && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('accounts.second')}
          description={<code className="break">{half}</code>}
        />
      )}
      {gives && (
        <section className="panel row account-new">
          <div className="stack account-person">
            <label htmlFor="account-person">{t('accounts.person')}</label>
            <PersonSelect id="account-person" {...(personId ? { value: personId } : {})} onChange={setPersonId} />
          </div>
          <Button
            type="primary"
            disabled={!personId}
            loading={issue.isPending}
            onClick={() => issue.mutate({ method: 'POST', path: `/persons/${personId}/local-account` })}
          >
            {t('accounts.make')}
          </Button>
        </section>
      )}
      <section className="panel">
        <Register
          query={list}
          person={{ value: ofPerson, onChange: setOfPerson }}
          empty={<p className="soft">{t('accounts.none')}</p>}
        >
          {(items) => (
            <Sheet
              caption={t('nav.localAccounts')}
              rows={items}
              rowKey={(row) => row.person.id}
              columns={[
                { title: t('accounts.person'), cell: (row) => `${called(row.person)} · ${called(row.unit)}` },
                { title: t('signIn.login'), cell: (row) => row.login },
                {
                  title: t('accounts.state'),
                  cell: (row) =>
                    row.expired ? (
                      <span className="chip red">{t('accounts.expired')}</span>
                    ) : row.mustChange ? (
                      <span className="chip amber">{t('accounts.waits')}</span>
                    ) : (
                      <span className="chip green">{t('accounts.ready')}</span>
                    ),
                },
                {
                  title: t('factor.name'),
                  cell: (row) => (row.secondFactorSince ? momentText(row.secondFactorSince) : t('factor.none')),
                },
                {
                  title: t('word.do'),
                  cell: (row) => (
                    <span className="row">
                      {gives && row.person.id === me?.person.id && (
                        <span className="small soft">{t('accounts.own')}</span>
                      )}
                      {mayChange(row) &&
                        asked(
                          t('accounts.resetSure'),
                          () => reset(row.person.id, false),
                          <Button size="small">{t('accounts.reset')}</Button>,
                        )}
                      {mayChange(row) &&
                        row.secondFactorSince &&
                        asked(
                          t('accounts.resetSure'),
                          () => reset(row.person.id, true),
                          <Button size="small">{t('accounts.resetFactor')}</Button>,
                        )}
                      {mayChange(row) &&
                        asked(
                          t('accounts.removeSure'),
                          () => remove.mutate({ method: 'DELETE', path: `/persons/${row.person.id}/local-account` }),
                          <Button size="small" danger>
                            {t('accounts.remove')}
                          </Button>,
                        )}
                      {row.otherHalfWaits && (
                        <Button
                          size="small"
                          onClick={() =>
                            other.mutate(
                              { method: 'POST', path: `/persons/${row.person.id}/local-account/other-half` },
                              { onSuccess: ({ value }) => setHalf(value.password) },
                            )
                          }
                        >
                          {t('accounts.otherHalf')}
                        </Button>
                      )}
                    </span>
                  ),
                },
              ]}
            />
          )}
        </Register>
      </section>
    </>
  );
}
