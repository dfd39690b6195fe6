import { type ChainedEntry, type SealedHead, verifyChain } from '../../cases/auditHash.ts';
import { DomainError } from '../../domain/errors.ts';
import { type AuditEntryView, auditRoutes as routes } from '../contract/audit.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { timeOf } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { keyOf, pageOf } from '../views/pages.ts';

/** The audit trail, for the auditor alone. */
export function mountAudit({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.audit, async ({ query }) => {
    const after = keyOf(query.cursor, 'instant', 'text', 'number');
    const before = after && { at: after[0], stream: after[1], seq: after[2] };
    const rows = await prisma.auditEntry.findMany({
      where: {
        AND: [
          query.stream ? { stream: query.stream } : {},
          query.caseId ? { caseId: query.caseId } : {},
          query.actorId ? { actorId: query.actorId } : {},
          query.act ? { act: query.act } : {},
          query.from ? { at: { gte: new Date(query.from) } } : {},
          query.to ? { at: { lt: new Date(query.to) } } : {},
          before
            ? {
                OR: [
                  { at: { lt: before.at } },
                  { at: before.at, stream: { lt: before.stream } },
                  { at: before.at, stream: before.stream, seq: { lt: before.seq } },
                ],
              }
            : {},
        ],
      },
      orderBy: [{ at: 'desc' }, { stream: 'desc' }, { seq: 'desc' }],
      take: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (row) => [timeOf(row.at), row.stream, row.seq]);
    const names = await loadNames(prisma, {
      persons: page.items.flatMap((row) => [row.actorId, row.onBehalfOf, row.enteredBy]),
    });
    return {
      items: page.items.map((row) => ({
        stream: row.stream,
        seq: row.seq,
        at: timeOf(row.at),
        act: row.act,
        actor: names.personOrNull(row.actorId),
        onBehalfOf: names.personOrNull(row.onBehalfOf),
        enteredBy: names.personOrNull(row.enteredBy),
        caseId: row.caseId,
        taskId: row.taskId,
        codes: row.codes as AuditEntryView['codes'],
        hash: Buffer.from(row.hash).toString('hex'),
      })),
      nextCursor: page.nextCursor,
    };
  });

  on(routes.verification, async ({ params: { stream } }) => {
    const [entries, seals] = await Promise.all([
      prisma.auditEntry.findMany({ where: { stream }, orderBy: { seq: 'asc' } }),
      prisma.$queryRaw<SealedHead[]>`SELECT head->>'stream' AS stream, (head->>'seq')::int AS seq, head->>'hash' AS hash
        FROM audit_seals, jsonb_array_elements(heads) head WHERE head->>'stream' = ${stream}`,
    ]);
    if (entries.length === 0 && seals.length === 0) throw new DomainError('notFound');
    const check = verifyChain(entries as ChainedEntry[], seals);
    const head = entries.at(-1)?.hash;
    return {
      stream,
      entries: entries.length,
      intact: check.ok,
      firstBroken: check.ok ? null : check.index + 1,
      head: head ? Buffer.from(head).toString('hex') : null,
    };
  });
}
