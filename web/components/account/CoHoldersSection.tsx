import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { CoHoldersView } from '../../../api/contract/coHolders.ts';
import { useOne } from '../../api/list.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Loaded } from '../Loaded.tsx';
import { StartReassignment } from '../reassignment/StartReassignment.tsx';
import { EndCoHolding } from './EndCoHolding.tsx';
import { ProposeCoHolder } from './ProposeCoHolder.tsx';
import type { SectionProps } from './sections.ts';

type Held = CoHoldersView['items'][number];

/** 共同推荐单位与客户经理 (Article 7.4): who was added, by which decision, and who may be proposed. */
export default function CoHoldersSection({ account }: SectionProps) {
  const { t } = useWords();
  const [isProposing, setProposing] = useState(false);
  const [ending, setEnding] = useState<Held | null>(null);
  const held = useOne<CoHoldersView>(['account', account.id, 'coHolders'], `/accounts/${account.id}/co-holders`);
  return (
    <section className="panel stack" aria-label={t('coHolders.title')}>
      <Loaded query={held}>
        {({ items, proposable }) => {
          const past = items.filter(({ validTo }) => validTo !== null);
          const current = items.filter(({ validTo }) => validTo === null);
          return (
            <>
              <div className="row section-head">
                <h2>
                  {t('coHolders.title')} <ArticleTag article="7.4" />
                </h2>
                {proposable.length > 0 && (
                  <Button type="primary" icon={<PlusOutlined />} onClick={() => setProposing(true)}>
                    {t('coHolders.propose')}
                  </Button>
                )}
              </div>
              {current.length === 0 && <p className="soft">{t('coHolders.empty')}</p>}
              <ul className="cards">
                {current.map((each) => (
                  <CoHolder
                    key={each.holdingId}
                    held={each}
                    acts={<Acts accountId={account.id} held={each} onEnd={() => setEnding(each)} />}
                  />
                ))}
              </ul>
              {past.length > 0 && (
                <details>
                  <summary className="summary-link">{t('coHolders.past', { count: past.length })}</summary>
                  <ul className="cards closed-tasks">
                    {past.map((each) => (
                      <CoHolder key={each.holdingId} held={each} />
                    ))}
                  </ul>
                </details>
              )}
              {isProposing && (
                <ProposeCoHolder account={account} proposable={proposable} onClose={() => setProposing(false)} />
              )}
              {ending && <EndCoHolding account={account} held={ending} onClose={() => setEnding(null)} />}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function CoHolder({ held, acts }: { readonly held: Held; readonly acts?: ReactNode }) {
  const { t, called } = useWords();
  const { unit, manager, validFrom, validTo, decisionCaseId } = held;
  return (
    <li className="card plain">
      <div>
        <div className="title">{called(unit)}</div>
        <div className="small soft">
          {manager ? <Link to={`/people/${manager.id}`}>{called(manager)}</Link> : t('coHolders.vacant')}
          {' · '}
          {validTo === null
            ? t('coHolders.since', { day: dayText(validFrom) })
            : t('coHolders.period', { from: dayText(validFrom), to: dayText(validTo) })}
          {decisionCaseId && (
            <>
              {' · '}
              <Link to={`/cases/${decisionCaseId}`}>{t('account.decision')}</Link>
            </>
          )}
        </div>
      </div>
      {acts}
    </li>
  );
}

/** Its unit gives it up; anybody else asks that it be replaced or ended (7.3, 4.3). */
function Acts({
  accountId,
  held,
  onEnd,
}: {
  readonly accountId: string;
  readonly held: Held;
  readonly onEnd: () => void;
}) {
  const { t } = useWords();
  const { holdingId, unit, manager, mayEnd, reassignableOn } = held;
  if (mayEnd === 'no' && reassignableOn.length === 0) return null;
  return (
    <div className="aside row">
      {reassignableOn.length > 0 && (
        <StartReassignment
          of={`/accounts/${accountId}`}
          holdingId={holdingId}
          unitId={unit.id}
          whom={manager ? ['coHolding', 'manager', 'unit'] : ['coHolding', 'unit']}
          grounds={reassignableOn}
          label={t('reassignment.start')}
        />
      )}
      {mayEnd !== 'no' && <Button onClick={onEnd}>{t('coHolders.end')}</Button>}
    </div>
  );
}
