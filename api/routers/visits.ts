import { accountToRead } from '../../cases/accounts.ts';
import { openForClient } from '../../cases/clientSecrets.ts';
import { cancelVisit, correctVisit, logVisit, planVisit } from '../../cases/visits.ts';
import { keepsFile } from '../../domain/accountStanding.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ClientArchive } from '../contract/clients.ts';
import { visitRoutes as routes } from '../contract/visits.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import { recordAccountReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { whole } from '../views/pages.ts';
import { managedVisits, visitDueOf, visitPage } from '../views/visitViews.ts';

/** 定期回访 of key accounts (Article 6.1): read, planned, entered, cancelled and corrected. */
export function mountVisits({ on }: Routing, deps: ApiDeps): void {
  on(routes.visits, async ({ actor, params, query }) => {
    const account = await accountToRead(deps.pool, actor, params.id);
    await recordAccountReading(deps, actor, account, 'visits');
    const [page, due] = await Promise.all([visitPage(deps, account, query), visitDueOf(deps, account)]);
    return { ...page, due, mayEnter: keepsFile(account.standing) && account.state !== 'terminated' };
  });

  on(routes.myVisits, async ({ actor }) => whole(await managedVisits(deps, actor.personId)));

  on(routes.keyPersons, async ({ actor, params }) => {
    const account = await accountToRead(deps.pool, actor, params.id);
    await recordAccountReading(deps, actor, account, 'keyPersons');
    const { secret } = await deps.prisma.client.findUniqueOrThrow({ where: { id: account.clientId } });
    if (secret === null) return whole([]);
    const { keyPersons = [] } = await openForClient<Partial<ClientArchive>>(
      deps,
      account.clientId,
      'clients',
      account.clientId,
      secret,
    );
    return whole(keyPersons.map(({ post, role }) => ({ post: String(post ?? ''), role: String(role ?? '') })));
  });

  on(routes.logVisit, async ({ actor: { personId }, params: { id: accountId }, body, key }) =>
    once<{ visitId: string }>(deps, { personId, target: `account:${accountId}:visits`, key, body }, (keep) =>
      logVisit(deps, { personId, accountId, ...body }, keep),
    ),
  );

  on(routes.planVisit, async ({ actor: { personId }, params: { id: accountId }, body, key }) =>
    once<{ visitId: string }>(deps, { personId, target: `account:${accountId}:visits:plan`, key, body }, (keep) =>
      planVisit(deps, { personId, accountId, ...body }, keep),
    ),
  );

  on(routes.visitDone, async ({ actor: { personId }, params: { id: plannedId }, body, key }) => {
    const visit = await deps.prisma.visit.findUnique({ where: { id: plannedId }, select: { accountId: true } });
    if (!visit) throw new DomainError('notFound');
    return once<{ visitId: string }>(deps, { personId, target: `visit:${plannedId}:done`, key, body }, (keep) =>
      logVisit(deps, { personId, accountId: visit.accountId, plannedId, ...body }, keep),
    );
  });

  on(routes.cancelVisit, async ({ actor: { personId }, params: { id: visitId }, body, key }) =>
    once<{ visitId: string }>(deps, { personId, target: `visit:${visitId}:cancel`, key, body }, (keep) =>
      cancelVisit(deps, { personId, visitId, ...body }, keep),
    ),
  );

  on(routes.correctVisit, async ({ actor: { personId }, params: { id: visitId }, body, key }) =>
    once<{ visitId: string }>(deps, { personId, target: `visit:${visitId}:correct`, key, body }, (keep) =>
      correctVisit(deps, { personId, visitId, ...body }, keep),
    ),
  );
}
