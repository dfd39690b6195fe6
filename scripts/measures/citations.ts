/** A place in the code or in a test that names an article of the Measures. */
export type Citation = { readonly article: string; readonly file: string; readonly place: string };

const ENGLISH = /\bArticles? ((?:\d+(?:\.\d)?)(?:(?:, | and | or )\d+(?:\.\d)?)*)/g;
const FIELD = /\barticle: '(\d+(?:\.\d)?)'/g;
const CHINESE = /办法第([一二三四五六七八九十]+)条(?:第([一二三四五六七八九])款)?/g;
const DIGITS = '〇一二三四五六七八九';

/** The articles a line names, as `7.3`. */
export function articlesIn(line: string): string[] {
  const named = [
    ...[...line.matchAll(ENGLISH)].flatMap(([, list = '']) => list.split(/, | and | or /)),
    ...[...line.matchAll(FIELD)].map(([, article = '']) => article),
    ...[...line.matchAll(CHINESE)].map(
      ([, article = '', part]) => `${numberOf(article)}${part ? `.${numberOf(part)}` : ''}`,
    ),
  ];
  return [...new Set(named)];
}

/** 一 to 十九. */
function numberOf(text: string): number {
  const [tens, ones] = text.includes('十') ? [1, text.slice(text.indexOf('十') + 1)] : [0, text];
  return tens * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones));
}

const DECLARED = /^(?:export )?(?:default )?(?:async )?(?:function|const|class|type|interface) (\w+)/;
const COMMENT = /^\s*(?:\/\*\*|\/\/|\*)/;
const TEST = /^\s*(?:test|describe)\b[^'`]*(?:\(|$)/;
const TITLE = /['`]((?:[^'`\\]|\\.)+)['`]/;

/** What of a program's file names which article: by the declaration that it stands in, or above. */
export function citationsInCode(file: string, text: string): Citation[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) =>
    articlesIn(line).map((article) => ({ article, file, place: declarationAt(lines, at) })),
  );
}

function declarationAt(lines: readonly string[], at: number): string {
  let below = at;
  while (COMMENT.test(lines[below] ?? '')) below += 1;
  const next = DECLARED.exec(lines[below] ?? '');
  if (next) return next[1] ?? '';
  for (let above = at; above >= 0; above -= 1) {
    const found = DECLARED.exec(lines[above] ?? '');
    if (found) return found[1] ?? '';
  }
  return '';
}

/** What of a test file names which article: by the test that it stands in, or above. */
export function citationsInTest(file: string, text: string): Citation[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => articlesIn(line).map((article) => ({ article, file, place: testAt(lines, at) })));
}

function testAt(lines: readonly string[], at: number): string {
  let below = at;
  while (COMMENT.test(lines[below] ?? '')) below += 1;
  for (let above = below; above >= 0; above -= 1)
    if (TEST.test(lines[above] ?? '')) {
      const title = lines.slice(above, above + 12).flatMap((line) => TITLE.exec(line)?.[1] ?? []);
      return title.find((each) => each.includes(' ')) ?? title[0] ?? '';
    }
  return '';
}
