import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { DomainError } from '../domain/errors.ts';

const YEAR_MS = 365 * 86_400_000;

/** The built console: hashed assets kept for a year, and its one page for every address it routes by itself. */
export function consoleRouter(folder: string | null): Router {
  const router = express.Router();
  const page = folder === null ? null : join(folder, 'index.html');
  if (folder === null || page === null || !existsSync(page)) return router;
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: YEAR_MS, fallthrough: false }),
  );
  router.use(express.static(folder, { index: false, cacheControl: true, maxAge: 0 }));
  router.get('/{*path}', (request, response, next) => {
    if (request.path.startsWith('/api/') || !request.accepts('html')) return next(new DomainError('notFound'));
    response.set('Cache-Control', 'no-cache').sendFile(page);
  });
  return router;
}
