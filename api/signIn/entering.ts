import type { Request, Response } from 'express';
import { type Actor, loadActor } from '../../cases/actor.ts';
import { appendAudit, recordAudit } from '../../cases/audit.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { DomainError } from '../../domain/errors.ts';
import { openSession } from '../authentication.ts';
import type { ApiDeps } from '../deps.ts';
import type { ExternalIdentity } from './methods.ts';

export type Entered = { readonly personId: string; readonly csrfToken: string };

/**
 * The person behind what a method found out: the one its subject is linked to, or, where an attribute for matching is
 * configured and fits, the one it is linked to from now on.
 * @throws DomainError `notLinked` for one nobody knows, `personInactive` for one who left
 */
export async function personOf(deps: ApiDeps, identity: ExternalIdentity): Promise<Actor> {
  const { method, subject } = identity;
  const linked = await deps.prisma.identity.findUnique({ where: { method_subject: { method, subject } } });
  const personId = linked?.personId ?? (await matched(deps, identity));
  const actor = personId ? await loadActor(deps.pool, personId) : null;
  if (actor?.active) return actor;
  const code = actor ? 'personInactive' : 'notLinked';
  await recordAudit(deps.pool, { act: 'signIn.refused', actorId: actor?.personId ?? null, codes: { method, code } });
  throw new DomainError(code);
}

/** A person has one subject of a method: a second one with the same login is somebody else, and is not let in for him. */
async function matched(deps: ApiDeps, { method, subject, login }: ExternalIdentity): Promise<string | null> {
  if (!login) return null;
  return inTransaction(deps, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM persons p WHERE lower(login) = lower($1) AND active
         AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.person_id = p.id AND i.method = $2) FOR UPDATE`,
      [login, method],
    );
    const personId = rows[0]?.id ?? null;
    if (personId) {
      await client.query('INSERT INTO identities (method, subject, person_id) VALUES ($1, $2, $3)', [
        method,
        subject,
        personId,
      ]);
      await appendAudit(client, { act: 'identity.linked', actorId: personId, codes: { method, by: 'login' } });
    }
    return { result: personId, doorbell: null };
  });
}

/** Opens the person's session, with a secret of its own; the one this browser came with ends. */
export async function enter(
  deps: ApiDeps,
  { request, response }: { readonly request: Request; readonly response: Response },
  personId: string,
  method: string,
): Promise<Entered> {
  const csrfToken = await openSession(deps, request, response, personId, method);
  await recordAudit(deps.pool, { act: 'signedIn', actorId: personId, codes: { method } });
  return { personId, csrfToken };
}
