/** What a person may be beside a seat. */
export const allRoles = [
  'submitter',
  'unitHead',
  'marketingDeputy',
  'office',
  'dataClerk',
  'systemAdmin',
  'securityAdmin',
  'auditor',
] as const;

/** Administrators are three different people (Article 11; the separation is 系统默认). */
export const administratorRoles = ['systemAdmin', 'securityAdmin', 'auditor'] as const;
export const isAdministratorRole = (role: string): boolean => (administratorRoles as readonly string[]).includes(role);
/** Roles that are held in a unit; the others hold for the whole company. */
export const unitRoles: readonly string[] = ['submitter', 'unitHead', 'marketingDeputy'];

/** Members of a group of a sign-in method get a role, in a unit where the role has one. */
export type RoleMapping = { readonly group: string; readonly role: string; readonly unit?: string | undefined };
export type RoleInUnit = { readonly role: string; readonly unitId: string | null };

/** The roles that somebody's groups give, each once. */
export function rolesOfGroups(mappings: readonly RoleMapping[], groups: readonly string[]): readonly RoleInUnit[] {
  const given = mappings
    .filter(({ group }) => groups.includes(group))
    .map(({ role, unit }): RoleInUnit => ({ role, unitId: unit ?? null }));
  return [...new Map(given.map((each) => [keyOf(each), each])).values()];
}

/** What brings the roles held by groups to what the groups give now. */
export function roleChanges<Held extends RoleInUnit>(
  held: readonly Held[],
  wanted: readonly RoleInUnit[],
): { readonly grant: readonly RoleInUnit[]; readonly end: readonly Held[] } {
  const heldKeys = new Set(held.map(keyOf));
  const wantedKeys = new Set(wanted.map(keyOf));
  return {
    grant: wanted.filter((each) => !heldKeys.has(keyOf(each))),
    end: held.filter((each) => !wantedKeys.has(keyOf(each))),
  };
}

const keyOf = ({ role, unitId }: RoleInUnit): string => `${role}@${unitId ?? ''}`;
