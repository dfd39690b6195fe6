import type { Route } from './route.ts';
import { scopeOf } from './routes.ts';

/**
 * The statuses a route may refuse with, lowest first; each refusal is a problem. What every route may answer: 429 to who asks too often, 431 to
 * an address without end, 500 and 503 where the system is at fault.
 */
export function refusalsOf(route: Route): readonly number[] {
  const takesBody = route.body !== undefined || route.multipart !== undefined;
  const changes = route.method !== 'get' && (route.access === 'open' || scopeOf(route) !== 'read');
  const statuses = [
    ...(takesBody || route.writes ? [400] : []),
    ...(route.access === 'open' && route.method === 'get' ? [] : [401, 403]),
    // What is not there, or not for the caller to know of, by its path or by what the body names.
    ...(route.params || takesBody || route.access === 'open' || route.query ? [404] : []),
    ...(changes ? [409] : []),
    ...(route.ifMatch ? [412, 428] : []),
    ...(takesBody ? [408, 413, 415] : []),
    ...(takesBody || route.query || route.writes ? [422] : []),
    ...[429, 431, 500, 503],
  ];
  return statuses.toSorted((a, b) => a - b);
}
