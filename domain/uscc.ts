/** The unified social credit code 统一社会信用代码 of GB 32100-2015: 18 characters, the last of them a check. */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type UsccCheck =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly reason: 'length' | 'alphabet' | 'check' };

/** The text with full-width characters narrowed, letters capital and spaces gone, as codes are stored and compared. */
export function normaliseUscc(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200d]/g, '')
    .toUpperCase();
}

/** Checks a code as a person typed it; `code` is the normalised one. The alphabet leaves out I, O, S, V and Z. */
export function checkUscc(text: string): UsccCheck {
  const code = normaliseUscc(text);
  if (code.length !== 18) return { ok: false, reason: 'length' };
  if (!inAlphabet(code)) return { ok: false, reason: 'alphabet' };
  return usccWithCheck(code.slice(0, 17)) === code ? { ok: true, code } : { ok: false, reason: 'check' };
}

/** The code of 18 characters that begins with these 17; throws a RangeError when they are not 17 of the alphabet. */
export function usccWithCheck(first17: string): string {
  if (first17.length !== 17 || !inAlphabet(first17)) throw new RangeError('not 17 characters of GB 32100-2015');
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * ALPHABET.indexOf(first17.charAt(index)), 0);
  // The outer remainder makes a sum divisible by 31 check as `0`.
  return first17 + ALPHABET.charAt((31 - (sum % 31)) % 31);
}

function inAlphabet(text: string): boolean {
  return [...text].every((char) => ALPHABET.includes(char));
}
