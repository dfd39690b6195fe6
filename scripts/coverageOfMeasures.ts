// npm run coverage-of-measures: writes docs/measures-coverage.md from the citations in code and tests, and says which articles have none.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { articles, reasons } from './measures/articles.ts';
import { coverageOf, documentOf } from './measures/coverage.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const covered = coverageOf(root);
writeFileSync(join(root, 'docs/measures-coverage.md'), documentOf(covered));
for (const [article, about] of articles) {
  const { code, tests } = covered.get(article) ?? { code: [], tests: [] };
  const reason = reasons[article] ? ` (${reasons[article]})` : '';
  console.log(
    `${article.padEnd(5)} ${String(code.length).padStart(3)} in code ${String(tests.length).padStart(3)} in tests  ${about}${reason}`,
  );
}
