import { recordAudit } from '../../cases/audit.ts';
import { type ChainedEntry, verifyChain } from '../../cases/auditHash.ts';
import { DomainError } from '../../domain/errors.ts';
import { sealOf, writeExport } from '../auditExport.ts';
import { auditRoutes as routes } from '../contract/audit.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { auditTrail, chainEntryOf, hex } from '../views/auditTrail.ts';

/** The audit trail, for the auditor alone. */
export function mountAudit({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.audit, async ({ query: { cursor, limit, ...search } }) => auditTrail(prisma, search, { cursor, limit }));

  on(routes.auditSearch, async ({ body: { cursor, limit, ...search } }) =>
    auditTrail(prisma, search, { cursor, limit }),
  );

  on(routes.auditExport, async ({ actor: { personId }, body: { format, ...search }, response }) => {
    const searched = Object.keys(search).sort();
    await recordAudit(deps.pool, { act: 'audit.exported', actorId: personId, codes: { format, searched } });
    await writeExport(deps, response, search, { format, by: personId });
    return undefined;
  });

  on(routes.auditHead, async ({ query }) => sealOf(deps, query.id));

  on(routes.chain, async ({ params: { stream }, query: { after, limit } }) => {
    const rows = await prisma.auditEntry.findMany({
      where: { stream, seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: limit + 1,
    });
    const items = rows.slice(0, limit);
    const isLast = rows.length <= limit;
    const sealed = (await sealedHeads(stream)).filter(
      ({ seq }) => seq > after && (isLast || seq <= (items.at(-1)?.seq ?? 0)),
    );
    if (after === 0 && items.length === 0 && sealed.length === 0) throw new DomainError('notFound');
    return { items: items.map(chainEntryOf), sealed, nextAfter: isLast ? null : (items.at(-1)?.seq ?? null) };
  });

  on(routes.verification, async ({ params: { stream } }) => {
    const [entries, seals] = await Promise.all([
      prisma.auditEntry.findMany({ where: { stream }, orderBy: { seq: 'asc' } }),
      sealedHeads(stream),
    ]);
    if (entries.length === 0 && seals.length === 0) throw new DomainError('notFound');
    const check = verifyChain(
      entries as ChainedEntry[],
      seals.map((head) => ({ stream, ...head })),
    );
    const head = entries.at(-1)?.hash;
    return {
      stream,
      entries: entries.length,
      intact: check.ok,
      firstBroken: check.ok ? null : check.index + 1,
      head: head ? hex(head) : null,
    };
  });

  const sealedHeads = (stream: string) =>
    prisma.$queryRaw<{ seq: number; hash: string; sealId: number }[]>`
      SELECT (head->>'seq')::int AS seq, head->>'hash' AS hash, s.id AS "sealId"
      FROM audit_seals s, jsonb_array_elements(s.heads) head
      WHERE s.heads @> jsonb_build_array(jsonb_build_object('stream', ${stream}::text)) AND head->>'stream' = ${stream} ORDER BY s.id`;
}
