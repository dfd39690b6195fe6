import { standings } from '../domain/accountStanding.ts';
import { mayReport } from '../domain/breach.ts';
import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { type BreachForm, breachForm } from '../forms/breach.ts';
import { breach } from '../workflows/contracts/breach.ts';
import { accountFor } from './accounts.ts';
import type { Actor } from './actor.ts';
import { aboutAccount } from './caseAccounts.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';

/**
 * Reports that a unit develops a client another holds (Article 7.3), which starts the case.
 * @throws DomainError `notFound`, `forbidden`, `accountTerminated`, `unitGone`, `invalid` for a unit that holds it or a day to come
 */
export async function reportBreach(
  deps: CaseDeps,
  actor: Actor,
  accountId: string,
  given: BreachForm,
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const { accusedUnitId, happenedOn, evidence } = breachForm.parse(given);
  const { standing } = await accountFor(deps.pool, actor, accountId);
  if (!mayReport(standing)) throw new DomainError('forbidden', { needed: 'worksOnAccount' });
  return newCase(
    deps,
    breach,
    actor.personId,
    async (tx) => {
      const account = await aboutAccount(tx, accountId);
      // As it stands under the lock: he may have been replaced this instant.
      if (!mayReport(standings(activeActor(tx), account.holdings)))
        throw new DomainError('forbidden', { needed: 'worksOnAccount' });
      const [unit] = await tx.sql('SELECT name, dissolved_on FROM units WHERE id = $1', [accusedUnitId]);
      if (!unit) throw new DomainError('invalid', { field: 'accusedUnitId', reason: 'unknownUnit' }, 'accusedUnitId');
      if (unit.dissolved_on) throw new DomainError('unitGone', { unit: String(unit.name) }, 'accusedUnitId');
      if (account.holdings.some(({ unitId }) => unitId === accusedUnitId))
        throw new DomainError('invalid', { field: 'accusedUnitId', reason: 'holdsAccount' }, 'accusedUnitId');
      if (happenedOn > localDay(tx.now.getTime()))
        throw new DomainError('invalid', { field: 'happenedOn', reason: 'inFuture' }, 'happenedOn');
      const lead = account.holdings.find(({ kind }) => kind === 'lead');
      if (!lead) throw new DomainError('notFound');
      const [client] = await tx.sql('SELECT name FROM clients WHERE id = $1', [account.clientId]);
      tx.rename(String(client?.name));
      await tx.sql(
        'INSERT INTO breaches (case_id, account_id, holder_unit_id, accused_unit_id) VALUES ($1, $2, $3, $4)',
        [tx.case.id, accountId, lead.unitId, accusedUnitId],
      );
      tx.fact({
        kind: 'submitted',
        action: 'submit',
        actorId: actor.personId,
        codes: { accountId, accusedUnitId, holderUnitId: lead.unitId },
        secret: { happenedOn, evidence },
      });
      tx.ring();
    },
    keep,
  );
}
