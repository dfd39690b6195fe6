import { healthRoutes as routes } from '../contract/health.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { health } from '../views/health.ts';

/** How the system stands, for the administrators and the auditor. */
export function mountHealth({ on }: Routing, deps: ApiDeps): void {
  on(routes.health, async () => health(deps));
}
