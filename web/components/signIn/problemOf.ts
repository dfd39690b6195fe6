import { describeError, type ErrorCode, errorCodes } from '../../../domain/errors.ts';
import { Problem } from '../../api/problem.ts';

/** What a provider's way back was refused with stands in the address by its code; null where there is none. */
export function problemOf(code: string | null, language: string): Problem | null {
  if (code === null || !(errorCodes as readonly string[]).includes(code)) return null;
  const { status, text } = describeError(code as ErrorCode, {}, language === 'en' ? 'en' : 'zh');
  return new Problem(status, { code, detail: text });
}
