import { Readable } from 'node:stream';
import type { PoolClient } from 'pg';
import { localDay } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import type { Finding } from '../domain/importFinding.ts';
import { isError } from '../domain/importFinding.ts';
import { guessMapping, type Mapping, mappedRows, type TableRow } from '../domain/importTable.ts';
import { findingOf } from '../forms/importCells.ts';
import type { Attachments, StoredAttachment } from '../platform/attachments.ts';
import { aad, openJson, sealJson } from '../platform/cipher.ts';
import { newId } from '../platform/id.ts';
import { readSpreadsheet, type Sheet } from '../platform/spreadsheet.ts';
import { type Actor, actorNow, hasRole } from './actor.ts';
import { appendAudit } from './audit.ts';
import type { CaseDeps } from './deps.ts';
import { bodyHash, type Keep } from './idempotency.ts';
import type { ImportContext, ImportKind, JudgedRow, ReadRow, Verdict } from './importKind.ts';
import { importKindOf } from './importKinds.ts';
import { violatedConstraint } from './sqlErrors.ts';
import { inTransaction } from './transaction.ts';

/** A row of the report: what it said, and what came of it. */
export type ReportedRow = TableRow & { readonly verdict: Verdict; readonly findings: readonly Finding[] };

/** What is sealed of an import. */
export type ImportReport = {
  readonly fileName: string;
  readonly sheets: readonly string[];
  readonly mapping: Mapping;
  /** The cells of the row the headings stand in. */
  readonly headings: readonly string[];
  readonly rows: readonly ReportedRow[];
};

export type ImportRow = {
  readonly id: string;
  readonly kind: string;
  readonly state: 'checked' | 'applied' | 'withdrawn';
  readonly contentHash: string;
  readonly secret: Buffer | null;
  readonly size: number;
  readonly rows: number;
  readonly newRows: number;
  readonly refusedRows: number;
  readonly checkedBy: string;
  readonly checkedAt: Date;
  readonly appliedBy: string | null;
  readonly appliedAt: Date | null;
};

const COLUMNS = `id, kind, state, content_hash AS "contentHash", secret, size, rows, new_rows AS "newRows", refused_rows AS "refusedRows",
  checked_by AS "checkedBy", checked_at AS "checkedAt", applied_by AS "appliedBy", applied_at AS "appliedAt"`;

const place = (id: string): string => aad('imports', 'secret', id);
const scopeOf = (id: string): string => `import:${id}`;
/** Rows are told apart by digests under this key, which nobody can try out without it. */
const DIGESTS = 'imports';

/** A statement that writes some thousand rows takes longer than what people wait for elsewhere. */
const PATIENCE = `SET LOCAL statement_timeout = '120s'; SET LOCAL idle_in_transaction_session_timeout = '120s'`;

type Brought = { readonly kind: string; readonly fileName: string; readonly extension: 'xlsx' | 'csv' };

/**
 * Reads a table somebody brings, guesses what its columns are, and checks every row. Nothing is taken over by that.
 * @throws DomainError `invalid`, `tooLarge`, `fileTypeMismatch` for the file; `alreadyTakenOver` for contents applied before
 */
