import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RecommendationForm } from '../../api/contract/recommendationForm.ts';
import { usccWithCheck } from '../../domain/uscc.ts';

const folder = new URL('../../examples/', import.meta.url);
const NAME = '云澜';
const CODE = /91\d{6}[0-9A-HJ-NPQRTUWXY]{10}/g;
const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const NAME_ALPHABET = '启衡澄岚远瀚嘉泰恒昌瑞丰景明盛安和润德信诚宁朗川泽鸿达锦晟卓凌霄翠屏松涛映辉';

/**
 * The example's recommendation with a client nobody has recommended yet: its name and every code are new in each run, or drawn by `draw`,
 * which gives a whole number below another.
 */
export async function exampleForm(draw: (below: number) => number = randomInt): Promise<RecommendationForm> {
  const text = await readFile(new URL('recommendation.json', folder), 'utf8');
  const name = letters(NAME_ALPHABET, 4, draw);
  const codes = new Map<string, string>();
  const fresh = (code: string): string => {
    const known = codes.get(code) ?? freshCode(code.slice(0, 8), draw);
    codes.set(code, known);
    return known;
  };
  return JSON.parse(text.replaceAll(NAME, name).replace(CODE, fresh)) as RecommendationForm;
}

/** A credit code that begins with these eight characters and is new, or drawn by `draw`. */
export const freshCode = (start: string, draw: (below: number) => number = randomInt): string =>
  usccWithCheck(start + letters(CODE_ALPHABET, 9, draw));

/** The files a form names as evidence, and the letter of intent, each once. */
export function filesOf(form: RecommendationForm): { readonly name: string; readonly purpose: string }[] {
  const evidence = Object.values(form.evaluation).flatMap((judgement) => judgement.evidence);
  const names = new Set([...evidence, form.intent.file]);
  return [...names].map((name) => ({ name, purpose: name === form.intent.file ? 'intent' : 'evidence' }));
}

/** A file of `examples/`. */
export const exampleFile = (name: string): Promise<Buffer> => readFile(new URL(encodeURIComponent(name), folder));

const letters = (alphabet: string, length: number, draw: (below: number) => number): string =>
  Array.from({ length }, () => alphabet.charAt(draw(alphabet.length))).join('');
