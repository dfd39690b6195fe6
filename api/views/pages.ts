import { DomainError } from '../../domain/errors.ts';
import type { Page } from '../contract/shared.ts';
import { unstorable } from '../invalidRequest.ts';

/** Keyset pagination: a cursor is the sort key of the last row given out. It is opaque to callers and grants nothing. */
export function cursorOf(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

type KeyPart = 'instant' | 'text' | 'number';
type KeyOf<Shape extends readonly KeyPart[]> = {
  [I in keyof Shape]: Shape[I] extends 'instant' ? Date : Shape[I] extends 'number' ? number : string;
};

/** The sort key in a cursor. @throws DomainError `invalid` for a cursor this API did not give out */
export function keyOf<const Shape extends readonly KeyPart[]>(
  cursor: string | undefined,
  ...shape: Shape
): KeyOf<Shape> | null {
  if (cursor === undefined) return null;
  const given = parsed(cursor);
  const parts = Array.isArray(given) && given.length === shape.length ? given : [];
  const key = shape.map((kind, index) => partOf(kind, parts[index]));
  if (key.includes(null)) throw new DomainError('invalid', { field: 'cursor', reason: 'nextCursor' }, 'cursor');
  return key as KeyOf<Shape>;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

const INSTANT = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function partOf(kind: KeyPart, part: unknown): Date | string | number | null {
  if (kind === 'number') return Number.isInteger(part) && Math.abs(part as number) < 2 ** 31 ? (part as number) : null;
  if (typeof part !== 'string' || unstorable(part).length > 0) return null;
  if (kind === 'text') return part;
  const instant = new Date(INSTANT.test(part) ? part : Number.NaN);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** One page of rows that were read with `limit + 1`. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => readonly (string | number)[],
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(key(last)) : null };
}

/** A list that is short by its nature. */
export const whole = <Row>(items: Row[]): Page<Row> => ({ items, nextCursor: null });
