import { z } from 'zod';
import { operationStates } from '../domain/operation.ts';
import { type ProjectStage, projectStages, projectStates } from '../domain/project.ts';
import { amount, day, filled, longText, regionCode, shortText } from './fields.ts';

/** Years 1000–2999: what PostgreSQL and JavaScript both count alike. */
const someDay = day
  .regex(/^[12]\d{3}/)
  .nullable()
  .default(null);
const ref = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,63}$/)
  .nullable()
  .default(null);

export const projectId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,63}$/);

/** A project as a person enters it (annex 2). What is left out is not known. */
export const projectForm = z
  .strictObject({
    name: filled(200),
    state: z.enum(projectStates),
    stage: z
      .enum(projectStages as readonly [ProjectStage, ...ProjectStage[]])
      .nullable()
      .default(null),
    regionCode,
    /** The legal entity of the group that signs. */
    employerId: ref,
    /** The unit that builds; of an upcoming project that is for Article 7.2 to say. */
    builderUnitId: ref,
    amountYuan: amount,
    countsTowardGrade: z.boolean().default(true),
    contractForm: shortText.default(''),
    bidding: shortText.default(''),
    /** The month in which the tender is expected, `YYYY-MM`. */
    expectedTender: z
      .string()
      .regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/)
      .nullable()
      .default(null),
    contractedOn: someDay,
    plannedOn: someDay,
    startedOn: someDay,
    finishedOn: someDay,
    receivableYuan: amount.nullable().default(null),
    receivedYuan: amount.nullable().default(null),
    note: longText.default(''),
  })
  .meta({ id: 'ProjectForm' });
export type ProjectForm = z.infer<typeof projectForm>;

/** A secondary or tertiary operation of a project (Article 6.4). */
export const operationForm = z
  .strictObject({
    kindId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,63}$/),
    state: z.enum(operationStates),
    claimedYuan: amount,
    agreedYuan: amount.nullable().default(null),
    on: day.regex(/^[12]\d{3}/),
    note: longText.default(''),
  })
  .meta({ id: 'OperationForm' });
export type OperationForm = z.infer<typeof operationForm>;
