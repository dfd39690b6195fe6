import { QuestionCircleOutlined } from '@ant-design/icons';
import { App, Button, type InputRef } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Me } from '../../api/contract/me.ts';
import type { Box, BulkOutcome, InboxRow } from '../../api/contract/tasks.ts';
import { BULK_LIMIT, bulkActions } from '../../domain/bulk.ts';
import { useAct } from '../api/act.ts';
import { rolesOf, useMe } from '../api/me.ts';
import { type InboxSearch, searchInbox, useInbox } from '../api/tasks.ts';
import { Empty } from '../components/Empty.tsx';
import { FilterChips } from '../components/FilterChips.tsx';
import { type BulkResult, BulkResults, retriable } from '../components/inbox/BulkResults.tsx';
import { InboxFilters } from '../components/inbox/InboxFilters.tsx';
import { InboxGrid, isChoosable } from '../components/inbox/InboxGrid.tsx';
import { rowKey } from '../components/inbox/InboxRow.tsx';
import { SelectionBar } from '../components/inbox/SelectionBar.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { PageTabs, usePageTab } from '../components/PageTabs.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { type Grouping, groupsOf } from '../inboxGroups.ts';
import { useKeeping, useKept } from '../kept.ts';
import { useKeys } from '../keys.ts';
import '../styles/inbox.css';
import { useWords, type WordKey } from '../words.ts';

const BulkDialog = lazy(async () => ({ default: (await import('../components/inbox/BulkDialog.tsx')).BulkDialog }));
const KeysDialog = lazy(() => import('../components/inbox/KeysDialog.tsx'));

const boxes: readonly Box[] = ['mine', 'group', 'delegated', 'initiated', 'decided', 'copied'];
const waitingBoxes = ['mine', 'group', 'delegated'] as const;
const searchKey = (box: Box) => ['inbox', 'search', box] as const;

/** The inbox: what waits for me, and what I have had a hand in. */
export default function Inbox() {
  const { t } = useWords();
  const me = useMe();
  const box = usePageTab('box', boxes);
  const [keysShown, setKeysShown] = useState(false);
  const badges: Partial<Record<Box, number>> = me.data?.badges ?? {};
  useKeys({ '?': () => setKeysShown(true) });
  return (
    <>
      <PageHead title={t('nav.inbox')}>
        <Button
          type="text"
          className="wide-only"
          icon={<QuestionCircleOutlined />}
          aria-keyshortcuts="?"
          onClick={() => setKeysShown(true)}
        >
          {t('keys.title')}
        </Button>
      </PageHead>
      <PageTabs
        label={t('nav.inbox')}
        param="box"
        items={boxes.map((key) => ({ key, label: [t(`inbox.${key}`), badges[key] || ''].join(' ').trim() }))}
      />
      <InBox key={box} box={box} />
      <Suspense fallback={null}>{keysShown && <KeysDialog onClose={() => setKeysShown(false)} />}</Suspense>
    </>
  );
}

