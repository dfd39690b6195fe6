import { z } from 'zod';
import type { Route } from './route.ts';
import { done, id, idParams, listOf, pageQuery, personRef, time } from './shared.ts';

const word = z.strictObject({ zh: z.string(), en: z.string() });

/** A column of a kind of table, as its template has it. */
const importColumn = z.strictObject({
  key: z.string(),
  name: word,
  required: z.boolean(),
  explain: word,
});

const importKindView = z.strictObject({
  kind: z.string(),
  columns: z.array(importColumn),
  /** The columns that name a row, in lists. */
  preview: z.array(z.string()),
  mayCheck: z.boolean(),
  mayApply: z.boolean(),
  maxBytes: z.number().int(),
  maxRows: z.number().int(),
});
export type ImportKindView = z.infer<typeof importKindView>;

/** The sheet, the number of the row its headings stand in, and by column key the place it stands at, from 0. */
const columnPlaces = z.record(z.string().regex(/^[A-Za-z]{1,40}$/), z.number().int().min(0).max(99));
export const importMapping = z.strictObject({
  sheet: z.string().max(200),
  headingRow: z.number().int().min(1).max(1000),
  columns: columnPlaces,
});

export const importSummary = z.strictObject({
  id,
  kind: z.string(),
  state: z.enum(['checked', 'applied', 'withdrawn']),
  rows: z.number().int(),
  newRows: z.number().int(),
  refusedRows: z.number().int(),
  size: z.number().int(),
  checkedBy: personRef,
  checkedAt: time,
  appliedBy: personRef.nullable(),
  appliedAt: time.nullable(),
});
export type ImportSummary = z.infer<typeof importSummary>;

export const importView = z
  .strictObject({
    ...importSummary.shape,
    /** Null once it was withdrawn. */
    table: z
      .strictObject({
        fileName: z.string(),
        sheets: z.array(z.string()),
        headings: z.array(z.string()),
        mapping: importMapping,
        warnedRows: z.number().int(),
      })
      .nullable(),
    mayCheck: z.boolean(),
    /** Of a checked table, for another person than who checked it. */
    mayApply: z.boolean(),
  })
  .meta({ id: 'ImportView' });
export type ImportView = z.infer<typeof importView>;

export const importRowView = z
  .strictObject({
    /** Its number in the file. */
    row: z.number().int(),
    verdict: z.enum(['new', 'same', 'refused']),
    cells: z.record(z.string(), z.string()),
    findings: z.array(
      z.strictObject({
        /** Null where it is about the whole row. */
        column: z.string().nullable(),
        code: z.string(),
        level: z.enum(['error', 'warning']),
        article: z.string().nullable(),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'ImportRow' });
export type ImportRowView = z.infer<typeof importRowView>;

const kindName = z.string().regex(/^[A-Za-z]{1,40}$/);
const kindParams = z.strictObject({ kind: kindName });
/** What kinds of table ask for. */
const checkers = ['dataClerk', 'office'] as const;

export const importRoutes = {
  importKinds: {
    method: 'get',
    path: '/import-kinds',
    summary: 'The kinds of table that may be imported, with their columns',
    roles: checkers,
    response: listOf(importKindView),
  },
  importTemplate: {
    method: 'get',
    path: '/import-kinds/{kind}/template',
    summary: 'An empty table of a kind (.xlsx), with headings in both languages, an example and an explanation',
    roles: checkers,
    params: kindParams,
    files: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  },
  imports: {
    method: 'get',
    path: '/imports',
    summary: 'What was imported or is to be, the newest first',
    roles: checkers,
    query: z.strictObject({ kind: kindName.optional(), ...pageQuery }),
    response: listOf(importSummary),
  },
  bringImport: {
    method: 'post',
    path: '/imports',
    summary:
      'Bring a table (.xlsx or .csv): its columns are guessed and every row is checked; nothing is taken over yet',
    roles: checkers,
    writes: true,
    multipart: z.strictObject({ kind: kindName }),
    status: 201,
    response: importView,
  },
  import: {
    method: 'get',
    path: '/imports/{id}',
    summary: 'One import: its table, how its columns are mapped, and what came of its rows',
    roles: checkers,
    params: idParams,
    response: importView,
  },
  importRows: {
    method: 'get',
    path: '/imports/{id}/rows',
    summary: 'The rows of its report, in the order of the file; or only those with errors, with warnings, or new ones',
    roles: checkers,
    params: idParams,
    query: z.strictObject({ only: z.enum(['refused', 'warned', 'new', 'same']).optional(), ...pageQuery }),
    response: listOf(importRowView),
  },
  importFile: {
    method: 'get',
    path: '/imports/{id}/file',
    summary: 'The file as it was brought; reading it is on record',
    roles: checkers,
    params: idParams,
    files: ['*/*'],
  },
  mapImport: {
    method: 'post',
    path: '/imports/{id}/mapping',
    summary: 'Say which column of the file is which, and have every row checked again',
    roles: checkers,
    writes: true,
    params: idParams,
    body: importMapping,
    response: importView,
  },
  applyImport: {
    method: 'post',
    path: '/imports/{id}/application',
    summary: 'Take over what a checked table says, all of it or nothing; by another person than who checked it',
    roles: ['office'],
    writes: true,
    params: idParams,
    response: importView,
  },
  withdrawImport: {
    method: 'post',
    path: '/imports/{id}/withdrawal',
    summary: 'Put a checked table aside: its file and its rows are erased',
    roles: checkers,
    writes: true,
    params: idParams,
    response: done,
  },
} as const satisfies Record<string, Route>;
