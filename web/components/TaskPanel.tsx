import { lazy, Suspense } from 'react';
import { Link, useLocation } from 'react-router';
import type { TaskView } from '../../api/contract/tasks.ts';
import { useTask } from '../api/tasks.ts';
import { useWords } from '../words.ts';
import { AnswerForm } from './AnswerForm.tsx';
import { ArticleTag } from './ArticleTag.tsx';
import { DueChip } from './DueChip.tsx';
import { Loaded } from './Loaded.tsx';
import { TaskSubject } from './TaskSubject.tsx';
import { TaskVerbs } from './TaskVerbs.tsx';

const CompileForm = lazy(() => import('./edition/CompileForm.tsx'));
const HandoverForm = lazy(() => import('./reassignment/HandoverForm.tsx'));

/** Kinds of task that are answered bit by bit, on a checklist. */
const TICKED = ['handOver', 'takeOver'];

/** Kinds of task whose matter is the form itself. */
const EDITED = ['revise', 'supplement'];

/** Kinds of task about a year's report, which has a page of its own: it is filled in there, or endorsed with it in view. */
const YEARLY: Readonly<Record<string, 'yearly.open' | 'yearly.read'>> = {
  reportYear: 'yearly.open',
  endorseReport: 'yearly.read',
};

/** One task of the reader: what is asked, until when, and the answer. */
export function TaskPanel({ taskId }: { readonly taskId: string }) {
  const task = useTask(taskId);
  return <Loaded query={task}>{(value) => <Panel task={value} />}</Loaded>;
}

function Panel({ task }: { readonly task: TaskView }) {
  const { t, named, called } = useWords();
  const kind = named('kind', task.kind);
  const reportPath = `/cases/${task.case.id}/yearly-report`;
  const isThere = useLocation().pathname === reportPath;
  const reportWord = task.status === 'open' && !isThere ? YEARLY[task.kind] : undefined;
  return (
    <section className="panel stack" aria-label={t('task.panel', { kind })}>
      <div className="row">
        <h2>{kind}</h2>
        {task.status === 'open' && <DueChip due={task.dueAt} soon={task.dueSoon} />}
        <ArticleTag article={task.article} />
        {task.onBehalfOf && (
          <span className="chip amber">{t('task.onBehalfOf', { name: called(task.onBehalfOf) })}</span>
        )}
      </div>
      {task.silence !== 'none' && task.dueAt && task.status === 'open' && (
        <p className="small soft" style={{ margin: 0 }}>
          {named('silence', task.silence)}
        </p>
      )}
      <TaskSubject task={task} />
      {EDITED.includes(task.kind) && task.status === 'open' && (
        <p style={{ margin: 0 }}>
          <Link to={`/recommendations/${task.case.id}`}>{t('case.editForm')}</Link>
        </p>
      )}
      {reportWord && (
        <p style={{ margin: 0 }}>
          <Link to={reportPath}>{t(reportWord)}</Link>
        </p>
      )}
      <Suspense fallback={null}>
        <Answer task={task} />
      </Suspense>
      <TaskVerbs
        taskId={task.id}
        caseId={task.case.id}
        unitId={task.case.unit.id}
        verbs={task.verbs.filter((verb) => verb !== 'urge')}
      />
    </section>
  );
}

/** How the task is answered: on a checklist, on a page of its own, or by a form. */
function Answer({ task }: { readonly task: TaskView }) {
  if (TICKED.includes(task.kind)) return <HandoverForm task={task} />;
  if (task.kind === 'reportYear') return null;
  if (task.kind === 'compileList' && task.mayDecide.length > 0) return <CompileForm task={task} />;
  return <AnswerForm task={task} />;
}
