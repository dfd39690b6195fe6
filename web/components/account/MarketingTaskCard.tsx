import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { MarketingTaskView } from '../../../api/contract/marketingTasks.ts';
import { useAct } from '../../api/act.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = {
  readonly task: MarketingTaskView;
  /** Says for which account it is. */
  readonly named?: boolean;
};

/** One marketing task: what, whose, by when; fulfilled or dropped where it stands. */
export function MarketingTaskCard({ task, named = false }: Props) {
  const { t, called } = useWords();
  const [asking, setAsking] = useState<'fulfil' | 'drop' | null>(null);
  return (
    <li className="card plain">
      <div>
        <div className="title">{task.what}</div>
        {named && (
          <div className="small">
            <Link to={`/accounts/${task.account.id}?part=marketing`}>{task.account.name}</Link>
          </div>
        )}
        <div className="small soft">
          {t('marketing.owner', { name: called(task.owner) })}
          {' · '}
          {t('marketing.setBy', { name: called(task.setBy), day: dayText(task.setAt) })}
        </div>
        {task.state === 'ended' && (
          <p className="small soft">{t('marketing.endedOn', { day: dayText(task.closedAt) })}</p>
        )}
        {task.answer && (
          <p className="quote small">
            {task.answer}
            <span className="soft">
              {' '}
              — {t('marketing.closedBy', { name: called(task.closedBy), day: dayText(task.closedAt) })}
            </span>
          </p>
        )}
      </div>
      <div className="aside">
        <StateChip task={task} />
      </div>
      {asking === null && (task.mayFulfil || task.mayDrop) && (
        <div className="row card-acts">
          {task.mayFulfil && <Button onClick={() => setAsking('fulfil')}>{t('marketing.fulfil')}</Button>}
          {task.mayDrop && (
            <Button type="text" onClick={() => setAsking('drop')}>
              {t('marketing.drop')}
            </Button>
          )}
        </div>
      )}
      {asking && <Closing task={task} act={asking} onClose={() => setAsking(null)} />}
    </li>
  );
}

function StateChip({ task }: { readonly task: MarketingTaskView }) {
  const { t } = useWords();
  if (task.state !== 'open')
    return <span className={`chip ${task.state === 'done' ? 'green' : ''}`}>{t(`marketing.state.${task.state}`)}</span>;
  return (
    <span className={`chip ${task.isOverdue ? 'red' : 'brand'}`}>
      {t(task.isOverdue ? 'marketing.overdue' : 'marketing.due', { day: task.dueOn })}
    </span>
  );
}

function Closing({
  task,
  act,
  onClose,
}: {
  readonly task: MarketingTaskView;
  readonly act: 'fulfil' | 'drop';
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const close = useAct([['account', task.account.id], ['myMarketingTasks']]);
  return (
    <Form
      name={`${act}-${task.id}`}
      layout="vertical"
      className="card-acts"
      onFinish={(body) =>
        close.mutate({ method: 'POST', path: `/marketing-tasks/${task.id}/${act}`, body }, { onSuccess: onClose })
      }
    >
      <Form.Item
        name="answer"
        label={t(`marketing.${act}.note`)}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      <div className="row">
        <Button type="primary" htmlType="submit" loading={close.isPending}>
          {t(`marketing.${act}`)}
        </Button>
        <Button onClick={onClose}>{t('do.cancel')}</Button>
      </div>
      <ProblemNotice error={close.error} />
    </Form>
  );
}
