import type { RequestHandler } from 'express';
import { DomainError } from '../domain/errors.ts';
import type { ApiDeps, EnginePages } from './deps.ts';

/** The name in a Host header, without its port; null where there is none. */
export function hostnameOf(host: string | undefined): string | null {
  return URL.parse(`http://${host ?? ''}`)?.hostname || null;
}

/** Whether a page of this origin is one of Temporal's own pages, as this request's host would reach them. Exactly those: no other port, no other scheme. */
export function isEngineOrigin({ pages }: EnginePages, origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined || pages === null) return false;
  const hostname = hostnameOf(host);
  const wanted = 'url' in pages ? URL.parse(pages.url)?.origin : hostname && `http://${hostname}:${pages.port}`;
  return origin === wanted;
}

/**
 * Refuses what a page of another site asks for, before anybody is looked up; reading is what every page may ask, and gets no answer it can read.
 * A browser says whose page it is: by Sec-Fetch-Site, or, where it sends none (no HTTPS), by Origin. Programs say neither.
 * @throws DomainError `foreignSite`
 */
export function ownPagesOnly({ signIn }: Pick<ApiDeps, 'signIn'>): RequestHandler {
  return (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const site = request.get('Sec-Fetch-Site');
    const origin = request.get('Origin');
    const isOwn =
      site !== undefined
        ? site === 'same-origin' || site === 'none'
        : origin === undefined || origin === signIn.publicUrl || URL.parse(origin)?.host === request.host;
    next(isOwn ? undefined : new DomainError('foreignSite'));
  };
}
