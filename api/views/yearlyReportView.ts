import { type AccountRow, accountRow, accountToRead } from '../../cases/accounts.ts';
import type { Actor } from '../../cases/actor.ts';
import { openForClient } from '../../cases/clientSecrets.ts';
import { projectsOf } from '../../cases/projectRows.ts';
import type { TaskRow } from '../../cases/records.ts';
import { hasChangedHands } from '../../cases/reviewHolders.ts';
import { factPlace } from '../../cases/transaction.ts';
import { visitStands } from '../../cases/visits.ts';
import type { Standing } from '../../domain/accountStanding.ts';
import { type Archive, completenessOf, prefilled, reportable } from '../../domain/archive.ts';
import { daysOf } from '../../domain/campaign.ts';
import { DomainError } from '../../domain/errors.ts';
import { yuanFromFen } from '../../domain/money.ts';
import { reportChanges } from '../../domain/reportChanges.ts';
import type { ReportedArchive, ReviewReport } from '../../forms/reviewReport.ts';
import { openJson } from '../../platform/cipher.ts';
import type { Task } from '../../prisma/generated/client.ts';
import type { YearlyReport } from '../contract/yearlyReports.ts';
import type { ApiDeps } from '../deps.ts';
import { recordAccountReading } from '../readings.ts';
import { dayOf, timeOf, timeOrNull } from './days.ts';
import { mayAnswer } from './mayAnswer.ts';
import { loadNames } from './names.ts';

/** The yearly report of a review: what it begins with, and what was reported. @throws DomainError `notFound`, `forbidden` */
export async function yearlyReport(deps: ApiDeps, actor: Actor, caseId: string): Promise<YearlyReport> {
  const { prisma } = deps;
  const review = await prisma.review.findUnique({
    where: { caseId },
    include: { campaign: true, account: { include: { client: true } } },
  });
  if (!review) throw new DomainError('notFound');
  const [task] = await mayAnswer(
    deps,
    actor,
    await prisma.task.findMany({ where: { caseId, kind: 'reportYear', status: 'open' } }),
  );
  const account =
    (task && (await reportersAccount(deps, review.accountId, task))) ??
    (await accountToRead(deps.pool, actor, review.accountId));
  await recordAccountReading(deps, actor, account, 'yearlyReport');

  const { client } = review.account;
  const [reported, lastYear, before, visits, projects] = await Promise.all([
    reportOf(deps, caseId),
    lastYearsReport(deps, review.accountId, review.year),
    archiveBefore(deps, caseId),
    visitsIn(deps, review.accountId, review.year),
    projectsOf(deps, deps.pool, review.accountId),
  ]);
  const archive =
    before ??
    (client.secret
      ? reportable(await openForClient<Archive>(deps, client.id, 'clients', client.id, client.secret))
      : {});
  const begins = prefilled(archive, lastYear?.report.archive ?? null);
  const now = reported ? (reported.report.archive ?? archive) : begins;
  const names = await loadNames(prisma, { persons: [reported?.byId] });
  return {
    accountId: account.id,
    clientName: client.name,
    year: review.year,
    dueOn: dayOf(review.campaign.dueOn),
    dataAtHand: review.dataAtHand,
    taskId: task?.id ?? null,
    archive: archive as ReportedArchive,
    prefilled: begins as ReportedArchive,
    lastYear,
    reported: reported
      ? {
          report: reported.report,
          by: names.person(reported.byId),
          at: timeOf(reported.at),
          endorsedAt: timeOrNull(review.endorsedAt),
        }
      : null,
    changes: reported
      ? reportChanges({ ...reported.report, archive: now }, archive, compared(lastYear?.report)).map((change) => ({
          ...change,
          now: change.now ?? null,
          archive: change.archive ?? null,
          lastYear: change.lastYear ?? null,
          differsFrom: [...change.differsFrom],
        }))
      : [],
    completeness: completeness(now),
    visits,
    projects: projects.map(({ id, name, state, amountFen, cancelled }) => ({
      id,
      name,
      state,
      amountYuan: yuanFromFen(amountFen),
      cancelled,
    })),
  };
}

const compared = (report: ReviewReport | undefined) => (report ? { ...report, archive: report.archive ?? {} } : null);

function completeness(archive: Archive): YearlyReport['completeness'] {
  const { percent, parts } = completenessOf(archive);
  return { percent, parts: parts.map((part) => ({ ...part, missing: [...part.missing] })) };
}

/** Who was handed the report reads what it is about, however he stands to the account; null once that has changed hands, though his task has not yet. */
async function reportersAccount(
  deps: ApiDeps,
  accountId: string,
  { subject }: Pick<Task, 'subject'>,
): Promise<(AccountRow & { readonly standing: ReadonlySet<Standing> }) | null> {
  const account = await accountRow(deps.pool, accountId);
  return hasChangedHands(account, subject as TaskRow['subject']) ? null : { ...account, standing: new Set() };
}

/** The newest report given in a review. @throws DecryptionError */
async function reportOf(deps: ApiDeps, caseId: string) {
  const fact = await deps.prisma.fact.findFirst({
    where: { caseId, kind: 'decided', step: 'reporting' },
    orderBy: { seq: 'desc' },
  });
  if (!fact) return null;
  const report = openJson(await deps.keys.get(`case:${caseId}`), fact.secret, factPlace(caseId, fact.seq));
  return { report: report as ReviewReport, byId: String(fact.actorId), at: fact.at };
}

/** The last report before a year that was endorsed; null where there was none. */
async function lastYearsReport(deps: ApiDeps, accountId: string, year: number) {
  const last = await deps.prisma.review.findFirst({
    where: { accountId, year: { lt: year }, endorsedAt: { not: null }, caseId: { not: null } },
    // An account that was left out and added again has two: the one that stands in its place comes first.
    orderBy: [{ year: 'desc' }, { replaced: 'asc' }],
  });
  const found = last?.caseId ? await reportOf(deps, last.caseId) : null;
  return last && found ? { year: last.year, report: found.report } : null;
}

/** What stood in the archive before it took this review's report over; null where it has not. */
async function archiveBefore(deps: ApiDeps, caseId: string): Promise<Archive | null> {
  const fact = await deps.prisma.fact.findFirst({
    where: { caseId, kind: 'archiveUpdated' },
    orderBy: { seq: 'desc' },
  });
  if (!fact) return null;
  const secret = openJson(await deps.keys.get(`case:${caseId}`), fact.secret, factPlace(caseId, fact.seq));
  return (secret as { before: Archive }).before;
}

/** Visits that stand, made in the year that is reported on. */
async function visitsIn(deps: ApiDeps, accountId: string, year: number): Promise<number> {
  const { from, to } = daysOf(year - 1);
  const { rows } = await deps.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM visits v WHERE v.account_id = $1 AND v.state = 'done' AND v.visited_on BETWEEN $2::date AND $3::date AND ${visitStands('v')}`,
    [accountId, from, to],
  );
  return rows[0]?.n ?? 0;
}
