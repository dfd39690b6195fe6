import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { EditionList, EditionSummary, NextEdition as Next } from '../../api/contract/editions.ts';
import { get, query } from '../api/call.ts';
import { useOne, usePages } from '../api/list.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Empty } from '../components/Empty.tsx';
import { BeginEdition } from '../components/edition/BeginEdition.tsx';
import { ChangePicture } from '../components/edition/ChangePicture.tsx';
import { NextEdition } from '../components/edition/NextEdition.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { dayText, momentText } from '../format.ts';
import { useWords } from '../words.ts';
import '../styles/editions.css';
import '../styles/registers.css';

/** 大客户名单: the edition in preparation, the newest one and those before it (Article 8). */
export default function Editions() {
  const { t } = useWords();
  const [begins, setBegins] = useState(false);
  const list = usePages<EditionSummary>(
    ['editions'],
    (cursor, signal) => get<EditionList>(`/editions${query({ cursor })}`, signal),
    60_000,
  );
  const { mayBegin = false } = (list.data?.pages[0] ?? {}) as Partial<EditionList>;
  const next = useOne<Next>(['editions', 'next'], mayBegin ? '/editions/next' : null, 60_000);
  return (
    <Loaded query={list}>
      {({ pages }) => {
        const { open } = pages[0] as EditionList;
        const items = pages.flatMap((page) => page.items);
        return (
          <>
            <PageHead title={t('nav.editions')}>
              {mayBegin && (
                <Button type="primary" icon={<PlusOutlined />} disabled={!next.data} onClick={() => setBegins(true)}>
                  {t('edition.begin')}
                </Button>
              )}
            </PageHead>
            {open && <InPreparation edition={open} before={items[0]?.number ?? null} />}
            {mayBegin && next.data && <NextEdition next={next.data} />}
            {items.length === 0 ? <Empty text={t('edition.noEdition')} /> : <Published items={items} />}
            {list.hasNextPage && (
              <Button loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
                {t('do.more')}
              </Button>
            )}
            {begins && next.data && (
              <BeginEdition
                published={items.flatMap(({ number }) => number ?? [])}
                next={next.data}
                onClose={() => setBegins(false)}
              />
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function InPreparation({ edition, before }: { readonly edition: EditionSummary; readonly before: number | null }) {
  const { t, word } = useWords();
  return (
    <section className="panel stack" aria-label={t('edition.inPreparation')}>
      <div className="row">
        <h2>{t('edition.inPreparation')}</h2>
        <span className="chip amber">{word(edition.stateKey)}</span>
        {edition.corrects !== null && <span className="chip">{t('edition.corrects', { n: edition.corrects })}</span>}
        <ArticleTag article="8" />
      </div>
      <p className="soft">{t('edition.asOf', { at: momentText(edition.cutoffAt) })}</p>
      <ChangePicture lines={edition.lines} changes={edition.changes} comparedWith={before} />
      <p>
        <Link to={`/cases/${edition.caseId}`}>{t('edition.toCase', { number: edition.caseNumber })}</Link>
      </p>
    </section>
  );
}

function Published({ items }: { readonly items: readonly EditionSummary[] }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-label={t('edition.published')}>
      <h2>{t('edition.published')}</h2>
      <Sheet
        dense
        caption={t('edition.published')}
        rows={items}
        rowKey={({ caseId }) => caseId}
        columns={[
          {
            title: t('word.edition'),
            cell: ({ number, corrects, correctedBy }) => (
              <span className="row">
                <Link to={`/editions/${number}`}>
                  <strong>{t('list.edition', { n: number ?? 0 })}</strong>
                </Link>
                {corrects !== null && <span className="chip">{t('edition.corrects', { n: corrects })}</span>}
                {correctedBy !== null && (
                  <span className="chip amber">{t('edition.correctedBy', { n: correctedBy })}</span>
                )}
              </span>
            ),
          },
          { title: t('edition.publishedOn'), cell: ({ publishedAt }) => dayText(publishedAt) },
          { title: t('grade.company'), cell: ({ lines }) => lines.company, number: true },
          { title: t('grade.branch'), cell: ({ lines }) => lines.branch, number: true },
          { title: t('edition.new'), cell: ({ changes }) => changes.new, number: true },
          { title: t('edition.gone'), cell: ({ changes }) => changes.gone, number: true },
          { title: t('edition.changed'), cell: ({ changes }) => changes.changed, number: true },
        ]}
      />
    </section>
  );
}
