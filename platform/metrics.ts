import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import packageJson from '../package.json' with { type: 'json' };

/** What every figure of our own begins with; those of Node.js and of Temporal's SDK have names of their own. */
export const PREFIX = 'approvals_';

/** Prometheus gives up after ten seconds; what does not answer in this time counts as away. */
const ANSWER_MS = 3_000;

/** What was asked for a figure, or null where it fails or does not come in time, so that the other figures are served. */
export function inTime<Value>(asked: Promise<Value>): Promise<Value | null> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, ANSWER_MS, null).unref());
  return Promise.race([asked.catch(() => null), late]);
}

/** The figures of one process: its memory, its event loop, which version it is. Ids and names are never labels. */
export function createMetrics(): Registry {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  new Gauge({
    name: `${PREFIX}build_info`,
    help: 'Always 1; the version is its label',
    labelNames: ['version'],
    registers: [metrics],
  }).set({ version: packageJson.version }, 1);
  return metrics;
}

export type MetricsServer = { readonly port: number; stop(): Promise<void> };

/** Serves `/metrics` and nothing else, on a port of its own; 0 takes a free one. */
export async function serveMetrics(
  { host, port }: { readonly host: string; readonly port: number },
  text: () => Promise<string>,
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    text().then(
      (body) =>
        response
          .writeHead(200, { 'Content-Type': Registry.PROMETHEUS_CONTENT_TYPE, 'Cache-Control': 'no-store' })
          .end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