export async function checkTable(
  deps: CaseDeps,
  files: Attachments,
  personId: string,
  brought: Brought & { readonly bytes: Buffer },
  keep: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const kind = importKindOf(brought.kind);
  const sheets = await readSpreadsheet(brought.bytes, brought.extension);
  const mapping = guessMapping(kind.columns, sheets);
  const id = newId();
  const key = await deps.keys.create(scopeOf(id));
  let stored: StoredAttachment | null = null;
  try {
    stored = await files.write(id, key, Readable.from([brought.bytes]), {
      fileName: `table.${brought.extension}`,
      maxBytes: brought.bytes.length,
    });
    const { storedHash, size } = stored;
    return await inTransaction(deps, async (client) => {
      await mustCheck(client, kind, personId);
      const checked = await check(deps, client, kind, sheets, mapping);
      const report = { fileName: brought.fileName, ...checked.report };
      await client.query(
        `INSERT INTO imports (id, kind, state, content_hash, stored_hash, size, rows, new_rows, refused_rows, secret, checked_by, checked_at)
         VALUES ($1, $2, 'checked', $3, $4, $5, $6, $7, $8, $9, $10, now())`,
        [
          id,
          kind.kind,
          checked.contentHash,
          storedHash,
          size,
          ...figures(report.rows),
          sealJson(key, report, place(id)),
          personId,
        ],
      );
      await appendAudit(client, {
        act: 'import.checked',
        actorId: personId,
        codes: { importId: id, kind: kind.kind, rows: report.rows.length, storedHash },
      });
      await keep(client, { id });
      return { result: { id }, doorbell: null };
    });
  } catch (error) {
    // Where the database went away meanwhile it may have been stored all the same.
    if (!(error instanceof DomainError && error.code === 'unavailable')) {
      if (stored) await files.remove(id);
      await deps.keys.destroy(scopeOf(id));
    }
    throw error;
  }
}

/** Checks the stored file again, by another mapping. @throws DomainError as `checkTable`, `importClosed` */
export async function checkAgain(
  deps: CaseDeps,
  files: Attachments,
  personId: string,
  id: string,
  mapping: Mapping,
  keep: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const before = await findImport(deps, id);
  const kind = importKindOf(before.kind);
  if (before.state !== 'checked') throw new DomainError('importClosed');
  const report = await readReport(deps, before);
  const bytes: Buffer[] = [];
  for await (const part of files.read(id, await deps.keys.get(scopeOf(id)))) bytes.push(part as Buffer);
  const sheets = await readSpreadsheet(Buffer.concat(bytes), report.fileName.endsWith('.csv') ? 'csv' : 'xlsx');
  if (!sheets.some(({ name }) => name === mapping.sheet))
    throw new DomainError('invalid', { field: 'sheet', reason: 'noSheet' }, 'sheet');
  return inTransaction(deps, async (client) => {
    await mustCheck(client, kind, personId);
    await lockChecked(client, id);
    const checked = await check(deps, client, kind, sheets, mapping);
    await store(deps, client, id, { fileName: report.fileName, ...checked.report }, checked.contentHash, personId);
    await keep(client, { id });
    return { result: { id }, doorbell: null };
  });
}

/**
 * Takes over what a checked table says: all of it, in one transaction, or nothing. Every row is judged anew under the locks it needs.
 * @throws DomainError `forbidden`, `separation` (another person has checked it), `importClosed`, `alreadyTakenOver`; `importRefused`
 *   where a row does not stand any more, and then the report says which
 */
export async function applyTable(
  deps: CaseDeps,
  personId: string,
  id: string,
  keep: Keep<{ id: string }>,
): Promise<{ id: string }> {
  const before = await findImport(deps, id);
  const kind = importKindOf(before.kind);
  const report = await readReport(deps, before);
  try {
    return await inTransaction(deps, async (client) => {
      await client.query(PATIENCE);
      const actor = await actorNow(client, personId);
      mustApply(kind, actor);
      const row = await lockChecked(client, id);
      if (row.checkedBy === personId) throw new DomainError('separation', { why: 'checkedByAnother' });
      const context = await contextOf(deps, client);
      const { read } = readRows(kind, report.rows);
      await kind.take?.(context, read);
      const rows = await judged(context, kind, report.rows);
      const [, fresh, refused] = figures(rows);
      if (refused > 0) throw new DomainError('importRefused', { count: refused });
      if (fresh === 0) throw await takenOver(client, kind.kind, row.contentHash);
      const isNew = new Set(rows.flatMap(({ row: no, verdict }) => (verdict === 'new' ? [no] : [])));
      await kind.apply(
        context,
        { importId: id, personId },
        read.filter(({ row: no }) => isNew.has(no)),
      );
      await client.query(
        `UPDATE imports SET state = 'applied', applied_by = $2, applied_at = now(), new_rows = $3, refused_rows = 0, secret = $4 WHERE id = $1`,
        [id, personId, fresh, sealJson(await deps.keys.get(scopeOf(id)), { ...report, rows }, place(id))],
      );
      // The day's chain is held no longer than it must be.
      await appendAudit(client, {
        act: 'import.applied',
        actorId: personId,
        codes: { importId: id, kind: kind.kind, rows: fresh, checkedBy: row.checkedBy },
      });
      await keep(client, { id });
      return { result: { id }, doorbell: null };
    });
  } catch (error) {
    if (violatedConstraint(error) === 'imports_applied_once')
      throw await takenOver(deps.pool, kind.kind, before.contentHash);
    if (error instanceof DomainError && error.code === 'importRefused') await renewReport(deps, id);
    throw error;
  }
}

