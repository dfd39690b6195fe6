import type { Actor } from '../../cases/actor.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { type ReadableCase, readCase } from './readableCases.ts';

/** @throws DomainError `notFound` for a case that is not, or not this person's to read */
export async function readable(deps: ApiDeps, actor: Actor, caseId: string): Promise<ReadableCase> {
  const found = await readCase(deps, actor, caseId);
  if (!found) throw new DomainError('notFound');
  return found;
}

/** The same for who reads opinions, comments, the form or files. @throws DomainError `notFound`, `forbidden` for overseers */
export async function readableContents(deps: ApiDeps, actor: Actor, caseId: string): Promise<ReadableCase> {
  const found = await readable(deps, actor, caseId);
  if (!found.contents) throw new DomainError('forbidden', { needed: 'worksOnCase' });
  return found;
}
