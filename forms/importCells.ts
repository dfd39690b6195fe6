import { z } from 'zod';
import { isDay } from '../domain/calendar.ts';
import type { FindingCode, FindingParams } from '../domain/importFinding.ts';
import { fenFromWan } from '../domain/money.ts';
import { isRegionCode } from '../domain/region.ts';
import { regionOf } from '../domain/regionNames.ts';
import { checkUscc } from '../domain/uscc.ts';

/**
 * The cells of a table that is imported: each comes as text, and is read by one of these. What is wrong with one becomes a finding of
 * domain/importFinding.ts; `findingOf` takes it out of zod's issue again.
 */
type Refuse = (code: FindingCode, params?: FindingParams) => never;
type Reader<Value> = (text: string, refuse: Refuse) => Value;

const cell = <Value>(read: (text: string, refuse: Refuse) => Value) =>
  z.string().transform((text, ctx): Value => {
    const refused = (code: FindingCode, params: FindingParams = {}): never => {
      ctx.addIssue({ code: 'custom', message: code, params });
      return z.NEVER;
    };
    return read(text, refused as Refuse);
  });

/** A cell that must be filled. */
export const needed = <Value>(read: Reader<Value>) =>
  cell((text, refuse) => (text === '' ? refuse('missing') : read(text, refuse)));

/** A cell that may be empty, which is null. */
export const ifGiven = <Value>(read: Reader<Value>) =>
  cell((text, refuse): Value | null => (text === '' ? null : read(text, refuse)));

/** A line of text. */
export const text =
  (most: number): Reader<string> =>
  (given, refuse) => {
    if (given.length > most) return refuse('tooLong', { most });
    return /\p{Cc}/u.test(given.replace(/[\n\r\t]/g, ' ')) ? refuse('unstorable') : given;
  };

/** Several of them, parted by a comma, a semicolon, 、 or a line break. */
export const list =
  (most: number): Reader<readonly string[]> =>
  (given, refuse) =>
    given
      .split(/[,，;；、\n]/)
      .map((each) => each.trim())
      .filter((each) => each !== '')
      .map((each) => text(most)(each, refuse));

/** A unified social credit code, normalised. */
export const usccCell: Reader<string> = (given, refuse) => {
  const read = checkUscc(given);
  return read.ok ? read.code : refuse('badUscc', { reason: read.reason });
};

/** 万元, as fen. */
export const wanCell: Reader<bigint> = (given, refuse) => {
  const plain = given
    .normalize('NFKC')
    .replace(/[,\s]/g, '')
    .replace(/万元?$/, '');
  const read = fenFromWan(plain);
  return read.ok ? read.fen : refuse('badAmount', { reason: read.reason });
};

/** A day, in any of the ways they are written here, as `YYYY-MM-DD`. */
export const dayCell: Reader<string> = (given, refuse) => {
  const match = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(given.normalize('NFKC'));
  const [, year, month, date, shortMonth, shortDate] = match ?? [];
  const day = `${year}-${(month ?? shortMonth ?? '').padStart(2, '0')}-${(date ?? shortDate ?? '').padStart(2, '0')}`;
  return match && isDay(day) ? day : refuse('badDay');
};

/** A six-digit code of GB/T 2260. */
export const regionCell: Reader<string> = (given, refuse) =>
  isRegionCode(given) && regionOf(given) ? given : refuse('badRegion');

/** One of a few words, each with what people write for it; the first two, Chinese and English, are told where another was written. */
export const choice =
  <Code extends string>(words: Readonly<Record<Code, readonly string[]>>): Reader<Code> =>
  (given, refuse) => {
    const plain = given.normalize('NFKC').toLowerCase().trim();
    const all = Object.entries(words) as [Code, readonly string[]][];
    const found = all.find(([code, spellings]) => [code.toLowerCase(), ...spellings].includes(plain));
    return found
      ? found[0]
      : refuse('badChoice', { allowed: all.map(([, spellings]) => spellings.slice(0, 2).join(' ')).join(' / ') });
  };

/** What zod found wrong with a row, as a finding. */
export function findingOf(issue: z.core.$ZodIssue) {
  const params = (issue.code === 'custom' ? issue.params : undefined) as FindingParams | undefined;
  return {
    column: issue.path.length > 0 ? String(issue.path[0]) : null,
    code: (issue.code === 'custom' ? issue.message : 'missing') as FindingCode,
    params: params ?? {},
  };
}
