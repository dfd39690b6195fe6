import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createDescription } from '../../api/description.ts';
import { fieldInWords } from '../../api/fieldWords.ts';
import { problemOf } from '../../api/problems.ts';
import { policyDefinitions } from '../../domain/policy.ts';
import en from '../../web/locales/en.json' with { type: 'json' };
import zh from '../../web/locales/zh-CN.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));
const isWorded = (path: string) =>
  /\p{Script=Han}/u.test(fieldInWords(path, 'zh')) && !/\p{Script=Han}/u.test(fieldInWords(path, 'en'));

type Schema = Readonly<Record<string, unknown>> & { readonly properties?: Readonly<Record<string, Schema>> };

/** The paths of every field that a request may have: its parameters, and what its body holds at any depth. */
function fieldPaths(): Set<string> {
  const description = createDescription();
  const components = description.components?.schemas as Readonly<Record<string, Schema>>;
  const found = new Set<string>();
  const look = (schema: Schema, path: string, above: readonly Schema[]): void => {
    if (above.includes(schema)) return;
    const within = [...above, schema];
    if (typeof schema.$ref === 'string') look(components[schema.$ref.split('/').at(-1) ?? ''] ?? {}, path, within);
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      found.add(path + name);
      look(property, `${path}${name}.`, within);
    }
    if (typeof schema.items === 'object') look(schema.items as Schema, `${path}0.`, within);
    for (const kind of ['anyOf', 'oneOf', 'allOf'])
      for (const each of (schema[kind] ?? []) as Schema[]) look(each, path, within);
  };
  for (const operations of Object.values(description.paths ?? {}))
    for (const operation of Object.values(operations as object) as {
      parameters?: { in: string; name: string }[];
      requestBody?: { content: Record<string, { schema: Schema }> };
    }[]) {
      for (const { in: where, name } of operation.parameters ?? []) if (where !== 'header') found.add(name);
      for (const { schema } of Object.values(operation.requestBody?.content ?? {})) look(schema, '', []);
    }
  return found;
}

test('every field that a refusal can be about has words in both languages', () => {
  const paths = fieldPaths();
  expect(paths.size).toBeGreaterThan(150);
  expect([...paths].filter((path) => !isWorded(path))).toEqual([]);
  expect(Object.keys(policyDefinitions).filter((key) => !isWorded(key))).toEqual([]);
});

test('every field that the code itself refuses by name has words in both languages', () => {
  const sources = execFileSync('git', ['ls-files', 'api', 'cases', 'domain/policy.ts', 'domain/calendar.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const fields = sources
    .trim()
    .split('\n')
    .flatMap((path) => [...readFileSync(join(root, path), 'utf8').matchAll(/\bfield: '([^']+)'/g)])
    .map(([, field = '']) => field)
    .filter((field) => !/^[A-Z]/.test(field));
  expect(fields.length).toBeGreaterThan(20);
  expect(fields.filter((field) => !isWorded(field))).toEqual([]);
});

test('a field of the form is called in refusals as the form calls it', () => {
  for (const [language, words] of Object.entries({ zh, en }) as ['zh' | 'en', Record<string, string>][])
    for (const [key, word] of Object.entries(words))
      if (key.startsWith('f.')) expect(fieldInWords(key.slice(2), language)).toBe(word);
});

test('the place in a list, the criterion, and several fields at once are said in words', () => {
  expect(fieldInWords('form.projects.1.amountYuan', 'zh')).toBe('项目 2 · 合同额（含税）');
  expect(fieldInWords('client.territory.0', 'zh')).toBe('业务区域 1');
  expect(fieldInWords('evaluation.goodCredit.text', 'en')).toBe('Good credit · Explanation');
  expect(fieldInWords('client.name, intent.file', 'zh')).toBe('单位名称、意向文件');
  expect(problemOf({ code: 'invalid', params: { field: 'effectiveFrom', reason: 'notLater' } }, 'zh').detail).toBe(
    '“生效日期”填写有误：须晚于当前时间。请更正后重新提交。',
  );
  expect(problemOf({ code: 'unknownField', params: { field: 'colour' }, field: 'colour' }, 'zh').detail).toContain(
    '“colour”',
  );
});