/** Puts a checked table aside: its file and its rows go for good. @throws DomainError `forbidden`, `importClosed` */
export async function withdrawTable(
  deps: CaseDeps,
  files: Attachments,
  personId: string,
  id: string,
  keep: Keep<void>,
): Promise<void> {
  const { kind } = await findImport(deps, id);
  await inTransaction(deps, async (client) => {
    await mustCheck(client, importKindOf(kind), personId);
    await lockChecked(client, id);
    await client.query(`UPDATE imports SET state = 'withdrawn', secret = NULL WHERE id = $1`, [id]);
    await appendAudit(client, { act: 'import.withdrawn', actorId: personId, codes: { importId: id, kind } });
    await keep(client);
    return { result: undefined, doorbell: null };
  });
  await files.remove(id);
  await deps.keys.destroy(scopeOf(id));
}

/** @throws DomainError `notFound` */
export async function findImport({ pool }: Pick<CaseDeps, 'pool'>, id: string): Promise<ImportRow> {
  const { rows } = await pool.query<ImportRow>(`SELECT ${COLUMNS} FROM imports WHERE id = $1`, [id]);
  const [row] = rows;
  if (!row) throw new DomainError('notFound');
  return row;
}

/** The report of an import. @throws DomainError `importClosed` for one that was withdrawn */
export async function readReport(
  { keys }: Pick<CaseDeps, 'keys'>,
  row: Pick<ImportRow, 'id' | 'secret'>,
): Promise<ImportReport> {
  if (row.secret === null) throw new DomainError('importClosed');
  return openJson(await keys.get(scopeOf(row.id)), row.secret, place(row.id)) as ImportReport;
}

/** The file as it was brought. */
export const openTable = async (deps: Pick<CaseDeps, 'keys'>, files: Attachments, id: string): Promise<Readable> =>
  files.read(id, await deps.keys.get(scopeOf(id)));

export const mayCheck = (kind: ImportKind, actor: Actor): boolean => kind.checkers.some((role) => hasRole(actor, role));
export const mayApply = (kind: ImportKind, actor: Actor): boolean => kind.appliers.some((role) => hasRole(actor, role));

async function mustCheck(client: PoolClient, kind: ImportKind, personId: string): Promise<void> {
  if (!mayCheck(kind, await actorNow(client, personId)))
    throw new DomainError('forbidden', { needed: kind.checkers.join(', ') });
}

function mustApply(kind: ImportKind, actor: Actor): void {
  if (!mayApply(kind, actor)) throw new DomainError('forbidden', { needed: kind.appliers.join(', ') });
}

async function lockChecked(client: PoolClient, id: string): Promise<ImportRow> {
  const { rows } = await client.query<ImportRow>(`SELECT ${COLUMNS} FROM imports WHERE id = $1 FOR UPDATE`, [id]);
  const [row] = rows;
  if (!row) throw new DomainError('notFound');
  if (row.state === 'applied') throw new DomainError('alreadyTakenOver', { on: dayOf(row.appliedAt) });
  if (row.state !== 'checked') throw new DomainError('importClosed');
  return row;
}

const dayOf = (at: Date | null): string => (at ? localDay(at.getTime()) : '');

