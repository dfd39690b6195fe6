/**
 * What a password must be (系统默认, after NIST SP 800-63B-4): long, not common, not the login. No composition rules and no change by
 * the calendar, which make passwords worse.
 */

/** A password that is the only factor; counted in characters, so a Chinese sentence counts as many. */
export const PASSWORD_LEAST = 15;
export const PASSWORD_MOST = 128;
/** So many passwords before the present one are not taken again. */
export const PASSWORDS_REMEMBERED = 8;

export type PasswordFault = 'passwordShort' | 'passwordLong' | 'passwordHasLogin' | 'passwordCommon';

/** What speaks against a password; null when nothing does. `isCommon` says whether a word, in small letters, is widely used. */
export function passwordFault(
  password: string,
  login: string,
  isCommon: (word: string) => boolean,
): PasswordFault | null {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  if (length < PASSWORD_LEAST) return 'passwordShort';
  if (length > PASSWORD_MOST) return 'passwordLong';
  const folded = text.toLowerCase();
  if (login.length >= 4 && folded.includes(login.toLowerCase())) return 'passwordHasLogin';
  return commonWords(folded, isCommon) <= WORDS_TOO_FEW ? 'passwordCommon' : null;
}

/** One or two widely used words, runs or repetitions, however they are padded with figures and signs, are soon guessed. */
const WORDS_TOO_FEW = 2;
const LONGEST_WORD = 40;
const SHORTEST_WORD = 3;
const PADDING = /^(\d{1,4}|[^\p{L}\p{N}]{1,3})$/u;

/** Of how many common words the text is made, padding not counted; Infinity where something else stands between them. */
function commonWords(text: string, isCommon: (word: string) => boolean): number {
  const fewest = Array<number>(text.length + 1).fill(Number.POSITIVE_INFINITY);
  fewest[0] = 0;
  for (let end = 1; end <= text.length; end++) {
    for (let start = Math.max(0, end - LONGEST_WORD); start < end; start++) {
      const before = fewest[start] as number;
      if (before >= (fewest[end] as number)) continue;
      const piece = text.slice(start, end);
      const cost = PADDING.test(piece) ? 0 : isWeak(piece, isCommon) ? 1 : Number.POSITIVE_INFINITY;
      fewest[end] = Math.min(fewest[end] as number, before + cost);
    }
  }
  return fewest[text.length] as number;
}

const isWeak = (piece: string, isCommon: (word: string) => boolean): boolean =>
  piece.length >= SHORTEST_WORD && (isCommon(piece) || isRun(piece) || isRepeated(piece, isCommon));

/** `aaaa`, `1234`, `zyxw`. */
function isRun(piece: string): boolean {
  const step = piece.charCodeAt(1) - piece.charCodeAt(0);
  if (Math.abs(step) > 1) return false;
  for (let at = 1; at < piece.length; at++) if (piece.charCodeAt(at) - piece.charCodeAt(at - 1) !== step) return false;
  return true;
}

/** `passwordpassword`, `abcabcabc`, `121212`. */
function isRepeated(piece: string, isCommon: (word: string) => boolean): boolean {
  for (let length = 2; length <= piece.length / 2; length++) {
    if (piece.length % length !== 0) continue;
    const word = piece.slice(0, length);
    if (word.repeat(piece.length / length) === piece) return length <= 4 || isCommon(word);
  }
  return false;
}
