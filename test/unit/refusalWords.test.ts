import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { wordsOf } from '../../api/language.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = execFileSync('git', ['ls-files', 'cases/*.ts', 'api/*.ts', 'api/**/*.ts'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const param = /(?<!readonly )\b(?:why|needed): '([^']+)'/g;

test('what a refusal says why, and who is needed, is a code with words in both languages (api/language.ts)', () => {
  const unworded = sources.flatMap(({ path, text }) =>
    [...text.matchAll(param)]
      .filter(([, codes = '']) => /\p{Script=Han}/u.test(wordsOf(codes, 'en')))
      .map(([found]) => `${path}: ${found}`),
  );
  expect(unworded).toEqual([]);
});

test('codes are worded one by one, and what stands beside them is kept', () => {
  expect(wordsOf('submitter, unitHead', 'zh')).toBe('经办人、单位负责人');
  expect(wordsOf('seatNotFree seat-3', 'en')).toBe('the seat is neither vacant nor recused seat-3');
});
