import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a collector is sent it. */
export type Collected = {
  readonly service: string;
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly isFailed: boolean;
  readonly fields: Readonly<Record<string, string | number>>;
};

type Attribute = { key: string; value: { stringValue?: string; intValue?: number } };
type Sent = { resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: SentSpan[] }[] }[] };
type SentSpan = Omit<Collected, 'service' | 'isFailed' | 'fields'> & {
  attributes: Attribute[];
  status: { code?: number };
};

/** A collector of traces that takes OTLP over HTTP, in JSON, and keeps what it was sent. */
export async function startCollector() {
  const spans: Collected[] = [];
  const bodies: string[] = [];
  const headers: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      bodies.push(body);
      headers.push(request.headers);
      if (request.method !== 'POST' || request.url !== '/v1/traces') return response.writeHead(404).end();
      spans.push(...spansIn(JSON.parse(body)));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    /** Everything it was sent, as it came. */
    bodies,
    headers,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const spansIn = ({ resourceSpans }: Sent): Collected[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) =>
      scope.spans.map(({ attributes, status, name, kind, traceId, spanId, parentSpanId }) => ({
        ...{ name, kind, traceId, spanId, parentSpanId: parentSpanId ?? '' },
        service: String(fieldsOf(resource.attributes)['service.name']),
        isFailed: status.code === 2,
        fields: fieldsOf(attributes),
      })),
    ),
  );

const fieldsOf = (attributes: readonly Attribute[]): Record<string, string | number> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]));
