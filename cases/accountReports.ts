import { addDays, localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import type { AccountReportForm } from '../forms/accountReport.ts';
import { newId } from '../platform/id.ts';
import { accountToKeep, lockAccount } from './accounts.ts';
import { actorNow, personKey } from './actor.ts';
import { appendAudit } from './audit.ts';
import { sealForClient } from './clientSecrets.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { inTransaction } from './transaction.ts';

/**
 * What there is to report of an account is reported (Article 6.2), for the time since the last report, or since it was established: no day
 * is left out, and none is reported twice. @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `reportedAlready`
 */
export async function reportAccount(
  deps: CaseDeps,
  report: { readonly personId: string; readonly accountId: string; readonly form: AccountReportForm },
  keep?: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const { personId, accountId, form } = report;
  return inTransaction(deps, async (client) => {
    const actor = await actorNow(client, personId);
    await lockAccount(client, accountId);
    const account = await accountToKeep(client, actor, accountId);
    const { rows } = await client.query<{ now: Date; establishedOn: string; reportedTo: string | null }>(
      `SELECT clock_timestamp() AS now, established_on::text AS "establishedOn",
         (SELECT max(to_on)::text FROM account_reports r WHERE r.account_id = a.id) AS "reportedTo" FROM accounts a WHERE id = $1`,
      [accountId],
    );
    const { now, establishedOn, reportedTo } = rows[0] as (typeof rows)[number];
    const fromOn = reportedTo === null ? establishedOn : addDays(reportedTo, 1);
    const toOn = localDay(now.getTime());
    if (fromOn > toOn) throw new DomainError('reportedAlready');
    const id = newId();
    await client.query(
      'INSERT INTO account_reports (id, account_id, from_on, to_on, by_id, entered_at, secret) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [
        id,
        accountId,
        fromOn,
        toOn,
        personId,
        now,
        await sealForClient(deps, account.clientId, 'account_reports', id, form),
      ],
    );
    await appendAudit(client, {
      act: 'account.reported',
      actorId: personId,
      codes: { accountId, reportId: id, fromOn, toOn },
    });
    await keep?.(client, { id });
    return { result: { id }, doorbell: null, change: { cases: [], keys: [personKey(personId)] } };
  });
}
