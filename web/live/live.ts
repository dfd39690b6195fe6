import type { Query, QueryClient } from '@tanstack/react-query';
import { agendaKey } from '../api/agenda.ts';
import { meKey } from '../api/me.ts';
import { notificationsKey } from '../api/notifications.ts';
import { openSource, type Told } from './source.ts';
import { type Standing, setStanding } from './standing.ts';

/** Milliseconds in which what is told is gathered before it is read again. */
const GATHER_MS = 150;
/** Who takes the stream over so long after he came may have missed something. */
const FRESH_MS = 3_000;

/** What changes with one's inbox: the counts, how much fits one's filters, what one was told of. */
const TOLD_WITH_INBOX: readonly unknown[] = [meKey[0], 'filters', notificationsKey[0], 'proposals', agendaKey[0]];

/** What changes with the organisation: who is where and may do what, oneself too. */
const TOLD_WITH_ORGANISATION: readonly unknown[] = [
  meKey[0],
  ...['units', 'unit', 'persons', 'person', 'seats', 'roles', 'proposals', 'identities', 'localAccounts'],
];

type Asked = { readonly is: 'hello' };

/**
 * Keeps what is shown as it is: one stream for all tabs of this browser, held by one of them (Web Locks), which passes on what it is told
 * (BroadcastChannel). Where a browser has neither, each tab has its own. @returns what ends it
 */
export function startLive(personId: string, queries: QueryClient): () => void {
  const name = `live:${personId}`;
  const began = performance.now();
  const ending = new AbortController();
  const gathered = gathering(queries);
  let current: Standing = 'starting';

  function take(told: Told): void {
    if (told.is === 'standing') {
      current = told.standing;
      setStanding(current);
    } else {
      gathered(told);
    }
  }

  if (!('locks' in navigator) || !('BroadcastChannel' in window)) {
    ending.signal.addEventListener('abort', openSource(take));
    return () => ending.abort();
  }

  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => take(data));
  const asks = new BroadcastChannel(`${name}:asks`);
  asks.postMessage({ is: 'hello' } satisfies Asked);
  const hold = () =>
    new Promise<void>((resolve) => {
      const pass = (told: Told): void => {
        take(told);
        channel.postMessage(told);
      };
      asks.addEventListener('message', () => channel.postMessage({ is: 'standing', standing: current } satisfies Told));
      const close = openSource(pass);
      if (performance.now() - began > FRESH_MS) pass({ is: 'resync' });
      ending.signal.addEventListener('abort', () => {
        close();
        resolve();
      });
    });
  navigator.locks.request(name, { signal: ending.signal }, hold).catch(() => {});
  return () => {
    ending.abort();
    channel.close();
    asks.close();
    setStanding('starting');
  };
}

/** Reads again what is shown of what was told, several tellings at once. A form under somebody's hands is left alone. */
function gathering(queries: QueryClient): (told: Exclude<Told, { is: 'standing' }>) => void {
  let inbox = false;
  let organisation = false;
  let everything = false;
  let cases = new Set<string>();
  let isWaiting = false;

  function flush(): void {
    isWaiting = false;
    const [told, all, own, body] = [cases, everything, inbox, organisation];
    cases = new Set();
    everything = false;
    inbox = false;
    organisation = false;
    void queries.invalidateQueries({
      predicate: (query) => {
        const [kind, id, part] = query.queryKey;
        if (kind === 'case' && part === 'form') return false;
        if (all) return true;
        // What ends for oneself may end one's right to read the case that is open (a recusal does).
        if (kind === 'case') return told.has(String(id)) || (own && part === 'view');
        if (kind === 'task' || kind === 'campaign' || kind === 'campaigns') return own || told.size > 0;
        if (kind === 'inbox') return own || speaksOf(query, told);
        return (own && TOLD_WITH_INBOX.includes(kind)) || (body && TOLD_WITH_ORGANISATION.includes(kind));
      },
    });
  }

  return (told) => {
    if (told.is === 'case') cases.add(told.id);
    if (told.is === 'organisation') organisation = true;
    // A stream that is refused may mean that the session has ended.
    if (told.is === 'inbox' || told.is === 'refused') inbox = true;
    if (told.is === 'resync') everything = true;
    if (!isWaiting) setTimeout(flush, GATHER_MS * (1 + Math.random()));
    isWaiting = true;
  };
}

/** Whether a list of the inbox shows one of the cases. */
function speaksOf({ state }: Query, cases: ReadonlySet<string>): boolean {
  const pages = (state.data as { pages?: readonly { items: readonly { case: { id: string } }[] }[] } | undefined)
    ?.pages;
  return pages?.some(({ items }) => items.some((row) => cases.has(row.case.id))) ?? false;
}
