import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** One request as a provider sees it. */
export type Heard = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** The JSON body; null where there is none or it is none. */
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly form: URLSearchParams;
};
export type Said = { readonly status?: number; readonly json?: unknown; readonly location?: string };

/** A provider that stands in for a real one on this machine; it ends with the test file. Everything it heard is kept. */
export async function startStandIn(answer: (heard: Heard) => Said) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const isJson = /^application\/json\b/.test(request.headers['content-type'] ?? '');
    const one: Heard = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: isJson ? JSON.parse(text) : null,
      form: new URLSearchParams(isJson ? '' : text),
    };
    heard.push(one);
    const { status = 200, json, location } = answer(one);
    if (location !== undefined) response.writeHead(302, { Location: location }).end();
    else response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

/** Codes of sign-ins: each is good once, for five minutes. */
export function oneUseCodes<Held>(now: () => number = Date.now) {
  const codes = new Map<string, { held: Held; until: number }>();
  let count = 0;
  return {
    give(held: Held): string {
      count += 1;
      const code = `CODE-${count}-${Math.random().toString(36).slice(2)}`;
      codes.set(code, { held, until: now() + 300_000 });
      return code;
    },
    take(code: unknown): Held | 'unknown' | 'expired' {
      const found = codes.get(String(code));
      codes.delete(String(code));
      if (!found) return 'unknown';
      return found.until < now() ? 'expired' : found.held;
    },
  };
}

/** Tokens of an application; `endAll` ends those given out before their time. */
export function appTokens(now: () => number = Date.now) {
  const tokens = new Map<string, number>();
  let given = 0;
  return {
    give(seconds: number): string {
      given += 1;
      const token = `TOKEN-${given}-${Math.random().toString(36).slice(2)}`;
      tokens.set(token, now() + seconds * 1000);
      return token;
    },
    isGood: (token: unknown) => (tokens.get(String(token)) ?? 0) > now(),
    endAll: () => tokens.clear(),
    count: () => given,
  };
}
