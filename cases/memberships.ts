import { keepsFile, standings } from '../domain/accountStanding.ts';
import { DomainError } from '../domain/errors.ts';
import { normaliseUscc } from '../domain/uscc.ts';
import { type MembershipForm, membershipForm, type NewMember } from '../forms/membership.ts';
import { membership } from '../workflows/contracts/membership.ts';
import { accountToKeep, lockAccount } from './accounts.ts';
import { type Actor, hasRole, roleKey } from './actor.ts';
import { aboutAccount } from './caseAccounts.ts';
import type { CaseDeps } from './deps.ts';
import type { Entity } from './entities.ts';
import { codeKey, lockKeys, nameKey, nearKeyOf } from './entityKeys.ts';
import { enterEntities } from './establishment.ts';
import { countingRefusals } from './exclusivityChecks.ts';
import { activeActor } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';
import type { Slate } from './processDefinition.ts';
import { violatedConstraint } from './sqlErrors.ts';
import type { CaseTransaction } from './transaction.ts';

/** What a case about a member keeps sealed. */
export type MembershipSecret = { readonly member: NewMember | null; readonly evidence: string };

/**
 * Proposes that a legal entity come to the group of an account's client, or leave it. The entity is taken by the case until it ends, as a
 * recommendation takes one: nobody else adds or recommends it meanwhile.
 * @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `checkLimit`, `memberHere`, `memberElsewhere`, `memberInProgress`, `memberHeld`, `memberIsClient`
 */
export async function proposeMembership(
  deps: CaseDeps,
  actor: Actor,
  accountId: string,
  given: MembershipForm,
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const form = membershipForm.parse(given);
  await accountToKeep(deps.pool, actor, accountId);
  return countingRefusals(deps, actor.personId, (refusable) =>
    propose(deps, { actor, accountId, form, refusable }, keep),
  );
}

type Proposal = {
  readonly actor: Actor;
  readonly accountId: string;
  readonly form: MembershipForm;
  readonly refusable: (entities: readonly Entity[]) => void;
};

function propose(
  deps: CaseDeps,
  { actor, accountId, form, refusable }: Proposal,
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  return newCase(
    deps,
    membership,
    actor.personId,
    async (tx) => {
      const { clientId, holdings } = await aboutAccount(tx, accountId);
      // As it stands under the lock: he may have been replaced this instant.
      if (!keepsFile(standings(activeActor(tx), holdings)))
        throw new DomainError('forbidden', { needed: 'keepsAccount' });
      const [client] = await tx.sql('SELECT name FROM clients WHERE id = $1', [clientId]);
      tx.rename(String(client?.name));
      const entityId = form.change === 'remove' ? form.entityId : null;
      await tx.sql(
        'INSERT INTO memberships (case_id, account_id, client_id, change, entity_id) VALUES ($1, $2, $3, $4, $5)',
        [tx.case.id, accountId, clientId, form.change, entityId],
      );
      if (form.change === 'add') {
        const entity = entityOf(form.member);
        refusable([entity]);
        await take(tx, actor, entity.keys);
        await guardFree(tx, actor, clientId, entity.keys);
      } else await take(tx, actor, await keysLeaving(tx, clientId, form.entityId));
      const secret: MembershipSecret = {
        member: form.change === 'add' ? form.member : null,
        evidence: form.evidence,
      };
      tx.fact({
        kind: 'submitted',
        action: 'submit',
        actorId: actor.personId,
        codes: { accountId, change: form.change, ...(entityId ? { entityId } : {}) },
        secret,
      });
      tx.ring();
    },
    keep,
  );
}

function entityOf({ name, uscc, formerNames, shortName, relation }: NewMember): Entity {
  const code = uscc ? normaliseUscc(uscc) : null;
  return {
    name,
    code,
    codeType: code ? 'uscc' : 'other',
    relation,
    formerNames,
    shortName: shortName ?? null,
    keys: [...new Set([...(code ? [codeKey(code)] : []), nameKey(name), ...formerNames.map(nameKey)])],
  };
}

