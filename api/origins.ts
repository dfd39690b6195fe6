import type { EnginePages } from './deps.ts';

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
