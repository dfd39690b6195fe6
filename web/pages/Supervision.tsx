import { Button } from 'antd';
import { Link } from 'react-router';
import type { SupervisedMeasure } from '../../api/contract/suggestions.ts';
import { useListed } from '../api/list.ts';
import { Empty } from '../components/Empty.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { MeasureState } from '../components/plan/MeasureBoard.tsx';
import { Sheet } from '../components/Sheet.tsx';
import '../styles/registers.css';
import { useWords } from '../words.ts';

const shown = ['all', 'overdue'] as const;

/** 督办: all measures that are not settled, over all key accounts, by their day. */
export default function Supervision() {
  const { t, called } = useWords();
  const tab = usePageTab('show', shown);
  const measures = useListed<SupervisedMeasure>(
    ['measures'],
    '/measures',
    tab === 'overdue' ? { overdue: 'true' } : {},
  );
  return (
    <>
      <PageHead title={t('nav.supervision')} />
      <PageTabs
        label={t('nav.supervision')}
        param="show"
        items={shown.map((key) => ({ key, label: t(`supervision.${key}`) }))}
      />
      <Loaded query={measures}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0)
            return <Empty text={t(tab === 'overdue' ? 'supervision.noneOverdue' : 'supervision.none')} />;
          return (
            <section className="panel" aria-label={t('plan.measures')}>
              <Sheet
                dense
                caption={t('plan.measures')}
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    title: t('measure.text'),
                    cell: (row) => (
                      <>
                        <div className="break">{row.text}</div>
                        <Link className="small" to={`/accounts/${row.account.id}?part=plans`}>
                          {row.account.name}
                        </Link>
                      </>
                    ),
                  },
                  { title: t('measure.owner'), cell: (row) => called(row.owner) },
                  { title: t('word.unit'), cell: (row) => called(row.unit) },
                  { title: t('measure.dueOn'), cell: (row) => row.dueOn },
                  { title: t('word.status'), cell: (row) => <MeasureState measure={row} /> },
                  { title: t('word.case'), cell: (row) => <Link to={`/cases/${row.caseId}`}>{row.number}</Link> },
                ]}
              />
              {measures.hasNextPage && (
                <Button loading={measures.isFetchingNextPage} onClick={() => void measures.fetchNextPage()}>
                  {t('do.more')}
                </Button>
              )}
            </section>
          );
        }}
      </Loaded>
    </>
  );
}
