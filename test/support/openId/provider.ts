import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../platform/ports.ts';

export type OpenIdProvider = Awaited<ReturnType<typeof startOpenIdProvider>>;

/** A real OpenID provider in a process of its own. `people`: claims by login; any password will do. */
export async function startOpenIdProvider(
  redirectUris: readonly string[],
  people: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  port?: number,
) {
  port ??= await freePort();
  const client = { id: 'approvals', secret: 'openid-secret-of-the-client-9X', redirectUris };
  const back = redirectUris.map((uri) => `${new URL(uri).origin}/sign-in`);
  const child = fork(
    fileURLToPath(new URL('process.ts', import.meta.url)),
    [JSON.stringify({ port, client: { ...client, back }, people })],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const isReady = await Promise.race([
    new Promise<true>((resolve) => child.once('message', () => resolve(true))),
    ended.then(() => false),
  ]);
  if (!isReady) throw new Error(`The OpenID provider did not start: ${said}`);
  return {
    issuer: `http://127.0.0.1:${port}`,
    client,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

type Jar = Map<string, string>;

/** One request of a person's browser to the provider; what its session is there stays in `jar`. @returns where it is sent on to, or the page */
async function step(url: string, form: URLSearchParams | null, jar: Jar): Promise<{ to: string } | { page: string }> {
  const response: Response = await fetch(url, {
    method: form ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    ...(form ? { body: form } : {}),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  }
  const to = response.headers.get('Location');
  return to === null ? { page: await response.text() } : { to: new URL(to, url).href };
}

/** Follows redirects and sends every form, filled in as `fill` says, until the provider sends the browser to `untilPrefix`. */
async function follow(start: string, untilPrefix: string, jar: Jar, fill: (page: string) => URLSearchParams) {
  let url = start;
  let form: URLSearchParams | null = null;
  for (let steps = 0; steps < 20; steps += 1) {
    if (url.startsWith(untilPrefix)) return new URL(url);
    const answer = await step(url, form, jar);
    form = null;
    if ('to' in answer) {
      url = answer.to;
      continue;
    }
    const action = /<form[^>]*action="([^"]+)"/.exec(answer.page)?.[1];
    if (!action) throw new Error(`The provider shows no form at ${url}: ${answer.page.slice(0, 400)}`);
    url = new URL(action, url).href;
    form = fill(answer.page);
  }
  throw new Error('The provider did not come to an end.');
}

/**
 * A person's browser at the provider, without one: follows redirects, fills in its login and agrees, until the provider sends it to
 * `untilPrefix`. What the provider's own session is stays in `jar`.
 */
export const atProvider = (start: string, login: string, untilPrefix: string, jar: Jar = new Map()) =>
  follow(start, untilPrefix, jar, (page) =>
    page.includes('name="login"')
      ? new URLSearchParams({ prompt: 'login', login, password: 'any' })
      : new URLSearchParams({ prompt: 'consent' }),
  );

/** Agrees to end the provider's own session, until it sends the browser back. */
export const endAtProvider = (start: string, untilPrefix: string, jar: Jar) =>
  follow(start, untilPrefix, jar, (page) => {
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    return new URLSearchParams({ xsrf, logout: 'yes' });
  });

/** Whether the provider asks the browser who it is, not knowing it. */
export async function asksWhoOneIs(start: string, jar: Jar): Promise<boolean> {
  const asked = await step(start, null, jar);
  const shown = 'to' in asked ? await step(asked.to, null, jar) : asked;
  return 'page' in shown && shown.page.includes('name="login"');
}
