import express, { type Router } from 'express';
import type { ApiDeps } from './deps.ts';

/**
 * `/healthz`: the process answers. `/readyz`: the database does too; it says whether Temporal is up without failing on it,
 * since nothing a person does waits for Temporal. `/metrics` for Prometheus, figures only.
 */
export function healthRouter(deps: ApiDeps): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    response.locals.route = 'GET /readyz';
    await deps.pool.query('SELECT 1');
    response.set('Cache-Control', 'no-store').json({
      status: 'ready',
      database: 'up',
      temporal: (await deps.executions.isUp()) ? 'up' : 'down',
    });
  });
  router.get('/metrics', async (_request, response) => {
    response
      .set({ 'Content-Type': deps.metrics.contentType, 'Cache-Control': 'no-store' })
      .send(await deps.metrics.metrics());
  });
  return router;
}
