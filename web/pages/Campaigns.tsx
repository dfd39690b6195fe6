import { CalendarOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { Link, useNavigate } from 'react-router';
import type { campaignRoutes } from '../../api/contract/campaigns.ts';
import type { ResponseOf } from '../../api/contract/route.ts';
import { useAct } from '../api/act.ts';
import { useOne } from '../api/list.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { ProgressBar, progressOf } from '../components/campaign/ProgressBars.tsx';
import { Empty } from '../components/Empty.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { dayText } from '../format.ts';
import '../styles/campaign.css';
import { useWords } from '../words.ts';

type Found = ResponseOf<typeof campaignRoutes.campaigns>;

/** 年度评价, year by year; the office opens this year's. */
export default function Campaigns() {
  const { t, named } = useWords();
  const navigate = useNavigate();
  const campaigns = useOne<Found>(['campaigns'], '/campaigns', 30_000);
  const act = useAct<{ year: number }>([['campaigns']]);
  const open = () =>
    act.mutate(
      { method: 'POST', path: '/campaigns', body: {} },
      { onSuccess: ({ value }) => navigate(`/campaigns/${value.year}`) },
    );
  const mayOpen = campaigns.data?.mayOpen ?? null;
  return (
    <>
      <PageHead title={t('nav.campaigns')}>
        {mayOpen !== null && (
          <Popconfirm
            title={t('campaign.openAsk', { year: mayOpen })}
            description={t('campaign.openMeans')}
            okText={t('campaign.open', { year: mayOpen })}
            cancelText={t('do.cancel')}
            onConfirm={open}
          >
            <Button type="primary" icon={<CalendarOutlined />} loading={act.isPending}>
              {t('campaign.open', { year: mayOpen })}
            </Button>
          </Popconfirm>
        )}
      </PageHead>
      <p className="soft">
        {t('campaign.about')} <ArticleTag article="10.3" />
      </p>
      <ProblemNotice error={act.error} />
      <Loaded query={campaigns}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('campaign.none')} />
          ) : (
            <section className="panel" aria-label={t('nav.campaigns')}>
              <Sheet
                caption={t('nav.campaigns')}
                rows={items}
                rowKey={({ year }) => year}
                columns={[
                  {
                    title: t('campaign.year'),
                    cell: ({ year }) => <Link to={`/campaigns/${year}`}>{t('campaign.title', { year })}</Link>,
                  },
                  { title: t('word.status'), cell: ({ state }) => named('campaign.state', state) },
                  {
                    title: t('campaign.progressOf'),
                    cell: ({ counts }) => (
                      <>
                        <ProgressBar counts={counts} />
                        <span className="small">{t('campaign.progress', progressOf(counts))}</span>
                      </>
                    ),
                  },
                  { title: t('campaign.opened'), cell: ({ openedAt }) => dayText(openedAt) },
                  { title: t('campaign.closed'), cell: ({ closedAt }) => (closedAt ? dayText(closedAt) : '—') },
                ]}
              />
            </section>
          )
        }
      </Loaded>
    </>
  );
}
