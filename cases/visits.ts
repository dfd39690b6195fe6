import type { PoolClient } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { planRefusal, type VisitRefusal, type VisitState, visitRefusal } from '../domain/visit.ts';
import type { VisitForm } from '../forms/visit.ts';
import { newId } from '../platform/id.ts';
import { ringAccount } from './accountBell.ts';
import { type AccountRow, accountToKeep, lockAccount } from './accounts.ts';
import { type Actor, actorNow, personKey } from './actor.ts';
import { appendAudit } from './audit.ts';
import { sealForClient } from './clientSecrets.ts';
import type { CaseDeps } from './deps.ts';
import type { Keep } from './idempotency.ts';
import { inTransaction } from './transaction.ts';

/** What a row of `visits` holds in secret: the visit, why one is planned, why it was cancelled or corrected. */
export type VisitSecret = Partial<VisitForm> & { readonly purpose?: string; readonly reason?: string };

/** A visit that stands: `alias` was not corrected by a later row. */
export const visitStands = (alias: string): string =>
  `NOT EXISTS (SELECT 1 FROM visits later WHERE later.corrects = ${alias}.id)`;

type Stored = {
  readonly id: string;
  readonly accountId: string;
  readonly holdingId: string;
  readonly state: VisitState;
  readonly plannedOn: string | null;
  readonly corrected: boolean;
};

type Time = { readonly id: string; readonly validFrom: Date; readonly validTo: Date | null };
type Visited = { readonly visitId: string };

/** A return visit is planned for a day, today at the earliest. @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `visitInPast` */
export async function planVisit(
  deps: CaseDeps,
  plan: {
    readonly personId: string;
    readonly accountId: string;
    readonly plannedOn: string;
    readonly purpose?: string | undefined;
  },
  keep?: Keep<Visited>,
): Promise<Visited> {
  const { personId, accountId, plannedOn, purpose } = plan;
  return keeping(deps, { personId, accountId }, keep, async ({ client, actor, account, now }) => {
    refuseFor(planRefusal(plannedOn, now), plannedOn);
    const holding = await holdingOf(client, account, actor);
    const visitId = newId();
    const secret = purpose ? await sealed(deps, account, visitId, { purpose }) : null;
    await client.query(
      `INSERT INTO visits (id, account_id, holding_id, state, planned_on, by_id, entered_at, secret) VALUES ($1, $2, $3, 'planned', $4, $5, $6, $7)`,
      [visitId, accountId, holding.id, plannedOn, personId, now, secret],
    );
    return { act: 'visit.planned', visitId, on: plannedOn };
  });
}

/**
 * A visit took place: one that was planned, or one that was not. It lies in a holding: that of who enters it, where none is named.
 * @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `visitInFuture`, `visitBeforeHolding`, `visitAfterHolding`, `visitNotPlanned`
 */
export async function logVisit(
  deps: CaseDeps,
  visit: {
    readonly personId: string;
    readonly accountId: string;
    /** The planned visit that took place. */
    readonly plannedId?: string | undefined;
    readonly holdingId?: string | undefined;
    readonly visitedOn: string;
    readonly form: VisitForm;
  },
  keep?: Keep<Visited>,
): Promise<Visited> {
  const { personId, accountId, plannedId, holdingId, visitedOn, form } = visit;
  return keeping(deps, { personId, accountId }, keep, async ({ client, actor, account, now }) => {
    const holding = await holdingOf(client, account, actor, holdingId);
    refuseFor(visitRefusal(visitedOn, holding, now), visitedOn);
    const visitId = plannedId ?? newId();
    const secret = await sealed(deps, account, visitId, form);
    if (plannedId === undefined)
      await client.query(
        `INSERT INTO visits (id, account_id, holding_id, state, visited_on, by_id, entered_at, secret) VALUES ($1, $2, $3, 'done', $4, $5, $6, $7)`,
        [visitId, accountId, holding.id, visitedOn, personId, now, secret],
      );
    else {
      requirePlanned(await storedVisit(client, plannedId), accountId);
      await client.query(
        `UPDATE visits SET state = 'done', holding_id = $2, visited_on = $3, by_id = $4, entered_at = $5, secret = $6 WHERE id = $1`,
        [visitId, holding.id, visitedOn, personId, now, secret],
      );
    }
    return { act: 'visit.done', visitId, on: visitedOn };
  });
}

/** A planned visit will not be. @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `visitNotPlanned` */
export async function cancelVisit(
  deps: CaseDeps,
  { personId, visitId, reason }: { readonly personId: string; readonly visitId: string; readonly reason: string },
  keep?: Keep<Visited>,
): Promise<Visited> {
  const { accountId } = await storedVisit(deps.pool, visitId);
  return keeping(deps, { personId, accountId }, keep, async ({ client, account, now }) => {
    requirePlanned(await storedVisit(client, visitId), accountId);
    await client.query(
      `UPDATE visits SET state = 'cancelled', by_id = $2, entered_at = $3, secret = $4 WHERE id = $1`,
      [visitId, personId, now, await sealed(deps, account, visitId, { reason })],
    );
    return { act: 'visit.cancelled', visitId, on: null };
  });
}

