import { demoOrganisation } from '../../cases/demoOrganisation.ts';

/** A person of the demo organisation who may answer a task with these candidate keys; the first who may, the second if there is one. */
export function answerersOf(candidates: readonly string[]): readonly string[] {
  return candidates.flatMap((key) => {
    const [kind, value = ''] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    if (kind === 'person') return [value];
    if (kind === 'seat') return demoOrganisation.seats.filter((seat) => seat.id === value).map((seat) => seat.personId);
    const [role, unitId] = value.split('@');
    return demoOrganisation.persons
      .filter((person) => person.roles.some((held) => held === role) && (unitId === '' || person.unitId === unitId))
      .map((person) => person.id);
  });
}

export const branches = demoOrganisation.units.filter((unit) => unit.kind === 'branch');
