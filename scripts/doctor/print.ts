// What `npm run doctor` does once the packages are known to be there.
import { parseArgs } from 'node:util';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { words } from './words.ts';

type Language = 'zh' | 'en';

const signs = { ok: '✓', note: '·', warning: '!', error: '✗' } as const;
const labels = { zh: ['原因', '处理'], en: ['why', 'do'] } as const;
const ends = {
  zh: (errors: number, warnings: number) =>
    errors > 0
      ? `${errors} 项不可用，${warnings} 项需注意`
      : warnings > 0
        ? `可以运行，${warnings} 项需注意`
        : '一切正常',
  en: (errors: number, warnings: number) =>
    errors > 0
      ? `${errors} prerequisites are missing or wrong, ${warnings} warnings`
      : warnings > 0
        ? `It can run; ${warnings} warnings`
        : 'All is well',
} as const;

function valuesOf(args: readonly string[]): { lang: Language; json: boolean } | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { lang: { type: 'string', default: 'zh' }, json: { type: 'boolean', default: false } },
    });
    const { lang, json } = values;
    return lang === 'zh' || lang === 'en' ? { lang, json } : null;
  } catch {
    return null;
  }
}

/** Examines and prints. @returns the exit code: 0 where nothing is missing or wrong, else 1 */
export async function doctor(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const values = valuesOf(args);
  if (values === null) {
    console.error('npm run doctor [-- --lang zh|en] [--json]：没有其他选项 · there are no other options');
    return 1;
  }
  const language = values.lang;
  const findings = await examine(env);
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (values.json)
    console.log(
      JSON.stringify({ ok: errors === 0, findings: findings.map((finding) => inWords(finding, language)) }, null, 2),
    );
  else {
    for (const finding of findings) console.log(textOf(finding, language));
    console.log(`\n${ends[language](errors, warnings)}`);
  }
  return errors === 0 ? 0 : 1;
}

function inWords(finding: Finding, language: Language) {
  const { what, why, how } = words[finding.code][language];
  const { figures } = finding;
  return { ...finding, what: what(figures), why: why?.(figures) ?? null, do: how?.(figures) ?? null };
}

function textOf(finding: Finding, language: Language): string {
  const said = inWords(finding, language);
  const [why, how] = labels[language];
  return [
    `${signs[finding.level]} ${said.what}`,
    ...(said.why === null ? [] : [`    ${why}: ${said.why}`]),
    ...(said.do === null ? [] : [`    ${how}: ${said.do}`]),
  ].join('\n');
}
