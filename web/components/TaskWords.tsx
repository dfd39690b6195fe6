import type { TimelineEntry } from '../../api/contract/cases.ts';
import type { TaskView } from '../../api/contract/tasks.ts';
import { useTimeline } from '../api/cases.ts';
import { useWords } from '../words.ts';

/** What was said to whoever has this task: why a form was returned or a recusal declared, what an opinion is asked on. */
export function TaskWords({ task }: { readonly task: TaskView }) {
  const { t, called } = useWords();
  const facts = useTimeline(task.case.id, 0).data ?? [];
  const { personId, proposedSeq } = task.subject;
  const said: readonly [TimelineEntry | undefined, string][] = [
    [
      ['revise', 'supplement', 'addGrounds'].includes(task.kind)
        ? facts.findLast(({ action }) => action === 'return')
        : undefined,
      'reason',
    ],
    [facts.find(({ codes }) => codes.opinionTaskId === task.id || codes.approvalTaskId === task.id), 'question'],
    [facts.findLast(({ kind, actor }) => kind === 'recused' && actor?.id === personId), 'reason'],
    [facts.find(({ seq }) => seq === proposedSeq), 'reason'],
  ];
  return said.map(([fact, name]) => {
    const words = fact?.text?.[name];
    return typeof words === 'string' ? (
      <p key={fact?.seq} className="quote break">
        <strong>{t('task.said', { name: called(fact?.actor) })}</strong> {words}
      </p>
    ) : null;
  });
}
