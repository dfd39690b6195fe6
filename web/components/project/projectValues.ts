import type { ProjectView } from '../../../api/contract/projects.ts';
import { stagesOf } from '../../../domain/project.ts';

type Form = ProjectView['form'];
type Values = Partial<Form>;

/** A project as the inputs hold it: what is not known is not there. */
export const projectValues = (form: Form): Values =>
  Object.fromEntries(Object.entries(form).filter(([, value]) => value !== null && value !== ''));

/** Fields that stand for one state alone; they are left out where another is chosen. */
const ofState: Readonly<Record<string, readonly string[]>> = {
  expectedTender: ['upcoming'],
  startedOn: ['building', 'past'],
  finishedOn: ['past'],
};

/** What is sent of the inputs: everything, for a project is replaced as a whole. An upcoming one keeps the builder it has. */
export function projectBody(values: Values, before?: Form): Partial<Form> {
  const state = values.state ?? 'upcoming';
  const given = Object.entries({ ...(before ? projectValues(before) : {}), ...values })
    .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value] as const)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .filter(([name]) => ofState[name]?.includes(state) ?? true);
  const body = Object.fromEntries(given) as Partial<Form>;
  if (body.stage && !stagesOf(state).includes(body.stage)) delete body.stage;
  if (state === 'upcoming' && body.regionCode !== before?.regionCode) delete body.builderUnitId;
  return body;
}

/**
 * One’s own changes on what somebody else has saved meanwhile: where one changed nothing, his are taken.
 * @returns the values, and the fields that were taken over
 */
export function mergedValues(
  own: Values,
  before: Form,
  theirs: Form,
): { readonly values: Values; readonly taken: string[] } {
  const value = (form: Values, name: string) => (form as Readonly<Record<string, unknown>>)[name] ?? null;
  const same = (a: unknown, b: unknown) => (a === '' ? null : a) === (b === '' ? null : b);
  const taken = Object.keys(theirs).filter(
    (name) => !same(value(before, name), value(theirs, name)) && same(value(own, name), value(before, name)),
  );
  return {
    values: Object.fromEntries(taken.map((name) => [name, value(theirs, name) ?? undefined])) as Values,
    taken,
  };
}
