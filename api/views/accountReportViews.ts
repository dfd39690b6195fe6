import { clocksOf } from '../../cases/accountClock.ts';
import type { AccountRow } from '../../cases/accounts.ts';
import { openForClient } from '../../cases/clientSecrets.ts';
import { currentPolicy } from '../../cases/policies.ts';
import { clockAt, type Level } from '../../domain/accountClock.ts';
import { endOfDay } from '../../domain/calendar.ts';
import type { AccountReportForm } from '../../forms/accountReport.ts';
import type { DutyView } from '../contract/accountReports.ts';
import type { ApiDeps } from '../deps.ts';
import { dayOf, timeOf } from './days.ts';
import { loadNames } from './names.ts';

/** An account's reports, opened. The caller has made sure that he may read them. */
export async function accountReports(deps: ApiDeps, account: Pick<AccountRow, 'id' | 'clientId'>) {
  const rows = await deps.prisma.accountReport.findMany({
    where: { accountId: account.id },
    orderBy: { toOn: 'desc' },
    take: 100,
  });
  const names = await loadNames(deps.prisma, { persons: rows.map(({ byId }) => byId) });
  return Promise.all(
    rows.map(async ({ id, fromOn, toOn, byId, enteredAt, secret }) => ({
      id,
      fromOn: dayOf(fromOn),
      toOn: dayOf(toOn),
      by: names.person(byId),
      enteredAt: timeOf(enteredAt),
      ...(await openForClient<AccountReportForm>(deps, account.clientId, 'account_reports', id, secret)),
    })),
  );
}

/** What falls due for an account by the policy in force; nothing more once it was terminated. */
export async function dutiesOf(deps: ApiDeps, account: Pick<AccountRow, 'id' | 'state'>): Promise<DutyView[]> {
  if (account.state === 'terminated') return [];
  const { values } = await currentPolicy(deps.pool);
  const [clocks, notices] = await Promise.all([
    clocksOf(deps.pool, account.id, values),
    deps.prisma.accountNotice.findMany({ where: { accountId: account.id }, orderBy: { toldAt: 'asc' } }),
  ]);
  const now = Date.now();
  return clocks.map((clock) => {
    const { duty, dueOn, steps } = clock;
    const told = notices.filter((notice) => notice.duty === duty && dayOf(notice.dueOn) === dueOn);
    const { nextAt } = clockAt(
      clock,
      told.map(({ level }) => level as Level),
      now,
    );
    const next = steps.find(({ at }) => at === nextAt);
    return {
      duty,
      dueOn,
      isOverdue: duty === 'vacancy' || endOfDay(dueOn) <= now,
      told: told.map(({ level, toldAt }) => ({ level: level as Level, at: timeOf(toldAt) })),
      next: next ? { level: next.level, at: timeOf(new Date(next.at)) } : null,
    };
  });
}
