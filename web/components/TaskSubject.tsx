import type { TaskView } from '../../api/contract/tasks.ts';
import { dayText } from '../format.ts';
import { useWords } from '../words.ts';
import { Facts } from './Facts.tsx';

/** What a task is about, beside its case: whose recusal, which nominee, what was asked. */
export function TaskSubject({ task }: { readonly task: TaskView }) {
  const { t, named, called } = useWords();
  const person = (id: unknown) => task.persons.find((each) => each.id === id);
  const hidden = ['barredPersonId'];
  const rows = Object.entries(task.subject)
    .filter(([key]) => !hidden.includes(key))
    .map(([key, value]) => {
      const who = person(value);
      const text = who
        ? called(who)
        : Array.isArray(value)
          ? value.map((each) => (person(each) ? called(person(each)) : '')).join(' ')
          : null;
      const plain =
        text ??
        (typeof value === 'string'
          ? /^\d{4}-\d{2}-\d{2}T/.test(value)
            ? dayText(value)
            : value
          : String(value ?? ''));
      return { label: named('subject', key), value: plain };
    })
    .filter(({ value }) => value.trim() !== '');
  if (rows.length === 0) return null;
  return (
    <div>
      <h3>{t('task.about')}</h3>
      <Facts rows={rows} />
    </div>
  );
}
