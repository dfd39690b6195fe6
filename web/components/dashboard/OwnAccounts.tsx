import { skipToken, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { AccountSummary } from '../../../api/contract/accounts.ts';
import { call } from '../../api/call.ts';
import { type Page, WHOLE } from '../../api/list.ts';
import { useMe } from '../../api/me.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Loaded } from '../Loaded.tsx';
import { Sheet } from '../Sheet.tsx';

/** The accounts that the reader manages, and what he is to do for them (Articles 5 to 7). */
export function OwnAccounts() {
  const { t, named, called } = useWords();
  const managerId = useMe().data?.person.id ?? null;
  const accounts = useQuery({
    queryKey: ['accounts', 'own', managerId],
    queryFn:
      managerId === null
        ? skipToken
        : async ({ signal }) =>
            (
              await call<Page<AccountSummary>>('POST', '/accounts/search', {
                body: { managerId, limit: WHOLE },
                signal,
              })
            ).value,
  });
  return (
    <section className="panel stack" aria-labelledby="own-accounts">
      <h2 id="own-accounts">{t('dash.own')}</h2>
      <Loaded query={accounts}>
        {({ items }) => (
          <Sheet<AccountSummary>
            rows={items}
            rowKey={(row) => row.id}
            caption={t('dash.own')}
            columns={[
              {
                title: t('f.client.name'),
                cell: (row) => <Link to={`/accounts/${row.id}`}>{row.client.name}</Link>,
              },
              { title: t('word.grade'), cell: (row) => named('grade', row.grade) },
              { title: t('acc.managedBy'), cell: (row) => named('grade', row.managedBy) },
              { title: t('word.status'), cell: (row) => named('acc', row.state) },
              { title: t('unit.recommending'), cell: (row) => called(row.unit) },
              { title: t('account.establishedOn'), cell: (row) => row.establishedOn },
            ]}
          />
        )}
      </Loaded>
      <p className="small soft">
        {t('manager.duties')} <ArticleTag article="6" />
      </p>
      <p className="small soft">
        {t('manager.exclusive')} <ArticleTag article="7.3" />
      </p>
    </section>
  );
}
