import { type ClientRequest, createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type OneAddress = Awaited<ReturnType<typeof oneAddress>>;

/**
 * One address before several APIs, as a load balancer would be: each request goes to the next of them, and one that cannot be reached is
 * passed over. What was cut off half-way is cut off for the caller too.
 */
export async function oneAddress() {
  const backends: number[] = [];
  const answered = new Map<number, number>();
  let next = 0;

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const order = backends.map((_, index) => backends[(next + index) % backends.length] as number);
    next += 1;
    for (const port of order) {
      const asked = await ask(port, request, body, response).catch(() => null);
      if (asked === null) continue;
      const { answer, sent } = asked;
      response.on('close', () => sent.destroy());
      answer.on('error', () => response.destroy());
      answer.on('aborted', () => response.destroy());
      answered.set(port, (answered.get(port) ?? 0) + 1);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      return;
    }
    response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (port: number): void => {
      backends.push(port);
    },
    remove: (port: number): void => {
      backends.splice(backends.indexOf(port), 1);
    },
    /** How many requests each has answered so far, by its port. */
    answered: () => new Map(answered),
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Rejects only where nobody listens: a request that was taken is not sent twice. */
function ask(
  port: number,
  { method, url: path, headers }: IncomingMessage,
  body: Buffer,
  response: { destroy(): void },
): Promise<{ answer: IncomingMessage; sent: ClientRequest }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...headers, connection: 'close' },
      agent: false,
    });
    sent.on('response', (answer) => resolve({ answer, sent }));
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') reject(error);
      else response.destroy();
    });
    sent.end(body);
  });
}
