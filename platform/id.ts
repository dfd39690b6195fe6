import { randomUUIDv7 } from 'node:crypto';

/**
 * The id of a new row: a UUID that begins with the time (RFC 9562, version 7). What is new lies together in every index, so that a
 * vote on an open case touches a few pages that are in memory, however many closed cases are stored.
 */
export const newId = (): string => randomUUIDv7();
