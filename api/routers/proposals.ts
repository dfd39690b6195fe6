import { decide } from '../../cases/decision.ts';
import { currentPolicy } from '../../cases/policies.ts';
import { isConfirmation, withdrawProposal } from '../../cases/proposals.ts';
import { proposeRedrive } from '../../cases/redrive.ts';
import { answerSeatProposal, proposeSeat } from '../../cases/seatProposals.ts';
import { guardStepUp } from '../../cases/stepUp.ts';
import { DomainError } from '../../domain/errors.ts';
import { caseWorkflowId } from '../../workflows/contracts/case.ts';
import { proposalRoutes as routes } from '../contract/proposals.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
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
    guardStepUp(await currentPolicy(deps.pool), 'override', identity);
    const row = await prisma.case.findUnique({ where: { id: params.id } });
    if (!row) throw new DomainError('notFound');
    const execution = await deps.executions.find(caseWorkflowId(row.process, row.id));
    // A closed case whose execution has ended with it has nothing left to do.
    if (row.closedAt && (execution === null || execution.status === 'completed'))
      throw new DomainError('nothingToRedrive');
    const proposed = await proposeRedrive(deps, {
      personId: actor.personId,
      caseId: row.id,
      key,
      runId: execution?.runId ?? null,
      ...body,
    });
    return settledReceipt(deps, call, proposed);
  });

  on(routes.proposeSeat, async ({ actor, identity, params, body, key }) => {
    guardStepUp(await currentPolicy(deps.pool), 'override', identity);
    return once(deps, { personId: actor.personId, target: `seat:${params.id}:proposals`, key, body }, () =>
      proposeSeat(deps, actor, { seatId: params.id, ...body }),
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
    if (answer === 'confirm') guardStepUp(await currentPolicy(deps.pool), 'override', identity);
    return once(deps, { personId, target: `proposal:${params.id}`, key, body }, async () => {
      await answerSeatProposal(deps, actor, { id: params.id, answer });
      return { done: true as const };
    });
  });
}
