import { Link } from 'react-router';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Periods } from '../Periods.tsx';
import { StartReassignment } from '../reassignment/StartReassignment.tsx';
import { Sheet } from '../Sheet.tsx';
import type { SectionProps } from './sections.ts';

/** Who holds and held the account, and which legal entities that covers (7.3, 7.4). */
export function HoldingsSection({ account }: SectionProps) {
  const { t, named, called } = useWords();
  return (
    <>
      <section className="panel stack" aria-label={t('account.holdings')}>
        <div className="row section-head">
          <h2>
            {t('account.holdings')} <ArticleTag article="7.3" />
          </h2>
          {account.mayStart.reassignment.length > 0 && (
            <StartReassignment
              of={`/accounts/${account.id}`}
              unitId={account.unit?.id ?? null}
              grounds={account.mayStart.reassignment}
              managerId={account.manager?.id}
              label={t('reassignment.start')}
            />
          )}
        </div>
        <Periods
          label={t('account.holdings')}
          periods={account.holdings.map((holding) => ({
            key: holding.id,
            name: `${called(holding.unit)} · ${called(holding.manager)}`,
            from: holding.validFrom,
            to: holding.validTo,
            strong: holding.validTo === null,
            note: (
              <>
                <span className="chip">{named('holding', holding.kind)}</span>
                {holding.decisionCaseId ? (
                  <Link className="small" to={`/cases/${holding.decisionCaseId}`}>
                    {t('account.decision')}
                  </Link>
                ) : (
                  <span className="small soft">{t('account.takenOver')}</span>
                )}
              </>
            ),
          }))}
        />
      </section>
      <section className="panel" aria-label={t('account.entities')}>
        <h2>{t('account.entities')}</h2>
        <Sheet
          caption={t('account.entities')}
          rows={account.entities}
          rowKey={(row) => row.code ?? row.name}
          columns={[
            { title: t('f.client.name'), cell: (row) => row.name },
            { title: t('f.client.uscc'), cell: (row) => row.code ?? '—' },
            { title: t('f.client.members.relation'), cell: (row) => row.relation ?? t('clients.main') },
          ]}
        />
      </section>
    </>
  );
}
