import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { articles, reasons } from './articles.ts';
import { type Citation, citationsInCode, citationsInTest } from './citations.ts';

const ROOMS = ['domain', 'forms', 'workflows', 'cases', 'activities', 'api', 'worker', 'platform', 'web'];
const TESTS = ['test/unit', 'test/integration', 'test/workflow', 'test/browser', 'test/kill', 'test/replay'];

export type Covered = { readonly code: readonly Citation[]; readonly tests: readonly Citation[] };

/** Every citation of an article under a folder of the product, by article. */
export function coverageOf(root: string): ReadonlyMap<string, Covered> {
  const code = ROOMS.flatMap((folder) => filesOf(root, folder)).flatMap((file) =>
    citationsInCode(file, textOf(root, file)),
  );
  const tests = TESTS.flatMap((folder) => filesOf(root, folder)).flatMap((file) =>
    citationsInTest(file, textOf(root, file)),
  );
  const known = new Set<string>(articles.map(([article]) => article));
  const of = (citations: readonly Citation[], article: string) => citations.filter((each) => each.article === article);
  const named = [...code, ...tests].map(({ article }) => article);
  return new Map(
    [...new Set([...known, ...named])].map((article) => [
      article,
      { code: of(code, article), tests: of(tests, article) },
    ]),
  );
}

const textOf = (root: string, file: string): string => readFileSync(join(root, file), 'utf8');

function filesOf(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/^(dist|node_modules)\//.test(file))
    .map((file) => `${folder}/${file}`)
    .sort();
}

/** The document: article, code, tests. */
export function documentOf(covered: ReadonlyMap<string, Covered>): string {
  const sections = articles.map(([article, about]) => {
    const { code = [], tests = [] } = covered.get(article) ?? {};
    const reason = reasons[article];
    return [
      `## Article ${article}: ${about}`,
      ...(reason ? [reason] : []),
      ...(code.length > 0 ? [`Code:\n\n${byFile(code, (place) => `\`${place}\``)}`] : []),
      ...(tests.length > 0 ? [`Tests:\n\n${byFile(tests, (place) => `“${place}”`)}`] : []),
    ].join('\n\n');
  });
  return `${HEAD}\n\n${sections.join('\n\n')}\n`;
}

function byFile(citations: readonly Citation[], said: (place: string) => string): string {
  const files = new Map<string, Set<string>>();
  for (const { file, place } of citations) files.set(file, (files.get(file) ?? new Set()).add(place));
  return [...files]
    .map(([file, places]) => `- \`${file}\`: ${[...places].filter(Boolean).map(said).join(', ')}`)
    .join('\n')
    .replaceAll(/: $/gm, '');
}

const HEAD = `# The Measures, in code and in tests

Which code carries out which article of the Measures 《大客户管理办法》, and which tests hold it. Made by \`npm run coverage-of-measures\` from what code and tests
say themselves: where an article is named, there it is carried out or held. Nothing here is written by hand but the titles and the reasons (\`scripts/measures/articles.ts\`).`;
