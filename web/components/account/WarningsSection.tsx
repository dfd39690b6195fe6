import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ResponseOf } from '../../../api/contract/route.ts';
import type { SuggestionView, suggestionRoutes } from '../../../api/contract/suggestions.ts';
import { useOne } from '../../api/list.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Loaded } from '../Loaded.tsx';
import { ProgressBar } from '../plan/ProgressBar.tsx';
import { Severity } from '../plan/Severity.tsx';
import { ProposeExit } from './ProposeExit.tsx';
import { ProposeRelisting } from './ProposeRelisting.tsx';
import { RaiseSuggestion } from './RaiseSuggestion.tsx';
import type { SectionProps } from './sections.ts';

type Answer = ResponseOf<typeof suggestionRoutes.suggestions>;

/** 风险预警、强化攻关建议等 (Article 6.3): what was raised about the account, the open ones first, the gravest to be seen at once. */
export default function WarningsSection({ account }: SectionProps) {
  const { t } = useWords();
  const [isRaising, setRaising] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const [isReturning, setReturning] = useState(false);
  const { delisted } = account;
  const found = useOne<Answer>(['account', account.id, 'suggestions'], `/accounts/${account.id}/suggestions`);
  return (
    <section className="panel stack" aria-label={t('account.part.warnings')}>
      <Loaded query={found}>
        {({ items, mayRaise }) => (
          <>
            <div className="row section-head">
              <h2>
                {t('account.part.warnings')} <ArticleTag article="6.3" />
              </h2>
              {mayRaise && (
                <span className="row">
                  {delisted && <Button onClick={() => setReturning(true)}>{t('relisting.propose')}</Button>}
                  <Button onClick={() => setLeaving(true)}>{t('exit.propose')}</Button>
                  <Button type="primary" icon={<PlusOutlined />} onClick={() => setRaising(true)}>
                    {t('suggestion.raise')}
                  </Button>
                </span>
              )}
            </div>
            {items.length === 0 && <p className="soft">{t('suggestion.none')}</p>}
            <Cards heading={t('suggestion.open')} items={items.filter(({ terminal }) => !terminal)} />
            <Cards heading={t('suggestion.past')} items={items.filter(({ terminal }) => terminal)} />
          </>
        )}
      </Loaded>
      {isLeaving && <ProposeExit account={account} onClose={() => setLeaving(false)} />}
      {isReturning && <ProposeRelisting account={account} onClose={() => setReturning(false)} />}
      {isRaising && <RaiseSuggestion account={account} onClose={() => setRaising(false)} />}
    </section>
  );
}

function Cards({ heading, items }: { readonly heading: string; readonly items: readonly SuggestionView[] }) {
  const { t, named, word, called } = useWords();
  if (items.length === 0) return null;
  return (
    <>
      <h3>{heading}</h3>
      <ul className="cards">
        {items.map((each) => (
          <li key={each.caseId} className={`card plain suggestion ${each.terminal ? 'past' : (each.severity ?? '')}`}>
            <div>
              <div className="title row">
                {each.readable ? (
                  <Link to={`/cases/${each.caseId}`}>{named('suggestionKind', each.kind)}</Link>
                ) : (
                  named('suggestionKind', each.kind)
                )}
                <Severity severity={each.severity} />
              </div>
              <div className="small soft">
                <span className="figure">{each.number}</span>
                {' · '}
                {t('suggestion.raisedBy', { name: called(each.raisedBy), day: dayText(each.openedAt) })}
              </div>
              {each.plan && each.plan.of > 0 && <ProgressBar {...each.plan} />}
            </div>
            <div className="aside">
              <span className={`chip ${each.terminal ? '' : 'brand'}`}>{word(each.stateKey)}</span>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
