import { preferences } from '../preferences.ts';
import { say } from '../words.ts';
import { forgetEarly, takeEarly } from './early.ts';
import { Problem } from './problem.ts';
import { proveAgain } from './stepUp.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export type CallOptions = {
  readonly body?: unknown;
  /** Idempotency-Key: one for each act of the person, kept over retries (see `act.ts`). */
  readonly key?: string;
  readonly ifMatch?: string;
  /** Seconds to wait until the case has moved (`Prefer: wait`). */
  readonly wait?: number;
  readonly signal?: AbortSignal;
};

export type Answer<T> = { readonly value: T; readonly etag: string | null };

let csrfToken: string | null = null;

/** The page token of the session, told by `GET /me`; every writing request carries it. */
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** The headers a writing request carries besides its own. */
export function writingHeaders(key: string): Readonly<Record<string, string>> {
  return {
    Accept: 'application/json',
    'Accept-Language': preferences().language,
    'Idempotency-Key': key,
    ...(csrfToken ? { 'X-CSRF-Token': csrfToken } : {}),
  };
}

/**
 * One request to `/api/v1`. Nothing but the console's own host is ever asked.
 * @throws Problem what the API refused with, or `network`.
 */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<Answer<T>> {
  const response = await send(method, path, options);
  const text = await response.text();
  const body: unknown = text === '' ? null : parse(text);
  if (!response.ok) {
    const problem = new Problem(
      response.status,
      typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {},
    );
    // The same act goes on, under the same key, once its person has proved anew who he is.
    if (problem.code === 'stepUpRequired' && (await proveAgain())) return call<T>(method, path, options);
    throw problem;
  }
  return { value: body as T, etag: response.headers.get('etag') };
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call<T>('GET', path, signal ? { signal } : {})).value;
}

/** A file that is answered to a POST. @throws Problem */
export async function download(path: string, body: unknown): Promise<Blob> {
  const response = await send('POST', path, { body });
  if (!response.ok) throw new Problem(response.status, (parse(await response.text()) ?? {}) as Record<string, unknown>);
  return response.blob();
}

async function send(method: Method, path: string, options: CallOptions): Promise<Response> {
  if (method !== 'GET') forgetEarly();
  const early = await takeEarly(path);
  if (early) return early;
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': preferences().language });
  const isForm = options.body instanceof FormData;
  if (options.body !== undefined && !isForm) headers.set('Content-Type', 'application/json');
  if (method !== 'GET' && csrfToken) headers.set('X-CSRF-Token', csrfToken);
  if (options.key) headers.set('Idempotency-Key', options.key);
  if (options.ifMatch) headers.set('If-Match', options.ifMatch);
  if (options.wait) headers.set('Prefer', `wait=${options.wait}`);
  const body = options.body === undefined ? null : isForm ? (options.body as FormData) : JSON.stringify(options.body);
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers,
      body,
      credentials: 'same-origin',
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Problem(0, { code: 'network', title: say('problem.network'), detail: say('problem.networkDetail') });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The query string of what is given; what is undefined or empty is left out. */
export function query(params: Readonly<Record<string, string | number | boolean | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
