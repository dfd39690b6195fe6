import { keepsFile, standings } from '../domain/accountStanding.ts';
import { DomainError } from '../domain/errors.ts';
import { type AccountRow, accountToKeep } from './accounts.ts';
import { aboutAccount } from './caseAccounts.ts';
import { activeActor } from './guard.ts';
import type { CaseTransaction } from './transaction.ts';

/**
 * A case about one account is put forward by who keeps its file. It is his unit's where that holds the account, else the lead's, and bears
 * the client's name. @throws DomainError `notFound` for one he may not know of, `forbidden`, `accountTerminated`, `accountBusy`
 */
export async function putForward(
  tx: CaseTransaction,
  accountId: string,
  { alone }: { readonly alone?: string } = {},
): Promise<AccountRow> {
  const actor = activeActor(tx);
  await accountToKeep(tx.client, actor, accountId);
  const account = await aboutAccount(tx, accountId, { alone: alone ?? null });
  // As it stands under the lock: he may have been replaced this instant.
  if (!keepsFile(standings(actor, account.holdings))) throw new DomainError('forbidden', { needed: 'keepsAccount' });
  const units = account.holdings.map(({ unitId }) => unitId);
  const [lead] = units;
  if (lead && !units.includes(tx.case.unitId)) tx.moveTo(lead);
  const [client] = await tx.sql('SELECT name FROM clients WHERE id = $1', [account.clientId]);
  tx.rename(String(client?.name));
  return account;
}