/** Takes an entity's keys for this case, so that it cannot come to two groups at once. */
async function take(tx: CaseTransaction, actor: Actor, keys: readonly string[]): Promise<void> {
  await lockKeys(tx.client, keys, 'alone');
  const [other] = await tx.sql(
    `SELECT c.number FROM recommendation_entities e JOIN cases c ON c.id = e.case_id WHERE e.open AND e.entity_key = ANY ($1) AND e.case_id <> $2 LIMIT 1`,
    [keys, tx.case.id],
  );
  if (other) throw inProgress(actor, String(other.number));
  try {
    await tx.sql(
      `INSERT INTO recommendation_entities (case_id, entity_key, open, near_key) SELECT $1, key, true, near FROM unnest($2::text[], $3::text[]) AS taken (key, near) ORDER BY key`,
      [tx.case.id, keys, keys.map(nearKeyOf)],
    );
  } catch (error) {
    if (violatedConstraint(error) === 'recommendation_entities_one_open') throw inProgress(actor, null);
    throw error;
  }
}

/** Which case it is, the office is told; of what is in progress others learn no more (7.1). */
const inProgress = (actor: Actor, number: string | null): DomainError =>
  new DomainError('memberInProgress', { which: number && isOffice(actor) ? number : 'askOffice' }, 'member.name');

const isOffice = (actor: Actor): boolean => hasRole(actor, 'office') || hasRole(actor, 'dataClerk');

/** An entity belongs to one group, and is held by whoever holds that. @throws DomainError, naming the client or holder where it may be named */
async function guardFree(tx: CaseTransaction, actor: Actor, clientId: string, keys: readonly string[]): Promise<void> {
  const [known] = await tx.sql(
    `SELECT l.client_id AS "clientId", c.name, coalesce(bool_or(a.on_list), false) AS listed FROM legal_entities l
     JOIN clients c ON c.id = l.client_id LEFT JOIN accounts a ON a.client_id = c.id
     WHERE l.valid_to IS NULL AND l.id IN (SELECT id FROM legal_entities WHERE entity_key = ANY ($1)
       UNION SELECT entity_id FROM entity_names WHERE name_key = ANY ($2) AND kind <> 'short') GROUP BY l.client_id, c.name LIMIT 1`,
    [keys, keys.flatMap((key) => (key.startsWith('name:') ? key.slice('name:'.length) : []))],
  );
  if (known?.clientId === clientId) throw new DomainError('memberHere', {}, 'member.name');
  if (known) {
    const client = known.listed || isOffice(actor) ? String(known.name) : 'askOffice';
    throw new DomainError('memberElsewhere', { client }, 'member.name');
  }
  const [held] = await tx.sql(
    `SELECT u.name, a.on_list AS listed FROM holding_entities e JOIN holdings h ON h.id = e.holding_id JOIN accounts a ON a.id = h.account_id
     JOIN units u ON u.id = h.unit_id WHERE e.entity_key = ANY ($1) AND e.valid_to IS NULL AND h.client_id <> $2 ORDER BY a.on_list DESC LIMIT 1`,
    [keys, clientId],
  );
  if (!held) return;
  const holder = held.listed || isOffice(actor) ? String(held.name) : 'askOffice';
  throw new DomainError('memberHeld', { holder }, 'member.name');
}

/** The keys that are no longer held once a member has left: not those another member has too. @throws DomainError `notFound`, `memberIsClient` */
async function keysLeaving(tx: CaseTransaction, clientId: string, entityId: string): Promise<readonly string[]> {
  const rows = await tx.sql(
    `SELECT l.id, l.relation, l.entity_key AS key, l.code, array_agg(n.name) FILTER (WHERE n.kind <> 'short') AS names, c.name = l.name AS main
     FROM legal_entities l JOIN clients c ON c.id = l.client_id LEFT JOIN entity_names n ON n.entity_id = l.id
     WHERE l.client_id = $1 AND l.valid_to IS NULL GROUP BY l.id, c.name`,
    [clientId],
  );
  const leaving = rows.find(({ id }) => id === entityId);
  if (!leaving) throw new DomainError('notFound');
  if (leaving.main || leaving.relation === null) throw new DomainError('memberIsClient', {}, 'entityId');
  const keysOf = (row: Record<string, unknown>): string[] => [
    String(row.key),
    ...(row.code ? [codeKey(String(row.code))] : []),
    ...((row.names as string[] | null) ?? []).map(nameKey),
  ];
  const staying = new Set(rows.filter(({ id }) => id !== entityId).flatMap(keysOf));
  return [...new Set(keysOf(leaving))].filter((key) => !staying.has(key));
}

