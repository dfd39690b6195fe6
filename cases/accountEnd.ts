import type { CaseDeps } from './deps.ts';
import { endFromOutside } from './ending.ts';
import { inCase } from './transaction.ts';

/**
 * What is open about an account that was terminated ends as lapsed: case after case, each in its own transaction; one that is about other accounts
 * too goes on for those. Nothing new is opened about it, so that after this its life is over. Asked again it does what is left.
 */
export async function endWhatIsOpen(deps: CaseDeps, accountId: string, now: number): Promise<void> {
  const open = await deps.pool.query<{ id: string }>(
    `SELECT c.id FROM case_accounts a JOIN cases c ON c.id = a.case_id
     WHERE a.account_id = $1 AND c.closed_at IS NULL AND c.ending IS NULL
       AND NOT EXISTS (SELECT 1 FROM case_accounts o JOIN accounts x ON x.id = o.account_id WHERE o.case_id = c.id AND x.state <> 'terminated')
     ORDER BY c.id`,
    [accountId],
  );
  for (const { id: caseId } of open.rows)
    await inCase(deps, { caseId, now }, (tx) => {
      if (tx.case.closedAt !== null || tx.case.ending !== null) return;
      tx.fact({ kind: 'accountEnded', codes: { accountId } });
      endFromOutside(tx, 'lapsed');
    });
  await deps.pool.query('UPDATE case_accounts SET open = false WHERE account_id = $1 AND open', [accountId]);
  await deps.pool.query('UPDATE accounts SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL', [
    accountId,
    new Date(now),
  ]);
}
