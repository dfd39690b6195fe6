import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AllocationSummary } from '../../../api/contract/allocations.ts';
import { useListed } from '../../api/list.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { regionText } from '../regionText.ts';
import { StartAllocation } from './StartAllocation.tsx';
import type { SectionProps } from './sections.ts';

/** 项目承建 (Article 7.2): which unit builds the account's projects, decided or still negotiated. */
export default function AllocationsSection({ account }: SectionProps) {
  const { t } = useWords();
  const [isStarting, setStarting] = useState(false);
  const found = useListed<AllocationSummary>(
    ['account', account.id, 'allocations'],
    `/accounts/${account.id}/allocations`,
  );
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel stack" aria-label={t('allocation.title')}>
      <div className="row section-head">
        <h2>
          {t('allocation.title')} <ArticleTag article="7.2" />
        </h2>
        {account.mayStart.allocation && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setStarting(true)}>
            {t('allocation.start')}
          </Button>
        )}
      </div>
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <p className="soft">{t('allocation.empty')}</p>}
      <ul className="cards">
        {items.map((item) => (
          <Allocation key={item.caseId} item={item} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
      {isStarting && <StartAllocation account={account} onClose={() => setStarting(false)} />}
    </section>
  );
}

function Allocation({ item }: { readonly item: AllocationSummary }) {
  const { t, word, called } = useWords();
  const { projectName, regionCode, place, builder, number, caseId, stateKey, openedAt } = item;
  return (
    <li className="card plain">
      <div>
        <div className="title">
          {projectName === null ? (
            <span className="soft">{t('allocation.secret')}</span>
          ) : (
            <Link to={`/cases/${caseId}`}>{projectName}</Link>
          )}
        </div>
        <div className="small soft">
          {regionText(regionCode)} · {t(`allocation.place.${place}`)} · <span className="figure">{number}</span> ·{' '}
          {dayText(openedAt)}
        </div>
      </div>
      <div className="aside">
        <span className={`chip ${builder ? 'green' : ''}`}>{builder ? called(builder) : word(stateKey)}</span>
      </div>
    </li>
  );
}