async function takenOver(client: Pick<PoolClient, 'query'>, kind: string, contentHash: string): Promise<DomainError> {
  const { rows } = await client.query<{ at: Date }>(
    `SELECT applied_at AS at FROM imports WHERE kind = $1 AND state = 'applied' ORDER BY content_hash = $2 DESC, applied_at DESC LIMIT 1`,
    [kind, contentHash],
  );
  return new DomainError('alreadyTakenOver', { on: dayOf(rows[0]?.at ?? null) });
}

async function contextOf(deps: CaseDeps, client: PoolClient): Promise<ImportContext> {
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  return { client, deps, now: rows[0]?.now as Date, key: await deps.keys.getOrCreate(DIGESTS) };
}

/** What is in the file by this mapping, row by row. @throws DomainError `invalid` without any row, `alreadyTakenOver` */
async function check(
  deps: CaseDeps,
  client: PoolClient,
  kind: ImportKind,
  sheets: readonly Sheet[],
  mapping: Mapping,
): Promise<{ report: Omit<ImportReport, 'fileName'>; contentHash: string }> {
  const context = await contextOf(deps, client);
  const table = mappedRows(kind.columns, sheets, mapping);
  const contentHash = bodyHash([kind.kind, table.map(({ cells }) => cells)], context.key);
  const { rows: applied } = await client.query(
    `SELECT 1 FROM imports WHERE kind = $1 AND content_hash = $2 AND state = 'applied'`,
    [kind.kind, contentHash],
  );
  if (applied.length > 0) throw await takenOver(client, kind.kind, contentHash);
  const rows = await judged(context, kind, table);
  const chosen = sheets.find(({ name }) => name === mapping.sheet);
  const headings = chosen?.rows[mapping.headingRow - 1] ?? [];
  return { report: { sheets: sheets.map(({ name }) => name), mapping, headings, rows }, contentHash };
}

/** Every row with what is wrong with it: by itself, or against the others and what is stored. */
async function judged(
  context: ImportContext,
  kind: ImportKind,
  table: readonly TableRow[],
): Promise<readonly ReportedRow[]> {
  const { read, unread } = readRows(kind, table);
  const verdicts = new Map<number, JudgedRow>(
    [...(await kind.judge(context, read)), ...unread].map((each) => [each.row, each]),
  );
  return table.map(({ row, cells }) => {
    const { verdict = 'refused', findings = [] } = verdicts.get(row) ?? {};
    return { row, cells, verdict: findings.some(isError) ? 'refused' : verdict, findings };
  });
}

function readRows(kind: ImportKind, table: readonly TableRow[]) {
  const read: ReadRow<unknown>[] = [];
  const unread: JudgedRow[] = [];
  for (const { row, cells } of table) {
    const parsed = kind.schemaFor(cells).safeParse(cells);
    if (parsed.success) read.push({ row, value: parsed.data });
    else unread.push({ row, verdict: 'refused', findings: parsed.error.issues.map(findingOf) });
  }
  return { read, unread };
}

/** Rows in all, new ones, refused ones. */
function figures(rows: readonly ReportedRow[]): [number, number, number] {
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  return [rows.length, count('new'), count('refused')];
}

async function store(
  { keys }: CaseDeps,
  client: PoolClient,
  id: string,
  report: ImportReport,
  contentHash: string,
  checkedBy: string,
): Promise<void> {
  await client.query(
    `UPDATE imports SET content_hash = $2, rows = $3, new_rows = $4, refused_rows = $5, secret = $6, checked_by = $7, checked_at = now() WHERE id = $1`,
    [id, contentHash, ...figures(report.rows), sealJson(await keys.get(scopeOf(id)), report, place(id)), checkedBy],
  );
}

/** What was refused when it was to be applied stands in the report from then on. */
async function renewReport(deps: CaseDeps, id: string): Promise<void> {
  await inTransaction(deps, async (client) => {
    const row = await lockChecked(client, id);
    const report = await readReport(deps, row);
    const rows = await judged(await contextOf(deps, client), importKindOf(row.kind), report.rows);
    await store(deps, client, id, { ...report, rows }, row.contentHash, row.checkedBy);
    return { result: undefined, doorbell: null };
  });
}
