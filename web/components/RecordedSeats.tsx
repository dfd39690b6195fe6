import type { TaskView } from '../../api/contract/tasks.ts';
import { useBallots, useTimeline } from '../api/cases.ts';
import { useWords } from '../words.ts';
import type { RecordedSeat } from './RecordingSheet.tsx';
import { Sheet } from './Sheet.tsx';

type Props = { readonly task: TaskView; readonly recordedSeq: number };

/** What was recorded of a held meeting, seat by seat, for the second person who checks it against the minutes. */
export function RecordedSeats({ task, recordedSeq }: Props) {
  const { t, named, called } = useWords();
  const facts = useTimeline(task.case.id, recordedSeq);
  const ballots = useBallots(task.case.id);
  const fact = facts.data?.find(({ seq }) => seq === recordedSeq);
  const given = { ...fact?.codes, ...fact?.text };
  const seats = Array.isArray(given.seats) ? (given.seats as RecordedSeat[]) : [];
  const ballot = ballots.data?.items.find(({ id }) => id === task.ballotId);
  const roll = ballot?.roll ?? [];
  const markWord = (mark: string) => named(ballot?.votes.includes(mark) ? 'vote' : 'mark', mark);
  const nameOf = (seatId: string) => {
    const entry = roll.find((each) => each.seatId === seatId);
    return entry ? `${called({ name: entry.seatName, nameEn: entry.seatNameEn })} · ${called(entry.person)}` : seatId;
  };
  if (!fact) return null;
  return (
    <div className="stack">
      <h3>{t('recording.recorded')}</h3>
      {typeof given.meetingOn === 'string' && <span>{t('recording.meetingOn', { on: given.meetingOn })}</span>}
      {typeof given.minutesAttachmentId === 'string' && (
        <a href={`/api/v1/attachments/${given.minutesAttachmentId}`} target="_blank" rel="noreferrer">
          {t('field.minutes')}
        </a>
      )}
      {fact.withheld && <p className="soft">{t('case.withheld')}</p>}
      <Sheet
        narrow
        caption={t('recording.recorded')}
        rows={seats}
        rowKey={(seat) => seat.seatId}
        columns={[
          { title: t('vote.seat'), cell: (seat) => nameOf(seat.seatId) },
          { title: t('ballot.standing'), cell: (seat) => markWord(seat.mark) },
        ]}
      />
    </div>
  );
}
