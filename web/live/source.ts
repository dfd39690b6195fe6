import type { Standing } from './standing.ts';

/** What the stream tells, as the tabs of one browser pass it on to each other. */
export type Told =
  | { readonly is: 'inbox' }
  | { readonly is: 'organisation' }
  | { readonly is: 'case'; readonly id: string }
  | { readonly is: 'resync' }
  | { readonly is: 'refused' }
  | { readonly is: 'standing'; readonly standing: Standing };

/** Milliseconds until a stream that was refused is asked for again. */
const AGAIN_MS = 10_000;

/**
 * Opens the stream of events; the browser itself comes back when it breaks, and so it does when the network is back: a stream that stood
 * before may go on in silence. @returns what closes it
 */
export function openSource(tell: (told: Told) => void): () => void {
  const ending = new AbortController();
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | null = null;
  let hasMissed = false;

  function open(): void {
    close();
    const stream = new EventSource('/api/v1/events');
    source = stream;
    const stands = () => {
      tell({ is: 'standing', standing: 'connected' });
      if (hasMissed) tell({ is: 'resync' });
      hasMissed = false;
    };
    stream.addEventListener('ready', stands);
    stream.addEventListener('resync', () => {
      hasMissed = true;
      stands();
    });
    stream.addEventListener('inbox', () => tell({ is: 'inbox' }));
    stream.addEventListener('organisation', () => tell({ is: 'organisation' }));
    stream.addEventListener('case', ({ data }) => tell({ is: 'case', id: String(JSON.parse(data).id) }));
    stream.addEventListener('error', () => {
      lose();
      if (stream.readyState !== EventSource.CLOSED) return;
      tell({ is: 'refused' });
      again = setTimeout(open, AGAIN_MS);
    });
  }

  function close(): void {
    if (again) clearTimeout(again);
    source?.close();
  }

  function lose(): void {
    hasMissed = true;
    tell({ is: 'standing', standing: 'lost' });
  }

  const { signal } = ending;
  signal.addEventListener('abort', close);
  window.addEventListener('online', open, { signal });
  window.addEventListener(
    'offline',
    () => {
      close();
      lose();
    },
    { signal },
  );
  open();
  return () => ending.abort();
}
