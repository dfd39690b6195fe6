import { type Reassigned, startReassignment } from '../../cases/reassignmentStart.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ReassignmentForm } from '../../forms/reassignment.ts';
import { reassignmentRoutes as routes } from '../contract/reassignments.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Call, Routing } from '../routing.ts';
import { unattended } from '../views/unattended.ts';

/** 撤换 / 工作调整 (Articles 7.3, 4.3): asking for it, for one account or for all of a person or a unit. */
export function mountReassignments({ on }: Routing, deps: ApiDeps): void {
  const begunOnce = async (
    {
      actor: { personId },
      key,
      body,
      response,
    }: Pick<Call<typeof routes.reassignAccount>, 'actor' | 'key' | 'response'> & {
      readonly body: { readonly form: ReassignmentForm };
    },
    target: string,
    whose: Reassigned,
  ): Promise<{ caseId: string }> => {
    const { caseId } = await once<{ caseId: string }>(deps, { personId, target, key, body }, (keep) =>
      startReassignment(deps, personId, { form: body.form, ...whose }, keep),
    );
    response.location(`/api/v1/cases/${caseId}`);
    return { caseId };
  };

  on(routes.reassignAccount, async (call) => {
    const { params, body } = call;
    const holdings = [{ accountId: params.id, holdingId: body.holdingId }];
    return begunOnce(call, `account:${params.id}:reassignments`, { holdings });
  });

  on(routes.reassignPerson, async (call) => {
    const { params, body } = call;
    if (!(await deps.prisma.person.findUnique({ where: { id: params.id } }))) throw new DomainError('notFound');
    return begunOnce(call, `person:${params.id}:reassignments`, { managerId: params.id, unitId: body.unitId });
  });

  on(routes.reassignUnit, async (call) => {
    const { params } = call;
    if (!(await deps.prisma.unit.findUnique({ where: { id: params.id } }))) throw new DomainError('notFound');
    return begunOnce(call, `unit:${params.id}:reassignments`, { unitId: params.id });
  });

  on(routes.unattended, async () => ({ items: await unattended(deps) }));
}
