import { App, Button } from 'antd';
import { useState } from 'react';
import type { ReceiptView } from '../../../api/contract/shared.ts';
import type { TaskView } from '../../../api/contract/tasks.ts';
import { useAct } from '../../api/act.ts';
import { afterDecision, useCase } from '../../api/cases.ts';
import { useWords } from '../../words.ts';
import { Loaded } from '../Loaded.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { HandoverItems } from './HandoverItems.tsx';

/** Ticks what was handed over or taken over, at once or bit by bit. */
export default function HandoverForm({ task }: { readonly task: TaskView }) {
  const { t, action } = useWords();
  const { message } = App.useApp();
  const found = useCase(task.case.id);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const act = useAct<ReceiptView>(afterDecision(task.case.id));
  const side = task.kind === 'handOver' ? 'given' : 'taken';
  if (!task.mayDecide.includes(task.kind)) return null;
  return (
    <Loaded query={found}>
      {({ matter }) => {
        if (matter?.process !== 'reassignment') return null;
        const accountIds = task.subject.accountIds as string[];
        const items = matter.items.filter(({ accountId }) => accountIds.includes(accountId));
        const open = items.filter((item) => item[side] === null).map(({ id }) => id);
        const chosen = ticked.filter((id) => open.includes(id));
        const send = () =>
          act.mutate(
            {
              method: 'POST',
              path: `/tasks/${task.id}/decisions`,
              wait: 2,
              body: { action: task.kind, body: { itemIds: chosen } },
            },
            {
              onSuccess: () => {
                setTicked([]);
                message.success(t('task.taken'));
              },
            },
          );
        return (
          <div className="stack">
            <div className="row">
              <span className="soft small" role="status">
                {t('reassignment.open', { open: open.length, all: items.length })}
              </span>
              <Button size="small" onClick={() => setTicked(chosen.length === open.length ? [] : open)}>
                {t(chosen.length === open.length ? 'reassignment.tickNone' : 'reassignment.tickAll')}
              </Button>
            </div>
            <HandoverItems matter={matter} items={items} ticking={{ side, ticked: chosen, onTick: setTicked }} />
            <ProblemNotice error={act.error} />
            <Button type="primary" disabled={chosen.length === 0} loading={act.isPending} onClick={send}>
              {t('reassignment.confirm', { action: action(task.kind, task.kind), count: chosen.length })}
            </Button>
          </div>
        );
      }}
    </Loaded>
  );
}
