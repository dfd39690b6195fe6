import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { hasRole } from '../cases/actor.ts';
import { auditDenial } from '../cases/audit.ts';
import { DomainError } from '../domain/errors.ts';
import { authenticate } from './authentication.ts';
import type { ApiDeps } from './deps.ts';
import { hostnameOf } from './origins.ts';

/**
 * The embedded server's own pages, at a port of their own and behind the console's sign-in: for the system administrator alone, and to read
 * only, since what changes an execution takes two persons and is done in the console. The pages are told where payloads are decoded, and
 * to send the session's cookie there. Cookies know no ports, so whoever is signed in to the console is signed in here.
 */
export function enginePages(
  deps: ApiDeps,
  { upstream, consolePort }: { readonly upstream: string; readonly consolePort: number },
): Server {
  return createServer((request, response) => {
    answer(deps, { upstream, consolePort }, request, response).catch((error: unknown) => {
      deps.log.warn('engine page not served', {}, error);
      if (!response.headersSent) response.writeHead(502, TEXT);
      response.end('Temporal 页面暂时无法访问 · Temporal’s pages cannot be reached now.\n');
    });
  });
}

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } as const;
/** Of what the upstream says about its answer; never its cookies, which would lie beside the console's. */
const PASSED_ON = ['content-type', 'cache-control', 'etag', 'last-modified', 'x-content-type-options'];
const SETTINGS = '/api/v1/settings';

async function answer(
  deps: ApiDeps,
  { upstream, consolePort }: { readonly upstream: string; readonly consolePort: number },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const hostname = hostnameOf(request.headers.host);
  const refuse = (status: number, text: string) => {
    response.writeHead(status, TEXT).end(`${text}\n${hostname ? `http://${hostname}:${consolePort}/workflows\n` : ''}`);
  };
  const who = await reader(deps, request);
  if (who === 'unknown')
    return refuse(401, '请先以系统管理员身份登录控制台 · Sign in to the console as system administrator first.');
  if (who === 'denied') return refuse(403, '仅限系统管理员 · For the system administrator alone.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(
      405,
      '此处只读；处置须两人在控制台办理 · Read only: acts take two persons and are done in the console.',
    );
  const { pathname, search } = new URL(request.url ?? '/', upstream);
  const answered = await fetch(`${upstream}${pathname}${search}`, {
    method: request.method,
    headers: { Accept: request.headers.accept ?? '*/*' },
    redirect: 'manual',
  });
  if (pathname === SETTINGS && answered.ok) {
    const settings = readOnly((await answered.json()) as object, `http://${hostname}:${consolePort}/codec`);
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify(settings));
    return;
  }
  const headers = PASSED_ON.flatMap((name) => {
    const value = answered.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  response.writeHead(answered.status, Object.fromEntries([...headers, ['x-frame-options', 'DENY']]));
  if (answered.body) Readable.fromWeb(answered.body as Parameters<typeof Readable.fromWeb>[0]).pipe(response);
  else response.end();
}

async function reader(deps: ApiDeps, request: IncomingMessage): Promise<'known' | 'unknown' | 'denied'> {
  try {
    const { actor } = await authenticate(deps, request);
    if (hasRole(actor, 'systemAdmin')) return 'known';
    await auditDenial(deps, { personId: actor.personId, target: 'GET engine pages', code: 'forbidden' });
    return 'denied';
  } catch (error) {
    if (error instanceof DomainError) return 'unknown';
    throw error;
  }
}

/** The pages' settings: payloads are decoded by the console's endpoint, with the session's cookie; nothing can be changed, and no other host is asked. */
function readOnly(settings: object, endpoint: string): object {
  return {
    ...settings,
    Codec: { Endpoint: endpoint, PassAccessToken: false, IncludeCredentials: true },
    DisableWriteActions: true,
    DisableNewsFetch: true,
  };
}
