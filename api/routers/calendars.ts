import { appendAudit } from '../../cases/audit.ts';
import { violatedConstraint } from '../../cases/sqlErrors.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { parseCalendar } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { type CalendarView, calendarRoutes as routes } from '../contract/calendars.ts';
import type { ApiDeps } from '../deps.ts';
import { InvalidRequest } from '../invalidRequest.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { timeOf } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { whole } from '../views/pages.ts';

/** Holiday calendars: the newest imported one is in force. A deadline keeps the version it was counted with. */
export function mountCalendars({ on }: Routing, deps: ApiDeps): void {
  on(routes.calendars, async () => {
    const rows = await deps.prisma.calendar.findMany({ orderBy: [{ importedAt: 'desc' }, { version: 'desc' }] });
    const names = await loadNames(deps.prisma, { persons: rows.map((row) => row.importedBy) });
    return whole(
      rows.map((row, index) => ({
        version: row.version,
        current: index === 0,
        years: row.years as CalendarView['years'],
        source: row.source,
        importedBy: names.personOrNull(row.importedBy),
        importedAt: timeOf(row.importedAt),
      })),
    );
  });

  on(routes.importCalendar, async ({ actor: { personId }, body, key }) => {
    const parsed = parseCalendar({ version: body.version, years: body.years });
    if (!parsed.ok)
      throw new InvalidRequest(
        parsed.problems.map(({ path, reason }) => ({ code: 'invalid', field: path, params: { field: path, reason } })),
      );
    const { version, years } = parsed.calendar;
    return once(deps, { personId, target: 'calendars', key, body }, () =>
      inTransaction(deps, async (client) => {
        try {
          await client.query('INSERT INTO calendars (version, years, source, imported_by) VALUES ($1, $2, $3, $4)', [
            version,
            JSON.stringify(years),
            body.source,
            personId,
          ]);
        } catch (error) {
          if (violatedConstraint(error))
            throw new DomainError('invalid', { field: 'version', reason: 'exists' }, 'version');
          throw error;
        }
        await appendAudit(client, { act: 'calendar.imported', actorId: personId, codes: { version } });
        return { result: { version }, doorbell: null };
      }),
    );
  });
}