function InBox({ box }: { readonly box: Box }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const keep = useKeeping();
  const input = useRef<InputRef>(null);
  const [search, setSearch] = useKept<InboxSearch>(searchKey(box), { box });
  const [grouping, setGrouping] = useKept<Grouping>(['inbox', 'grouping'], 'due');
  const [result, setResult] = useKept<BulkResult | null>(['inbox', 'result'], null);
  const [chosen, setChosen] = useState<ReadonlyMap<string, InboxRow>>(new Map());
  const [current, setCurrent] = useState<InboxRow | null>(null);
  const [asked, setAsked] = useState<{ readonly rows: readonly InboxRow[]; readonly action: string } | null>(null);
  const rows = useInbox(search);
  const bulk = useAct<BulkOutcome>([['inbox'], ['task'], ['case'], ['me'], ['filters']]);
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const waits = waitingBoxes.some((each) => each === box);
  const ordered = grouping === 'due' && (search.sort ?? 'due') !== 'due' ? 'none' : grouping;
  const groups = groupsOf(items, waits ? ordered : 'none', Date.now());
  // What was answered elsewhere meanwhile is chosen no longer.
  const selected = [...chosen.values()].filter((row) => items.some((item) => rowKey(item) === rowKey(row)) || row.task);
  const actions = actionsOf(selected);

  const choose = (row: InboxRow, on: boolean) => {
    if (on && chosen.size >= BULK_LIMIT) {
      void message.warning(t('bulk.limit', { limit: BULK_LIMIT }));
      return;
    }
    const next = new Map(chosen);
    if (on) next.set(rowKey(row), row);
    else next.delete(rowKey(row));
    setChosen(next);
  };
  const chooseAll = async () => {
    const kind = selected[0]?.task?.kind;
    if (!kind) return;
    const page = await searchInbox({ ...search, kinds: [kind] }, { limit: BULK_LIMIT });
    setChosen(new Map(page.items.filter(isChoosable).map((row) => [rowKey(row), row])));
    if (page.nextCursor !== null) void message.info(t('bulk.limit', { limit: BULK_LIMIT }));
  };
  const send = (what: Omit<BulkResult, 'outcome'>) => {
    const taskIds = what.rows.flatMap(({ task }) => task?.id ?? []);
    const { kind, action, body } = what;
    const claims = action === 'claim';
    bulk.mutate(
      {
        method: 'POST',
        path: claims ? '/tasks/claims' : '/tasks/decisions',
        body: claims ? { taskIds } : { kind, action, body, taskIds },
      },
      {
        onSuccess: ({ value }) => {
          setResult({ ...what, outcome: value });
          setChosen(new Map());
          setAsked(null);
        },
      },
    );
  };
  const ask = (number: number) => {
    const subjects = selected.length > 0 ? selected : current && isChoosable(current) ? [current] : [];
    const action = actionsOf(subjects)[number - 1];
    if (action) setAsked({ rows: subjects, action });
  };
  useKeys({
    '/': () => input.current?.focus(),
    1: () => ask(1),
    2: () => ask(2),
    3: () => ask(3),
  });

  return (
    <div className="stack inbox">
      <InboxFilters search={search} grouping={grouping} input={input} onSearch={setSearch} onGroup={setGrouping}>
        <FilterChips
          list="inbox"
          criteria={search}
          onApply={(criteria) => {
            keep(searchKey(criteria.box), criteria);
            if (criteria.box !== box) navigate(`?box=${criteria.box}`, { replace: true });
          }}
        />
      </InboxFilters>
      {result && (
        <BulkResults
          result={result}
          onRetry={() => send({ ...result, rows: retriable(result) })}
          onClose={() => setResult(null)}
        />
      )}
      {asked === null && <ProblemNotice error={bulk.error} />}
      <ProblemNotice error={rows.error} onRetry={() => rows.refetch()} />
      {rows.isSuccess && items.length === 0 && <EmptyBox box={box} narrowed={isNarrowed(search)} />}
      <InboxGrid
        label={t(`inbox.${box}`)}
        groups={groups}
        grouping={ordered}
        past={box === 'decided'}
        busy={rows.isLoading}
        chosen={chosen}
        onChoose={choose}
        onCurrent={setCurrent}
      />
      {rows.hasNextPage && (
        <Button loading={rows.isFetchingNextPage} onClick={() => rows.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
      {selected.length > 0 && (
        <SelectionBar
          rows={selected}
          actions={actions}
          claimable={selected.every(({ task }) => task?.claimable)}
          pending={bulk.isPending}
          onAct={(action) => setAsked({ rows: selected, action })}
          onClaim={() => send({ rows: selected, kind: selected[0]?.task?.kind ?? '', action: 'claim', body: {} })}
          onAll={() => void chooseAll()}
          onClear={() => setChosen(new Map())}
        />
      )}
      <Suspense fallback={null}>
        {asked && (
          <BulkDialog
            rows={asked.rows}
            action={asked.action}
            pending={bulk.isPending}
            error={bulk.error}
            onConfirm={(body) => send({ ...asked, kind: asked.rows[0]?.task?.kind ?? '', body })}
            onClose={() => {
              bulk.reset();
              setAsked(null);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

/** What will be here, and which other box holds work meanwhile. */
function EmptyBox({ box, narrowed }: { readonly box: Box; readonly narrowed: boolean }) {
  const { t } = useWords();
  const me = useMe().data;
  if (narrowed) return <Empty text={t('inbox.nothingFits')} />;
  const elsewhere = me ? waitingBoxes.filter((other) => other !== box && me.badges[other] > 0) : [];
  return (
    <Empty text={t(box === 'mine' && me ? comesToMe(me) : `inbox.empty.${box}`)}>
      {me && elsewhere.length > 0 && (
        <p className="row">
          {elsewhere.map((other) => (
            <Link key={other} to={`?box=${other}`}>
              {t('inbox.elsewhere', { box: t(`inbox.${other}`), count: me.badges[other] })}
            </Link>
          ))}
        </p>
      )}
    </Empty>
  );
}

/** What comes to a person by what he does here; only a submitter has drafts. */
function comesToMe(me: Me): WordKey {
  const roles = rolesOf(me);
  if (roles.includes('submitter')) return 'inbox.empty.mine';
  if (roles.includes('office')) return 'inbox.mineOf.office';
  return me.managedAccounts > 0 ? 'inbox.mineOf.accountManager' : 'inbox.mineOf.other';
}

const isNarrowed = (search: InboxSearch): boolean =>
  Object.keys(search).some((name) => !['box', 'sort'].includes(name));

/** The answers that all of these tasks, of one kind, can be given at once. */
function actionsOf(rows: readonly InboxRow[]): readonly string[] {
  const kind = rows[0]?.task?.kind;
  if (!kind || !rows.every(({ task }) => task?.kind === kind)) return [];
  return bulkActions(kind).filter((action) => rows.every(({ task }) => task?.actions.includes(action)));
}
