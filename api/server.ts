import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
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
};

export const standardConnections: ConnectionLimits = {
  headerBytes: 16 * 1024,
  headerMs: 20_000,
  requestMs: 600_000,
  connections: 10_000,
};

/** The HTTP server of console and API. Who sends too much, or too slowly, is answered with a problem and let go. */
export function createApiServer(app: RequestListener, limits: ConnectionLimits = standardConnections): Server {
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headerMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(limits.headerMs, 10_000),
    },
    app,
  );
  server.maxConnections = limits.connections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    refuse(socket, CODES[error.code ?? ''] ?? 'malformed');
  });
  return server;
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
