import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createApiServer, standardConnections } from '../../api/server.ts';

const ASK = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

async function serve(app: RequestListener, limits = standardConnections) {
  const server = createApiServer(app, limits).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(async () => void server.close());
  async function connected(): Promise<Socket> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  }
  return { server, connected };
}

/** What comes next by a connection. */
async function said(socket: Socket): Promise<string> {
  const [chunk] = await once(socket, 'data');
  return String(chunk);
}

test('a connection is kept for the next request longer than the minute a proxy keeps it, and said to be', async () => {
  const { server, connected } = await serve((_, response) => response.end('done'));
  const socket = await connected();
  socket.write(ASK);
  expect(await said(socket)).toContain('Keep-Alive: timeout=75');
  expect(server.keepAliveTimeout).toBeGreaterThan(60_000);
});

test('a connection that waits for its next request is not taken for one whose headers are slow', async () => {
  const limits = { ...standardConnections, headerMs: 300, requestMs: 900 };
  const { connected } = await serve((_, response) => response.end('done'), limits);
  const kept = await connected();
  kept.write(ASK);
  await said(kept);
  const slow = await connected();
  slow.write('GET / HTTP/1.1\r\nX-Slow: ');
  expect(await said(slow)).toContain('408 Request Timeout');
  kept.write(ASK);
  expect(await said(kept)).toContain('200 OK');
});

test('who stops lets an answer under way go out as the last of its connection, and ends what is idle', async () => {
  const held = Promise.withResolvers<() => void>();
  const { server, connected } = await serve((request, response) => {
    if (request.url === '/held') held.resolve(() => response.end('done'));
    else response.end('done');
  });
  const idle = await connected();
  idle.write(ASK);
  expect(await said(idle)).toContain('Connection: keep-alive');
  const busy = await connected();
  busy.write(ASK.replace('/', '/held'));
  const answer = await held.promise;
  const idleGone = once(idle, 'close');
  const ended = server.end(60_000);
  await idleGone;
  const last = said(busy);
  answer();
  expect(await last).toContain('Connection: close');
  await Promise.all([ended, once(busy, 'close')]);
});
