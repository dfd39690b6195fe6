import type { BallotView } from '../../../api/contract/ballots.ts';
import { dayText } from '../../format.ts';
import { countText, matterWord, outcomeWord } from '../../outcomeWord.ts';
import { useWords } from '../../words.ts';
import { silenceWord } from '../silenceWord.ts';

/** One ballot on paper: its result and count, and seat by seat what may be told. */
export function BallotRows({ ballot }: { readonly ballot: BallotView }) {
  const { t, named, called } = useWords();
  const { tally, outcome } = ballot;
  const told = tally.abstain !== null;
  const standing = (entry: BallotView['roll'][number]) => {
    if (entry.recusal) return named('recusal', entry.recusal);
    if (entry.choice && told) return named('vote', entry.choice);
    if (entry.hasVoted) return t('ballot.voted');
    return t(silenceWord(ballot));
  };
  return (
    <tr>
      <th scope="row">{t('ballot.title', { matter: matterWord(ballot, named), round: ballot.round })}</th>
      <td colSpan={3}>
        <div>
          <strong>{outcome ? outcomeWord(ballot, named) : t('ballot.open')}</strong>
          {told && ` ${countText(ballot, t, named)}`}
          {ballot.decided === false && `${t('list.semicolon')}${t('ballot.notDecided')}`}
          {t('list.semicolon')}
          {`${t('vote.expected')} ${tally.expected}，${t('vote.present')} ${tally.present}，${t('vote.quorum')} ${tally.quorum}`}
          {ballot.closedAt && `${t('list.semicolon')}${dayText(ballot.closedAt)}`}
          {ballot.reasonCode && `${t('list.semicolon')}${named('reason', ballot.reasonCode)}`}
          {ballot.mode === 'meeting' && `${t('list.semicolon')}${t('ballot.fromMeeting')}`}
        </div>
        {!told && <div>{t('print.sealed')}</div>}
        <ul className="seats">
          {ballot.roll.map((entry) => (
            <li key={`${entry.seatId}-${entry.person.id}`}>
              {called(entry.person)}
              {t('list.colon')}
              {standing(entry)}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
