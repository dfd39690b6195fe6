import { accountFor, accountToRead } from '../../cases/accounts.ts';
import type { Actor } from '../../cases/actor.ts';
import { cancelAllocationsOf } from '../../cases/allocations.ts';
import { recordAudit } from '../../cases/audit.ts';
import { addOperationKind, operationKinds, retireOperationKind } from '../../cases/operationKinds.ts';
import { changeOperation, enterOperation } from '../../cases/projectOperations.ts';
import { projectById } from '../../cases/projectRows.ts';
import { cancelProject, changeProject, enterProject } from '../../cases/projects.ts';
import { DomainError } from '../../domain/errors.ts';
import { projectRoutes as routes } from '../contract/projects.ts';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../language.ts';
import { doneOnce, once } from '../once.ts';
import { recordAccountReading } from '../readings.ts';
import type { Routing } from '../routing.ts';
import { etagOf, versionIn } from '../versions.ts';
import { projectWorkbook } from '../views/projectSheet.ts';
import { accountProjects, contractTotalsView, projectDetail } from '../views/projectViews.ts';

type Entered = { readonly id: string; readonly version: number };

/** Projects of key accounts, their operations, and the totals of contracts (Articles 6.4, 9, 12). */
export function mountProjects({ on }: Routing, deps: ApiDeps): void {
  on(routes.projects, async ({ actor, params }) => {
    const account = await accountToRead(deps.pool, actor, params.id);
    await recordAccountReading(deps, actor, account, 'projects');
    return accountProjects(deps, account);
  });

  on(routes.enterProject, async ({ actor, params, body, key, response }) => {
    const { personId } = actor;
    await accountFor(deps.pool, actor, params.id);
    const target = `account:${params.id}:projects`;
    const entered = await once<Entered>(deps, { personId, target, key, body }, (keep) =>
      enterProject(deps, { personId, accountId: params.id, form: body }, keep),
    );
    response.set('ETag', etagOf(entered.version)).location(`/api/v1/projects/${entered.id}`);
    return entered;
  });

  on(routes.exportProjects, async ({ actor, params, request, response }) => {
    const account = await accountToRead(deps.pool, actor, params.id);
    const { projects } = await accountProjects(deps, account);
    await recordAudit(deps.pool, {
      act: 'projects.exported',
      actorId: actor.personId,
      codes: { accountId: account.id, count: projects.length },
    });
    response.attachment('projects.xlsx');
    response.send(await projectWorkbook(projects, languageOf(request)));
    return undefined;
  });

  on(routes.totals, async ({ actor, params }) =>
    contractTotalsView(deps, await accountToRead(deps.pool, actor, params.id)),
  );

  on(routes.project, async ({ actor, params, response }) => {
    const { project, account } = await readable(actor, params.id);
    await recordAccountReading(deps, actor, account, 'projects');
    response.set('ETag', etagOf(project.version));
    return projectDetail(deps, account, project);
  });

  on(routes.changeProject, async ({ actor, params, body, request, response }) => {
    await readable(actor, params.id);
    const version = versionIn(request, 'projectChanged');
    const changed = await changeProject(deps, {
      personId: actor.personId,
      projectId: params.id,
      version,
      form: body,
    });
    response.set('ETag', etagOf(changed.version));
    return changed;
  });

  on(routes.cancelProject, async ({ actor, params, body, key, request, response }) => {
    const { personId } = actor;
    await readable(actor, params.id);
    const version = versionIn(request, 'projectChanged');
    const target = `project:${params.id}:cancel`;
    const cancelled = await once<Entered>(deps, { personId, target, key, body }, (keep) =>
      cancelProject(deps, { personId, projectId: params.id, version, reason: body.reason }, keep),
    );
    await cancelAllocationsOf(deps, params.id, { personId, reason: body.reason, key });
    response.set('ETag', etagOf(cancelled.version));
    return cancelled;
  });

  on(routes.enterOperation, async ({ actor, params, body, key }) => {
    const { personId } = actor;
    await readable(actor, params.id);
    const target = `project:${params.id}:operations`;
    return once<Entered>(deps, { personId, target, key, body }, (keep) =>
      enterOperation(deps, { personId, projectId: params.id, form: body }, keep),
    );
  });

  on(routes.changeOperation, async ({ actor, params, body, request, response }) => {
    await readable(actor, params.id);
    const changed = await changeOperation(deps, {
      ...{ personId: actor.personId, projectId: params.id, operationId: params.operationId },
      ...{ version: versionIn(request, 'projectChanged'), form: body },
    });
    response.set('ETag', etagOf(changed.version));
    return changed;
  });

  on(routes.operationKinds, async () => ({ items: await operationKinds(deps.pool) }));

  on(routes.addOperationKind, async ({ actor: { personId }, body, key }) =>
    once<{ id: string }>(deps, { personId, target: 'operation-kinds', key, body }, (keep) =>
      addOperationKind(deps, personId, body, keep),
    ),
  );

  on(routes.retireOperationKind, async ({ actor: { personId }, params, key }) =>
    doneOnce(deps, { personId, target: `operation-kind:${params.id}`, key, body: {} }, (keep) =>
      retireOperationKind(deps, personId, params.id, keep),
    ),
  );

  /** A project of an account whose file the person reads; of another's it is not told that it is there. */
  async function readable(actor: Actor, projectId: string) {
    const project = await projectById(deps, deps.pool, projectId);
    if (!project) throw new DomainError('notFound');
    return { project, account: await accountToRead(deps.pool, actor, project.accountId) };
  }
}
