import type { TaskView } from '../../../api/contract/tasks.ts';
import { useCase, useTimeline } from '../../api/cases.ts';
import { useWords } from '../../words.ts';
import { MeasureBoard } from './MeasureBoard.tsx';

/** Which measure a task is about, and for who supervises it what its owner has said on it last. */
export function MeasureOfTask({ task, measureId }: { readonly task: TaskView; readonly measureId: string }) {
  const { t, called } = useWords();
  const { data } = useCase(task.case.id);
  const facts = useTimeline(task.case.id, 0).data ?? [];
  const plan = data?.matter && 'plan' in data.matter ? data.matter.plan : null;
  const measure = plan?.measures.find(({ id }) => id === measureId);
  const said = facts.findLast(({ codes, text }) => codes.measureId === measureId && typeof text?.note === 'string');
  return (
    <>
      {measure && <MeasureBoard measures={[measure]} />}
      {task.subject.silent === true && <p className="chip red">{t('measure.wasSilent')}</p>}
      {said && (
        <p className="quote break">
          <strong>{t('task.said', { name: called(said.actor) })}</strong> {String(said.text?.note)}
        </p>
      )}
    </>
  );
}
