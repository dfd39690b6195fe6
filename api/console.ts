import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import { DomainError } from '../domain/errors.ts';

const YEAR_MS = 365 * 86_400_000;

/** How a file may be packed, the smaller first. */
const PACKINGS = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

/** The built console: hashed assets kept for a year, and its one page for every address it routes by itself. */
export function consoleRouter(folder: string | null): Router {
  const router = express.Router();
  if (folder === null || !existsSync(join(folder, 'index.html'))) return router;
  const packed = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      PACKINGS.some(({ ending }) => name.endsWith(ending)),
    ),
  );
  router.use((request, response, next) => {
    const name = packedName(packed, request, response, request.path.slice(1));
    if (name !== null) request.url = `/${name}`;
    next();
  });
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: YEAR_MS, fallthrough: false }),
  );
  router.use(express.static(folder, { index: false, cacheControl: true, maxAge: 0 }));
  // A path that leads elsewhere, or does not decode, names nothing.
  const nothing: express.ErrorRequestHandler = (error, _request, _response, next) => {
    next(error.status >= 400 && error.status < 500 ? new DomainError('notFound') : error);
  };
  router.use(nothing);
  router.get('/{*path}', (request, response, next) => {
    if (request.path.startsWith('/api/') || !request.accepts('html')) return next(new DomainError('notFound'));
    const name = packedName(packed, request, response, 'index.html') ?? 'index.html';
    response.set('Cache-Control', 'no-cache').sendFile(join(folder, name));
  });
  return router;
}

/** The packed file that stands for `name`, with the headers that say so; null where there is none that the caller takes. */
function packedName(packed: ReadonlySet<string>, request: Request, response: Response, name: string): string | null {
  const possible = PACKINGS.filter(({ ending }) => packed.has(name + ending));
  if (possible.length === 0) return null;
  response.vary('Accept-Encoding');
  const taken = possible.find(({ encoding }) => request.acceptsEncodings(encoding) === encoding);
  if (!taken) return null;
  response.type(name.slice(name.lastIndexOf('.'))).set('Content-Encoding', taken.encoding);
  return name + taken.ending;
}
