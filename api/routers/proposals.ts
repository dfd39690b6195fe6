import { answerAppointment, proposeAppointment } from '../../cases/appointmentProposals.ts';
import { decide } from '../../cases/decision.ts';
import { isConfirmation, withdrawProposal } from '../../cases/proposals.ts';
import { proposeRedrive } from '../../cases/redrive.ts';
import { DomainError } from '../../domain/errors.ts';
import { caseWorkflowId } from '../../workflows/contracts/case.ts';
import { proposalRoutes as routes } from '../contract/proposals.ts';
import type { ApiDeps } from '../deps.ts';
import { doneOnce, once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { settledReceipt } from '../settled.ts';
import { whole } from '../views/pages.ts';
import { listProposals } from '../views/proposals.ts';

/** What takes two administrators; see docs/decisions/0026. */
export function mountProposals({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.proposals, async ({ actor }) => whole(await listProposals(deps, actor)));

  on(routes.redrive, async (call) => {
    const { actor, identity, params, body, key } = call;
    const row = await prisma.case.findUnique({ where: { id: params.id } });
    if (!row) throw new DomainError('notFound');
    const execution = await deps.executions.find(caseWorkflowId(row.process, row.id));
    // A closed case whose execution has ended with it has nothing left to do.
    if (row.closedAt && (execution === null || execution.status === 'completed'))
      throw new DomainError('nothingToRedrive');
    const proposed = await proposeRedrive(deps, {
      personId: actor.personId,
      provenAt: identity.provenAt,
      caseId: row.id,
      key,
      runId: execution?.runId ?? null,
      ...body,
    });
    return settledReceipt(deps, call, proposed);
  });

  on(routes.proposeSeat, async ({ actor, identity, params, body, key }) => {
    const asked = { personId: actor.personId, provenAt: identity.provenAt };
    return once<{ id: string }>(
      deps,
      { personId: actor.personId, target: `seat:${params.id}:proposals`, key, body },
      (keep) => proposeAppointment(deps, asked, { seatId: params.id, role: null, ...body }, keep),
    );
  });

  on(routes.proposeRole, async ({ actor, identity, body, key }) => {
    const asked = { personId: actor.personId, provenAt: identity.provenAt };
    return once<{ id: string }>(deps, { personId: actor.personId, target: 'roles:proposals', key, body }, (keep) =>
      proposeAppointment(deps, asked, { seatId: null, ...body }, keep),
    );
  });

  on(routes.answerProposal, async ({ actor, identity, params, body, key }) => {
    const { personId } = actor;
    const { answer, ...given } = body;
    const task = await prisma.task.findUnique({ where: { id: params.id } });
    if (task && isConfirmation(task.kind)) {
      const request = { personId, taskId: task.id, key };
      if (answer === 'withdraw') await withdrawProposal(deps, { ...request, caseId: task.caseId });
      else await decide(deps, { ...request, action: answer, body: given, provenAt: identity.provenAt });
      return { done: true as const };
    }
    return doneOnce(deps, { personId, target: `proposal:${params.id}`, key, body }, (keep) => {
      const reason = body.answer === 'refuse' ? body.reason : null;
      return answerAppointment(
        deps,
        { personId, provenAt: identity.provenAt },
        { id: params.id, answer, reason },
        keep,
      );
    });
  });
}
