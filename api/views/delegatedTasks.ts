import { type Actor, candidateKeys, loadActor } from '../../cases/actor.ts';
import { PERSONAL } from '../../cases/guard.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';

/** What of others' tasks has been delegated to a person: whose, and which. Votes and the like cannot be. */
export async function delegatedTasks(
  deps: Pick<ApiDeps, 'pool' | 'prisma'>,
  actor: Actor,
): Promise<{ readonly fromId: string; readonly where: Prisma.TaskWhereInput }[]> {
  const now = new Date();
  const delegations = await deps.prisma.delegation.findMany({
    where: { toId: actor.personId, revokedAt: null, validFrom: { lte: now }, validTo: { gt: now } },
  });
  const found = await Promise.all(
    delegations.map(async ({ fromId, taskId, kinds }) => {
      const from = await loadActor(deps.pool, fromId);
      if (!from?.active) return [];
      const scope = taskId ? { id: taskId } : kinds.length > 0 ? { kind: { in: kinds } } : {};
      const where: Prisma.TaskWhereInput = {
        AND: [
          scope,
          { kind: { notIn: PERSONAL } },
          { OR: [{ assigneeId: fromId }, { assigneeId: null, candidates: { hasSome: candidateKeys(from) } }] },
        ],
      };
      return [{ fromId, where }];
    }),
  );
  return found.flat();
}
