import { DomainError, describeError } from '../domain/errors.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { Config } from './config.ts';
import { idOrCode, type Log } from './log.ts';
import { comingFrom, origin } from './origin.ts';

/** What a span says: ids, codes and figures only, for it is read by whoever operates the collector (Article 11). */
export type SpanField =
  | `approvals.${'case_id' | 'process' | 'act' | 'seq' | 'step' | 'round' | 'request_id'}`
  | `http.${'request.method' | 'route' | 'response.status_code'}`
  | `temporal.${'workflow_id' | 'run_id' | 'activity_type' | 'attempt'}`
  | 'error.type';
export type SpanFields = { readonly [field in SpanField]?: string | number | null | undefined };

export type SpanOptions = {
  readonly kind?: 'server' | 'internal' | 'producer' | 'consumer';
  /** When it began, in milliseconds since 1970; now, by default. */
  readonly startedAt?: number;
  readonly fields?: SpanFields;
};

export type Span = {
  readonly traceId: string;
  /** Does something in it: what begins there, or comes from there, belongs to it. */
  within<Result>(work: () => Result): Result;
  note(fields: SpanFields): void;
  /** Ends it; as failed where an error is given that is no refusal. Only its name or code is kept. */
  end(error?: unknown): void;
};

/** Where spans go. There is none unless OTEL_EXPORTER_OTLP_ENDPOINT is set, and then nothing of OpenTelemetry is even loaded. */
export type Tracing = {
  /** A span of the trace that is under way (`origin`), or the first of a new one. */
  begin(name: string, options?: SpanOptions): Span;
  /** Does `work` in a span that ends with it. */
  span<Result>(name: string, options: SpanOptions, work: (span: Span) => Promise<Result>): Promise<Result>;
  /** Sends what is left; waits no longer than a few seconds for a collector that is away. */
  stop(): Promise<void>;
};

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const STOP_LIMIT_MS = 3_000;
const SILENCE_MS = 300_000;

/** The traceparent of a caller, where it is one; null otherwise. */
export const traceParentFrom = (header: string | undefined): string | null =>
  header !== undefined && TRACEPARENT.test(header) ? header : null;

/** Begins to send traces by OTLP over HTTP, where that is configured; null where not. `service` is which of the programs this is. */
export async function startTracing(
  { traces }: Pick<Config, 'traces'>,
  service: 'api' | 'worker',
  log: Log,
): Promise<Tracing | null> {
  if (traces === null) return null;
  const [{ ROOT_CONTEXT, SpanKind, SpanStatusCode, trace }, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const { endpoint, headers, ratio } = traces;
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, headers });
  const told = failures(log);
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({
      'service.name': `approvals-${service}`,
      'service.version': packageJson.version,
      'process.pid': process.pid,
    }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: {
          export: (spans, done) =>
            exporter.export(spans, (result) => {
              if (result.code === 0) told.sent();
              else told.failed(spans.length, result.error);
              done(result);
            }),
          shutdown: () => exporter.shutdown(),
        },
        scheduledDelayMillis: 1_000,
      }),
    ],
  });
  const tracer = provider.getTracer(packageJson.name, packageJson.version);
  const kinds = {
    server: SpanKind.SERVER,
    internal: SpanKind.INTERNAL,
    producer: SpanKind.PRODUCER,
    consumer: SpanKind.CONSUMER,
  } as const;

  /** The span under way, or none. */
  function parent() {
    const [, traceId, spanId, flags] = TRACEPARENT.exec(origin().traceParent ?? '') ?? [];
    if (!traceId || !spanId) return ROOT_CONTEXT;
    const traceFlags = Number.parseInt(flags ?? '0', 16) & 1;
    return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
  }

  function begin(name: string, { kind = 'internal', startedAt, fields = {} }: SpanOptions = {}): Span {
    const span = tracer.startSpan(name, { kind: kinds[kind], startTime: startedAt ?? Date.now() }, parent());
    const { traceId, spanId, traceFlags } = span.spanContext();
    const traceParent = `00-${traceId}-${spanId}-0${traceFlags & 1}`;
    const note = (noted: SpanFields) => {
      for (const [field, value] of Object.entries(noted)) if (value != null) span.setAttribute(field, idOrCode(value));
    };
    note(fields);
    return {
      traceId,
      within: (work) => comingFrom({ ...origin(), traceParent }, work),
      note,
      end(error) {
        if (error !== undefined) {
          const { name: type, code } = (error ?? {}) as { name?: string; code?: unknown };
          note({ 'error.type': typeof code === 'string' ? code : (type ?? typeof error) });
          if (!isRefusal(error)) span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end(Date.now());
      },
    };
  }

  return {
    begin,
    async span(name, options, work) {
      const span = begin(name, options);
      try {
        const result = await span.within(() => work(span));
        span.end();
        return result;
      } catch (error) {
        span.end(error ?? null);
        throw error;
      }
    },
    async stop() {
      await Promise.race([
        provider.shutdown().catch(() => {}),
        new Promise((resolve) => setTimeout(resolve, STOP_LIMIT_MS).unref()),
      ]);
    },
  };
}

/** What is refused is no failure of the system. */
const isRefusal = (error: unknown): boolean =>
  error instanceof DomainError && describeError(error.code, error.params, 'en').status < 500;

/** Says once in a while that spans were lost, and when they are taken again; of why, the kind of error only. */
function failures(log: Log) {
  let lost = 0;
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    failed(count: number, error: unknown): void {
      lost += count;
      if (performance.now() - saidAt < SILENCE_MS) return;
      saidAt = performance.now();
      log.warn('traces not sent', { count: lost }, error);
    },
    sent(): void {
      if (lost > 0) log.info('traces sent again', { count: lost });
      lost = 0;
      saidAt = Number.NEGATIVE_INFINITY;
    },
  };
}
