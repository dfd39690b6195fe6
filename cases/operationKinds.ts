import type { Pool } from 'pg';
import { DomainError } from '../domain/errors.ts';
import type { OperationTier } from '../domain/operation.ts';
import { newId } from '../platform/id.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { violatedConstraint } from './sqlErrors.ts';
import { inTransaction } from './transaction.ts';

/** A kind of secondary or tertiary operation, as the company calls it. */
export type OperationKind = {
  readonly id: string;
  readonly tier: OperationTier;
  readonly name: string;
  readonly nameEn: string;
  readonly retired: boolean;
};

/** In their order; those that were retired too, for what was entered under them. */
export async function operationKinds(pool: Pool): Promise<OperationKind[]> {
  const { rows } = await pool.query<OperationKind>(
    `SELECT id, tier, name, name_en AS "nameEn", retired_at IS NOT NULL AS retired FROM operation_kinds ORDER BY tier, ord, id`,
  );
  return rows;
}

/** Adds a kind. @throws DomainError `nameTaken` */
export async function addOperationKind(
  deps: CaseDeps,
  personId: string,
  kind: Pick<OperationKind, 'tier' | 'name' | 'nameEn'>,
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const id = newId();
  return inTransaction(deps, async (client) => {
    try {
      await client.query(
        `INSERT INTO operation_kinds (id, tier, name, name_en, ord) SELECT $1, $2, $3, $4, coalesce(max(ord), 0) + 1 FROM operation_kinds`,
        [id, kind.tier, kind.name, kind.nameEn],
      );
    } catch (error) {
      if (violatedConstraint(error) === 'operation_kinds_in_use')
        throw new DomainError('nameTaken', { name: kind.name });
      throw error;
    }
    await appendAudit(client, {
      act: 'operationKind.added',
      actorId: personId,
      codes: { kindId: id, tier: kind.tier },
    });
    await keep?.(client, { id });
    return { result: { id }, doorbell: null };
  });
}

/** Nothing new is entered under a kind that was retired. @throws DomainError `notFound` */
export async function retireOperationKind(
  deps: CaseDeps,
  personId: string,
  kindId: string,
  keep?: Keep<void>,
): Promise<void> {
  await inTransaction(deps, async (client) => {
    const { rowCount } = await client.query(
      'UPDATE operation_kinds SET retired_at = now() WHERE id = $1 AND retired_at IS NULL',
      [kindId],
    );
    if (rowCount === 0) throw new DomainError('notFound');
    await appendAudit(client, { act: 'operationKind.retired', actorId: personId, codes: { kindId } });
    await keep?.(client);
    return { result: undefined, doorbell: null };
  });
}
