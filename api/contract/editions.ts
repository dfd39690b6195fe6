import { z } from 'zod';
import { changeKinds, editionParts, struckReasons } from '../../domain/edition.ts';
import type { Route } from './route.ts';
import { day, gradeCode, id, idParams, listOf, pageQuery, personRef, time } from './shared.ts';

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DOCUMENT = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const count = z.number().int();
const part = z.enum(editionParts);

/** What a case that publishes the list is about; the edition itself is read from `/editions/{id}`, by the case's id. */
export const publicationMatter = z.strictObject({ process: z.literal('publication') });

const editionSummary = z
  .strictObject({
    caseId: id,
    caseNumber: z.string(),
    /** Null until it is published: it is numbered as it is signed. */
    number: count.nullable(),
    /** The dictionary key of where its case stands. */
    stateKey: z.string(),
    cutoffAt: time,
    publishedAt: time.nullable(),
    /** The number of the edition it corrects, and of the newest one that corrects it. */
    corrects: count.nullable(),
    correctedBy: count.nullable(),
    /** Lines that stand, and those that are struck out. */
    lines: z.strictObject({ company: count, branch: count, struck: count }),
    /** How many accounts the edition before it had otherwise. */
    changes: z.strictObject({ new: count, changed: count, gone: count }),
  })
  .meta({ id: 'EditionSummary' });
export type EditionSummary = z.infer<typeof editionSummary>;

const holderNames = z.strictObject({ unitName: z.string(), managerName: z.string().nullable() });

/** One account as it stood at the cut-off. */
const editionLine = z.strictObject({
  accountId: id,
  part,
  /** Its number among the lines of its part that stand; null where it is struck out. */
  ord: count.nullable(),
  archiveNo: z.string(),
  clientName: z.string(),
  managedBy: gradeCode,
  ...holderNames.shape,
  coHolders: z.array(holderNames),
  establishedOn: day,
  /** Null while it stands; where there is a reason and no time, it is struck out as the edition is signed. */
  struckAt: time.nullable(),
  struckWhy: z.enum(struckReasons).nullable(),
  change: z.enum(['new', 'changed', 'same']),
  /** What it rests on: the case that established it, by a link where the reader may read it, or the document it was taken over with. */
  basis: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('case'), number: z.string(), caseId: id.nullable() }),
    z.strictObject({ kind: z.literal('document'), document: z.string(), body: z.string(), decidedOn: day }),
    z.strictObject({ kind: z.literal('unknown') }),
  ]),
});
export type EditionLineView = z.infer<typeof editionLine>;

const editionChange = z.strictObject({
  accountId: id,
  part,
  archiveNo: z.string(),
  clientName: z.string(),
  change: z.enum(changeKinds),
  /** What changed, as it was in the edition before and as it is: names, and codes of grades. */
  fields: z.array(z.strictObject({ field: z.string(), was: z.string(), is: z.string() })),
});

export const editionView = z
  .strictObject({
    ...editionSummary.shape,
    /** Begun by the calendar. */
    scheduled: z.boolean(),
    noticeNo: z.string().nullable(),
    readers: z.string().nullable(),
    secrecyLevel: z.string().nullable(),
    secrecyTerm: z.string().nullable(),
    signedBy: personRef.nullable(),
    /** SHA-256 over every field and line, in hexadecimal, and that of the edition before. */
    hash: z.string().nullable(),
    previousHash: z.string().nullable(),
    /** The number of the edition it is compared with; null for the first. */
    comparedWith: count.nullable(),
    /** How the committee decided each part; the votes are told to who reads the case. */
    ballots: z.array(
      z.strictObject({
        part,
        outcome: z.string(),
        closedAt: time.nullable(),
        for: count.nullable(),
        against: count.nullable(),
        abstain: count.nullable(),
      }),
    ),
    items: z.array(editionLine),
    differences: z.array(editionChange),
    /** Whether the reader may open its case. */
    readsCase: z.boolean(),
  })
  .meta({ id: 'EditionView' });
export type EditionView = z.infer<typeof editionView>;

export const editionList = z.strictObject({
  ...listOf(editionSummary).shape,
  /** The edition that is being prepared, for the office, the committee and the auditor. */
  open: editionSummary.nullable(),
  mayBegin: z.boolean(),
});
export type EditionList = z.infer<typeof editionList>;

const nextEdition = z
  .strictObject({
    /** The number that an edition signed next would get, and that of the one it is compared with; null where there is none. */
    number: count,
    comparedWith: count.nullable(),
    /** Lines it would have. */
    lines: z.strictObject({ company: count, branch: count, struck: count }),
    changes: z.strictObject({ new: count, changed: count, gone: count }),
    differences: z.array(editionChange),
    /** From which day on the calendar begins it by itself; null for the first, which it begins on the first of the coming month. */
    dueOn: day.nullable(),
    /** What its notice is begun with, from the last one. */
    readers: z.string().nullable(),
    secrecyLevel: z.string().nullable(),
    secrecyTerm: z.string().nullable(),
  })
  .meta({ id: 'NextEdition' });
export type NextEdition = z.infer<typeof nextEdition>;

/** 大客户名单 (Articles 4.6, 8): its editions, published and in preparation. */
export const editionRoutes = {
  editions: {
    method: 'get',
    path: '/editions',
    summary: 'The published editions of the list, the newest first, and the one in preparation for who may see it',
    query: z.strictObject({ ...pageQuery }),
    response: editionList,
  },
  begin: {
    method: 'post',
    path: '/editions',
    summary: 'Begin an edition of the list, or one that corrects another; one is prepared at a time',
    roles: ['office'],
    writes: true,
    body: z.strictObject({ corrects: z.number().int().min(1).max(1_000_000).optional() }),
    status: 201,
    response: z.strictObject({ caseId: id }),
  },
  next: {
    method: 'get',
    path: '/editions/next',
    summary: 'What an edition begun now would have otherwise than the last one, and what its notice begins with',
    roles: ['office'],
    response: nextEdition,
  },
  workbook: {
    method: 'get',
    path: '/editions/{id}.xlsx',
    summary: 'An edition as a workbook (.xlsx), by its number or its case; audited',
    params: idParams,
    files: [WORKBOOK],
  },
  notice: {
    method: 'get',
    path: '/editions/{id}.docx',
    summary: 'The notice that publishes an edition, with the list as its annex (.docx); audited',
    params: idParams,
    files: [DOCUMENT],
  },
  edition: {
    method: 'get',
    path: '/editions/{id}',
    summary: 'One edition by its number, for everybody; before it is published by its case, for who reads that',
    params: idParams,
    response: editionView,
  },
} as const satisfies Record<string, Route>;
