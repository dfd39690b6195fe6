import type { AskingView } from '../../../api/contract/exclusivity.ts';
import { type Page, useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Empty } from '../Empty.tsx';
import { Loaded } from '../Loaded.tsx';
import { Sheet } from '../Sheet.tsx';

/** Who asked about more clients than one who develops them does: how often and when, and never about whom (Article 11). */
export function Watch() {
  const { t, called } = useWords();
  const found = useOne<Page<AskingView>>(['exclusivity', 'watch'], '/exclusivity-checks/watch');
  return (
    <>
      <p className="row soft">
        <span>{t('exclusivity.watchAbout')}</span>
        <ArticleTag article="11" />
      </p>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('exclusivity.watchNone')} />
          ) : (
            <section className="panel" aria-label={t('exclusivity.watch')}>
              <Sheet
                caption={t('exclusivity.watch')}
                rows={items}
                rowKey={(row) => row.person.id + row.day}
                columns={[
                  { title: t('exclusivity.who'), cell: (row) => called(row.person) },
                  { title: t('word.unit'), cell: (row) => called(row.unit) },
                  { title: t('exclusivity.day'), cell: (row) => row.day },
                  { title: t('exclusivity.different'), cell: (row) => row.different, number: true },
                  { title: t('exclusivity.nearMisses'), cell: (row) => row.near, number: true },
                ]}
              />
            </section>
          )
        }
      </Loaded>
    </>
  );
}
