import { Button } from 'antd';
import { useId } from 'react';
import { Link } from 'react-router';
import type { AgendaItem } from '../../../api/contract/agenda.ts';
import { useWords } from '../../words.ts';
import { optionTone } from '../review/optionTone.ts';

type Props = {
  readonly item: AgendaItem;
  readonly chosen: boolean;
  /** Null where it is not voted in bulk. */
  readonly onChoose: ((on: boolean) => void) | null;
  /** Null where the reader may not have it decided singly, or somebody has. */
  readonly onPullOut: (() => void) | null;
};

/** An account on the agenda: what is proposed and on what ground, and what one may do with it here. */
export function AgendaRow({ item, chosen, onChoose, onPullOut }: Props) {
  const { t, named, called } = useWords();
  const name = useId();
  const { caseId, account, unit, grade, score, proposal, dissents, dataAtHand, pulledOut, secondBallot, vote } = item;
  const { recusal } = item;
  return (
    <li className={chosen ? 'agenda-item chosen' : 'agenda-item'}>
      {onChoose && (
        <label className="pick">
          <input
            type="checkbox"
            checked={chosen}
            aria-labelledby={name}
            onChange={({ target }) => onChoose(target.checked)}
          />
        </label>
      )}
      <div className="what">
        {recusal === 'declared' ? (
          <strong>{account.name}</strong>
        ) : (
          <Link id={name} to={`/cases/${caseId}`}>
            {account.name}
          </Link>
        )}
        <span className="small soft row">
          <span>{called(unit)}</span>
          <span>{named('grade', grade)}</span>
          <span className="figure">{account.archiveNo}</span>
        </span>
        <span className="row">
          {proposal && (
            <span className={`chip ${optionTone[proposal]}`}>
              {t('reviewAgenda.proposed', { option: named('option', proposal) })}
            </span>
          )}
          {dataAtHand && <span className="chip amber">{t('reviewAgenda.dataAtHand')}</span>}
          {dissents > 0 && <span className="chip amber">{t('reviewAgenda.dissents', { count: dissents })}</span>}
          {secondBallot && <span className="chip brand">{t('vote.runoff')}</span>}
          {pulledOut && (
            <span className="chip amber">{t('reviewAgenda.pulledOutBy', { name: called(pulledOut.by) })}</span>
          )}
          {recusal && <span className="chip">{t('reviewAgenda.recused')}</span>}
          {vote?.state === 'given' && <span className="chip green">{t('reviewAgenda.voted')}</span>}
        </span>
      </div>
      <div className="aside">
        {recusal !== 'declared' && (
          <span className="agenda-score">
            {score ?? '—'} <small>{t('reviewAgenda.points')}</small>
          </span>
        )}
        {onPullOut && (
          <Button
            type="link"
            size="small"
            aria-label={t('reviewAgenda.pullOutOf', { name: account.name })}
            onClick={onPullOut}
          >
            {t('act.pullOut')}
          </Button>
        )}
      </div>
    </li>
  );
}
