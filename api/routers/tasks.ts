import { recordAudit } from '../../cases/audit.ts';
import { claimAll, decideAll } from '../../cases/bulk.ts';
import { issueReference } from '../../cases/bySignal.ts';
import { decide, parseBody } from '../../cases/decision.ts';
import { delegate } from '../../cases/delegations.ts';
import { currentPolicy } from '../../cases/policies.ts';
import type { Receipt } from '../../cases/records.ts';
import { guardStepUp } from '../../cases/stepUp.ts';
import { addApprover, claim, consult, extend, release, transfer, urge } from '../../cases/verbs.ts';
import { DomainError } from '../../domain/errors.ts';
import { sensitiveActOf } from '../../domain/stepUp.ts';
import type { Identity } from '../authentication.ts';
import { bulkOutcome } from '../bulkOutcome.ts';
import { taskRoutes as routes } from '../contract/tasks.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { settledReceipt } from '../settled.ts';
import { timeOf } from '../views/days.ts';
import { inbox } from '../views/inbox.ts';
import { mayAnswer } from '../views/mayAnswer.ts';
import { readableContents } from '../views/readable.ts';
import { readableTask, taskView } from '../views/taskView.ts';

const done = { done: true as const };

/** The inbox and the one door for decisions, with the verbs around it. */
export function mountTasks({ on }: Routing, deps: ApiDeps): void {
  on(routes.inbox, async ({ actor, query: { kind, ...query } }) =>
    inbox(deps, actor, { ...query, sort: 'due', ...(kind ? { kinds: [kind] } : {}) }),
  );

  on(routes.search, async ({ actor, body }) => inbox(deps, actor, body));

  on(routes.read, async ({ actor, params }) => taskView(deps, actor, params.id));

  // No reading before: the decision's own guard refuses, in the one transaction, what is not the person's.
  on(routes.decide, async (call) => {
    const { actor, identity, params, body, key } = call;
    const { provenAt } = identity;
    return settledReceipt(
      deps,
      call,
      await decide(deps, { personId: actor.personId, taskId: params.id, key, ...body, provenAt }),
    );
  });

  on(routes.decideAll, async (call) => {
    const { actor, identity, body, key } = call;
    const { personId } = actor;
    const { provenAt } = identity;
    return bulkOutcome(deps, call, 'tasks:decisions', { personId, taskIds: body.taskIds, key }, (request) =>
      decideAll(deps, { ...request, kind: body.kind, action: body.action, body: body.body, provenAt }),
    );
  });

  on(routes.claimAll, async (call) => {
    const { personId } = call.actor;
    const request = { personId, taskIds: call.body.taskIds, key: call.key };
    return bulkOutcome(deps, call, 'tasks:claims', request, (each) => claimAll(deps, each));
  });

  on(routes.claim, async ({ actor, params, key }) => {
    await claim(deps, { personId: actor.personId, taskId: params.id, key });
    return done;
  });

  on(routes.release, async ({ actor, params, key }) => {
    await release(deps, { personId: actor.personId, taskId: params.id, key });
    return done;
  });

  on(routes.transfer, async ({ actor, params, body, key }) => {
    const to = body.personId;
    await transfer(deps, { personId: actor.personId, taskId: params.id, to, reason: body.reason, key });
    return done;
  });

  on(routes.delegate, async ({ actor: { personId }, params, body, key }) =>
    once(deps, { personId, target: `task:${params.id}:delegate`, key, body }, (keep) =>
      delegate(deps, { personId, taskId: params.id, toId: body.personId, validTo: new Date(body.validTo) }, keep),
    ),
  );

  on(routes.urge, async ({ actor, params, key }) => {
    const { caseId } = await readableTask(deps, actor, params.id);
    await readableContents(deps, actor, caseId);
    await urge(deps, { personId: actor.personId, taskId: params.id, key });
    return done;
  });

  on(routes.consult, async ({ actor, params, body, key }) => {
    const asked = {
      personId: actor.personId,
      taskId: params.id,
      to: body.personId,
      question: body.question ?? null,
      key,
    };
    return { taskId: await openedBy(deps, await consult(deps, asked), 'opinionTaskId') };
  });

  on(routes.addApprover, async ({ actor, params, body, key }) => {
    const asked = {
      personId: actor.personId,
      taskId: params.id,
      to: body.personId,
      question: body.question ?? null,
      key,
    };
    return { taskId: await openedBy(deps, await addApprover(deps, asked), 'approvalTaskId') };
  });

  on(routes.extend, async ({ actor, params, body, key }) => {
    await extend(deps, { personId: actor.personId, taskId: params.id, days: body.days, reason: body.reason, key });
    const task = await deps.prisma.task.findUnique({ where: { id: params.id } });
    if (!task?.dueAt) throw new DomainError('notFound');
    return { dueAt: timeOf(task.dueAt) };
  });

  on(routes.signalReference, async ({ actor, identity, params, body, key }) => {
    const task = await readableTask(deps, actor, params.id);
    if ((await mayAnswer(deps, actor, [task])).length === 0) throw new DomainError('notCandidate');
    const { process, state } = await deps.prisma.case.findUniqueOrThrow({
      where: { id: task.caseId },
      select: { process: true, state: true },
    });
    if (!task.actions.includes(body.action)) throw new DomainError('notYourMatter', { state });
    parseBody(process, task.kind, body.action, body.body);
    guardStepUp(await currentPolicy(deps.pool), sensitiveActOf(task.kind, body.action), identity);
    const { personId } = actor;
    const { under, minutes } = issuedUnder(deps, identity, body.minutes);
    const asked = { personId, taskId: task.id, ...body, minutes, under, key };
    const { reference, expiresAt, isNew } = await issueReference(deps, asked);
    if (!isNew) return { reference, expiresAt: timeOf(expiresAt) };
    await recordAudit(deps.pool, {
      act: 'signalReference.made',
      actorId: personId,
      caseId: task.caseId,
      taskId: task.id,
      codes: { action: body.action },
    });
    return { reference, expiresAt: timeOf(expiresAt) };
  });
}

/** A reference ends with what its person came in by: with the token, with the session, which a person who does nothing leaves too. */
function issuedUnder(deps: ApiDeps, { session, tokenId }: Identity, minutes: number) {
  if (session) return { under: { sessionId: session.id }, minutes: Math.min(minutes, deps.config.sessionIdleMinutes) };
  return { under: { tokenId: tokenId ?? '' }, minutes };
}

/** The task a verb opened, as its fact names it. */
async function openedBy(deps: Pick<ApiDeps, 'prisma'>, { caseId, seq }: Receipt, code: string): Promise<string> {
  const fact = await deps.prisma.fact.findUnique({ where: { caseId_seq: { caseId, seq } } });
  return String((fact?.codes as Record<string, unknown> | undefined)?.[code]);
}
