import { randomUUID } from 'node:crypto';
import type { Answer, Api, Ask } from './api.ts';

export type Jar = ReturnType<typeof jarOf>;

/** A browser's cookies at the API: kept between requests, and with them the page token of the session. */
export function jarOf(api: Pick<Api, 'call'>) {
  const cookies = new Map<string, string>();
  let csrf = '';
  async function ask(method: string, path: string, { body, headers = {} }: Ask = {}): Promise<Answer> {
    const answer = await api.call(method, path, {
      ...(body === undefined ? {} : { body }),
      headers: {
        'Idempotency-Key': randomUUID(),
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'X-CSRF-Token': csrf,
        ...headers,
      },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/expires=Thu, 01 Jan 1970/i.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    if (answer.body?.csrfToken) csrf = answer.body.csrfToken;
    return answer;
  }
  return {
    cookies,
    ask,
    get: (path: string) => ask('GET', path),
    post: (path: string, body?: unknown) => ask('POST', path, body === undefined ? {} : { body }),
    put: (path: string, body: unknown) => ask('PUT', path, { body }),
    delete: (path: string) => ask('DELETE', path),
    signIn: (login: string, password: string, method = 'local') =>
      ask('POST', '/sign-in/password', { body: { method, login, password } }),
  };
}
