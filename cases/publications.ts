import { localDay } from '../domain/calendar.ts';
import { isEditionDue } from '../domain/edition.ts';
import { DomainError } from '../domain/errors.ts';
import { publication } from '../workflows/contracts/publication.ts';
import { hasRole } from './actor.ts';
import type { CaseDeps } from './deps.ts';
import { activeActor } from './guard.ts';
import type { Keep } from './idempotency.ts';
import { newCase } from './newCase.ts';
import { currentPolicy } from './policies.ts';
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
        // Who may read it is proposed as it was in the edition that is corrected, else in the last one; the office confirms it as it puts the list.
        await tx.sql(
          `INSERT INTO editions (case_id, open, cutoff_at, corrects, readers, secrecy_level, secrecy_term)
           SELECT $1, true, $2, $3::int, b.readers, b.secrecy_level, b.secrecy_term FROM (SELECT 1) one
           LEFT JOIN (SELECT * FROM editions WHERE published_at IS NOT NULL ORDER BY number = $3::int DESC NULLS LAST, number DESC LIMIT 1) b ON true`,
          [tx.case.id, tx.now, corrects],
        );
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

/**
 * Begins an edition by the calendar where one is due (Article 8; every so many months is 系统默认), there is a key account to list, and none is being
 * prepared. @returns the case it began; null where nothing was due
 */
export async function beginDueEdition(deps: CaseDeps, now: number): Promise<{ caseId: string } | null> {
  const { rows } = await deps.pool.query<{ open: boolean; cutoffAt: Date | null; any: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM editions WHERE open) AS open, (SELECT max(cutoff_at) FROM editions WHERE published_at IS NOT NULL) AS "cutoffAt",
       EXISTS (SELECT 1 FROM accounts WHERE state <> 'terminated' AND delisted_case_id IS NULL) AS any`,
  );
  const [{ open = true, cutoffAt = null, any = false } = {}] = rows;
  const { editionMonths } = (await currentPolicy(deps.pool)).values;
  const lastOn = cutoffAt && localDay(cutoffAt.getTime());
  if (open || !any || !isEditionDue(lastOn, localDay(now), editionMonths)) return null;
  try {
    return await beginEdition(deps, 'calendar');
  } catch (error) {
    // Somebody of the office began one meanwhile, which is as good.
    if (error instanceof DomainError && error.code === 'editionOpen') return null;
    throw error;
  }
}
