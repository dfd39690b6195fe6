import { App, Button, Form } from 'antd';
import { useRef, useState } from 'react';
import type { ReceiptView } from '../../api/contract/shared.ts';
import type { TaskView } from '../../api/contract/tasks.ts';
import { answersTo } from '../answers.ts';
import { useAct } from '../api/act.ts';
import { afterDecision } from '../api/cases.ts';
import { isSubmitting, useKeys } from '../keys.ts';
import { useWords } from '../words.ts';
import { Choices } from './Choices.tsx';
import { bodyOf, Fields } from './Fields.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

/** Seconds to wait for the case to have moved, so that the page then shows where it has gone. */
const WAIT = 2;

type Props = {
  readonly task: TaskView;
  /** What stands in the inputs to begin with. */
  readonly initial?: Readonly<Record<string, unknown>>;
};

/** Answers one task: which action, and what the action asks for. The number keys choose, Ctrl+Enter submits. */
export function AnswerForm({ task, initial = {} }: Props) {
  const { t, action: actionName } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm();
  const answers = answersTo(task.kind, task.case.process);
  const actions = task.mayDecide.filter((each) => each in answers);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = useRef<HTMLDivElement>(null);
  const press = (number: number) => {
    // Of several tasks on a page the keys are for the one the reader is at, or for the first.
    const meant = document.activeElement?.closest('.answer-form') ?? document.querySelector('.answer-form');
    if (meant !== shown.current) return;
    const choices = meant?.querySelector('.choices.large') ?? meant?.querySelector('.choices:not(.small)');
    const radio = choices?.querySelectorAll('input')[number - 1];
    radio?.focus();
    radio?.click();
  };
  useKeys({ 1: () => press(1), 2: () => press(2), 3: () => press(3), 4: () => press(4) });
  const act = useAct<ReceiptView>(afterDecision(task.case.id));
  const action = chosen && actions.includes(chosen) ? chosen : actions[0];
  if (!action) return null;
  const context = { caseId: task.case.id, unitId: task.case.unit.id, ballotId: task.ballotId };
  const name = actionName(task.kind, action);

  const decide = (values: Record<string, unknown>) => {
    if (act.isPending) return;
    act.mutate(
      { method: 'POST', path: `/tasks/${task.id}/decisions`, wait: WAIT, body: { action, body: bodyOf(values) } },
      {
        onSuccess: ({ value }) => {
          form.resetFields();
          message.success(t(value.settled ? 'task.taken' : 'task.takenWaiting'));
        },
      },
    );
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter from any of the inputs within
    <div
      ref={shown}
      className="answer-form"
      onKeyDown={(event) => {
        if (isSubmitting(event.nativeEvent)) form.submit();
      }}
    >
      <Form
        form={form}
        name={`task-${task.id}`}
        layout="vertical"
        initialValues={initial}
        onFinish={decide}
        preserve={false}
        scrollToFirstError
      >
        {actions.length > 1 && (
          <Form.Item label={t('task.answer')}>
            <Choices
              label={t('task.answer')}
              value={action}
              onChange={(value) => setChosen(String(value))}
              numbered={task.kind !== 'vote'}
              options={actions.map((each) => [each, actionName(task.kind, each)])}
            />
          </Form.Item>
        )}
        <Fields key={action} fields={answers[action] ?? []} context={context} />
        <ProblemNotice error={act.error} />
        <Button type="primary" htmlType="submit" loading={act.isPending} style={{ marginTop: 8 }}>
          {t('task.submit', { action: name })}
        </Button>
      </Form>
    </div>
  );
}
