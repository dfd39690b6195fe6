import { localDay } from '../../domain/calendar.ts';
import type { Absence, Prisma, PrismaClient } from '../../prisma/generated/client.ts';
import type { AbsenceView } from '../contract/absences.ts';
import { dayOf, dayOrNull } from './days.ts';
import { loadNames } from './names.ts';

/** Absences, the latest first, with the deputies whose delegations still hold. */
export async function absenceViews(prisma: PrismaClient, where: Prisma.AbsenceWhereInput): Promise<AbsenceView[]> {
  const rows = await prisma.absence.findMany({ where, orderBy: [{ firstDay: 'desc' }, { id: 'asc' }], take: 500 });
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
