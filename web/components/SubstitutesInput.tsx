import { useBallots } from '../api/cases.ts';
import { useSeats } from '../api/organisation.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';
import { PersonSelect } from './PersonSelect.tsx';

type Substitute = { readonly seatId: string; readonly personId: string };
type Props = {
  readonly caseId: string;
  readonly value?: readonly Substitute[];
  readonly onChange?: (substitutes: readonly Substitute[]) => void;
};

/** Substitutes for recused or vacant seats of the ballot that found no quorum; they never preside (系统默认). */
export default function SubstitutesInput({ caseId, value = [], onChange }: Props) {
  const { t, called } = useWords();
  const ballots = useBallots(caseId);
  const seats = useSeats();
  return (
    <Loaded query={seats}>
      {({ items }) => {
        const roll =
          ballots.data?.items.findLast(({ outcome, status }) => outcome === 'inquorate' || status === 'inquorate')
            ?.roll ?? [];
        const free = items.filter(
          (seat) => seat.holder === null || roll.some((entry) => entry.seatId === seat.id && entry.recusal),
        );
        if (free.length === 0) return <p className="soft">{t('substitutes.none')}</p>;
        return (
          <div className="stack">
            {free.map((seat) => (
              <div key={seat.id} className="row">
                <label style={{ flex: '1 1 180px' }} htmlFor={`substitute-${seat.id}`}>
                  {called(seat)}
                </label>
                <span style={{ flex: '2 1 220px' }}>
                  <PersonSelect
                    id={`substitute-${seat.id}`}
                    onChange={(personId) =>
                      onChange?.([...value.filter(({ seatId }) => seatId !== seat.id), { seatId: seat.id, personId }])
                    }
                  />
                </span>
              </div>
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}
