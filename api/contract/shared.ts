import { z } from 'zod';
import { fenFromYuan } from '../../domain/money.ts';
import { checkUscc, normaliseUscc } from '../../domain/uscc.ts';

/** The words every resource of the API shares. Ids are opaque; times are ISO 8601 with zone; days are `YYYY-MM-DD`. */
export const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_:.-]{0,63}$/)
  .meta({ id: 'Id', description: 'Opaque id' });

export const time = z.iso.datetime({ offset: true }).meta({ id: 'Time' });
export const day = z.iso.date().meta({ id: 'Day' });
export const shortText = z.string().trim().max(200);
export const longText = z.string().trim().max(4000);
export const reason = z.string().trim().min(1).max(2000);

/** An amount of yuan, tax-inclusive, with two decimals: not negative, at most 10^16 fen. */
export const amount = z
  .string()
  .check((ctx) => {
    const read = fenFromYuan(ctx.value);
    if (!read.ok) refuse(ctx, 'badAmount', read.reason);
    else if (!/^\d+\.\d{2}$/.test(ctx.value)) refuse(ctx, 'badAmount', 'twoDecimals');
  })
  .meta({ id: 'Amount', description: 'Yuan with two decimals, tax-inclusive', pattern: '^\\d{1,15}\\.\\d{2}$' });

/** 统一社会信用代码 (GB 32100-2015): width, case and spaces are normalised first. */
export const uscc = z
  .string()
  .overwrite(normaliseUscc)
  .check((ctx) => {
    const read = checkUscc(ctx.value);
    if (!read.ok) refuse(ctx, 'badUscc', read.reason);
  })
  .meta({ id: 'Uscc', description: 'Unified social credit code, 18 characters', pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' });

/** A six-digit code of GB/T 2260. */
export const regionCode = z
  .string()
  .regex(/^[1-9]\d{5}$/)
  .meta({ id: 'RegionCode' });

export const gradeCode = z.enum(['company', 'branch']).meta({ id: 'Grade' });
export const language = z.enum(['zh', 'en']);

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
    retry: z.boolean().optional(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    faults: z.array(z.strictObject({ code: z.string(), field: z.string().optional(), detail: z.string() })).optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

/** The codes of domain/errors.ts that a field's own check can give. */
export type FieldCode = 'badUscc' | 'badAmount' | 'reasonRequired' | 'invalid';

/** Refuses a value with a code of its own; `api/problems.ts` turns it into that problem. */
export function refuse(ctx: z.core.ParsePayload<unknown>, code: FieldCode, why: string, path: string[] = []): void {
  ctx.issues.push({ code: 'custom', input: ctx.value, path, message: why, params: { code, reason: why } });
}
