/** Milliseconds after the page was opened; what was asked for with it is old then. */
const FRESH_MS = 10_000;

const asked = new Map<string, Promise<Response | null>>();

/** The first page of all that waits for the reader, as the inbox shows it. */
export const WHOLE_INBOX = '/tasks?box=mine&limit=30';

/** Asks for a path of `/api/v1` while the console's own files are still on their way. */
export function askEarly(path: string): void {
  const answer = fetch(`/api/v1${path}`, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  asked.set(
    path,
    answer.catch(() => null),
  );
}

/** What was asked for early, once. Null where it was not, where it was refused (it is asked again, for words in the reader's language), and where it is old. */
export async function takeEarly(path: string): Promise<Response | null> {
  const answer = asked.get(path);
  asked.delete(path);
  if (!answer || performance.now() > FRESH_MS) return null;
  const response = await answer;
  return response?.ok ? response : null;
}

/** Whatever is written makes what was read before it old. */
export const forgetEarly = (): void => asked.clear();
