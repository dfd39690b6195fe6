import { Button, Checkbox, Drawer } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { NotificationView } from '../../api/contract/notifications.ts';
import { useAct } from '../api/act.ts';
import { notificationsKey, useMuting, useNotifications } from '../api/notifications.ts';
import { momentText } from '../format.ts';
import '../styles/notifications.css';
import { useWords, type WordKey } from '../words.ts';
import { Empty } from './Empty.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

const changes = [notificationsKey, ['me']] as const;

/** What the reader was told of, unread or all, each leading to its case; and what he does not want to be told of. */
export default function NotificationList({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const [unread, setUnread] = useState(true);
  const notes = useNotifications(unread);
  const act = useAct(changes);
  const items = notes.data?.pages.flatMap((page) => page.items) ?? [];
  const latest = items[0]?.at;
  return (
    <Drawer open title={t('note.title')} size={420} onClose={onClose} rootClassName="notes">
      <div className="stack">
        <div className="row">
          <fieldset className="switch">
            <legend className="small soft">{t('note.which')}</legend>
            <button type="button" aria-pressed={unread} onClick={() => setUnread(true)}>
              {t('note.unread')}
            </button>
            <button type="button" aria-pressed={!unread} onClick={() => setUnread(false)}>
              {t('note.all')}
            </button>
          </fieldset>
          <span className="spacer" />
          <Button
            disabled={!items.some(({ readAt }) => readAt === null)}
            loading={act.isPending}
            onClick={() => act.mutate({ method: 'POST', path: '/notifications/read', body: { until: latest } })}
          >
            {t('note.readAll')}
          </Button>
        </div>
        <ProblemNotice error={act.error ?? notes.error} />
        {notes.isSuccess && items.length === 0 && <Empty text={t(unread ? 'note.noneUnread' : 'note.none')} />}
        <ul className="cards" aria-busy={notes.isLoading}>
          {items.map((note) => (
            <li key={note.id}>
              <Note
                note={note}
                onOpen={() => {
                  if (note.readAt === null) act.mutate({ method: 'POST', path: `/notifications/${note.id}/read` });
                  onClose();
                }}
              />
            </li>
          ))}
        </ul>
        {notes.hasNextPage && (
          <Button loading={notes.isFetchingNextPage} onClick={() => notes.fetchNextPage()}>
            {t('do.more')}
          </Button>
        )}
        <MutedKinds />
      </div>
    </Drawer>
  );
}

/** What is about no case leads to the page where it is seen to. */
const pageOf: Readonly<Record<string, { readonly path: string; readonly words: WordKey }>> = {
  strangerCame: { path: '/identities', words: 'note.toIdentities' },
  roleRefused: { path: '/identities', words: 'note.toIdentities' },
  fishingSuspected: { path: '/exclusivity?part=watch', words: 'note.toExclusivity' },
  nearMatchOpened: { path: '/exclusivity?part=near', words: 'note.toExclusivity' },
  nearMatchAsked: { path: '/exclusivity?part=near&state=asked', words: 'note.toExclusivity' },
  nearMatchJudged: { path: '/exclusivity?part=near&state=judged', words: 'note.toExclusivity' },
  proposalOpened: { path: '/proposals', words: 'note.proposals' },
  proposalAnswered: { path: '/proposals', words: 'note.proposals' },
};

/** What is due of a key account leads to that part of its page. */
const partOf: Readonly<Record<string, string>> = {
  reportDue: '?part=reports',
  reportOverdue: '?part=reports',
  marketingTaskDue: '?part=marketing',
  marketingTaskOverdue: '?part=marketing',
};

function Note({ note, onOpen }: { readonly note: NotificationView; readonly onOpen: () => void }) {
  const { t, named } = useWords();
  const page = pageOf[note.kind];
  const words = (
    <>
      <span className="title">
        {note.readAt === null && <span className="dot" title={t('note.unread')} />}
        {named('note.of', note.kind)}
        {note.taskKind && `：${named('kind', note.taskKind)}`}
      </span>
      <span className="small soft">
        {note.account?.name ?? (note.case ? note.case.title || note.case.number : t(page?.words ?? 'note.withdrawn'))} ·{' '}
        {momentText(note.at)}
      </span>
    </>
  );
  if (page)
    return (
      <Link className="note" to={page.path} onClick={onOpen}>
        {words}
      </Link>
    );
  if (note.account)
    return (
      <Link className="note" to={`/accounts/${note.account.id}${partOf[note.kind] ?? ''}`} onClick={onOpen}>
        {words}
      </Link>
    );
  if (!note.case) return <div className="note">{words}</div>;
  const path = note.case.state === 'draft' && !note.taskKind ? 'recommendations' : 'cases';
  return (
    <Link className="note" to={`/${path}/${note.case.id}`} onClick={onOpen}>
      {words}
    </Link>
  );
}

/** The kinds one need not be told of. */
function MutedKinds() {
  const { t, named } = useWords();
  const muting = useMuting();
  const act = useAct(changes);
  const kinds = muting.data?.kinds ?? [];
  const toggle = (kind: string, told: boolean) =>
    act.mutate({
      method: 'PUT',
      path: '/notifications/muting',
      body: { muted: kinds.filter((each) => (each.kind === kind ? !told : each.muted)).map((each) => each.kind) },
    });
  return (
    <details>
      <summary>{t('note.settings')}</summary>
      <div className="stack" style={{ marginTop: 10 }}>
        <p className="small soft">{t('note.settingsAbout')}</p>
        {kinds.map(({ kind, muted }) => (
          <Checkbox key={kind} checked={!muted} onChange={({ target }) => toggle(kind, target.checked)}>
            {named('note.of', kind)}
          </Checkbox>
        ))}
        <ProblemNotice error={act.error} />
      </div>
    </details>
  );
}
