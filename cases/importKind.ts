import type { PoolClient } from 'pg';
import type { z } from 'zod';
import type { Finding } from '../domain/importFinding.ts';
import type { ImportColumn, TableRow } from '../domain/importTable.ts';
import type { DataKey } from '../platform/cipher.ts';
import type { CaseDeps } from './deps.ts';

/** What a kind of import looks at and writes by: one connection, in the transaction where it is applied. */
export type ImportContext = {
  readonly client: PoolClient;
  readonly deps: CaseDeps;
  /** The database's time. */
  readonly now: Date;
  /** For keyed digests of rows. */
  readonly key: DataKey;
};

/** A row whose cells are well formed, by its number in the file. */
export type ReadRow<Row> = { readonly row: number; readonly value: Row };

/** `new` is written when the table is applied, `same` is there already and changes nothing, `refused` keeps the whole table out. */
export type Verdict = 'new' | 'same' | 'refused';
export type JudgedRow = { readonly row: number; readonly verdict: Verdict; readonly findings: readonly Finding[] };

/**
 * A kind of table that may be imported: what its columns are and how a row is read, how the rows stand to what is stored, and what they
 * write. Everything else (reading the file, mapping, report, two persons, all or nothing, once) is the same for all, in cases/imports.ts.
 */
export type ImportKind<Row = unknown> = {
  readonly kind: string;
  readonly columns: readonly ImportColumn[];
  /** The columns that name a row to people, in lists. */
  readonly preview: readonly string[];
  /** Who brings and checks a table; another person with a role of `appliers` applies it. */
  readonly checkers: readonly string[];
  readonly appliers: readonly string[];
  /** How a row is read; its issues are made by forms/importCells.ts. */
  schemaFor(cells: TableRow['cells']): z.ZodType<Row>;
  /** Takes what the rows are about, so that nobody else changes it until the transaction ends. Before `judge`, when the table is applied. */
  take?(context: ImportContext, rows: readonly ReadRow<Row>[]): Promise<void>;
  /** Holds every row against the others and what is stored, in their order. Changes nothing. */
  judge(context: ImportContext, rows: readonly ReadRow<Row>[]): Promise<readonly JudgedRow[]>;
  /** Writes the new rows. */
  apply(
    context: ImportContext,
    by: { readonly importId: string; readonly personId: string },
    rows: readonly ReadRow<Row>[],
  ): Promise<void>;
};
