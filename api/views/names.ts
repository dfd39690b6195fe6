import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { PersonRef, UnitRef } from '../contract/shared.ts';

/** Names of the persons and units a view speaks of, loaded together. */
export type Names = {
  person(id: string): PersonRef;
  personOrNull(id: string | null): PersonRef | null;
  unit(id: string): UnitRef;
  unitOrNull(id: string | null): UnitRef | null;
};

type Ids = Iterable<string | null | undefined>;

export async function loadNames(prisma: PrismaClient, ids: { persons?: Ids; units?: Ids }): Promise<Names> {
  const select = { id: true, name: true, nameEn: true } as const;
  const [persons, units] = await Promise.all([
    prisma.person.findMany({ where: { id: { in: known(ids.persons) } }, select }),
    prisma.unit.findMany({ where: { id: { in: known(ids.units) } }, select }),
  ]);
  const personRefs = new Map(persons.map((person) => [person.id, person]));
  const unitRefs = new Map(units.map((unit) => [unit.id, unit]));
  const person = (id: string) => personRefs.get(id) ?? { id, name: id, nameEn: id };
  const unit = (id: string) => unitRefs.get(id) ?? { id, name: id, nameEn: id };
  return {
    person,
    personOrNull: (id) => (id === null ? null : person(id)),
    unit,
    unitOrNull: (id) => (id === null ? null : unit(id)),
  };
}

const known = (ids: Ids = []): string[] => [...new Set([...ids].filter((id): id is string => typeof id === 'string'))];
