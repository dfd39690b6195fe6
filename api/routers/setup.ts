import type { RequestHandler } from 'express';
import { hasAdministrator, setUp } from '../../cases/firstAdministrators.ts';
import { brakeOf, tryUnder } from '../../cases/signInBrakes.ts';
import { DomainError } from '../../domain/errors.ts';
import { setupRoutes as routes } from '../contract/setup.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';

/** The first administrators, by the code of a first start; afterwards nothing is here. */
export function mountSetup({ on, limits }: Routing, deps: ApiDeps): void {
  on(routes.isOpen, async () => {
    await refuseOnceDone(deps);
    return { open: true as const };
  });

  on(
    routes.setUp,
    async ({ body, request }) => {
      await refuseOnceDone(deps);
      const attempt = await tryUnder(deps, [brakeOf('login', 'setup', request.ip ?? '')]);
      try {
        await setUp(deps, body);
      } catch (error) {
        if (error instanceof DomainError && error.code === 'setupCodeWrong')
          return attempt.failed(error, { personId: null, method: 'setup' });
        await attempt.succeeded();
        throw error;
      }
      await attempt.succeeded();
      return { done: true as const };
    },
    limits.signIn,
  );
}

async function refuseOnceDone(deps: ApiDeps): Promise<void> {
  if (deps.config.demo || (await hasAdministrator(deps.pool))) throw new DomainError('notFound');
}

/** The console's page for it goes with it: before the console answers every address it routes by itself. */
export const setupPageGone =
  (deps: ApiDeps): RequestHandler =>
  async (_request, response, next) => {
    if (deps.config.demo || (await hasAdministrator(deps.pool))) response.status(404);
    next();
  };
