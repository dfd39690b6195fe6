import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { blocksOf, chapterFor, chaptersOf, inLanguage } from '../../web/manual.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(root + file, 'utf8');
const manual = read('docs/manual.zh-CN.md');
const chapters = chaptersOf(manual);
const inEnglish = read('docs/manual.en.md');
const translated = chaptersOf(inEnglish);

/** The pages of the console, as App.tsx routes them. */
const pages = [...read('web/App.tsx').matchAll(/<Route path="(\/[^"*]*)"/g)].map(([, path]) => String(path));

describe('the manual', () => {
  test('has a chapter for every page of the console', () => {
    const told = chapters.flatMap((chapter) => chapter.pages);
    const routed = pages.filter((path) => path !== '/' && !path.startsWith('/help/'));
    expect(routed.length).toBeGreaterThan(15);
    expect(routed.filter((path) => !told.includes(path))).toEqual([]);
  });

  test('opens at the chapter about a page, wherever on it one is', () => {
    expect(chapterFor(chapters, '/cases/0af3')?.name).toBe('case');
    expect(chapterFor(chapters, '/recommendations/new')?.name).toBe('recommendation');
    expect(chapterFor(chapters, '/nowhere')?.name).toBe('start');
  });

  test('names its chapters once each, for their addresses', () => {
    const names = chapters.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+$/);
  });

  test('has in English only chapters it has in Chinese, about the same pages and with no other pictures', () => {
    const shown = (text: string) => [...text.matchAll(/pictures\/([\w-]+)\.png/g)].map(([, name]) => String(name));
    for (const { name, pages: about, text } of translated) {
      const original = chapters.find((chapter) => chapter.name === name);
      expect([name, about]).toEqual([original?.name, original?.pages]);
      expect(shown(original?.text ?? '')).toEqual(expect.arrayContaining(shown(text)));
    }
    expect(translated.length).toBeGreaterThan(8);
    expect(inLanguage(chapters, translated).map(({ name }) => name)).toEqual(chapters.map(({ name }) => name));
  });

  test('shows only pictures that are there and that a test of the browser makes', () => {
    const named = [...manual.matchAll(/!\[([^\]]+)\]\(pictures\/([\w-]+)\.png\)/g)].map(([, , name]) => String(name));
    expect(named.length).toBeGreaterThan(10);
    const made = readdirSync(`${root}test/browser`)
      .flatMap((file) => [...read(`test/browser/${file}`).matchAll(/pictures: \{ ([^}]+) \}/g)])
      .flatMap(([, list]) => [...String(list).matchAll(/'?([\w-]+)'?: (?:desktop|phone)/g)])
      .map(([, name]) => String(name));
    for (const name of named) {
      expect(existsSync(`${root}docs/pictures/${name}.png`), name).toBe(true);
      expect(made, name).toContain(name);
    }
    // What no document shows is not kept.
    const shown = named.concat(
      ['README.md', 'README.zh-CN.md'].flatMap((file) =>
        [...read(file).matchAll(/pictures\/([\w-]+)\.png/g)].map(([, name]) => String(name)),
      ),
    );
    expect(readdirSync(`${root}docs/pictures`).filter((file) => !shown.includes(file.replace('.png', '')))).toEqual([]);
  });

  test('is written in what the console can show', () => {
    for (const block of [...chapters, ...translated].flatMap(({ text }) => blocksOf(text))) {
      const texts = block.kind === 'list' ? block.items : block.kind === 'picture' ? [block.alt] : [block.text];
      for (const text of texts) expect(text.replaceAll('**', '')).not.toMatch(/[`*_#|<>[\]]|\n/);
    }
  });
});
