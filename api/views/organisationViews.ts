import type { Person, Prisma, PrismaClient, Territory, Unit } from '../../prisma/generated/client.ts';
import type { ChangeView, PersonView, SeatView, UnitView } from '../contract/organisation.ts';
import type { PersonDetail } from '../contract/persons.ts';
import type { UnitDetail } from '../contract/units.ts';
import { asItStands } from './asItStands.ts';
import { dayOf, dayOrNull, inForce, timeOf, today } from './days.ts';
import { loadNames, type Names } from './names.ts';

/** Every unit, dissolved ones too, with its territories and its heads. */
export async function unitViews(prisma: PrismaClient): Promise<UnitView[]> {
  const units = await prisma.unit.findMany({
    include: { territories: { orderBy: { prefix: 'asc' } } },
    orderBy: { code: 'asc' },
  });
  return viewsOf(prisma, units);
}

/** One unit with its history. Null when there is none. */
export async function unitDetail(prisma: PrismaClient, id: string): Promise<Omit<UnitDetail, 'reassignable'> | null> {
  const unit = await prisma.unit.findUnique({
    where: { id },
    include: { territories: { orderBy: [{ prefix: 'asc' }, { validFrom: 'asc' }] } },
  });
  if (!unit) return null;
  const [[view], deputies, history] = await Promise.all([
    viewsOf(prisma, [unit]),
    holders(prisma, 'marketingDeputy', [id]),
    historyOf(prisma, 'unit', id),
  ]);
  return view ? { ...view, deputies: deputies.get(id) ?? [], history } : null;
}

async function viewsOf(
  prisma: PrismaClient,
  units: readonly (Unit & { readonly territories: readonly Territory[] })[],
): Promise<UnitView[]> {
  const [names, heads] = await Promise.all([
    loadNames(prisma, { units: units.map((unit) => unit.successorId) }),
    holders(
      prisma,
      'unitHead',
      units.map((unit) => unit.id),
    ),
  ]);
  return units.map((unit) => ({
    id: unit.id,
    name: unit.name,
    nameEn: unit.nameEn,
    code: unit.code,
    kind: unit.kind as UnitView['kind'],
    parentId: unit.parentId,
    heads: heads.get(unit.id) ?? [],
    dissolvedOn: dayOrNull(unit.dissolvedOn),
    successor: names.unitOrNull(unit.successorId),
    territories: unit.territories.map((territory) => ({
      id: territory.id,
      regionCode: [territory.prefix, territory.area].filter(Boolean).join('/'),
      carveOut: territory.carveOut,
      validFrom: dayOf(territory.validFrom),
      validTo: dayOrNull(territory.validTo),
    })),
  }));
}

/** Who holds a role in each of these units now. */
async function holders(
  prisma: PrismaClient,
  role: string,
  unitIds: readonly string[],
): Promise<Map<string, ReturnType<Names['person']>[]>> {
  const held = await prisma.roleAssignment.findMany({
    where: { role, unitId: { in: [...unitIds] }, ...inForce() },
    orderBy: { personId: 'asc' },
  });
  const names = await loadNames(prisma, { persons: held.map((row) => row.personId) });
  const found = new Map<string, ReturnType<Names['person']>[]>();
  for (const { unitId, personId } of held)
    if (unitId) found.set(unitId, [...(found.get(unitId) ?? []), names.person(personId)]);
  return found;
}

type PersonFilter = {
  readonly unitId?: string | undefined;
  readonly role?: string | undefined;
  readonly active?: boolean | undefined;
  readonly text?: string | undefined;
};

/** The persons a filter means. */
export async function chosen(
  prisma: PrismaClient,
  { unitId, role, active, text }: PersonFilter,
): Promise<Prisma.PersonWhereInput> {
  const held = role
    ? await prisma.roleAssignment.findMany({ where: { role, ...inForce() }, select: { personId: true } })
    : null;
  const contains = { contains: asItStands(text ?? ''), mode: 'insensitive' as const };
  return {
    ...(unitId ? { unitId } : {}),
    ...(active === undefined ? {} : { active }),
    ...(held ? { id: { in: held.map((row) => row.personId) } } : {}),
    ...(text ? { OR: [{ name: contains }, { nameEn: contains }, { login: contains }] } : {}),
  };
}

