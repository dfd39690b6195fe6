import { Input } from 'antd';
import { addDays } from '../../../domain/calendar.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';
import { Choices } from '../Choices.tsx';

/** The day of a visit: today, yesterday, or another before. */
export function DayChoice({ value, onChange }: { readonly value: string; readonly onChange: (day: string) => void }) {
  const { t } = useWords();
  const days = [today(), addDays(today(), -1)] as const;
  return (
    <div className="row">
      <Choices
        label={t('visit.day')}
        options={[
          [days[0], t('visit.today')],
          [days[1], t('visit.yesterday')],
        ]}
        value={value}
        onChange={(day) => onChange(String(day))}
      />
      <Input
        type="date"
        className="visit-date"
        aria-label={t('visit.otherDay')}
        max={days[0]}
        value={value}
        onChange={({ target }) => target.value && onChange(target.value)}
      />
    </div>
  );
}
