/**
 * How a person stands to a key account, and what follows from it: who may read its file and who keeps it (Articles 6.5, 8, 11). The
 * circle itself is 系统默认; that an account managed by a branch is not every branch's business follows Article 8.
 */
export type Standing =
  /** The account manager of a holding, lead or co. */
  | 'manager'
  /** The head of a holding unit, or its deputy manager for marketing. */
  | 'head'
  /** Anybody of a holding unit. */
  | 'unit'
  /** The office or its data clerk. */
  | 'office'
  /** The committee's director or a vice director. */
  | 'leader'
  /** Anybody with a seat. */
  | 'committee'
  | 'auditor';

export type Standings = ReadonlySet<Standing>;

/** Of a person what matters here; an `Actor` has it. */
export type Person = {
  readonly personId: string;
  readonly unitId: string;
  readonly roles: readonly { readonly role: string; readonly unitId: string | null }[];
  readonly seats: readonly { readonly kind: string }[];
};

/** A holding that has not ended. */
export type CurrentHolding = { readonly unitId: string; readonly managerId: string | null };

/** The units a person is the head of, or its deputy manager for marketing. */
export const headedUnits = ({ roles }: Pick<Person, 'roles'>): string[] =>
  roles.flatMap(({ role, unitId }) => (unitId && ['unitHead', 'marketingDeputy'].includes(role) ? [unitId] : []));

/** Everything a person is to an account with these current holdings. */
export function standings(person: Person, holdings: readonly CurrentHolding[]): Standings {
  const has = (roles: readonly string[]) => person.roles.some(({ role }) => roles.includes(role));
  const all: readonly (readonly [Standing, boolean])[] = [
    ['manager', holdings.some(({ managerId }) => managerId === person.personId)],
    ['head', holdings.some(({ unitId }) => headedUnits(person).includes(unitId))],
    ['unit', holdings.some(({ unitId }) => unitId === person.unitId)],
    ['office', has(['office', 'dataClerk'])],
    ['leader', person.seats.some(({ kind }) => kind === 'director' || kind === 'viceDirector')],
    ['committee', person.seats.length > 0],
    ['auditor', has(['auditor'])],
  ];
  return new Set(all.flatMap(([standing, holds]) => (holds ? [standing] : [])));
}

/** Whether somebody reads an account's confidential file: visits, projects, warnings. */
export function readsFile(standing: Standings, managedBy: 'company' | 'branch'): boolean {
  return hasOne(
    standing,
    ['manager', 'head', 'office', 'leader', 'auditor'],
    managedBy === 'company' ? 'committee' : null,
  );
}

/** Whether somebody enters data in it: designated persons do (Article 11). */
export function keepsFile(standing: Standings): boolean {
  return hasOne(standing, ['manager', 'head', 'office']);
}

const hasOne = (standing: Standings, wanted: readonly Standing[], also: Standing | null = null): boolean =>
  [...wanted, ...(also ? [also] : [])].some((each) => standing.has(each));
