import { eventRoutes as routes } from '../contract/events.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';

/** What changes while one looks on. */
export function mountEvents({ on }: Routing, { live }: ApiDeps): void {
  on(routes.events, async ({ identity, request, response }) => {
    live.open(identity, request, response);
    return undefined;
  });
}
