import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import type { ProcessContract } from '../domain/process.ts';
import { newId } from '../platform/id.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { currentPolicy } from './policies.ts';
import { type CaseTransaction, inCase } from './transaction.ts';

/**
 * Opens a case of a process for a person and his unit, in the lifecycle's first state and with a key of its own, and does `work` in
 * the same transaction, where `keep` keeps the answer too. A case without a draft records `submitted` there and rings, which starts its workflow.
 * @throws DomainError `unauthenticated` for one who left; what `work` throws, and then there is no case
 */
export async function newCase(
  deps: CaseDeps,
  contract: ProcessContract,
  personId: string,
  work: (tx: CaseTransaction) => Promise<void> | void,
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const caseId = newId();
  await deps.keys.create(`case:${caseId}`);
  const prepare = async (client: PoolClient): Promise<void> => {
    const policy = await currentPolicy(client);
    const person = await client.query<{ unit_id: string }>('SELECT unit_id FROM persons WHERE id = $1 AND active', [
      personId,
    ]);
    const unitId = person.rows[0]?.unit_id;
    if (!unitId) throw new DomainError('unauthenticated');
    await client.query(
      `INSERT INTO cases (id, process, number, state, state_since, unit_id, submitter_id, title, policy_version, opened_at)
       VALUES ($1, $2, concat_ws('-', $3::text, to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY'), (SELECT lpad(n::text, greatest(4, length(n::text)), '0') FROM nextval('case_numbers') AS n)),
         $4, now(), $5, $6, '', $7, now())`,
      [caseId, contract.process, contract.numberPrefix, contract.lifecycle.initial, unitId, personId, policy.version],
    );
  };
  await inCase(deps, { caseId, personId, prepare }, async (tx) => {
    await work(tx);
    await keep?.(tx.client, { caseId });
  });
  return { caseId };
}
