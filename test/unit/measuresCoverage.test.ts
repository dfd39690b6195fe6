import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { articles, reasons } from '../../scripts/measures/articles.ts';
import { articlesIn } from '../../scripts/measures/citations.ts';
import { coverageOf, documentOf } from '../../scripts/measures/coverage.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const covered = coverageOf(root);
const listed = articles.map(([article]) => article as string);

test('docs/measures-coverage.md is what code and tests say now; else npm run coverage-of-measures', () => {
  expect(readFileSync(`${root}/docs/measures-coverage.md`, 'utf8')).toBe(documentOf(covered));
});

test('every article of the Measures is there, in order, and code and tests name no other', () => {
  const numbers = listed.map((article) => Number(article.split('.')[0]));
  expect([...new Set(numbers)]).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  // An article in parts may be named as a whole.
  const wholes = new Set(numbers.map(String));
  expect([...covered.keys()].filter((article) => !listed.includes(article) && !wholes.has(article))).toEqual([]);
});

test('an article that nothing carries out says why; one that is carried out is held by a test', () => {
  for (const [article] of articles) {
    const { code = [], tests = [] } = covered.get(article) ?? {};
    if (code.length === 0) expect(reasons[article], article).toBeDefined();
    else expect(tests.length, article).toBeGreaterThan(0);
  }
});

test('an article is known in English, as a field and in Chinese', () => {
  expect(articlesIn('// Articles 4.6, 7.1 and 12: …')).toEqual(['4.6', '7.1', '12']);
  expect(articlesIn("article: '7.3', // (Article 7.3)")).toEqual(['7.3']);
  expect(articlesIn('（办法第七条第三款）、办法第十二条、第一条意见')).toEqual(['7.3', '12']);
  expect(articlesIn('the article of a newspaper')).toEqual([]);
});
