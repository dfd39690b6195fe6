import type { RequestHandler, Response } from 'express';
import { Histogram } from 'prom-client';
import { requestIdFrom } from '../platform/log.ts';
import { PREFIX } from '../platform/metrics.ts';
import { comingFrom, origin } from '../platform/origin.ts';
import { type Span, traceParentFrom } from '../platform/tracing.ts';
import type { Route } from './contract/route.ts';
import type { ApiDeps } from './deps.ts';
import { API_PREFIX } from './description.ts';

/** Gives a request its id, measures it under its route's pattern, and writes its line when it is over. */
export function observed({ metrics, log, config }: Pick<ApiDeps, 'metrics' | 'log' | 'config'>): RequestHandler {
  const seconds = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'Time until the response was sent',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  });
  return (request, response, next) => {
    const began = performance.now();
    const requestId = requestIdFrom(request.get('X-Request-Id'));
    response.locals.requestId = requestId;
    response.set('X-Request-Id', requestId);
    response.once('close', () => {
      endSpan(response);
      const durationMs = performance.now() - began;
      const { route } = response.locals;
      const fields = { ...fieldsOf(response), method: request.method, durationMs: Math.round(durationMs * 10) / 10 };
      // Who asked was gone before the answer was.
      if (!response.writableFinished) return log.info('request cut off', fields);
      seconds.observe({ route: route ?? 'other', status: String(response.statusCode) }, durationMs / 1000);
      if (response.statusCode >= 500) log.warn('request', fields);
      else if (route === undefined || route === READY) log.debug('request', fields);
      else log.info('request', fields);
    });
    const traceParent = config.traces?.trustCaller ? traceParentFrom(request.get('traceparent')) : null;
    comingFrom({ requestId, traceParent }, next);
  };
}

/** The question whether the API is ready, asked every few seconds for ever. */
export const READY = 'GET /readyz';

/** Does the rest of a request in a span of its own, where traces are kept; of a stream, which goes on for hours, there is none. */
export function inSpan(
  { tracing }: Pick<ApiDeps, 'tracing'>,
  route: Route,
  response: Response,
  rest: () => void,
): void {
  if (!tracing || route.events) {
    rest();
    return;
  }
  const span = tracing.begin(response.locals.route, {
    kind: 'server',
    fields: {
      'http.request.method': route.method.toUpperCase(),
      'http.route': `${API_PREFIX}${route.path}`,
      'approvals.request_id': origin().requestId,
    },
  });
  response.locals.span = span;
  span.within(rest);
}

function endSpan({ locals, statusCode, writableFinished }: Response): void {
  const span: Span | undefined = locals.span;
  if (!span) return;
  const { subject, answered, code } = locals;
  const caseId = answered?.caseId ?? subject?.caseId;
  if (caseId !== undefined && isUuid(caseId)) span.note({ 'approvals.case_id': caseId });
  span.note({ 'approvals.seq': answered?.seq, 'error.type': code });
  if (writableFinished) span.note({ 'http.response.status_code': statusCode });
  span.end(statusCode >= 500 ? { code } : undefined);
}

/** What a request is known by: never its address, which holds ids and what is searched for, nor its body. */
function fieldsOf({ locals, statusCode }: Response) {
  const { requestId, route, identity, subject, code, answered, span } = locals;
  return {
    requestId,
    traceId: (span as Span | undefined)?.traceId,
    route: patternOf(route),
    status: statusCode,
    code,
    personId: identity?.actor.personId,
    // What was given for an id may be anything; ours look like this.
    ...Object.fromEntries(Object.entries(subject ?? {}).filter(([, id]) => isUuid(String(id)))),
    ...answered,
  };
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Of a route as metrics name it, the pattern of its address. */
export const patternOf = (route: string | undefined): string | undefined => route?.replace(/^[A-Z]+ /, '');
