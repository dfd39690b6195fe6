import type { RequestHandler, Response } from 'express';
import { Histogram } from 'prom-client';
import { requestIdFrom } from '../platform/log.ts';
import { PREFIX } from '../platform/metrics.ts';
import { comingFrom } from '../platform/origin.ts';
import type { ApiDeps } from './deps.ts';

/** Gives a request its id, measures it under its route's pattern, and writes its line when it is over. */
export function observed({ metrics, log }: Pick<ApiDeps, 'metrics' | 'log'>): RequestHandler {
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
    comingFrom({ requestId, traceParent: null }, next);
  };
}

/** The question whether the API is ready, asked every few seconds for ever. */
export const READY = 'GET /readyz';

/** What a request is known by: never its address, which holds ids and what is searched for, nor its body. */
function fieldsOf({ locals, statusCode }: Response) {
  const { requestId, route, identity, subject, code, answered } = locals;
  return {
    requestId,
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
