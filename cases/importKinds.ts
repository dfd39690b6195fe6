import { DomainError } from '../domain/errors.ts';
import { contractTotalsImport } from './contractTotalsImport.ts';
import type { ImportKind } from './importKind.ts';
import { ledgerImport } from './ledgerImport.ts';

/** Every kind of table that may be imported. */
export const importKinds: readonly ImportKind[] = [ledgerImport, contractTotalsImport];

/** @throws DomainError `notFound` */
export function importKindOf(kind: string): ImportKind {
  const found = importKinds.find((each) => each.kind === kind);
  if (!found) throw new DomainError('notFound');
  return found;
}
