import type { AuditEntry, Prisma, PrismaClient } from '../../prisma/generated/client.ts';
import type { AuditEntryView, AuditSearch, ChainEntryView } from '../contract/audit.ts';
import type { Page } from '../contract/shared.ts';
import { timeOf } from './days.ts';
import { loadNames } from './names.ts';
import { keyOf, pageOf } from './pages.ts';

/** What a search of the audit trail finds, latest first. */
export async function auditTrail(
  prisma: PrismaClient,
  search: AuditSearch,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<AuditEntryView>> {
  const after = keyOf(cursor, 'instant', 'text', 'number');
  const before = after && { at: after[0], stream: after[1], seq: after[2] };
  const where = await conditionOf(prisma, search);
  const rows = await prisma.auditEntry.findMany({
    where: before
      ? {
          AND: [
            where,
            // Where to begin in the index by time; what else is of that instant the alternatives tell apart.
            { at: { lte: before.at } },
            {
              OR: [
                { at: { lt: before.at } },
                { at: before.at, stream: { lt: before.stream } },
                { at: before.at, stream: before.stream, seq: { lt: before.seq } },
              ],
            },
          ],
        }
      : where,
    orderBy: [{ at: 'desc' }, { stream: 'desc' }, { seq: 'desc' }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, (row) => [timeOf(row.at), row.stream, row.seq]);
  return { items: await views(prisma, page.items), nextCursor: page.nextCursor };
}

/** Everything a search finds, oldest first, so many at a time. */
export async function* auditEntries(
  prisma: PrismaClient,
  search: AuditSearch,
  batch: number,
): AsyncGenerator<ChainEntryView[]> {
  const where = await conditionOf(prisma, search);
  let last: AuditEntry | undefined;
  for (;;) {
    const rows: AuditEntry[] = await prisma.auditEntry.findMany({
      where: last
        ? {
            AND: [
              where,
              { at: { gte: last.at } },
              {
                OR: [
                  { at: { gt: last.at } },
                  { at: last.at, stream: { gt: last.stream } },
                  { at: last.at, stream: last.stream, seq: { gt: last.seq } },
                ],
              },
            ],
          }
        : where,
      orderBy: [{ at: 'asc' }, { stream: 'asc' }, { seq: 'asc' }],
      take: batch,
    });
    if (rows.length > 0) yield rows.map(chainEntryOf);
    if (rows.length < batch) return;
    last = rows.at(-1);
  }
}

async function conditionOf(prisma: PrismaClient, search: AuditSearch): Promise<Prisma.AuditEntryWhereInput> {
  const conditions: Prisma.AuditEntryWhereInput[] = [];
  if (search.stream) conditions.push({ stream: search.stream });
  if (search.caseId) conditions.push({ caseId: search.caseId });
  if (search.caseNumber) {
    const cases = await prisma.case.findMany({ where: { number: search.caseNumber }, select: { id: true } });
    conditions.push({ caseId: { in: cases.map((row) => row.id) } });
  }
  if (search.actorId) conditions.push({ OR: [{ actorId: search.actorId }, { onBehalfOf: search.actorId }] });
  if (search.act) conditions.push({ act: { startsWith: search.act } });
  if (search.denials) conditions.push({ act: 'denied' });
  if (search.from) conditions.push({ at: { gte: new Date(search.from) } });
  if (search.to) conditions.push({ at: { lt: new Date(search.to) } });
  return { AND: conditions };
}

async function views(prisma: PrismaClient, rows: readonly AuditEntry[]): Promise<AuditEntryView[]> {
  const [names, cases] = await Promise.all([
    loadNames(prisma, { persons: rows.flatMap((row) => [row.actorId, row.onBehalfOf, row.enteredBy]) }),
    prisma.case.findMany({
      where: { id: { in: rows.flatMap((row) => row.caseId ?? []) } },
      select: { id: true, number: true },
    }),
  ]);
  const numberOf = new Map(cases.map((row) => [row.id, row.number]));
  return rows.map((row) => ({
    stream: row.stream,
    seq: row.seq,
    at: timeOf(row.at),
    act: row.act,
    actor: names.personOrNull(row.actorId),
    onBehalfOf: names.personOrNull(row.onBehalfOf),
    enteredBy: names.personOrNull(row.enteredBy),
    caseId: row.caseId,
    caseNumber: numberOf.get(row.caseId ?? '') ?? null,
    taskId: row.taskId,
    codes: row.codes as AuditEntryView['codes'],
    hash: hex(row.hash),
  }));
}

/** An entry with everything its hash is made of. */
export const chainEntryOf = (row: AuditEntry): ChainEntryView => ({
  stream: row.stream,
  seq: row.seq,
  at: timeOf(row.at),
  actorId: row.actorId,
  onBehalfOf: row.onBehalfOf,
  enteredBy: row.enteredBy,
  act: row.act,
  caseId: row.caseId,
  taskId: row.taskId,
  codes: row.codes as ChainEntryView['codes'],
  contentHash: row.contentHash && hex(row.contentHash),
  prevHash: hex(row.prevHash),
  hash: hex(row.hash),
});

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
