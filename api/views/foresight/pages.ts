import type { Actor } from '../../../cases/actor.ts';
import { type CurrentHolding, readsFile, standings } from '../../../domain/accountStanding.ts';
import type { PolicyValues } from '../../../domain/policy.ts';
import { Prisma } from '../../../prisma/generated/client.ts';
import type { ForeseenKind, ForeseenView } from '../../contract/foresight.ts';
import type { ApiDeps } from '../../deps.ts';

/** How long one preview may take, in milliseconds, and how much of it is shown. */
export type ForesightBounds = { readonly budget: number; readonly page: number; readonly shown: number };
export const standardBounds: ForesightBounds = { budget: 5000, page: 200, shown: 50 };

export type Asked = {
  readonly deps: ApiDeps;
  readonly actor: Actor;
  readonly values: PolicyValues;
  readonly current: PolicyValues;
  /** Holds for a row `c` of `cases` that the reader may read. */
  readonly readable: Prisma.Sql;
  readonly bounds: ForesightBounds;
  readonly until: number;
};

export type Row = { readonly id: string };
export type Found = { readonly view: ForeseenView; readonly readable: boolean };

/** Goes through the rows of one kind, a page at a time from the newest id on. */
export async function goThrough<R extends Row>(
  { deps, bounds, until }: Asked,
  kind: ForeseenKind,
  source: { readonly count: Prisma.Sql; readonly page: (before: string | null) => Prisma.Sql },
  look: (row: R) => Promise<Found | null> | Found | null,
) {
  const count = await deps.pool.query<{ total: number }>(source.count);
  const shown: ForeseenView[] = [];
  let [examined, differing] = [0, 0];
  for (let before: string | null = null; Date.now() < until; ) {
    const { rows }: { rows: R[] } = await deps.pool.query<R>(source.page(before));
    for (const row of rows) {
      const found = await look(row);
      examined += 1;
      if (!found) continue;
      differing += 1;
      if (found.readable && shown.length < bounds.shown) shown.push(found.view);
    }
    before = rows.at(-1)?.id ?? null;
    if (rows.length < bounds.page) break;
  }
  return { kind, total: count.rows[0]?.total ?? examined, examined, differing, shown };
}

export const after = (column: Prisma.Sql, before: string | null): Prisma.Sql =>
  before === null ? Prisma.sql`true` : Prisma.sql`${column} < ${before}`;

export type CaseColumns = {
  readonly caseId: string;
  readonly number: string | null;
  readonly title: string;
  readonly readable: boolean;
};
export const caseColumns = ({ readable }: Asked): Prisma.Sql =>
  Prisma.sql`c.id AS "caseId", c.number, c.title, coalesce(${readable}, false) AS readable`;
export const caseOf = ({ caseId, number, title }: CaseColumns) => ({ id: caseId, number, title });

/** Of a kind of which there is nothing yet. */
export const nothing = (kind: ForeseenKind) => ({
  kind,
  total: 0,
  examined: 0,
  differing: 0,
  shown: [] as ForeseenView[],
});

/** What tells whether somebody reads the file of an account `a`: what a preview shows of one are its figures (decision 0064). */
export type FileColumns = { readonly managedBy: 'company' | 'branch'; readonly holdings: readonly CurrentHolding[] };
export const fileColumns = Prisma.sql`a.managed_by AS "managedBy", coalesce((SELECT json_agg(json_build_object('unitId', h.unit_id, 'managerId', h.manager_id))
    FROM holdings h WHERE h.account_id = a.id AND h.valid_to IS NULL), '[]') AS holdings`;
export const readsFileOf = ({ actor }: Asked, { holdings, managedBy }: FileColumns): boolean =>
  readsFile(standings(actor, holdings), managedBy);
