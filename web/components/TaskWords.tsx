import type { TimelineEntry } from '../../api/contract/cases.ts';
import type { TaskView } from '../../api/contract/tasks.ts';
import { useTimeline } from '../api/cases.ts';
import { useWords } from '../words.ts';

/** What was said to whoever has this task: why a form was returned, what an opinion is asked on. */
export function TaskWords({ task }: { readonly task: TaskView }) {
  const { t, called } = useWords();
  const facts = useTimeline(task.case.id, 0).data ?? [];
  const returned = ['revise', 'supplement'].includes(task.kind) && facts.findLast(({ action }) => action === 'return');
  const asked = facts.find(({ codes }) => codes.opinionTaskId === task.id || codes.approvalTaskId === task.id);
  const said = (fact: TimelineEntry, name: string) => (typeof fact.text?.[name] === 'string' ? fact.text[name] : null);
  const reason = returned && said(returned, 'reason');
  const question = asked && said(asked, 'question');
  return (
    <>
      {reason && (
        <p className="quote break">
          <strong>{t('task.returned')}</strong> {reason}
        </p>
      )}
      {question && (
        <p className="quote break">
          <strong>{t('task.asked', { name: called(asked?.actor) })}</strong> {question}
        </p>
      )}
    </>
  );
}
