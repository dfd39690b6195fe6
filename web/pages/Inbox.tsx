import { Button } from 'antd';
import type { Box, InboxRow } from '../../api/contract/tasks.ts';
import { useMe } from '../api/me.ts';
import { useInbox } from '../api/tasks.ts';
import { CaseCard } from '../components/CaseCard.tsx';
import { Empty } from '../components/Empty.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';

const boxes: readonly Box[] = ['mine', 'group', 'delegated', 'initiated', 'decided', 'copied'];

/** The inbox: what waits for me, and what I have had a hand in. */
export default function Inbox() {
  const { t } = useWords();
  const me = useMe();
  const box = usePageTab('box', boxes);
  const badges: Partial<Record<Box, number>> = me.data?.badges ?? {};
  return (
    <>
      <PageHead title={t('nav.inbox')} />
      <PageTabs
        label={t('nav.inbox')}
        param="box"
        items={boxes.map((key) => ({ key, label: [t(`inbox.${key}`), badges[key] || ''].join(' ').trim() }))}
      />
      <Rows key={box} box={box} />
    </>
  );
}

function Rows({ box }: { readonly box: Box }) {
  const { t } = useWords();
  const rows = useInbox(box);
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="stack">
      <ProblemNotice error={rows.error} onRetry={() => rows.refetch()} />
      {rows.isSuccess && items.length === 0 && <Empty text={t(`inbox.empty.${box}`)} />}
      <ul className="cards" aria-busy={rows.isLoading}>
        {items.map((row) => (
          <Row key={row.task?.id ?? row.case.id + row.at} row={row} box={box} />
        ))}
      </ul>
      {rows.hasNextPage && (
        <Button loading={rows.isFetchingNextPage} onClick={() => rows.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </div>
  );
}

function Row({ row, box }: { readonly row: InboxRow; readonly box: Box }) {
  const { t, named, called } = useWords();
  const { task } = row;
  const past = box === 'decided';
  const note = (
    <>
      {past && <span>{momentText(row.at)}</span>}
      {task?.onBehalfOf && <span>{t('task.onBehalfOf', { name: called(task.onBehalfOf) })}</span>}
      {task?.claimedBy && <span>{t('task.claimedBy', { name: called(task.claimedBy) })}</span>}
      {!past && task && task.level > 0 && <span className="chip amber">{t('task.escalated')}</span>}
    </>
  );
  const asked = past && row.action ? named('act', row.action) : task ? named('kind', task.kind) : undefined;
  return (
    <CaseCard
      summary={row.case}
      asked={asked}
      due={past || !task ? null : task.dueAt}
      soon={task?.dueSoon}
      note={note}
    />
  );
}
