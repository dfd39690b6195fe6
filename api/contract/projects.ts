import { z } from 'zod';
import { totalSources } from '../../domain/contractTotals.ts';
import { operationTiers } from '../../domain/operation.ts';
import { operationForm, projectForm } from '../../forms/project.ts';
import type { Route } from './route.ts';
import { amount, day, filled, gradeCode, id, idParams, personRef, reason, time, unitRef } from './shared.ts';

const operationKind = z.strictObject({
  id,
  tier: z.enum(operationTiers),
  name: z.string(),
  nameEn: z.string(),
  /** Nothing new is entered under it. */
  retired: z.boolean(),
});

const entity = z.strictObject({ id, name: z.string(), code: z.string().nullable() });

/** Marks that a reader is told of; none of them is refused. */
const notes = z.array(
  z.enum([
    ...['crossRegion', 'regionUncovered', 'regionContested', 'contractDayMissing', 'employerMissing'],
    ...['receivedAboveDue', 'agreedAboveClaimed'],
  ] as const),
);

export const projectView = z
  .strictObject({
    id,
    accountId: id,
    version: z.number().int(),
    form: projectForm,
    cancelled: z.boolean(),
    /** Past or under construction when the account was established: it never counts as subsequent (Article 12). */
    prior: z.boolean(),
    /** The total it belongs to. */
    counts: z.enum(['expected', 'concluded', 'prior', 'none']),
    employer: entity.nullable(),
    builder: unitRef.nullable(),
    place: z.strictObject({ kind: z.enum(['inside', 'outside', 'uncovered', 'contested']), units: z.array(unitRef) }),
    /** Due and not received. */
    outstandingYuan: amount.nullable(),
    notes,
    updatedAt: time,
  })
  .meta({ id: 'ProjectView' });
export type ProjectView = z.infer<typeof projectView>;

const operationView = z
  .strictObject({
    id,
    version: z.number().int(),
    form: operationForm,
    kind: operationKind,
    agreedAboveClaimed: z.boolean(),
  })
  .meta({ id: 'OperationView' });
export type OperationView = z.infer<typeof operationView>;

const values = z.record(z.string(), z.union([z.string(), z.boolean(), z.null()])).nullable();

const projectChange = z.strictObject({
  act: z.string(),
  version: z.number().int(),
  operationId: id.nullable(),
  by: personRef.nullable(),
  caseId: id.nullable(),
  at: time,
  before: values,
  after: values,
});

export const projectDetail = z
  .strictObject({
    project: projectView,
    account: z.strictObject({ id, archiveNo: z.string(), client: z.string(), state: z.string() }),
    /** Whether the reader may enter and change. */
    mayKeep: z.boolean(),
    /** The legal entities of the group that may sign. */
    entities: z.array(entity),
    operations: z.array(operationView),
    /** The latest case about who builds it (Article 7.2). */
    allocation: z.strictObject({ caseId: id, number: z.string(), state: z.string(), open: z.boolean() }).nullable(),
    kinds: z.array(operationKind),
    /** What became of it, the latest first. */
    history: z.array(projectChange),
  })
  .meta({ id: 'ProjectDetail' });
export type ProjectDetail = z.infer<typeof projectDetail>;

const accountProjects = z.strictObject({
  projects: z.array(projectView),
  mayKeep: z.boolean(),
  entities: z.array(entity),
  /** The unit that leads the account. */
  leadUnit: unitRef.nullable(),
});
export type AccountProjects = z.infer<typeof accountProjects>;

const total = z.strictObject({
  kind: z.enum(['expected', 'cumulative', 'yearly', 'prior']),
  year: z.number().int().nullable(),
  amountYuan: amount,
  source: z.enum(totalSources),
  /** The day an imported total stands for. */
  asOf: day.nullable(),
  /** What the next source says, where it says anything. */
  otherYuan: amount.nullable(),
});

