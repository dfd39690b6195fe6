import type { Actor } from '../../cases/actor.ts';
import { type Case, Prisma } from '../../prisma/generated/client.ts';
import type { CaseSummary } from '../contract/cases.ts';
import type { Page } from '../contract/shared.ts';
import type { ApiDeps } from '../deps.ts';
import { asItStands } from './asItStands.ts';
import { caseSummaries } from './caseSummaries.ts';
import { timeOf } from './days.ts';
import { keyOf, pageOf } from './pages.ts';
import { type ReadableCases, readableCases } from './readableCases.ts';

export type CaseQuery = {
  /** A condition on a row `c` of `cases`. */
  readonly wanted: Prisma.Sql;
  /** What the person may read; null where `wanted` implies that he may. */
  readonly readable: ReadableCases | null;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** Cases one may read that fit, the latest opened first. */
export async function searchCases(
  deps: ApiDeps,
  actor: Actor,
  wanted: Prisma.Sql,
  page: Pick<CaseQuery, 'cursor' | 'limit'>,
): Promise<Page<CaseSummary>> {
  const readable = await readableCases(deps, actor);
  const { items, nextCursor } = await casePage(deps, { wanted, readable, ...page });
  return { items: await caseSummaries(deps.prisma, items), nextCursor };
}

/** So many of the latest cases that fit are looked through before all of them are. */
const LATEST = 2000;

/** Cases, the latest opened first. */
export async function casePage(
  deps: Pick<ApiDeps, 'prisma' | 'pool'>,
  { wanted, readable, cursor, limit }: CaseQuery,
): Promise<Page<Case>> {
  const after = keyOf(cursor, 'instant', 'text');
  // The instant in a cursor counts to the millisecond, the database's to the microsecond: the row itself is the better mark.
  const fits = after
    ? Prisma.sql`${wanted} AND (c.opened_at, c.id) < ((SELECT opened_at FROM cases WHERE id = ${after[1]}), ${after[1]})`
    : wanted;
  const ids = await latestIds(deps, fits, readable, limit + 1);
  const rows = await deps.prisma.case.findMany({ where: { id: { in: ids } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const page = ids.flatMap((id) => byId.get(id) ?? []);
  return pageOf(page, limit, (row) => [timeOf(row.openedAt), row.id]);
}

/**
 * Whoever reads much finds his page among the latest cases that fit, and no more of them are looked at than fill it; whoever reads little
 * has few to gather. Whichever way is taken, the answer is the same.
 */
async function latestIds(
  { pool }: Pick<ApiDeps, 'pool'>,
  fits: Prisma.Sql,
  readable: ReadableCases | null,
  count: number,
): Promise<string[]> {
  const newest = (from: Prisma.Sql, where: Prisma.Sql, most: number) =>
    Prisma.sql`SELECT c.id, c.opened_at FROM ${from} WHERE ${where} ORDER BY c.opened_at DESC, c.id DESC LIMIT ${most}`;
  const found = async (asked: Prisma.Sql) => (await pool.query<{ id: string }>(asked)).rows.map((row) => row.id);
  if (!readable) return found(newest(Prisma.sql`cases c`, fits, count));
  const { condition, among } = readable;
  const latest = Prisma.sql`(SELECT * FROM cases c WHERE ${fits} ORDER BY c.opened_at DESC, c.id DESC LIMIT ${LATEST}) c`;
  const ids = await found(newest(latest, condition, count));
  if (ids.length === count) return ids;
  const { rows } = await pool.query<{ looked: number }>(Prisma.sql`SELECT count(*)::int AS looked FROM ${latest}`);
  if ((rows[0]?.looked ?? 0) < LATEST) return ids;
  const within = among
    ? Prisma.sql`c.id IN ${among} AND ${fits} AND ${condition}`
    : Prisma.sql`${fits} AND ${condition}`;
  return found(newest(Prisma.sql`cases c`, within, count));
}

/** How many cases fit, counted no further than `most`. */
export const countCases = async (
  deps: Pick<ApiDeps, 'pool'>,
  { wanted, readable }: Pick<CaseQuery, 'wanted' | 'readable'>,
  most: number,
): Promise<number> => (await latestIds(deps, wanted, readable, most)).length;

/** Holds where the column contains the text as it stands. */
export const contains = (column: Prisma.Sql, text: string): Prisma.Sql =>
  Prisma.sql`${column} LIKE ${`%${asItStands(text)}%`}`;
