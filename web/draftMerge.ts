import type { DraftForm } from '../api/contract/recommendationForm.ts';
import { type Path, sameJson, sentForm } from './draftForm.ts';

/** One difference between two forms. A list whose entries are others than before is one difference, whole. */
export type FieldChange = { readonly path: Path; readonly before: unknown; readonly after: unknown };
/** A field that both sides changed, each to something else. */
export type FieldConflict = { readonly path: Path; readonly mine: unknown; readonly theirs: unknown };
export type Merge = { readonly form: DraftForm; readonly conflicts: readonly FieldConflict[] };
export type Side = 'mine' | 'theirs';

/** What tells one entry of a list from another; where it differs, the entries are not the same and their fields are never mixed. */
const IDENTITY = ['name', 'post'] as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sameEntries(before: readonly unknown[], after: readonly unknown[]): boolean {
  return (
    before.length === after.length &&
    before.every((entry, index) => {
      const other = after[index];
      return isRecord(entry) && isRecord(other) && IDENTITY.every((key) => sameJson(entry[key], other[key]));
    })
  );
}

/** The differences from `before` to `after`, each at the deepest place where it can be told. */
export function changesBetween(before: unknown, after: unknown, path: Path = []): FieldChange[] {
  if (sameJson(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => changesBetween(before[key], after[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && sameEntries(before, after))
    return before.flatMap((entry, index) => changesBetween(entry, after[index], [...path, index]));
  return [{ path, before, after }];
}

export function valueAt(form: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    form,
  );
}

/** The form with another value at a path; undefined takes it out. */
export function withValue(form: DraftForm, path: Path, value: unknown): DraftForm {
  const put = (inside: unknown, [head, ...rest]: Path): unknown => {
    if (head === undefined) return value;
    if (Array.isArray(inside)) return inside.map((each, index) => (index === head ? put(each, rest) : each));
    const record = isRecord(inside) ? inside : {};
    const inner = put(record[head], rest);
    if (inner !== undefined) return { ...record, [head]: inner };
    const { [head]: _gone, ...others } = record;
    return others;
  };
  return put(form, path) as DraftForm;
}

const overlap = (one: Path, other: Path): boolean => {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((part, index) => part === other[index]);
};

/** The sum follows from the projects and is reckoned again; it is nobody's change. */
const isDerived = ({ path }: FieldChange): boolean => path[0] === 'expectedSubsequentYuan';

/**
 * Joins two forms that grew from one: what only one side changed is taken from it; what both changed, each to something else, is a
 * conflict, and stands in `form` as `theirs` until somebody has chosen. Nothing of either side is given up unseen.
 */
export function mergeForms(base: DraftForm, mine: DraftForm, theirs: DraftForm): Merge {
  const own = changesBetween(base, mine).filter((change) => !isDerived(change));
  const foreign = changesBetween(base, theirs).filter((change) => !isDerived(change));
  const conflicts = new Map<string, FieldConflict>();
  let form = theirs;
  for (const change of own) {
    const against = foreign.filter((other) => overlap(change.path, other.path));
    if (against.length === 0) {
      form = withValue(form, change.path, change.after);
      continue;
    }
    const path = [change.path, ...against.map((other) => other.path)].reduce((shortest, each) =>
      each.length < shortest.length ? each : shortest,
    );
    const conflict = { path, mine: valueAt(mine, path), theirs: valueAt(theirs, path) };
    if (!sameJson(conflict.mine, conflict.theirs)) conflicts.set(path.join('.'), conflict);
  }
  const kept = [...conflicts.values()];
  return {
    form: sentForm(form),
    // A conflict inside another is part of it.
    conflicts: kept.filter(
      ({ path }) => !kept.some((other) => other.path.length < path.length && overlap(other.path, path)),
    ),
  };
}

/** The merged form with a side taken for each conflict. */
export function resolved({ form, conflicts }: Merge, sides: Readonly<Record<string, Side>>): DraftForm {
  return sentForm(
    conflicts.reduce(
      (merged, { path, mine }) => (sides[path.join('.')] === 'mine' ? withValue(merged, path, mine) : merged),
      form,
    ),
  );
}
