import { aad, open, seal } from '../platform/cipher.ts';
import { newId } from '../platform/id.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { inCase } from './transaction.ts';

export type Comment = { readonly id: string; readonly personId: string; readonly text: string; readonly at: Date };

const place = (id: string): string => aad('comments', 'secret', id);

/** Adds a comment. The caller has made sure that the person may read the case. */
export async function addComment(
  deps: CaseDeps,
  { personId, caseId, text }: { personId: string; caseId: string; text: string },
  keep?: Keep<Comment>,
): Promise<Comment> {
  const id = newId();
  return inCase(deps, { caseId, personId }, async (tx) => {
    activeActor(tx);
    await tx.sql('INSERT INTO comments (id, case_id, person_id, secret, at) VALUES ($1, $2, $3, $4, $5)', [
      id,
      caseId,
      personId,
      seal(tx.key, text, place(id)),
      tx.now,
    ]);
    tx.fact({ kind: 'commented', actorId: personId, codes: { commentId: id } });
    const added = { id, personId, text, at: tx.now };
    await keep?.(tx.client, added);
    return added;
  });
}

export async function readComments(deps: CaseDeps, caseId: string): Promise<Comment[]> {
  const rows = await deps.prisma.comment.findMany({ where: { caseId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  if (rows.length === 0) return [];
  const key = await deps.keys.get(`case:${caseId}`);
  return rows.map(({ id, personId, secret, at }) => ({
    id,
    personId,
    at,
    text: open(key, secret, place(id)).toString('utf8'),
  }));
}
