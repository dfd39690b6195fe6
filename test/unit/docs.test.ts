import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { routeGroups } from '../../api/contract/routes.ts';
import { allBodies } from '../../cases/processes.ts';
import { settingsTable } from '../../platform/config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A document, its tables without the blanks that only line them up. */
const read = (file: string): string =>
  readFileSync(join(root, file), 'utf8').replace(/^\|.*\|$/gm, (row) =>
    row.replace(/ {2,}\|/g, ' |').replace(/-{3,}/g, '---'),
  );
const escaped = (text: string): string => text.replaceAll('|', '\\|');

/** The rows of the table of settings in one language, as Markdown. */
const settingsIn = (language: 'en' | 'zh'): string[] =>
  settingsTable.map(
    (setting) =>
      `| \`${setting.name}\` | ${setting.default === '' ? '' : `\`${setting.default}\` `}| ${escaped(setting.meaning[language])} |`,
  );

const rowsAfter = (text: string, heading: string): string[] => {
  const section = text.slice(text.indexOf(heading)).split('\n\n')[1] ?? '';
  return section.split('\n').slice(2);
};

describe('the README', () => {
  test('lists exactly the settings the system reads, with their defaults', () => {
    expect(rowsAfter(read('README.md'), '## Settings\n')).toEqual(settingsIn('en'));
    expect(rowsAfter(read('README.zh-CN.md'), '## 设置\n')).toEqual(settingsIn('zh'));
  });

  test('lists the same commands in both languages', () => {
    const commands = (text: string, heading: string) =>
      rowsAfter(text, heading)
        .concat(text.slice(text.indexOf(heading)).split('\n\n')[2]?.split('\n').slice(2) ?? [])
        .flatMap((row) => /^\| `(npm [\w -]+)`/.exec(row)?.[1] ?? []);
    const english = commands(read('README.md'), '## Commands\n');
    expect(english.length).toBeGreaterThan(5);
    expect(commands(read('README.zh-CN.md'), '## 命令\n')).toEqual(english);
  });

  test('names commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read('README.md').matchAll(/\bnpm (?:run )?(start|test|[a-z]+(?:-[a-z]+)*)\b/g)];
    expect(named.length).toBeGreaterThan(0);
    for (const [, name] of named) expect(scripts).toHaveProperty([String(name)]);
  });
});

describe('the architecture', () => {
  const architecture = read('docs/architecture.md');

  test('lists every route of the API', () => {
    const rows = Object.entries(routeGroups).map(([group, routes]) => {
      const named = Object.values(routes).map(({ method, path }) => `\`${method.toUpperCase()} ${path}\``);
      return `| ${group} | ${named.join(', ')} |`;
    });
    expect(architecture.split('\n').filter((line) => rows.includes(line))).toEqual(rows);
  });

  test('lists every kind of task with its actions', () => {
    for (const [kind, actions] of Object.entries(allBodies())) {
      const row = architecture.split('\n').find((line) => line.startsWith(`| \`${kind}\``)) ?? '';
      expect(row, kind).not.toBe('');
      for (const action of Object.keys(actions)) expect(row).toContain(`\`${action}\` \`{`);
    }
  });

  test('lists every table of the database', () => {
    const tables = [...read('prisma/schema.prisma').matchAll(/@@map\("(\w+)"\)/g)].map(([, table]) => String(table));
    expect(tables.length).toBeGreaterThan(30);
    for (const table of tables) expect(architecture).toContain(`\`${table}\``);
  });
});

describe('the documents', () => {
  const documents = ['README.md', 'README.zh-CN.md', ...markdownIn('docs')];

  test.each(documents)('%s links only to what is there', (document) => {
    const links = [...read(document).matchAll(/(?<!!)\[[^\]]*\]\(([^)\s#]+)[^)]*\)/g)].map(([, target]) =>
      String(target),
    );
    for (const target of links.filter((each) => !each.includes('://'))) {
      expect(existsSync(join(root, dirname(document), target)), target).toBe(true);
    }
  });

  test.each(documents)('%s names only files that are there', (document) => {
    const named = [
      ...read(document).matchAll(
        /`((?:domain|workflows|cases|api|platform|scripts|test|web|worker|activities|forms|prisma)\/[\w/.-]+\.(?:tsx?|json|sql|prisma))`/g,
      ),
    ];
    // What the recipe says to create is the example's own.
    const files = named.map(([, file]) => String(file)).filter((file) => !/\/bulletin\w*\.ts$/.test(file));
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  });

  test('the recipe quotes the tiny process as it is', () => {
    const quotes = [...read('docs/adding-a-process.md').matchAll(/`(test\/[\w/.]+)`:\n\n```ts\n([\s\S]*?)```/g)];
    expect(quotes.length).toBe(readdirSync(join(root, 'test/support/tinyProcess')).length);
    for (const [, file, text] of quotes) expect(text).toBe(read(String(file)));
  });
});

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `${folder}/${file}`);
}
