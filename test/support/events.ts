import type { Api } from './api.ts';

export type LiveEvent = { readonly event: string; readonly data: Record<string, unknown> };
export type Listener = Awaited<ReturnType<typeof listen>>;

/** A stream of events as somebody's program reads it. */
export async function listen(api: Pick<Api, 'url' | 'tokens'>, as: string, headers: Record<string, string> = {}) {
  const aborting = new AbortController();
  const response = await fetch(`${api.url}/api/v1/events`, {
    headers: headers.Cookie ? headers : { Authorization: `Bearer ${api.tokens[as]?.token}`, ...headers },
    signal: aborting.signal,
  });
  const events: LiveEvent[] = [];
  const waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  let isOver = false;
  const ended = read().finally(() => {
    isOver = true;
    wake();
  });

  async function read(): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) {
        rest += decoder.decode(chunk, { stream: true });
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const event = /^event: (.+)$/m.exec(block)?.[1];
          const data = /^data: (.+)$/m.exec(block)?.[1];
          if (event && data) events.push({ event, data: JSON.parse(data) });
        }
        wake();
      }
    } catch (error) {
      if (!aborting.signal.aborted) throw error;
    }
  }

  return {
    response,
    events,
    ended,
    /** Waits until an event has come, also one that came before. Errors: the stream ended without it. */
    async until(event: string, caseId?: string): Promise<LiveEvent> {
      for (;;) {
        const found = events.find((each) => each.event === event && (caseId === undefined || each.data.id === caseId));
        if (found) return found;
        if (isOver) throw new Error(`the stream ended without ${event}; it told ${JSON.stringify(events)}`);
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
    },
    /** The cases it told of. */
    cases: () => events.filter(({ event }) => event === 'case').map(({ data }) => data.id),
    close: () => aborting.abort(),
  };
}