/** Persons with the roles and seats they hold now. */
export async function personViews(prisma: PrismaClient, persons: readonly Person[]): Promise<PersonView[]> {
  const ids = persons.map((person) => person.id);
  const [roles, terms] = await Promise.all([
    prisma.roleAssignment.findMany({ where: { personId: { in: ids }, ...inForce() }, orderBy: { role: 'asc' } }),
    prisma.seatTerm.findMany({ where: { personId: { in: ids }, ...inForce() } }),
  ]);
  const [seats, names] = await Promise.all([
    prisma.seat.findMany({ where: { id: { in: terms.map((term) => term.seatId) } } }),
    loadNames(prisma, { units: [...persons.map((person) => person.unitId), ...roles.map((held) => held.unitId)] }),
  ]);
  return persons.map((person) => ({
    id: person.id,
    name: person.name,
    nameEn: person.nameEn,
    unit: names.unit(person.unitId),
    active: person.active,
    leftOn: dayOrNull(person.leftOn),
    roles: roles
      .filter((held) => held.personId === person.id)
      .map((held) => ({
        id: held.id,
        role: held.role,
        unit: names.unitOrNull(held.unitId),
        validFrom: dayOf(held.validFrom),
        validTo: dayOrNull(held.validTo),
      })),
    seats: terms
      .filter((term) => term.personId === person.id)
      .flatMap((term) => seats.filter((seat) => seat.id === term.seatId))
      .map(({ id, name, nameEn }) => ({ seatId: id, name, nameEn })),
  }));
}

/** One person with everything held before, too. Null when there is none. */
export async function personDetail(
  prisma: PrismaClient,
  id: string,
): Promise<Omit<PersonDetail, 'reassignable'> | null> {
  const person = await prisma.person.findUnique({ where: { id } });
  if (!person) return null;
  const latest = [{ validFrom: 'desc' as const }, { id: 'desc' as const }];
  const [[view], roles, terms, seats, history] = await Promise.all([
    personViews(prisma, [person]),
    prisma.roleAssignment.findMany({ where: { personId: id }, orderBy: latest }),
    prisma.seatTerm.findMany({ where: { personId: id }, orderBy: latest }),
    prisma.seat.findMany(),
    historyOf(prisma, 'person', id),
  ]);
  const names = await loadNames(prisma, { units: roles.map((held) => held.unitId) });
  if (!view) return null;
  return {
    ...view,
    login: person.login,
    rolesHeld: roles.map((held) => ({
      id: held.id,
      role: held.role,
      unit: names.unitOrNull(held.unitId),
      validFrom: dayOf(held.validFrom),
      validTo: dayOrNull(held.validTo),
      document: held.document,
    })),
    terms: terms.map((term) => {
      const seat = seats.find((each) => each.id === term.seatId);
      return {
        id: term.id,
        seatId: term.seatId,
        seat: seat?.name ?? term.seatId,
        seatEn: seat?.nameEn ?? term.seatId,
        validFrom: dayOf(term.validFrom),
        validTo: dayOrNull(term.validTo),
        document: term.document,
      };
    }),
    history,
  };
}

/** The committee's seats in order, each with its terms, the latest first. */
export async function seatViews(prisma: PrismaClient): Promise<SeatView[]> {
  const [seats, terms] = await Promise.all([
    prisma.seat.findMany({ orderBy: { ord: 'asc' } }),
    prisma.seatTerm.findMany({ orderBy: [{ validFrom: 'desc' }, { id: 'desc' }] }),
  ]);
  const names = await loadNames(prisma, {
    persons: terms.map((term) => term.personId),
    units: seats.map((seat) => seat.unitId),
  });
  const day = today();
  return seats.map((seat) => {
    // A term that was replaced before it began never was one.
    const own = terms.filter(
      (term) => term.seatId === seat.id && (term.validTo === null || term.validTo > term.validFrom),
    );
    const view = (term: (typeof own)[number]) => ({
      id: term.id,
      person: names.person(term.personId),
      validFrom: dayOf(term.validFrom),
      validTo: dayOrNull(term.validTo),
      document: term.document,
    });
    const holder = own.find((term) => term.validFrom <= day && (term.validTo === null || term.validTo > day));
    return {
      id: seat.id,
      kind: seat.kind as SeatView['kind'],
      ord: seat.ord,
      name: seat.name,
      nameEn: seat.nameEn,
      unit: names.unitOrNull(seat.unitId),
      holder: holder ? view(holder) : null,
      terms: own.map(view),
    };
  });
}

async function historyOf(prisma: PrismaClient, subject: string, subjectId: string): Promise<ChangeView[]> {
  const rows = await prisma.organisationChange.findMany({
    where: { subject, subjectId },
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    take: 200,
  });
  const names = await loadNames(prisma, { persons: rows.map((row) => row.changedBy) });
  return rows.map((row) => ({
    id: row.id,
    change: row.change,
    on: dayOf(row.effectiveOn),
    document: row.document,
    by: names.person(row.changedBy),
    at: timeOf(row.at),
    codes: row.codes as Record<string, unknown>,
  }));
}
