import { DomainError } from '../../domain/errors.ts';
import { isLoopback } from '../../platform/config.ts';
import type { ApiDeps } from '../deps.ts';

/** Anybody may enter as anybody there, so it is for this machine alone; the name asked for counts too, against DNS rebinding. */
export function requireDemo(deps: Pick<ApiDeps, 'config'>, hostname: string | undefined): void {
  const { demo, production, host } = deps.config;
  // A request of HTTP/1.0, or with an empty Host, names nothing.
  const named = hostname?.replace(/^\[|\]$/g, '') ?? '';
  if (!demo || production || !isLoopback(host) || !isLoopback(named)) throw new DomainError('notFound');
}
