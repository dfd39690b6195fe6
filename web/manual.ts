/** One chapter of docs/manual.zh-CN.md, or of docs/manual.en.md, which has some of them: its name in the address, and the pages it is about. */
export type Chapter = {
  readonly name: string;
  readonly title: string;
  readonly pages: readonly string[];
  readonly text: string;
};

/** The chapters of the manual: each begins with its heading and a comment that holds its name and the pages it is about. */
export function chaptersOf(manual: string): Chapter[] {
  return manual
    .split(/^(?=## )/m)
    .slice(1)
    .map((text) => {
      const title = /^## (.*)$/m.exec(text)?.[1] ?? '';
      const [name = '', ...pages] = (/^<!-- (.*) -->$/m.exec(text)?.[1] ?? '').split(' ');
      return { name, title, pages, text };
    });
}

/** The chapters, each as the translation has it, where it does. */
export const inLanguage = (chapters: readonly Chapter[], translated: readonly Chapter[]): Chapter[] =>
  chapters.map((chapter) => translated.find(({ name }) => name === chapter.name) ?? chapter);

/** The chapter about the page at an address; the first where none is. */
export function chapterFor(chapters: readonly Chapter[], path: string): Chapter | undefined {
  const exact = chapters.find(({ pages }) => pages.includes(path));
  return exact ?? chapters.find(({ pages }) => pages.some((page) => patternOf(page).test(path))) ?? chapters[0];
}

/** The addresses a route of the console stands for: `:id` is any one part of them. */
const patternOf = (page: string): RegExp => new RegExp(`^${page.replaceAll(/:\w+/g, '[^/]+')}$`);

/**
 * The part of Markdown the manual is written in: headings, paragraphs, lists, bold, pictures. Anything else would be shown as it
 * stands; a test keeps it out of the manual.
 */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'picture'; readonly alt: string; readonly source: string };

const ITEM = /^(?:- |\d+\. )/;

export function blocksOf(text: string): Block[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .filter((part) => !part.startsWith('<!--'))
    .map((part): Block => {
      const [, marks, heading] = /^(#+) (.*)$/.exec(part) ?? [];
      if (marks && heading) return { kind: 'heading', level: marks.length, text: heading };
      const [, alt, source] = /^!\[([^\]]*)\]\(([^)]*)\)$/.exec(part) ?? [];
      if (alt && source) return { kind: 'picture', alt, source };
      const lines = part.split('\n');
      if (lines.every((line) => ITEM.test(line)))
        return { kind: 'list', ordered: /^\d/.test(part), items: lines.map((line) => line.replace(ITEM, '')) };
      return { kind: 'paragraph', text: part };
    });
}