/**
 * What was entered of a visit was wrong: a row of its own says how it was, or, without a form, that it did not take place. What stood there
 * stays. @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `visitNotDone`, and those of `logVisit` for its day
 */
export async function correctVisit(
  deps: CaseDeps,
  correction: {
    readonly personId: string;
    readonly visitId: string;
    readonly reason: string;
    readonly to: { readonly visitedOn: string; readonly form: VisitForm } | null;
  },
  keep?: Keep<Visited>,
): Promise<Visited> {
  const { personId, visitId: corrects, reason, to } = correction;
  const { accountId } = await storedVisit(deps.pool, corrects);
  return keeping(deps, { personId, accountId }, keep, async ({ client, actor, account, now }) => {
    const before = await storedVisit(client, corrects);
    if (before.state !== 'done' || before.corrected) throw new DomainError('visitNotDone');
    const holding = await holdingOf(client, account, actor, before.holdingId);
    if (to) refuseFor(visitRefusal(to.visitedOn, holding, now), to.visitedOn);
    const visitId = newId();
    await client.query(
      `INSERT INTO visits (id, account_id, holding_id, state, planned_on, visited_on, by_id, entered_at, secret, corrects)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        visitId,
        accountId,
        before.holdingId,
        to ? 'done' : 'cancelled',
        before.plannedOn,
        to?.visitedOn ?? null,
        personId,
        now,
        await sealed(deps, account, visitId, { ...to?.form, reason }),
        corrects,
      ],
    );
    // The next may be due earlier now; later it is found by itself.
    await ringAccount(client, accountId);
    return { act: 'visit.corrected', visitId, on: to?.visitedOn ?? null };
  });
}

type Keeping = {
  readonly client: PoolClient;
  readonly actor: Actor;
  readonly account: AccountRow;
  /** The database's time under the account's lock. */
  readonly now: Date;
};

/** Does `work` under the account's lock for somebody who keeps its file, and audits what it did. */
async function keeping(
  deps: CaseDeps,
  { personId, accountId }: { readonly personId: string; readonly accountId: string },
  keep: Keep<Visited> | undefined,
  work: (keeping: Keeping) => Promise<{ readonly act: string; readonly visitId: string; readonly on: string | null }>,
): Promise<Visited> {
  return inTransaction(deps, async (client) => {
    const actor = await actorNow(client, personId);
    await lockAccount(client, accountId);
    const account = await accountToKeep(client, actor, accountId);
    const clock = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    const now = clock.rows[0]?.now as Date;
    const { act, visitId, on } = await work({ client, actor, account, now });
    await appendAudit(client, {
      act,
      actorId: personId,
      codes: { accountId, visitId, ...(on === null ? {} : { on }) },
    });
    await keep?.(client, { visitId });
    return { result: { visitId }, doorbell: null, change: { cases: [], keys: [personKey(personId)] } };
  });
}

/** The holding that is named, ended or not; else that of the person, of his unit, or the lead. @throws DomainError `notFound` */
async function holdingOf(client: PoolClient, account: AccountRow, actor: Actor, holdingId?: string): Promise<Time> {
  const { holdings } = account;
  const own =
    holdings.find(({ managerId }) => managerId === actor.personId) ??
    holdings.find(({ unitId }) => unitId === actor.unitId) ??
    holdings[0];
  const { rows } = await client.query<Time>(
    'SELECT id, valid_from AS "validFrom", valid_to AS "validTo" FROM holdings WHERE id = $1 AND account_id = $2',
    [holdingId ?? own?.id, account.id],
  );
  if (!rows[0]) throw new DomainError('notFound');
  return rows[0];
}

async function storedVisit(database: Pick<PoolClient, 'query'>, visitId: string): Promise<Stored> {
  const { rows } = await database.query<Stored>(
    `SELECT id, account_id AS "accountId", holding_id AS "holdingId", state, planned_on::text AS "plannedOn", NOT ${visitStands('v')} AS corrected
     FROM visits v WHERE id = $1`,
    [visitId],
  );
  if (!rows[0]) throw new DomainError('notFound');
  return rows[0];
}

function requirePlanned(visit: Stored, accountId: string): void {
  if (visit.accountId !== accountId) throw new DomainError('notFound');
  if (visit.state !== 'planned') throw new DomainError('visitNotPlanned');
}

function refuseFor(refusal: VisitRefusal | null, day: string): void {
  if (refusal) throw new DomainError(refusal, { day }, refusal === 'visitInPast' ? 'plannedOn' : 'visitedOn');
}

const sealed = (deps: CaseDeps, account: AccountRow, visitId: string, secret: VisitSecret): Promise<Buffer> =>
  sealForClient(deps, account.clientId, 'visits', visitId, secret);
