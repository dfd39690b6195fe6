import { EditOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { rolesOf, useMe } from '../../api/me.ts';
import { useWords } from '../../words.ts';
import { Absent } from '../Absent.tsx';
import { Facts } from '../Facts.tsx';
import { PageHead } from '../PageHead.tsx';
import { VisitDueChip } from '../visit/VisitDueChip.tsx';

const colours: Readonly<Record<string, string>> = {
  active: 'green',
  intensified: 'brand',
  vacant: 'amber',
  terminated: 'red',
};

/** What an account is at a glance: when it is to be visited, who manages it, how it is graded; the rest behind a fold. */
export function AccountHead({ account }: { readonly account: AccountView }) {
  const { t, named, called } = useWords();
  const { manager, unit, visitDue, takenOver, delisted } = account;
  return (
    <>
      <PageHead title={account.client.name}>
        <span className={`chip ${colours[account.state] ?? ''}`}>{named('acc', account.state)}</span>
        {delisted && <span className="chip amber">{t('relisting.off')}</span>}
      </PageHead>
      <section className="panel account-head" aria-label={t('account.more')}>
        <dl className="glance">
          {visitDue && (
            <Glance label={t('account.nextVisit')} note={<VisitDueChip due={visitDue} />}>
              <span className="figure">{visitDue.dueOn}</span>
            </Glance>
          )}
          <Glance label={t('role.accountManager')} note={unit && called(unit)}>
            {manager ? (
              <span className="row">
                <Link to={`/people/${manager.id}`}>{called(manager)}</Link>
                <Absent personId={manager.id} />
              </span>
            ) : (
              t('account.noManager')
            )}
          </Glance>
          <Glance label={t('acc.managedBy')} note={`${t('word.grade')} ${named('grade', account.grade)}`}>
            {named('grade', account.managedBy)}
          </Glance>
          <Glance label={t('account.establishedOn')} note={account.archiveNo}>
            <span className="figure">{account.establishedOn}</span>
          </Glance>
        </dl>
        {account.file.keeps && (
          <Link className="log-visit" to={`/accounts/${account.id}/visits/new`}>
            <EditOutlined /> {t('visit.log')}
          </Link>
        )}
        <OffTheList account={account} />
        <details className="more">
          <summary className="summary-link small">{t('account.more')}</summary>
          <Facts
            rows={[
              { label: t('unit.recommending'), value: unit && called(unit) },
              { label: t('account.terminatedOn'), value: account.terminatedOn },
              {
                label: t('account.onList'),
                value: delisted ? (
                  <Link to={`/cases/${delisted.caseId}`}>
                    {t('relisting.off')} · {delisted.on}
                  </Link>
                ) : (
                  t(account.onList ? 'word.yes' : 'word.no')
                ),
              },
              {
                label: t('account.edition'),
                value: account.inEdition && (
                  <Link to={`/editions/${account.inEdition.number}`}>
                    {t('account.inEdition', { n: account.inEdition.number, day: account.inEdition.publishedOn })}
                  </Link>
                ),
              },
              {
                label: t('account.decision'),
                value: takenOver ? (
                  `${takenOver.document} · ${takenOver.body} · ${takenOver.decidedOn}`
                ) : (
                  <Link to={`/cases/${account.decisionCaseId}`}>{t('account.openDecision')}</Link>
                ),
              },
              {
                label: t('account.client'),
                value: <Link to={`/clients/${account.client.id}`}>{t('account.openClient')}</Link>,
              },
            ]}
          />
        </details>
      </section>
    </>
  );
}

/** What follows where an account has left the list, or cooperation with it has ended: who still holds it, and how it comes back. */
function OffTheList({ account: { state, delisted } }: { readonly account: AccountView }) {
  const { t } = useWords();
  const me = useMe().data;
  if (delisted)
    return <p className="soft consequence">{t('relisting.offSince', { day: delisted.on, number: delisted.number })}</p>;
  if (state !== 'terminated') return null;
  return (
    <p className="soft consequence">
      {t('account.mayRecommend')}{' '}
      {me && rolesOf(me).includes('submitter') && <Link to="/recommendations/new">{t('nav.recommend')}</Link>}
    </p>
  );
}

type GlanceProps = { readonly label: string; readonly note: ReactNode; readonly children: ReactNode };

const Glance = ({ label, note, children }: GlanceProps) => (
  <div>
    <dt>{label}</dt>
    <dd>
      {children}
      {note && <div className="small soft">{note}</div>}
    </dd>
  </div>
);
