import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { stateInWords, wordsOf } from '../../api/language.ts';
import { recommendation } from '../../domain/recommendation.ts';
import en from '../../web/locales/en.json' with { type: 'json' };
import zh from '../../web/locales/zh-CN.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));
const textsOf = (...patterns: string[]) =>
  execFileSync('git', ['ls-files', ...patterns], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const sources = textsOf('cases/*.ts', 'api/*.ts', 'api/**/*.ts');
const rules = textsOf('domain/policy.ts', 'domain/calendar.ts');
const coded = /DomainError\([^;]*?\b(?:why|needed|reason): '([^']+)'/g;
/** How `domain/` says why a value of a policy or a calendar is refused. */
const codedInDomain = /\brefused?\([^()]*, '([^']+)'\)/g;
const unworded = ({ path, text }: { path: string; text: string }, param: RegExp) =>
  [...text.matchAll(param)]
    .filter(
      ([, codes = '']) => !/\p{Script=Han}/u.test(wordsOf(codes, 'zh')) || /\p{Script=Han}/u.test(wordsOf(codes, 'en')),
    )
    .map(([found]) => `${path}: ${found}`);

test('what a refusal says why, and who is needed, is a code with words in both languages (api/language.ts)', () => {
  expect(sources.flatMap((source) => unworded(source, coded))).toEqual([]);
  expect(rules.flatMap((source) => unworded(source, codedInDomain))).toEqual([]);
});

test('codes are worded one by one, and what stands beside them is kept', () => {
  expect(wordsOf('submitter, unitHead', 'zh')).toBe('经办人、单位负责人');
  expect(wordsOf('seatNotFree seat-3', 'en')).toBe('the seat is neither vacant nor recused seat-3');
});

test('a refusal names a state as the console does', () => {
  for (const [language, words] of Object.entries({ zh, en }) as ['zh' | 'en', Record<string, string>][])
    for (const [state, { zhKey }] of Object.entries(recommendation.states))
      expect(stateInWords(state, language), state).toBe(words[zhKey]);
});
