import { type Actor, candidateKeys, loadActor } from '../../cases/actor.ts';
import { PERSONAL } from '../../cases/guard.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';

/** What one delegation opens: whose tasks, and which; as Prisma reads it, and as a condition on a row `t` of `tasks`. */
export type DelegatedTasks = {
  readonly fromId: string;
  /** The keys of him whose tasks they are. */
  readonly keys: readonly string[];
  readonly where: Prisma.TaskWhereInput;
  readonly condition: Prisma.Sql;
};

/** What of others' tasks has been delegated to a person: whose, and which. Votes and the like cannot be. */
export async function delegatedTasks(deps: Pick<ApiDeps, 'pool' | 'prisma'>, actor: Actor): Promise<DelegatedTasks[]> {
  const now = new Date();
  const delegations = await deps.prisma.delegation.findMany({
    where: { toId: actor.personId, revokedAt: null, validFrom: { lte: now }, validTo: { gt: now } },
  });
  const found = await Promise.all(
    delegations.map(async ({ fromId, taskId, kinds }) => {
      const from = await loadActor(deps.pool, fromId);
      if (!from?.active) return [];
      const keys = candidateKeys(from);
      const scope = taskId ? { id: taskId } : kinds.length > 0 ? { kind: { in: kinds } } : {};
      const where: Prisma.TaskWhereInput = {
        AND: [
          scope,
          { kind: { notIn: PERSONAL } },
          { OR: [{ assigneeId: fromId }, { assigneeId: null, candidates: { hasSome: keys } }] },
        ],
      };
      const condition = Prisma.sql`(${scopeSql(taskId, kinds)} AND t.kind <> ALL (${PERSONAL})
        AND (t.assignee_id = ${fromId} OR (t.assignee_id IS NULL AND t.candidates && ${keys}::text[])))`;
      return [{ fromId, keys, where, condition }];
    }),
  );
  return found.flat();
}

function scopeSql(taskId: string | null, kinds: readonly string[]): Prisma.Sql {
  if (taskId) return Prisma.sql`t.id = ${taskId}`;
  return kinds.length > 0 ? Prisma.sql`t.kind = ANY (${kinds})` : Prisma.sql`true`;
}
