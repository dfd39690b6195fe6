import express, { type Request, type Router } from 'express';
import { isLoopback } from '../platform/config.ts';
import type { ApiDeps } from './deps.ts';
import { READY } from './observed.ts';

/**
 * `/healthz`: the process answers. `/readyz`: the database does too; it says whether Temporal is up without failing on it,
 * since nothing a person does waits for Temporal. `/metrics` for Prometheus, figures only, to this machine itself; where they have a port
 * of their own (API_METRICS_PORT) they are there and nowhere else.
 */
export function healthRouter(deps: ApiDeps): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    response.locals.route = READY;
    await deps.pool.query('SELECT 1');
    response.set('Cache-Control', 'no-store').json({
      status: 'ready',
      database: 'up',
      temporal: (await deps.executions.isUp()) ? 'up' : 'down',
    });
  });
  router.get('/metrics', async (request, response, next) => {
    if (deps.config.apiMetricsPort !== null || !isDirect(request)) return next();
    response
      .set({ 'Content-Type': deps.metrics.contentType, 'Cache-Control': 'no-store' })
      .send(await deps.metrics.metrics());
  });
  return router;
}

/** From this machine, and not through a proxy on it. */
function isDirect({ socket, headers }: Request): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return isLoopback(address) && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;
}
