import { accountSeen } from '../../cases/accounts.ts';
import { recordAudit } from '../../cases/audit.ts';
import { keepsFile, readsFile } from '../../domain/accountStanding.ts';
import { localDay } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { prefixOf } from '../../domain/region.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { type AccountSummary, accountRoutes as routes } from '../contract/accounts.ts';
import type { QueryOf } from '../contract/route.ts';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../language.ts';
import type { Routing } from '../routing.ts';
import { accountSheet, accountWorkbook } from '../views/accountSheet.ts';
import { accountSummaries, mayStart, searchAccounts, visibleTo, withHoldings } from '../views/accountViews.ts';
import { caseSummaries } from '../views/caseSummaries.ts';
import { dayOf, dayOrNull, timeOf, timeOrNull } from '../views/days.ts';
import { newestEditionOf } from '../views/editionViews.ts';
import { loadNames } from '../views/names.ts';
import { keyOf, pageOf } from '../views/pages.ts';
import { readableCases } from '../views/readableCases.ts';
import { visitDueOf } from '../views/visitViews.ts';

const MOST_EXPORTED = 20_000;

/** Key accounts and who holds them. */
export function mountAccounts({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.accounts, async ({ actor, query }) => {
    const after = keyOf(query.cursor, 'text');
    const rows = await prisma.account.findMany({
      where: {
        AND: [
          visibleTo(actor),
          query.grade ? { grade: query.grade } : {},
          query.state ? { state: query.state } : {},
          query.unitId || query.kind ? { holdings: { some: heldBy(query) } } : {},
          query.regionCode ? { regions: { some: { regionCode: { startsWith: prefixOf(query.regionCode) } } } } : {},
          after ? { archiveNo: { gt: after[0] } } : {},
        ],
      },
      include: withHoldings,
      orderBy: { archiveNo: 'asc' },
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (row) => [row.archiveNo]);
    return { items: await accountSummaries(deps, page.items), nextCursor: page.nextCursor };
  });

  on(routes.searchAccounts, async ({ actor, body }) => searchAccounts(deps, actor, body));

  on(routes.exportAccounts, async ({ actor, body: { format, ...body }, request, response }) => {
    const rows: AccountSummary[] = [];
    let cursor: string | null = null;
    do {
      const page = await searchAccounts(deps, actor, { ...body, limit: 200, ...(cursor ? { cursor } : {}) });
      rows.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null && rows.length < MOST_EXPORTED);
    await recordAudit(deps.pool, {
      act: 'accounts.exported',
      actorId: actor.personId,
      codes: { count: rows.length, format, filters: Object.keys(body) },
    });
    const language = languageOf(request);
    response.attachment(`accounts.${format}`);
    if (format === 'xlsx') response.send(await accountWorkbook(rows, language));
    else response.type('text/csv; charset=utf-8').send(accountSheet(rows, language));
    return undefined;
  });

  on(routes.account, async ({ actor, params }) => {
    const row = await prisma.account.findFirst({
      where: { AND: [{ id: params.id }, visibleTo(actor)] },
      include: {
        client: true,
        holdings: { orderBy: { validFrom: 'asc' } },
        ledgerEntry: { include: { import: { select: { appliedAt: true, checkedAt: true } } } },
      },
    });
    if (!row) throw new DomainError('notFound');
    const { condition } = await readableCases(deps, actor);
    const account = await accountSeen(deps.pool, actor, row.id);
    const reads = readsFile(account.standing, account.managedBy);
    const [due, [summary], names, entities, cases, delisting, inEdition] = await Promise.all([
      reads ? visitDueOf(deps, account) : null,
      accountSummaries(deps, [row]),
      loadNames(prisma, {
        persons: row.holdings.map((holding) => holding.managerId),
        units: row.holdings.map((holding) => holding.unitId),
      }),
      prisma.legalEntity.findMany({ where: { clientId: row.clientId, validTo: null }, orderBy: { name: 'asc' } }),
      deps.pool.query<{ id: string }>(
        Prisma.sql`SELECT c.id FROM cases c WHERE (c.client_id = ${row.clientId} OR c.id = ${row.decisionCaseId}) AND ${condition} ORDER BY c.opened_at DESC LIMIT 100`,
      ),
      row.delistedCaseId && row.state !== 'terminated'
        ? prisma.case.findUnique({ where: { id: row.delistedCaseId } })
        : null,
      newestEditionOf(deps, row.id),
    ]);
    if (!summary) throw new DomainError('notFound');
    const found = await prisma.case.findMany({ where: { id: { in: cases.rows.map(({ id }) => id) } } });
    const shown = await caseSummaries(prisma, found);
    return {
      ...summary,
      file: { reads, keeps: keepsFile(account.standing) && account.state !== 'terminated' },
      mayStart: mayStart(actor, account),
      visitDue: due,
      decisionCaseId: row.decisionCaseId,
      takenOver: row.ledgerEntry && {
        document: row.ledgerEntry.document,
        decidedOn: dayOf(row.ledgerEntry.decidedOn),
        body: row.ledgerEntry.body,
        on: timeOf(row.ledgerEntry.import.appliedAt ?? row.ledgerEntry.import.checkedAt),
      },
      terminatedOn: dayOrNull(row.terminatedOn),
      delisted: delisting && {
        caseId: delisting.id,
        number: delisting.number,
        on: localDay((delisting.closedAt ?? delisting.stateSince).getTime()),
      },
      inEdition,
      holdings: row.holdings.map((holding) => ({
        id: holding.id,
        kind: holding.kind as 'lead' | 'co',
        unit: names.unit(holding.unitId),
        manager: names.personOrNull(holding.managerId),
        validFrom: timeOf(holding.validFrom),
        validTo: timeOrNull(holding.validTo),
        decisionCaseId: holding.decisionCaseId,
      })),
      entities: entities.map(({ name, code, relation }) => ({ name, code, relation })),
      cases: shown
        .sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1))
        .map(({ id, number, process, stateKey, openedAt }) => ({ id, number, process, stateKey, openedAt })),
    };
  });
}

const heldBy = ({ unitId, kind }: QueryOf<typeof routes.accounts>): Prisma.HoldingWhereInput => ({
  validTo: null,
  ...(unitId ? { unitId } : {}),
  ...(kind ? { kind } : {}),
});
