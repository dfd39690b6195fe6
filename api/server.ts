import { createServer, type RequestListener, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCode } from '../domain/errors.ts';
import { problemOf } from './problems.ts';

/** What connections may take of a process: bytes, milliseconds, and how many there may be. */
export type ConnectionLimits = {
  /** Of the request line and all headers, so of an address with its query too. */
  readonly headerBytes: number;
  readonly headerMs: number;
  /** For the whole request: the largest file over a slow line. */
  readonly requestMs: number;
  readonly connections: number;
  /**
   * How long a connection is kept for the next request. A proxy must let go of it first, or it asks by a connection that is just being
   * closed, and its client is told of a gateway that failed: longer than the 60 s that proxies keep one.
   */
  readonly idleMs: number;
};

export const standardConnections: ConnectionLimits = {
  headerBytes: 16 * 1024,
  headerMs: 20_000,
  requestMs: 600_000,
  connections: 10_000,
  idleMs: 75_000,
};

export type ApiServer = Server & {
  /** Takes no more connections: answers under way are the last of theirs and say so, idle ones go at once, the rest after `graceMs`. */
  end(graceMs: number): Promise<void>;
};

/** The HTTP server of console and API. Who sends too much, or too slowly, is answered with a problem and let go. */
export function createApiServer(app: RequestListener, limits: ConnectionLimits = standardConnections): ApiServer {
  const answering = new Set<ServerResponse>();
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headerMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: Math.min(limits.headerMs, 10_000),
    },
    (request, response) => {
      response.shouldKeepAlive &&= server.listening;
      answering.add(response);
      response.once('close', () => answering.delete(response));
      app(request, response);
    },
  );
  server.maxConnections = limits.connections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    refuse(socket, CODES[error.code ?? ''] ?? 'malformed');
  });
  return Object.assign(server, {
    async end(graceMs: number) {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const response of answering) response.shouldKeepAlive = false;
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  });
}

/** What Node says of a request that never became one. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'headersTooLarge',
  ERR_HTTP_REQUEST_TIMEOUT: 'requestTimeout',
};

function refuse(socket: Duplex, code: ErrorCode): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf({ code, params: {} }, 'zh');
  const body = JSON.stringify(problem);
  const lines = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
