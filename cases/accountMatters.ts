import { accountRow } from './accounts.ts';
import { accountsOf } from './caseAccounts.ts';
import type { Matters } from './processDefinition.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * What a ballot on an account's case is about: the account's grade says which act it is (4.6); its holding units' seats, its managers and
 * whoever put it forward are recused by rule (系统默认).
 */
export async function accountMatters(tx: CaseTransaction): Promise<Matters> {
  const [accountId] = await accountsOf(tx);
  const { grade, holdings } = await accountRow(tx.client, String(accountId));
  return {
    level: grade,
    specialConsideration: false,
    subject: {
      kind: 'client',
      unitIds: [...new Set([tx.case.unitId, ...holdings.map(({ unitId }) => unitId)])],
      personIds: [...new Set([tx.case.submitterId, ...holdings.flatMap(({ managerId }) => managerId ?? [])])],
    },
  };
}
