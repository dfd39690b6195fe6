import { DomainError } from '../domain/errors.ts';
import { publication } from '../workflows/contracts/publication.ts';
import { hasRole } from './actor.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';
import { responsibleForCalendar } from './responsible.ts';
import { violatedConstraint } from './sqlErrors.ts';

/**
 * Begins an edition of the list, by the office or by the calendar; one is prepared at a time. `corrects` is the number of an edition that it corrects.
 * @throws DomainError `forbidden`, `editionOpen`, `notFound` for an edition that is to be corrected and was never published
 */
export async function beginEdition(
  deps: CaseDeps,
  by: { readonly personId: string } | 'calendar',
  { corrects = null }: { readonly corrects?: number | null } = {},
  keep?: Keep<{ caseId: string }>,
): Promise<{ caseId: string }> {
  const personId = by === 'calendar' ? await responsibleForCalendar(deps.pool) : by.personId;
  return newCase(
    deps,
    publication,
    personId,
    async (tx) => {
      if (by !== 'calendar' && !hasRole(activeActor(tx), 'office'))
        throw new DomainError('forbidden', { needed: 'office' });
      if (corrects !== null) {
        const [found] = await tx.sql('SELECT 1 FROM editions WHERE number = $1 AND published_at IS NOT NULL', [
          corrects,
        ]);
        if (!found) throw new DomainError('notFound');
      }
      try {
        await tx.sql('INSERT INTO editions (case_id, open, cutoff_at, corrects) VALUES ($1, true, $2, $3)', [
          tx.case.id,
          tx.now,
          corrects,
        ]);
      } catch (error) {
        if (violatedConstraint(error) === 'editions_one_open') throw new DomainError('editionOpen');
        throw error;
      }
      tx.rename('大客户名单');
      const codes = { state: publication.lifecycle.initial, scheduled: by === 'calendar' };
      tx.fact({ kind: 'submitted', action: 'begin', actorId: personId, codes });
      tx.ring();
    },
    keep,
  );
}
