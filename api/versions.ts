import type { Request } from 'express';
import { DomainError, type ErrorCode } from '../domain/errors.ts';

/** The ETag of a version. */
export const etagOf = (version: number): string => `"${version}"`;

/** The version in If-Match. @throws DomainError `preconditionRequired`; `changed` for what no version can be */
export function versionIn(request: Request, changed: ErrorCode): number {
  const given = request.get('If-Match');
  if (given === undefined) throw new DomainError('preconditionRequired');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(given.trim())?.[1];
  if (version === undefined) throw new DomainError(changed, { version: '?' }, 'If-Match');
  return Number(version);
}
