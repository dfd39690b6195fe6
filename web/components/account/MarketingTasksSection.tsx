import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { MarketingTaskView, marketingTaskRoutes } from '../../../api/contract/marketingTasks.ts';
import type { ResponseOf } from '../../../api/contract/route.ts';
import { useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Loaded } from '../Loaded.tsx';
import { MarketingTaskCard } from './MarketingTaskCard.tsx';
import { SetMarketingTask } from './SetMarketingTask.tsx';
import type { SectionProps } from './sections.ts';

type Answer = ResponseOf<typeof marketingTaskRoutes.marketingTasks>;

/** 营销任务及完成 (Article 6.1, annex 4): what is to be done for the account, and what came of it. */
export default function MarketingTasksSection({ account }: SectionProps) {
  const { t } = useWords();
  const [isSetting, setSetting] = useState(false);
  const tasks = useOne<Answer>(['account', account.id, 'marketingTasks'], `/accounts/${account.id}/marketing-tasks`);
  return (
    <section className="panel stack" aria-label={t('marketing.title')}>
      <Loaded query={tasks}>
        {({ items, maySet }) => (
          <>
            <div className="row section-head">
              <h2>
                {t('marketing.title')} <ArticleTag article="6.1" />
              </h2>
              {maySet && (
                <Button type="primary" icon={<PlusOutlined />} onClick={() => setSetting(true)}>
                  {t('marketing.set')}
                </Button>
              )}
            </div>
            {items.length === 0 && <p className="soft">{t('marketing.empty')}</p>}
            <Tasks items={items} />
          </>
        )}
      </Loaded>
      {isSetting && <SetMarketingTask account={account} onClose={() => setSetting(false)} />}
    </section>
  );
}

function Tasks({ items }: { readonly items: readonly MarketingTaskView[] }) {
  const { t } = useWords();
  const closed = items.filter(({ state }) => state !== 'open');
  return (
    <>
      <ul className="cards">
        {items
          .filter(({ state }) => state === 'open')
          .map((task) => (
            <MarketingTaskCard key={task.id} task={task} />
          ))}
      </ul>
      {closed.length > 0 && (
        <details>
          <summary className="summary-link">{t('marketing.closed', { count: closed.length })}</summary>
          <ul className="cards closed-tasks">
            {closed.map((task) => (
              <MarketingTaskCard key={task.id} task={task} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
