import { isDay, localDay } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Absence, Prisma, PrismaClient } from '../../prisma/generated/client.ts';
import type { AbsenceView } from '../contract/absences.ts';
import type { Page } from '../contract/shared.ts';
import { dateOf, dayOf, dayOrNull } from './days.ts';
import { loadNames } from './names.ts';
import { keyOf, pageOf } from './pages.ts';

const LATEST_FIRST = [{ firstDay: 'desc' }, { id: 'asc' }] as const satisfies Prisma.AbsenceOrderByWithRelationInput[];

/** One page of absences, the latest first. */
export async function absencePage(
  prisma: PrismaClient,
  where: Prisma.AbsenceWhereInput,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<AbsenceView>> {
  const after = keyOf(cursor, 'text', 'text');
  if (after && !isDay(after[0])) throw new DomainError('invalid', { field: 'cursor', reason: 'nextCursor' }, 'cursor');
  const [day, id] = after ? [dateOf(after[0]), after[1]] : [];
  const rows = await prisma.absence.findMany({
    where: { AND: [where, day ? { OR: [{ firstDay: { lt: day } }, { firstDay: day, id: { gt: id } }] } : {}] },
    orderBy: [...LATEST_FIRST],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, (row) => [dayOf(row.firstDay), row.id]);
  return { items: await viewsOf(prisma, page.items), nextCursor: page.nextCursor };
}

/** Absences, the latest first. */
export async function absenceViews(prisma: PrismaClient, where: Prisma.AbsenceWhereInput): Promise<AbsenceView[]> {
  return viewsOf(prisma, await prisma.absence.findMany({ where, orderBy: [...LATEST_FIRST], take: 500 }));
}

/** With the deputies whose delegations still hold. */
async function viewsOf(prisma: PrismaClient, rows: readonly Absence[]): Promise<AbsenceView[]> {
  const revoked = await prisma.delegation.findMany({
    where: { id: { in: rows.flatMap((row) => row.delegationId ?? []) }, revokedAt: { not: null } },
    select: { id: true },
  });
  const gone = new Set(revoked.map((row) => row.id));
  const names = await loadNames(prisma, {
    persons: rows.flatMap((row) => [row.personId, row.deputyId, row.enteredBy]),
  });
  return rows.map((row) => ({
    id: row.id,
    person: names.person(row.personId),
    firstDay: dayOf(row.firstDay),
    lastDay: dayOf(row.lastDay),
    endedOn: dayOrNull(row.endedOn),
    state: stateOf(row),
    deputy: row.delegationId && !gone.has(row.delegationId) ? names.personOrNull(row.deputyId) : null,
    enteredBy: names.person(row.enteredBy),
  }));
}

function stateOf(row: Absence): AbsenceView['state'] {
  const today = localDay(Date.now());
  if (row.endedOn && dayOf(row.endedOn) <= dayOf(row.firstDay)) return 'cancelled';
  if (row.endedOn || dayOf(row.lastDay) < today) return 'over';
  return dayOf(row.firstDay) > today ? 'coming' : 'away';
}
