import words from '../../web/locales/zh-CN.json' with { type: 'json' };
import type { DemoSystem } from './system.ts';

/** A step as it is told: what happened, which person did it, on which article it rests. */
export type Told = { readonly zh: string; readonly en: string; readonly by: string; readonly article: string };

const isTerminal = process.stdout.isTTY === true;
const style = (code: number, text: string): string => (isTerminal ? `\u001B[${code}m${text}\u001B[0m` : text);
const bold = (text: string): string => style(1, text);
const dim = (text: string): string => style(2, text);
const green = (text: string): string => style(32, text);

/** Tells the demo step by step on standard output. */
export function createStory({ tokens }: Pick<DemoSystem, 'tokens'>) {
  let number = 0;

  function named(personId: string): string {
    const person = tokens[personId];
    return person ? `${person.name}（${person.unit}）` : personId;
  }

  return {
    title(zh: string, en: string): void {
      console.log(`\n${bold(zh)}\n${dim(en)}\n`);
    },
    /** One step; `state` is the case's state after it, by its key in the console's dictionary. */
    step({ zh, en, by, article }: Told, stateKey?: string): void {
      number += 1;
      const state = stateKey === undefined ? '' : `  ${green(`→ ${wordOf(stateKey)}`)}`;
      console.log(`${String(number).padStart(3)}  ${bold(zh)}${state}`);
      console.log(`     ${dim(`${named(by)} · ${articleText(article)} · ${en}`)}`);
    },
    /** Something that was checked and held. */
    check(zh: string, en: string): void {
      console.log(`     ${green('✓')} ${zh} ${dim(`· ${en}`)}`);
    },
    note(text: string): void {
      console.log(`     ${text}`);
    },
    named,
  };
}

const articleText = (article: string): string => (/^\d/.test(article) ? `《办法》第 ${article} 条` : article);

export function wordOf(key: string): string {
  return (words as Readonly<Record<string, string>>)[key] ?? key;
}