/** What the case is about, with the member that is to come. */
async function matterOf(tx: CaseTransaction) {
  const [row] = await tx.sql(
    `SELECT m.account_id AS "accountId", m.client_id AS "clientId", m.change, m.entity_id AS "entityId", f.seq, f.secret FROM memberships m
     JOIN facts f ON f.case_id = m.case_id AND f.kind = 'submitted' WHERE m.case_id = $1`,
    [tx.case.id],
  );
  const { accountId, clientId, change, entityId, seq, secret } = row as {
    accountId: string;
    clientId: string;
    change: 'add' | 'remove';
    entityId: string | null;
    seq: number;
    secret: Buffer;
  };
  const { member } = tx.secretOf({ seq, secret }) as MembershipSecret;
  return { accountId, clientId, change, entityId, member };
}

/** Whether what was proposed still stands: the register may have learned of the entity meanwhile. @throws DomainError */
export async function guardMembership(tx: CaseTransaction, actor: Actor): Promise<void> {
  const { clientId, change, entityId, member } = await matterOf(tx);
  if (change === 'add' && member) await guardFree(tx, actor, clientId, entityOf(member).keys);
  else await keysLeaving(tx, clientId, String(entityId));
}

/** The second person is any of the office but the one who accepted, who stands in the task as barred. */
export async function secondPerson(tx: CaseTransaction): Promise<Slate[]> {
  const [accepted] = await tx.sql(
    `SELECT actor_id AS id FROM facts WHERE case_id = $1 AND kind = 'decided' AND action = 'accept' ORDER BY seq DESC LIMIT 1`,
    [tx.case.id],
  );
  return [{ candidates: [roleKey('office')], escalations: [], subject: { barredPersonId: String(accepted?.id) } }];
}

/**
 * The decision takes effect: whoever holds the group, as lead or as co-holder, holds the new member from this instant, and the one that
 * leaves no longer (7.3, 7.4). The account's row is kept meanwhile: one that changes hands at this instant passes on what it covers.
 */
export async function changeMembership(tx: CaseTransaction): Promise<void> {
  const { accountId, clientId, change, entityId, member } = await matterOf(tx);
  await lockAccount(tx.client, accountId);
  if (change === 'add' && member) {
    const entity = entityOf(member);
    await enterEntities(tx.client, [{ entity, clientId, from: tx.now }]);
    await tx.sql(
      'UPDATE memberships SET entity_id = (SELECT id FROM legal_entities WHERE entity_key = $2) WHERE case_id = $1',
      [tx.case.id, entity.keys[0]],
    );
    await tx.sql(
      `INSERT INTO holding_entities (holding_id, entity_key, kind, valid_from) SELECT h.id, key, h.kind, $3 FROM holdings h, unnest($2::text[]) AS key
       WHERE h.client_id = $1 AND h.valid_to IS NULL
         AND NOT EXISTS (SELECT 1 FROM holding_entities e WHERE e.holding_id = h.id AND e.entity_key = key AND e.valid_to IS NULL)`,
      [clientId, entity.keys, tx.now],
    );
  } else {
    const keys = await keysLeaving(tx, clientId, String(entityId));
    await tx.sql(
      `UPDATE holding_entities e SET valid_to = greatest($3, e.valid_from + interval '1 millisecond') FROM holdings h
       WHERE h.id = e.holding_id AND h.client_id = $1 AND h.valid_to IS NULL AND e.valid_to IS NULL AND e.entity_key = ANY ($2)`,
      [clientId, keys, tx.now],
    );
    await tx.sql(
      `UPDATE legal_entities SET valid_to = ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date WHERE id = $1`,
      [entityId, tx.now],
    );
  }
  const managers = await tx.sql(
    'SELECT DISTINCT manager_id AS id FROM holdings WHERE client_id = $1 AND valid_to IS NULL AND manager_id IS NOT NULL AND manager_id <> $2',
    [clientId, tx.case.submitterId],
  );
  for (const { id } of managers) tx.notify(String(id), 'caseConcluded');
}
