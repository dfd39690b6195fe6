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

/**
 * A person's browser at the provider, without one: follows redirects, fills in its login and agrees, until the provider sends it to
 * `untilPrefix`. What the provider's own session is stays in `jar`.
 */
export async function atProvider(start: string, login: string, untilPrefix: string, jar = new Map<string, string>()) {
  let url = start;
  let form: URLSearchParams | null = null;
  for (let steps = 0; steps < 20; steps += 1) {
    if (url.startsWith(untilPrefix)) return new URL(url);
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
    form = null;
    if (to !== null) {
      url = new URL(to, url).href;
      continue;
    }
    const page = await response.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
    if (!action) throw new Error(`The provider shows no form at ${url}: ${response.status} ${page.slice(0, 400)}`);
    url = new URL(action, url).href;
    form = page.includes('name="login"')
      ? new URLSearchParams({ prompt: 'login', login, password: 'any' })
      : new URLSearchParams({ prompt: 'consent' });
  }
  throw new Error('The provider did not come to an end.');
}
