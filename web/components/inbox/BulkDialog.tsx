import { Form, Modal } from 'antd';
import type { InboxRow } from '../../../api/contract/tasks.ts';
import { answersTo } from '../../answers.ts';
import type { Problem } from '../../api/problem.ts';
import { isSubmitting } from '../../keys.ts';
import { leadsFrom, stateWord } from '../../lifecycles.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { DueChip } from '../DueChip.tsx';
import { bodyOf, Fields } from '../Fields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { rowKey } from './InboxRow.tsx';

type Props = {
  readonly rows: readonly InboxRow[];
  readonly action: string;
  readonly pending: boolean;
  readonly error: Problem | null;
  readonly onConfirm: (body: Record<string, unknown>) => void;
  readonly onClose: () => void;
};

/** Shows every case of a bulk act with what is decided on it and what follows, and asks what the answer needs, before anything is decided. */
export function BulkDialog({ rows, action, pending, error, onConfirm, onClose }: Props) {
  const { t, named, called, action: actionName } = useWords();
  const [form] = Form.useForm();
  const first = rows[0];
  if (!first?.task) return null;
  const { kind } = first.task;
  const name = actionName(kind, action);
  return (
    <Modal
      open
      width={680}
      title={t('bulk.title', { action: name, count: rows.length })}
      okText={t('bulk.confirm', { action: name, count: rows.length })}
      cancelText={t('do.cancel')}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter from any of the inputs within */}
      <div
        className="stack"
        onKeyDown={(event) => {
          if (isSubmitting(event.nativeEvent)) form.submit();
        }}
      >
        <p className="small soft">{t('bulk.about')}</p>
        <ol className="bulk-list" aria-label={t('bulk.list')}>
          {rows.map((row) => (
            <li key={rowKey(row)}>
              <span className="title">{row.case.title || t('case.untitled')}</span>
              <span className="small soft row">
                <span className="figure">{row.case.number}</span>
                <span>{called(row.case.unit)}</span>
                {row.case.grade && <span>{named('grade', row.case.grade)}</span>}
                <DueChip due={row.task?.dueAt} soon={row.task?.dueSoon} left={row.task?.daysLeft} />
              </span>
              <span className="small">
                <strong>{name}</strong> → <Consequence row={row} action={action} />
              </span>
            </li>
          ))}
        </ol>
        <Form form={form} name="bulk" layout="vertical" onFinish={(values) => onConfirm(bodyOf(values))}>
          <Fields
            fields={answersTo(kind)[action] ?? []}
            context={{ caseId: first.case.id, unitId: first.case.unit.id, ballotId: first.task.ballotId }}
          />
        </Form>
        <ProblemNotice error={error} />
        {pending && (
          <p role="status" className="small soft">
            {t('bulk.working', { count: rows.length })}
          </p>
        )}
      </div>
    </Modal>
  );
}

/** Where the answer leads a case, by its lifecycle. */
function Consequence({ row: { case: summary }, action }: { readonly row: InboxRow; readonly action: string }) {
  const { word, named } = useWords();
  const lead = leadsFrom(summary.process, summary.state).find(({ on }) => on === action);
  if (!lead) return named('bulk.then', action);
  return (
    <>
      {word(stateWord(summary.process, lead.to, summary.grade))} <ArticleTag article={lead.article} />
    </>
  );
}
