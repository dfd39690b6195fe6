import { Link } from 'react-router';
import type { EarlierDecision } from '../../api/contract/cases.ts';
import { useEarlier } from '../api/cases.ts';
import { amountText, dayText } from '../format.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';

/** What was decided on this client before, as far as the reader may read it; which recommendation takes up which. */
export function EarlierDecisions({ caseId }: { readonly caseId: string }) {
  const { t } = useWords();
  const earlier = useEarlier(caseId);
  return (
    <div>
      <h3>{t('agenda.earlier')}</h3>
      <Loaded query={earlier}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="small soft" style={{ margin: 0 }}>
              {t('agenda.noEarlier')}
            </p>
          ) : (
            <ul className="cards">
              {items.map((decision) => (
                <Earlier key={decision.case.id} decision={decision} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}

function Earlier({ decision }: { readonly decision: EarlierDecision }) {
  const { t, word, named, called, language } = useWords();
  const { case: summary, linked, shared, ballots, expectedYuan } = decision;
  const look = !summary.terminal ? 'brand' : summary.state === 'established' ? 'green' : 'amber';
  return (
    <li className="aside-block">
      <div className="row">
        <Link to={`/cases/${summary.id}`}>{summary.title || summary.number}</Link>
        <span className={`chip ${look}`}>{word(summary.stateKey)}</span>
        {linked && <span className="chip">{t('agenda.linked')}</span>}
      </div>
      <div className="small soft row">
        <span className="figure">{summary.number}</span>
        <span>{called(summary.unit)}</span>
        <span className="figure">{amountText(expectedYuan, language)}</span>
        <span className="figure">
          {dayText(decision.submittedAt ?? summary.openedAt)} –{' '}
          {summary.closedAt ? dayText(summary.closedAt) : t('word.open')}
        </span>
      </div>
      {ballots.map((ballot) => (
        <div key={`${ballot.matter}-${ballot.closedAt}`} className="small">
          {named('matter', ballot.matter)}
          {t('list.colon')}
          {named('outcome', ballot.outcome ?? '')}
          {ballot.for !== null &&
            ` · ${t('ballot.count', { for: ballot.for, against: ballot.against ?? 0, abstain: ballot.abstain ?? 0 })}`}
        </div>
      ))}
      {!linked && shared.length > 0 && (
        <div className="small soft break">{t('agenda.shared', { what: shared.slice(0, 4).join(t('list.comma')) })}</div>
      )}
    </li>
  );
}
