import type { Actor } from '../../cases/actor.ts';
import { importKindOf } from '../../cases/importKinds.ts';
import { type ImportRow, mayApply, mayCheck, type ReportedRow, readReport } from '../../cases/imports.ts';
import { describeFinding, isError } from '../../domain/importFinding.ts';
import type { ImportRowView, ImportSummary, ImportView } from '../contract/imports.ts';
import type { ApiDeps } from '../deps.ts';
import { type Language, wordsOf } from '../language.ts';
import { timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';

/** Imports as lists show them. */
export async function importSummaries(
  { prisma }: ApiDeps,
  rows: readonly Omit<ImportRow, 'secret'>[],
): Promise<ImportSummary[]> {
  const names = await loadNames(prisma, { persons: rows.flatMap((row) => [row.checkedBy, row.appliedBy]) });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    rows: row.rows,
    newRows: row.newRows,
    refusedRows: row.refusedRows,
    size: row.size,
    checkedBy: names.person(row.checkedBy),
    checkedAt: timeOf(row.checkedAt),
    appliedBy: names.personOrNull(row.appliedBy),
    appliedAt: timeOrNull(row.appliedAt),
  }));
}

/** One import as a person sees it. */
export async function importView(deps: ApiDeps, actor: Actor, row: ImportRow): Promise<ImportView> {
  const kind = importKindOf(row.kind);
  const [summary] = (await importSummaries(deps, [row])) as [ImportSummary];
  const report = row.secret === null ? null : await readReport(deps, row);
  const isOpen = row.state === 'checked';
  return {
    ...summary,
    table: report && {
      fileName: report.fileName,
      sheets: [...report.sheets],
      headings: [...report.headings],
      mapping: { ...report.mapping, columns: { ...report.mapping.columns } },
      warnedRows: report.rows.filter(isWarned).length,
    },
    mayCheck: isOpen && mayCheck(kind, actor),
    mayApply: isOpen && mayApply(kind, actor) && row.checkedBy !== actor.personId,
  };
}

export const isWarned = ({ findings }: Pick<ReportedRow, 'findings'>): boolean =>
  findings.some((finding) => !isError(finding));

/** A row of a report, its findings in words. */
export const importRowView = ({ row, verdict, cells, findings }: ReportedRow, language: Language): ImportRowView => ({
  row,
  verdict,
  cells: { ...cells },
  findings: findings.map(({ column, code, params }) => {
    const worded = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        CODES.includes(name) ? wordsOf(String(value), language) : value,
      ]),
    );
    const { level, article, text } = describeFinding(code, worded, language);
    return { column, code, level, article, detail: text };
  }),
});

/** Params that hold codes, which are told in words. */
const CODES: readonly string[] = ['reason', 'grade'];
