import { DomainError } from '../../domain/errors.ts';
import type { Page } from '../contract/shared.ts';

/** Keyset pagination: a cursor is the sort key of the last row given out. It is opaque to callers and grants nothing. */
export function cursorOf(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws DomainError `invalid` for a cursor this API did not give out */
export function keyOf(cursor: string | undefined, length: number): readonly (string | number)[] | null {
  if (cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isKey =
      Array.isArray(key) && key.length === length && key.every((part) => ['string', 'number'].includes(typeof part));
    if (isKey) return key;
  } catch {
    // Falls through to the same refusal.
  }
  throw new DomainError('invalid', { field: 'cursor', reason: 'nextCursor' }, 'cursor');
}

/** An instant out of a cursor. @throws DomainError `invalid` */
export function instantOf(part: string | number | undefined): Date {
  const instant = new Date(part ?? Number.NaN);
  if (Number.isNaN(instant.getTime()))
    throw new DomainError('invalid', { field: 'cursor', reason: 'nextCursor' }, 'cursor');
  return instant;
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
