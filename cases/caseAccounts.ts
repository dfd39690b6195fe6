import { DomainError } from '../domain/errors.ts';
import { type AccountRow, accountRow, lockAccount } from './accounts.ts';
import { violatedConstraint } from './sqlErrors.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * The case is about an account, whose row it keeps until it commits. Under the word `alone` an account has one open case at most.
 * @returns the account as it is under that lock
 * @throws DomainError `notFound`, `accountTerminated`, `accountBusy`
 */
export async function aboutAccount(
  tx: CaseTransaction,
  accountId: string,
  { alone = null }: { readonly alone?: string | null } = {},
): Promise<AccountRow> {
  const account = await lockAccount(tx.client, accountId);
  if (account.state === 'terminated') throw new DomainError('accountTerminated');
  try {
    await tx.sql('INSERT INTO case_accounts (case_id, account_id, alone) VALUES ($1, $2, $3)', [
      tx.case.id,
      accountId,
      alone,
    ]);
  } catch (error) {
    if (violatedConstraint(error) === 'case_accounts_alone') throw new DomainError('accountBusy');
    throw error;
  }
  if (tx.case.clientId === null) tx.belongsTo(account.clientId);
  return account;
}

/** The accounts a case is about. */
export async function accountsOf(tx: CaseTransaction): Promise<readonly string[]> {
  const rows = await tx.sql('SELECT account_id AS id FROM case_accounts WHERE case_id = $1 ORDER BY account_id', [
    tx.case.id,
  ]);
  return rows.map(({ id }) => String(id));
}

/** The one account a case is about, as it is now. @throws DomainError `notFound` for a case about none */
export async function accountOf(tx: CaseTransaction): Promise<AccountRow> {
  const [accountId] = await accountsOf(tx);
  return accountRow(tx.client, accountId ?? '');
}
