import { Input } from 'antd';
import type { RollEntryView } from '../../api/contract/ballots.ts';
import { useBallots } from '../api/cases.ts';
import { useWords } from '../words.ts';
import { Choices } from './Choices.tsx';
import { Loaded } from './Loaded.tsx';

export type RecordedSeat = { readonly seatId: string; readonly mark: string; readonly writtenOpinion?: string };

const marks = ['for', 'against', 'abstain', 'absent', 'writtenOpinion'] as const;

/** The recused stay so, and whoever voted himself has: the recording neither repeats nor tries his vote. */
const marksFor = (entry: RollEntryView) =>
  entry.recusal ? (['recused'] as const) : entry.hasVoted ? (['ownVote'] as const) : marks;

type Props = {
  readonly caseId: string;
  readonly ballotId: string | null;
  readonly value?: readonly RecordedSeat[];
  readonly onChange?: (seats: readonly RecordedSeat[]) => void;
};

/** The recording of a held meeting, seat by seat, the absent too; a written opinion is minuted and not counted (系统默认). */
export default function RecordingSheet({ caseId, ballotId, value = [], onChange }: Props) {
  const { t, named, called } = useWords();
  const ballots = useBallots(caseId);
  const put = (seatId: string, change: Partial<RecordedSeat>) => {
    const before = value.find((seat) => seat.seatId === seatId);
    const mark = change.mark ?? before?.mark;
    if (!mark) return;
    const writtenOpinion = change.writtenOpinion ?? before?.writtenOpinion;
    const seat = mark === 'writtenOpinion' && writtenOpinion ? { seatId, mark, writtenOpinion } : { seatId, mark };
    onChange?.([...value.filter((each) => each.seatId !== seatId), seat]);
  };
  const nameOf = (entry: RollEntryView) =>
    `${called({ name: entry.seatName, nameEn: entry.seatNameEn })} · ${called(entry.person)}`;
  return (
    <Loaded query={ballots}>
      {({ items }) => {
        const roll = items.find(({ id }) => id === ballotId)?.roll ?? [];
        return (
          <div className="stack">
            <span className="small soft">{t('recording.count', { given: value.length, seats: roll.length })}</span>
            {roll.map((entry) => {
              const seat = value.find(({ seatId }) => seatId === entry.seatId);
              return (
                <div key={entry.seatId} className="row">
                  <span style={{ flex: '1 1 200px' }}>{nameOf(entry)}</span>
                  <Choices
                    label={nameOf(entry)}
                    size="small"
                    value={seat?.mark}
                    options={marksFor(entry).map((mark) => [mark, named('mark', mark)])}
                    onChange={(mark) => put(entry.seatId, { mark: String(mark) })}
                  />
                  {seat?.mark === 'writtenOpinion' && (
                    <Input.TextArea
                      aria-label={t('recording.opinionOf', { name: nameOf(entry) })}
                      autoSize
                      defaultValue={seat.writtenOpinion}
                      onBlur={(event) => put(entry.seatId, { writtenOpinion: event.target.value.trim() })}
                    />
                  )}
                </div>
              );
            })}
          </div>
        );
      }}
    </Loaded>
  );
}
