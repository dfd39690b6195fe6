import type { TaskView } from '../../api/contract/tasks.ts';
import { useUnits } from '../api/organisation.ts';
import { useWords } from '../words.ts';
import { Facts } from './Facts.tsx';
import { MeasureOfTask } from './plan/MeasureOfTask.tsx';
import { RecordedSeats } from './RecordedSeats.tsx';
import { TaskWords } from './TaskWords.tsx';

/** What a task is about, beside its case: whose recusal, which nominee, which unit, what was recorded. */
export function TaskSubject({ task }: { readonly task: TaskView }) {
  const { named, word, called } = useWords();
  const { subject } = task;
  const units = useUnits().data?.items ?? [];
  const text = (key: string) => (typeof subject[key] === 'string' ? (subject[key] as string) : null);
  const person = (key: string) => task.persons.find(({ id }) => id === text(key));
  const unit = units.find(({ id }) => id === text('unitId'));
  const to = text('to');
  return (
    <>
      <Facts
        rows={[
          { label: named('subject', 'personId'), value: person('personId') && called(person('personId')) },
          { label: named('subject', 'nomineeId'), value: person('nomineeId') && called(person('nomineeId')) },
          { label: named('subject', 'unitId'), value: unit && called(unit) },
          { label: named('subject', 'to'), value: to && word(`rec.${to}`) },
        ]}
      />
      {typeof subject.measureId === 'string' && <MeasureOfTask task={task} measureId={subject.measureId} />}
      <TaskWords task={task} />
      {typeof subject.recordedSeq === 'number' && <RecordedSeats task={task} recordedSeq={subject.recordedSeq} />}
    </>
  );
}
