import type { z } from 'zod';
import type { ErrorCode, ErrorParams } from '../domain/errors.ts';

/** One fault of a request: its code, the field's path, and what fills the code's text. */
export type Fault = { readonly code: ErrorCode; readonly field: string; readonly params: ErrorParams };

/** More than any form has: a megabyte of nonsense is not to be answered with fifteen. */
const MOST_FAULTS = 200;

/** Longer than any field's path: the name of an unknown field is the caller's own, and is told several times. */
const LONGEST_FIELD = 200;

function shortened(fault: Fault): Fault {
  if (fault.field.length <= LONGEST_FIELD) return fault;
  const field = `${fault.field.slice(0, LONGEST_FIELD)}…`;
  return { ...fault, field, params: { ...fault.params, field } };
}

/** A request that does not fit its schema: every fault at once, as far as anybody would read them. */
export class InvalidRequest extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super('invalid request');
    this.name = 'InvalidRequest';
    this.faults = faults.slice(0, MOST_FAULTS).map(shortened);
  }
}

/** What zod found, in the words of domain/errors.ts. `given` is what was parsed: it tells absent from wrong. */
export function faultsOf(error: z.ZodError, given: unknown): Fault[] {
  return error.issues.flatMap((issue) => faultOf(issue, given));
}

function faultOf(issue: z.core.$ZodIssue, given: unknown): Fault[] {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...issue.path, key].join('.');
      return { code: 'unknownField', field: path, params: { field: path } };
    });
  }
  if (issue.code === 'custom' && typeof issue.params?.code === 'string') {
    const reason = String(issue.params.reason ?? '');
    return [{ code: issue.params.code as ErrorCode, field, params: { field, reason, why: reason } }];
  }
  if (valueAt(given, issue.path) === undefined) return [{ code: 'missing', field, params: { field } }];
  return [{ code: 'invalid', field, params: { field, reason: issue.message } }];
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    given,
  );
}

/** Deeper than any form, and far from where reading by recursion ends. */
const DEEPEST = 64;

/** Texts PostgreSQL cannot store, with a NUL character or half of a surrogate pair; and what is nested without end. */
export function unstorable(given: unknown, path: readonly string[] = []): Fault[] {
  const refused = (reason: string): Fault[] => {
    const field = path.slice(0, 8).join('.');
    return [{ code: 'invalid', field, params: { field, reason } }];
  };
  if (typeof given === 'string') return given.includes('\0') || !given.isWellFormed() ? refused('unstorable') : [];
  if (typeof given !== 'object' || given === null) return [];
  if (path.length >= DEEPEST) return refused('tooDeep');
  return Object.entries(given).flatMap(([key, value]) => [
    ...unstorable(key, path),
    ...unstorable(value, [...path, key]),
  ]);
}
