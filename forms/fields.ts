import { z } from 'zod';
import { fenFromYuan } from '../domain/money.ts';
import { checkUscc, normaliseUscc } from '../domain/uscc.ts';

/** The fields forms are made of, each well formed by itself. The API's contract and the decisions' bodies share them. */
export const day = z.iso.date().meta({ id: 'Day' });

/** Text as people write it: trimmed, line breaks and tabs allowed, other control characters (PostgreSQL stores no NUL) refused. */
const text = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((value) => !hasControlCharacter(value), 'no control characters');

const hasControlCharacter = (value: string): boolean =>
  [...value].some((character) => character < ' ' && !'\n\r\t'.includes(character));

export const shortText = text(0, 200);
export const longText = text(0, 4000);
/** A text that must not be empty. */
export const filled = (max: number) => text(1, max);

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

/** The codes of domain/errors.ts that a field's own check can give. */
export type FieldCode = 'badUscc' | 'badAmount' | 'reasonRequired' | 'invalid';

/** Refuses a value with a code of its own; `api/problems.ts` turns it into that problem. */
export function refuse(ctx: z.core.ParsePayload<unknown>, code: FieldCode, why: string, path: string[] = []): void {
  ctx.issues.push({ code: 'custom', input: ctx.value, path, message: why, params: { code, reason: why } });
}