export const contractTotals = z
  .strictObject({
    /** Of each kind and year the total that counts, by policy. */
    totals: z.array(total),
    /** What is held against the lines of Article 12, by policy, and whether the grade still fits it. It changes nothing by itself. */
    grade: z.strictObject({
      held: gradeCode,
      figure: z.enum(['subsequent', 'expected', 'cumulative', 'yearly']),
      amountYuan: amount,
      gives: z.enum(['company', 'branch', 'below']),
      fits: z.enum(['fits', 'below', 'above']),
      companyLineYuan: amount,
      branchLineYuan: amount,
    }),
    year: z.number().int(),
    /** What is due and not received, over all projects. */
    outstandingYuan: amount,
    /** Secondary and tertiary operations, of all years (`year` null) and of each. */
    operations: z.array(
      z.strictObject({
        year: z.number().int().nullable(),
        tier: z.enum(operationTiers),
        count: z.number().int(),
        claimedYuan: amount,
        agreedYuan: amount,
        openYuan: amount,
      }),
    ),
  })
  .meta({ id: 'ContractTotals' });
export type ContractTotals = z.infer<typeof contractTotals>;

const entered = z.strictObject({ id, version: z.number().int() });

export const projectRoutes = {
  projects: {
    method: 'get',
    path: '/accounts/{id}/projects',
    summary: 'The projects of a key account; reading them is recorded',
    params: idParams,
    response: accountProjects,
  },
  enterProject: {
    method: 'post',
    path: '/accounts/{id}/projects',
    summary: 'Enter a project of a key account',
    writes: true,
    params: idParams,
    body: projectForm,
    status: 201,
    response: entered,
  },
  exportProjects: {
    method: 'post',
    path: '/accounts/{id}/projects/export',
    summary: 'The projects of a key account as a workbook (.xlsx), in the caller’s language; audited',
    scope: 'read',
    params: idParams,
    body: z.strictObject({}),
    files: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  },
  totals: {
    method: 'get',
    path: '/accounts/{id}/contract-totals',
    summary:
      'Expected, cumulative and yearly contract totals of a key account, kept apart, and its grade held against them',
    params: idParams,
    response: contractTotals,
  },
  project: {
    method: 'get',
    path: '/projects/{id}',
    summary: 'One project with its operations and what became of it; reading it is recorded',
    params: idParams,
    response: projectDetail,
  },
  changeProject: {
    method: 'put',
    path: '/projects/{id}',
    summary: 'Replace what is entered of a project',
    ifMatch: true,
    params: idParams,
    body: projectForm,
    response: entered,
  },
  cancelProject: {
    method: 'post',
    path: '/projects/{id}/cancel',
    summary: 'A project that will not be built: it stays on record and counts nowhere',
    writes: true,
    ifMatch: true,
    params: idParams,
    body: z.strictObject({ reason }),
    response: entered,
  },
  enterOperation: {
    method: 'post',
    path: '/projects/{id}/operations',
    summary: 'Enter a secondary or tertiary operation of a project',
    writes: true,
    params: idParams,
    body: operationForm,
    status: 201,
    response: entered,
  },
  changeOperation: {
    method: 'put',
    path: '/projects/{id}/operations/{operationId}',
    summary: 'Replace an operation',
    ifMatch: true,
    params: z.strictObject({ id, operationId: id }),
    body: operationForm,
    response: entered,
  },
  operationKinds: {
    method: 'get',
    path: '/operation-kinds',
    summary: 'The kinds of secondary and tertiary operations, as the company set them',
    response: z.strictObject({ items: z.array(operationKind) }),
  },
  addOperationKind: {
    method: 'post',
    path: '/operation-kinds',
    summary: 'Add a kind of operation',
    writes: true,
    roles: ['office'],
    body: z.strictObject({ tier: z.enum(operationTiers), name: filled(40), nameEn: filled(80) }),
    status: 201,
    response: z.strictObject({ id }),
  },
  retireOperationKind: {
    method: 'post',
    path: '/operation-kinds/{id}/retire',
    summary: 'Enter nothing new under a kind of operation',
    writes: true,
    roles: ['office'],
    params: idParams,
    response: z.strictObject({ done: z.literal(true) }),
  },
} as const satisfies Record<string, Route>;
