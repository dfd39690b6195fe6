import { appendAudit } from '../../cases/audit.ts';
import { deadlinesMoved } from '../../cases/calendars.ts';
import { violatedConstraint } from '../../cases/sqlErrors.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { type HolidayCalendar, parseCalendar } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { type CalendarView, calendarRoutes as routes } from '../contract/calendars.ts';
import type { ApiDeps } from '../deps.ts';
import { InvalidRequest } from '../invalidRequest.ts';
import { once } from '../once.ts';
import type { Routing } from '../routing.ts';
import { timeOf } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { whole } from '../views/pages.ts';

/** So many deadlines are told one by one. */
const SHOWN = 50;

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

  on(routes.calendarEffects, async ({ body }) => {
    const { years } = parsed({ version: 'preview', years: body.years });
    const moved = await deadlinesMoved(deps.pool, years);
    return {
      later: moved.length,
      tasks: moved
        .slice(0, SHOWN)
        .map((each) => ({ ...each, dueAt: timeOf(each.dueAt), becomes: timeOf(each.becomes) })),
    };
  });

  on(routes.importCalendar, async ({ actor: { personId }, body, key }) => {
    const { version, years } = parsed({ version: body.version, years: body.years });
    return once<{ version: string }>(deps, { personId, target: 'calendars', key, body }, (keep) =>
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
        await keep(client, { version });
        return { result: { version }, doorbell: null };
      }),
    );
  });
}

/** @throws InvalidRequest with everything that is wrong with it */
function parsed(given: unknown): HolidayCalendar {
  const read = parseCalendar(given);
  if (read.ok) return read.calendar;
  throw new InvalidRequest(
    read.problems.map(({ path, reason }) => ({ code: 'invalid', field: path, params: { field: path, reason } })),
  );
}
