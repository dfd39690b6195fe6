import { z } from 'zod';
import { filled, day as formDay } from '../../forms/fields.ts';

export {
  amount,
  filled,
  gradeCode,
  longText,
  shortText,
  uscc,
} from '../../forms/fields.ts';

/** The words every resource of the API shares. Ids are opaque; times are ISO 8601 with zone; days are `YYYY-MM-DD`. */
export const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,63}$/)
  .meta({ id: 'Id', description: 'Opaque id' });

/** Years 1000–2999: what PostgreSQL and JavaScript both count alike. */
export const day = formDay.regex(/^[12]\d{3}/);
export const time = z.iso
  .datetime({ offset: true })
  .regex(/^[12]\d{3}/)
  .meta({ id: 'Time' });
export const reason = filled(2000);

export const personRef = z.strictObject({ id, name: z.string(), nameEn: z.string() }).meta({ id: 'PersonRef' });
export const unitRef = z.strictObject({ id, name: z.string(), nameEn: z.string() }).meta({ id: 'UnitRef' });
export type PersonRef = z.infer<typeof personRef>;
export type UnitRef = z.infer<typeof unitRef>;

/** Keyset pagination: `cursor` is the `nextCursor` of the page before. */
export const pageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export type Page<T> = { items: T[]; nextCursor: string | null };

export const listOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });

export const idParams = z.strictObject({ id });
export const done = z.strictObject({ done: z.literal(true) });

/**
 * What a write leaves: the case's last sequence number. `settled` says whether the process had walked past it when the
 * answer was sent; without `Prefer: wait` it is not waited for.
 */
export const receipt = z
  .strictObject({
    caseId: id,
    taskId: id.nullable(),
    seq: z.number().int(),
    outcome: z.string().nullable(),
    settled: z.boolean(),
  })
  .meta({ id: 'Receipt' });
export type ReceiptView = z.infer<typeof receipt>;

/** RFC 9457, with the article it rests on, the field it is about, and for several faults at once one entry each. */
export const problem = z
  .strictObject({
    type: z.string(),
    code: z.string(),
    title: z.string(),
    detail: z.string(),
    status: z.number().int(),
    article: z.string().optional(),
    field: z.string().optional(),
    /** What people call the field, in the language of the answer. */
    fieldName: z.string().optional(),
    retry: z.boolean().optional(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    faults: z
      .array(
        z.strictObject({
          code: z.string(),
          field: z.string().optional(),
          fieldName: z.string().optional(),
          detail: z.string(),
        }),
      )
      .optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
