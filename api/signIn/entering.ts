import type { Request, Response } from 'express';
import { type Actor, loadActor } from '../../cases/actor.ts';
import { recordAudit } from '../../cases/audit.ts';
import { bringGroupRoles } from '../../cases/groupRoles.ts';
import { linkByLogin, recordStranger } from '../../cases/identities.ts';
import { LOCAL } from '../../cases/localAccounts.ts';
import { DomainError } from '../../domain/errors.ts';
import { rolesOfGroups } from '../../domain/roles.ts';
import { openSession } from '../authentication.ts';
import type { ApiDeps } from '../deps.ts';
import { rememberDevice } from './devices.ts';
import type { ExternalIdentity } from './methods.ts';

export type Entered = { readonly personId: string; readonly csrfToken: string };

/**
 * The person behind what a method found out: the one its subject is linked to, or, where an attribute for matching is
 * configured and fits, the one it is linked to from now on.
 * @throws DomainError `notLinked` for one nobody knows, `personInactive` for one who left
 */
export async function personOf(deps: ApiDeps, identity: ExternalIdentity): Promise<Actor> {
  const { method, subject, login, groups } = identity;
  const linked = await deps.prisma.identity.findUnique({ where: { method_subject: { method, subject } } });
  const personId = linked?.personId ?? (login ? await linkByLogin(deps, identity, login) : null);
  const actor = personId ? await loadActor(deps.pool, personId) : null;
  if (!actor?.active) {
    const code = actor ? 'personInactive' : 'notLinked';
    if (code === 'notLinked' && method !== LOCAL) await recordStranger(deps, identity, identity);
    await recordAudit(deps.pool, { act: 'signIn.refused', actorId: actor?.personId ?? null, codes: { method, code } });
    throw new DomainError(code);
  }
  const mappings = deps.signIn.mappings[method];
  if (mappings)
    await bringGroupRoles(deps, { personId: actor.personId, method, wanted: rolesOfGroups(mappings, groups) });
  return actor;
}

/** A provider that knew the browser let him through: that he sits there is not proven by it, and what asks for a proof asks him. */
export const UNPROVEN = new Date(0);

/** Opens the person's session, with a secret of its own; the one this browser came with ends. */
export async function enter(
  deps: ApiDeps,
  { request, response }: { readonly request: Request; readonly response: Response },
  personId: string,
  method: string,
  provenAt = new Date(),
): Promise<Entered> {
  const csrfToken = await openSession(deps, request, response, { personId, method, provenAt });
  await rememberDevice(deps, { request, response }, personId);
  await recordAudit(deps.pool, { act: 'signedIn', actorId: personId, codes: { method } });
  return { personId, csrfToken };
}
