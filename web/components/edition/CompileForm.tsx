import type { EditionView } from '../../../api/contract/editions.ts';
import type { TaskView } from '../../../api/contract/tasks.ts';
import { caseKey } from '../../api/cases.ts';
import { useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { AnswerForm } from '../AnswerForm.tsx';
import { Loaded } from '../Loaded.tsx';

/** The office's answer to an edition that is compiled: what the notice says is there already, from the edition before or as it was last put. */
export default function CompileForm({ task }: { readonly task: TaskView }) {
  const { t } = useWords();
  const { id } = task.case;
  const edition = useOne<EditionView>([...caseKey(id), 'edition', task.id], `/editions/${id}`);
  return (
    <Loaded query={edition}>
      {({ noticeNo, readers, secrecyLevel, secrecyTerm, ballots, corrects, comparedWith }) => {
        const from = corrects ?? comparedWith;
        const isTakenOver = readers !== null && ballots.length === 0 && from !== null;
        return (
          <>
            {isTakenOver && <p className="small soft">{t('edition.proposed', { n: from })}</p>}
            <AnswerForm task={task} initial={{ noticeNo, readers, secrecyLevel, secrecyTerm }} />
          </>
        );
      }}
    </Loaded>
  );
}
