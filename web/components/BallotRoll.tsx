import type { BallotView, RollEntryView } from '../../api/contract/ballots.ts';
import { useWords } from '../words.ts';
import { Absent } from './Absent.tsx';
import { Sheet } from './Sheet.tsx';
import { silenceWord } from './silenceWord.ts';

/** The roll: every seat, who fills it, whether he is recused and has voted; the choice once it may be told. */
export function BallotRoll({ ballot }: { readonly ballot: BallotView }) {
  const { t, named, called } = useWords();
  const standing = (entry: RollEntryView) => {
    if (entry.recusal) return <span className="chip amber">{named('recusal', entry.recusal)}</span>;
    if (entry.choice) return <strong>{named('vote', entry.choice)}</strong>;
    if (entry.hasVoted) return <span className="chip green">{t('ballot.voted')}</span>;
    return <span className="soft">{t(silenceWord(ballot))}</span>;
  };
  return (
    <details open={ballot.status === 'open'}>
      <summary>{t('ballot.roll')}</summary>
      <Sheet
        narrow
        caption={t('ballot.roll')}
        rows={ballot.roll}
        rowKey={(entry) => entry.person.id}
        columns={[
          {
            title: t('vote.seat'),
            cell: (entry) => (
              <>
                {called(entry.person)} {entry.substitute && <span className="chip">{t('ballot.substitute')}</span>}{' '}
                {ballot.status === 'open' && <Absent personId={entry.person.id} />}
                <div className="small soft">{called({ name: entry.seatName, nameEn: entry.seatNameEn })}</div>
              </>
            ),
          },
          {
            title: t('ballot.standing'),
            cell: (entry) => (
              <>
                {standing(entry)}{' '}
                {entry.recusalPending && <span className="chip amber">{t('ballot.recusalPending')}</span>}
              </>
            ),
          },
        ]}
      />
    </details>
  );
}
