import { Button, Input } from 'antd';
import { type KeyboardEvent, useEffect } from 'react';
import type { RollEntryView } from '../../api/contract/ballots.ts';
import { useBallots } from '../api/cases.ts';
import { useWords } from '../words.ts';
import '../styles/recording.css';
import { Choices } from './Choices.tsx';
import { Loaded } from './Loaded.tsx';

export type RecordedSeat = { readonly seatId: string; readonly mark: string; readonly writtenOpinion?: string };

/** What stands for a seat that did not vote. */
const ABSENT = ['absent', 'writtenOpinion'] as const;

/** The recused stay so, and whoever voted himself has: the recording neither repeats nor tries his vote. */
const settledMark = (entry: RollEntryView): 'recused' | 'ownVote' | null =>
  entry.recusal ? 'recused' : entry.hasVoted ? 'ownVote' : null;

type Seats = readonly RecordedSeat[];
type Props = {
  readonly caseId: string;
  readonly ballotId: string | null;
  readonly value?: Seats;
  readonly onChange?: (seats: Seats) => void;
};

/**
 * The recording of a held meeting, seat by seat, the absent too; a written opinion is minuted and not counted (系统默认). Thirteen
 * seats are entered with thirteen keys: a figure marks a seat and goes on to the next.
 */
export default function RecordingSheet({ caseId, ballotId, value = [], onChange }: Props) {
  const ballots = useBallots(caseId);
  return (
    <Loaded query={ballots}>
      {({ items }) => {
        const ballot = items.find(({ id }) => id === ballotId);
        return (
          <Rows
            roll={ballot?.roll ?? []}
            votes={ballot?.votes ?? []}
            value={value}
            onChange={(seats) => onChange?.(seats)}
          />
        );
      }}
    </Loaded>
  );
}

type RowsProps = {
  readonly roll: readonly RollEntryView[];
  readonly votes: readonly string[];
  readonly value: Seats;
  readonly onChange: (seats: Seats) => void;
};

const focusSeat = (seatId: string | undefined): void => {
  const row = seatId ? document.getElementById(`recording-${seatId}`) : null;
  row?.querySelector<HTMLElement>('input:checked, input')?.focus();
};

function Rows({ roll, votes, value, onChange }: RowsProps) {
  const { t, named, called } = useWords();
  // In the order of the figures that give them.
  const marks = [...votes, ...ABSENT];
  const markWord = (mark: string) => named(votes.includes(mark) ? 'vote' : 'mark', mark);
  const [first = 'for'] = votes;
  const open = roll.filter((entry) => settledMark(entry) === null);
  const markOf = (entry: RollEntryView) => value.find(({ seatId }) => seatId === entry.seatId);
  const left = open.filter((entry) => !markOf(entry));

  // What is settled already needs no hand: it is filled in, and kept as it is on the roll.
  const settled = roll.flatMap((entry) => {
    const mark = settledMark(entry);
    return mark ? [{ seatId: entry.seatId, mark }] : [];
  });
  const standing = settled.map(({ seatId, mark }) => `${seatId}:${mark}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the roll has changed
  useEffect(() => {
    if (settled.length > 0) onChange(withSeats(value, settled));
  }, [standing]);

  const put = (entry: RollEntryView, change: Partial<RecordedSeat>) => {
    const before = markOf(entry);
    const mark = change.mark ?? before?.mark;
    if (!mark) return;
    const { seatId } = entry;
    const writtenOpinion = change.writtenOpinion ?? before?.writtenOpinion;
    const seat = mark === 'writtenOpinion' && writtenOpinion ? { seatId, mark, writtenOpinion } : { seatId, mark };
    onChange(withSeats(value, [seat]));
  };
  const restFor = () =>
    onChange(
      withSeats(
        value,
        left.map(({ seatId }) => ({ seatId, mark: first })),
      ),
    );

  const onKey = (event: KeyboardEvent, entry: RollEntryView) => {
    const at = open.indexOf(entry);
    const mark = marks[Number(event.key) - 1];
    if (event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (mark) {
      event.preventDefault();
      put(entry, { mark });
      // A written opinion is to be written first.
      if (mark !== 'writtenOpinion') focusSeat(open[at + 1]?.seatId);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      focusSeat(open[at + (event.key === 'ArrowDown' ? 1 : -1)]?.seatId);
    }
  };
  const nameOf = (entry: RollEntryView) =>
    `${called({ name: entry.seatName, nameEn: entry.seatNameEn })} · ${called(entry.person)}`;

  return (
    <div className="recording">
      <p className="small soft" style={{ margin: 0 }}>
        {t('recording.keys')}
      </p>
      <div className="row">
        <span className={`chip ${left.length === 0 ? 'green' : 'amber'}`} role="status">
          {t('recording.count', { given: roll.length - left.length, seats: roll.length })}
        </span>
        {left.length > 0 && (
          <Button size="small" onClick={restFor}>
            {t('recording.restAll', { count: left.length, vote: markWord(first) })}
          </Button>
        )}
      </div>
      {roll.map((entry) => {
        const seat = markOf(entry);
        const fixed = settledMark(entry);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the choices inside
          <div
            key={entry.seatId}
            id={`recording-${entry.seatId}`}
            className={`seat ${seat ? 'given' : ''}`}
            onKeyDown={(event) => onKey(event, entry)}
          >
            <span>
              {called(entry.person)}
              <span className="small soft">{called({ name: entry.seatName, nameEn: entry.seatNameEn })}</span>
            </span>
            {fixed ? (
              <span className="chip amber">{named('mark', fixed)}</span>
            ) : (
              <Choices
                label={nameOf(entry)}
                size="small"
                value={seat?.mark}
                options={marks.map((mark) => [mark, markWord(mark)])}
                onChange={(mark) => put(entry, { mark: String(mark) })}
              />
            )}
            {seat?.mark === 'writtenOpinion' && (
              <Input.TextArea
                aria-label={t('recording.opinionOf', { name: nameOf(entry) })}
                placeholder={t('recording.opinionOf', { name: nameOf(entry) })}
                autoSize
                autoFocus
                defaultValue={seat.writtenOpinion}
                onBlur={(event) => put(entry, { writtenOpinion: event.target.value.trim() })}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

const withSeats = (before: Seats, changed: Seats): Seats => [
  ...before.filter(({ seatId }) => !changed.some((seat) => seat.seatId === seatId)),
  ...changed,
];
