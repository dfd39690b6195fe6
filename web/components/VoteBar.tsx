import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { BallotView } from '../../api/contract/ballots.ts';
import type { CaseView } from '../../api/contract/cases.ts';
import { answersTo } from '../answers.ts';
import { useAct } from '../api/act.ts';
import { afterDecision } from '../api/cases.ts';
import { useNextVote } from '../api/tasks.ts';
import { dueText } from '../format.ts';
import { useNarrow } from '../narrow.ts';
import { matterWord } from '../outcomeWord.ts';
import '../styles/voteBar.css';
import { useWords } from '../words.ts';
import { AskDialog } from './AskDialog.tsx';
import { VoteSheet } from './VoteSheet.tsx';

type Props = { readonly value: CaseView; readonly ballots: readonly BallotView[] };

/** Seconds to wait for the case to have moved, so that the page then shows where it has gone. */
const WAIT = 2;

/** On a phone: the reader's vote within reach of his thumb, while he reads; then that he has voted, and the way to the next. */
export function VoteBar({ value, ballots }: Props) {
  const narrow = useNarrow();
  const [voted, setVoted] = useState(false);
  const ballot = ballots.findLast(({ status, mine }) => status === 'open' && mine?.taskId && !mine.recusal);
  if (!narrow || (!ballot && !voted)) return null;
  return <Bar value={value} ballot={ballot ?? null} onVoted={() => setVoted(true)} />;
}

type BarProps = {
  readonly value: CaseView;
  /** Null once one's own vote has closed it. */
  readonly ballot: BallotView | null;
  readonly onVoted: () => void;
};

function Bar({ value, ballot, onVoted }: BarProps) {
  const { t, named } = useWords();
  const [asked, setAsked] = useState<string | null>(null);
  const [changing, setChanging] = useState(false);
  const act = useAct(afterDecision(value.id));
  const given = ballot?.mine?.choice ?? null;
  const open = ballot !== null && (given === null || changing);
  const next = useNextVote(value.id, !open);

  // Outside a recommendation the process says what is approved or chosen.
  const matter = [value.recommendation ? [] : named('process', value.process), ballot ? matterWord(ballot, named) : []]
    .flat()
    .join(' · ');

  const answer = (action: string, body: object) =>
    act.mutate(
      { method: 'POST', path: `/tasks/${ballot?.mine?.taskId}/decisions`, wait: WAIT, body: { action, body } },
      {
        onSuccess: () => {
          onVoted();
          setAsked(null);
          setChanging(false);
        },
      },
    );
  const close = () => {
    act.reset();
    setAsked(null);
  };

  return (
    <section className="vote-bar no-print" aria-label={t('vote.bar')}>
      <p className="told small" role="status">
        {given ? (
          <>
            <span className="chip green">{t('vote.given', { choice: named('vote', given) })}</span>
            <span className="soft">{t('ballot.mayChange')}</span>
          </>
        ) : ballot ? (
          <>
            <strong>{matter}</strong>
            <span className="soft">{t('due.by', { due: dueText(dueOf(ballot)) })}</span>
          </>
        ) : (
          <span className="chip green">{t('vote.closed')}</span>
        )}
      </p>
      {open ? (
        <div className="votes">
          {ballot.votes.map((choice) => (
            <button
              key={choice}
              type="button"
              className={`vote-choice ${choice}`}
              aria-haspopup="dialog"
              aria-pressed={given === choice}
              onClick={() => setAsked(choice)}
            >
              {named('vote', choice)}
            </button>
          ))}
          <Button type="text" className="recuse" aria-haspopup="dialog" onClick={() => setAsked('recuse')}>
            {t('vote.stepAside')}
          </Button>
        </div>
      ) : (
        <div className="votes" style={{ gridTemplateColumns: given ? '1fr 2fr' : '1fr' }}>
          {given && (
            <button type="button" className="vote-choice" onClick={() => setChanging(true)}>
              {t('vote.change')}
            </button>
          )}
          {next.data ? (
            <Link className="onward" to={`/cases/${next.data.case.id}`}>
              {t('vote.next', { title: next.data.case.title })}
            </Link>
          ) : (
            <Link className="onward" to="/inbox">
              {t('vote.noneLeft')}
            </Link>
          )}
        </div>
      )}
      {ballot && asked && asked !== 'recuse' && (
        <VoteSheet
          choice={asked}
          title={value.title}
          matter={matter}
          due={dueOf(ballot)}
          pending={act.isPending}
          error={act.error}
          onConfirm={(reason) => answer('vote', { choice: asked, ...(reason ? { reason } : {}) })}
          onClose={close}
        />
      )}
      {asked === 'recuse' && (
        <AskDialog
          title={t('act.recuse')}
          fields={answersTo('vote').recuse ?? []}
          context={{ caseId: value.id, unitId: value.unit.id, ballotId: ballot?.id ?? null }}
          pending={act.isPending}
          error={act.error}
          onSubmit={(body) => answer('recuse', body)}
          onClose={close}
        />
      )}
    </section>
  );
}

const dueOf = ({ directorTurn, directorDueAt, dueAt }: BallotView): string =>
  directorTurn && directorDueAt ? directorDueAt : dueAt;
